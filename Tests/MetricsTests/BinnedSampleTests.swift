import Distributions
@testable import Metrics
import Testing

/// A law whose cells [-1, 0) and [0, 1) in both directions have about a quarter of the mass each.
private let law = try! PlanarMixture(
  weights: [1], components: [PlanarNormal(mean: [0.1, 0.2], sd: 0.5)])

struct BinnedSampleTests {
  static let points: [SIMD2<Double>] = [
    [-0.5, -0.5], [-0.2, -0.1], [0.5, 0.5], [0.1, 0.9], [0.3, 0.3], [0.5, -0.5], [0.2, -0.2],
    [9, 9], [0.6, 0.6], [-0.5, 0.5],
  ]
  static let slopes = [(1.0, 1.0), (1, 5), (3, 1), (0.4, 1), (1, 1e100)]

  private static func masses() throws -> CellMasses {
    try #require(CellMasses(of: law, binWidth: 1, limit: 1000))
  }

  /// The overlap by its definition.
  private static func overlap(
    _ points: [SIMD2<Double>], _ masses: CellMasses, _ a: Double, _ b: Double
  ) -> Double {
    var counts: [Int: Double] = [:]
    for point in points {
      if let index = masses.index(of: point) { counts[index, default: 0] += 1 }
    }
    return counts.reduce(0) {
      $0 + min(a * masses.masses[$1.key], b * $1.value / Double(points.count))
    }
  }

  @Test(arguments: slopes)
  func `the standard error is that of leaving out each point in turn`(
    a: Double, b: Double
  ) throws {
    let masses = try Self.masses()
    let result = BinnedSample(Self.points, masses: masses).overlap(target: a, model: b)
    expectClose(result.value, Self.overlap(Self.points, masses, a, b), relative: 1e-14)
    let left = Self.points.indices.map { index in
      var others = Self.points
      others.remove(at: index)
      return Self.overlap(others, masses, a, b)
    }
    let n = Double(Self.points.count)
    let (_, deviation) = meanAndDeviation(left)
    expectClose(
      result.standardError, deviation * (n - 1) / n.squareRoot(), absolute: 1e-14, relative: 1e-10)
  }

  @Test(arguments: slopes)
  func `the sampling bias is the mean over all halves`(a: Double, b: Double) throws {
    let masses = try Self.masses()
    let result = BinnedSample(Self.points, masses: masses).overlap(target: a, model: b)
    var (sum, count) = (0.0, 0)
    for chosen in 0..<(1 << Self.points.count) where chosen.nonzeroBitCount == 5 {
      let half = Self.points.indices.filter { chosen >> $0 & 1 == 1 }.map { Self.points[$0] }
      sum += Self.overlap(half, masses, a, b)
      count += 1
    }
    // Ten points: every bin is one of few points, for which the bias is the first step.
    #expect(a * masses.masses.max()! / b * 10 < 8 || a == 3)
    if a < 3 {
      expectClose(
        result.samplingBias, sum / Double(count) - result.value, absolute: 1e-14, relative: 1e-10)
    } else {
      #expect(result.samplingBias <= 0)
    }
  }
}
