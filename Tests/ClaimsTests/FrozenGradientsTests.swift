import GSL
import Testing

@testable import Claims

@Suite("Frozen gradients")
struct FrozenGradientsTests {
  /// Values of the closed forms with the normal distribution function, and of an independent quadrature.
  struct Row: Sendable {
    var lambda: Double
    var theta: Double
    var sd: Double
    var truth: Double
    var literal: Double
    var capped: Double
  }

  static let rows = [
    Row(lambda: 0.2, theta: 1, sd: 1, truth: 0.04312, literal: -0.02672, capped: 0.17328),
    Row(lambda: 1, theta: 1, sd: 1, truth: 0.35207, literal: -0.69146, capped: 0.30854),
    Row(lambda: 5, theta: 1, sd: 1, truth: 0.21559, literal: -4.91273, capped: 0.08727),
    Row(lambda: 0.3, theta: 1.5, sd: 1.3, truth: 0.1130, literal: -0.0519, capped: 0.2144),
    Row(lambda: 1, theta: 1.5, sd: 1.3, truth: 0.2730, literal: -0.6058, capped: 0.2817),
    Row(lambda: 3, theta: 1.5, sd: 1.3, truth: 0.3047, literal: -2.4077, capped: 0.2550),
  ]

  @Test("agree with reference values", arguments: rows)
  func reference(_ row: Row) throws {
    let gradients = try FrozenGradients(lambda: row.lambda, theta: row.theta, sd: row.sd)
    // The references have five decimals, or four.
    let tolerance = row.sd == 1 ? 6e-6 : 6e-5
    #expect(abs(gradients.truth.value - row.truth) <= tolerance)
    #expect(abs(gradients.literal.value - row.literal) <= tolerance)
    #expect(abs(gradients.capped.value - row.capped) <= tolerance)
  }
}
