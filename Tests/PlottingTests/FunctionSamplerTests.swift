import Foundation
import Testing

@testable import Plotting

@Suite struct FunctionSamplerTests {
  /// The largest distance between a function and the line through its samples.
  private func error(
    _ pieces: [[SIMD2<Double>]], _ f: (Double) -> Double, over range: ClosedRange<Double>
  ) -> Double {
    var worst = 0.0
    for piece in pieces {
      for (a, b) in zip(piece, piece.dropFirst()) {
        for step in 0...8 {
          let part = Double(step) / 8
          worst = max(worst, abs(f(a.x + (b.x - a.x) * part) - (a.y + (b.y - a.y) * part)))
        }
      }
    }
    return worst
  }

  struct Case: Sendable {
    let f: @Sendable (Double) -> Double
    let range: ClosedRange<Double>
  }

  static let continuous: [Case] = [
    Case(f: { abs($0 - 0.499) }, range: 0...1),
    Case(f: { abs($0 - 1 / 3.0) * 7 }, range: 0...1),
    Case(f: { min(0.5 * normal(0, 1)($0), normal(1, 2)($0)) }, range: -4...6),
    Case(f: { $0.squareRoot() }, range: 0...4),
    Case(f: { sin(20 * $0) }, range: 0...3),
    Case(f: normal(0.2, 0.05), range: -4...6),
    Case(f: { _ in 3 }, range: 0...1),
  ]

  @Test(arguments: continuous)
  func `the line keeps within the stated distance of the graph`(c: Case) throws {
    let sampler = FunctionSampler()
    let pieces = try sampler.pieces(of: c.f, over: c.range, mark: "f")
    #expect(pieces.count == 1)
    let values = pieces[0].map(\.y)
    let spread = try #require(values.max()) - values.min()!
    // Twice the tolerance for a kink anywhere in an interval.
    #expect(error(pieces, c.f, over: c.range) <= 2 * sampler.tolerance * spread + 1e-15)
    #expect(pieces[0].first?.x == c.range.lowerBound && pieces[0].last?.x == c.range.upperBound)
    #expect(zip(pieces[0], pieces[0].dropFirst()).allSatisfy { $0.x < $1.x })
    #expect(pieces[0].count < 3000)
  }

  @Test func `a jump is left open`() throws {
    let jump = 2.345
    let pieces = try FunctionSampler().pieces(
      of: { $0 < jump ? 0 : 1 }, over: 0...5, mark: "f")
    #expect(pieces.count == 2)
    #expect(pieces[0].allSatisfy { $0.y == 0 } && pieces[1].allSatisfy { $0.y == 1 })
    #expect(abs(pieces[0].last!.x - jump) < 1e-6 && abs(pieces[1].first!.x - jump) < 1e-6)
  }

  @Test func `on a logarithmic axis the samples are even in the logarithm`() throws {
    let pieces = try FunctionSampler(xScale: .log).pieces(
      of: { $0 }, over: 0.001...1000, mark: "f")
    #expect(pieces[0].count { $0.x < 1 } > 70)
  }

  @Test func `noise ends`() throws {
    var calls = 0
    _ = try FunctionSampler().pieces(
      of: { x in
        calls += 1
        return sin(1e9 * x)
      }, over: 0...1, mark: "f")
    #expect(calls < 30_000)
  }

  @Test func `few points remain of a smooth line`() throws {
    let scene = try Figure { Line(over: -4...4, normal(0, 1)).color(.target) }.scene()
    for case .stroke(let lines, .target, _, _) in scene.primitives {
      #expect(lines.count == 1 && lines[0].count < 120)
    }
  }
}
