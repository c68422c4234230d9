import Distributions
import RealModule
import TestSupport
import Testing

struct PlanarTests {
  static let skew = try! PlanarCovariance(xx: 2, xy: -0.9, yy: 0.7)
  static let normal = try! PlanarNormal(mean: [1, -2], covariance: skew)
  static let mixture = try! PlanarMixture(
    weights: [0.5, 0.3, 0, 0.2],
    components: [
      normal, PlanarNormal(mean: [-3, 1], sd: 0.6), PlanarNormal(mean: [50, 50], sd: 1),
      PlanarNormal(mean: [2, 3], covariance: PlanarCovariance(major: 1.5, minor: 0.4, angle: 1)),
    ])
  static let laws: [any PlanarDistribution] = [
    normal, mixture, try! PlanarMixture.ring(count: 3, radius: 2, sd: 0.5),
  ]

  /// The midpoint rule is spectrally accurate for a normal density that vanishes at the rectangle's edge.
  static func integral(_ f: (SIMD2<Double>) -> Double) -> Double {
    let step = 0.05
    var sum = 0.0
    for i in -300..<300 {
      for j in -300..<300 { sum += f([(Double(i) + 0.5) * step, (Double(j) + 0.5) * step]) }
    }
    return sum * step * step
  }

  @Test(arguments: laws)
  func `mass, mean and covariance are the density's integrals`(law: any PlanarDistribution) {
    expectClose(Self.integral(law.density), 1, absolute: 1e-10)
    expectClose(Self.integral { law.density($0) * $0.x }, law.mean.x, absolute: 1e-9)
    expectClose(Self.integral { law.density($0) * $0.y }, law.mean.y, absolute: 1e-9)
    let moment = { (f: @escaping (SIMD2<Double>) -> Double) in
      Self.integral { law.density($0) * f($0 - law.mean) }
    }
    expectClose(moment { $0.x * $0.x }, law.covariance.xx, absolute: 1e-8)
    expectClose(moment { $0.x * $0.y }, law.covariance.xy, absolute: 1e-8)
    expectClose(moment { $0.y * $0.y }, law.covariance.yy, absolute: 1e-8)
  }

  @Test(arguments: laws)
  func `the log-density is the density's, and goes on where that underflows`(
    law: any PlanarDistribution
  ) {
    for x: SIMD2<Double> in [[0, 0], [1, -2], [-3, 1.5], [4, 4]] {
      expectClose(law.logDensity(x), .log(law.density(x)), absolute: 1e-12, relative: 1e-13)
    }
    #expect(law.density([300, 0]) == 0)
    #expect(law.logDensity([300, 0]).isFinite)
    #expect(law.logDensity([301, 0]) < law.logDensity([300, 0]))
  }

  @Test
  func `independent coordinates multiply`() throws {
    let law = try PlanarNormal(
      mean: [0.3, -1], covariance: PlanarCovariance(xx: 4, xy: 0, yy: 0.25))
    let (first, second) = (try Normal(mean: 0.3, sd: 2), try Normal(mean: -1, sd: 0.5))
    for x: SIMD2<Double> in [[0, 0], [2, -1.5], [-7, 3]] {
      expectClose(
        law.logDensity(x), first.logDensity(x.x) + second.logDensity(x.y), relative: 1e-14)
    }
  }

  @Test(arguments: [0, 0.4, -1.2, .pi / 2])
  func `principal axes give the matrix back`(angle: Double) throws {
    let matrix = try PlanarCovariance(major: 3, minor: 0.01, angle: angle)
    expectClose(matrix.principalDeviations.major, 3, relative: 1e-13)
    expectClose(matrix.principalDeviations.minor, 0.01, relative: 1e-9)
    expectClose(matrix.angle, angle, absolute: 1e-12)
    let factor = matrix.factor
    expectClose(factor.a * factor.a, matrix.xx, relative: 1e-14)
    expectClose(factor.a * factor.b, matrix.xy, absolute: 1e-14)
    expectClose(factor.b * factor.b + factor.c * factor.c, matrix.yy, relative: 1e-14)
  }

  @Test
  func `an ellipse is a level set of the density`() {
    for point in Self.normal.ellipse(radius: 2) {
      expectClose(
        Self.normal.logDensity(point), Self.normal.logDensity(Self.normal.mean) - 2,
        absolute: 1e-12)
    }
  }

  @Test(arguments: laws)
  func `draws have the law's mean and covariance`(law: any PlanarDistribution) {
    var generator = SeededGenerator(seed: 17)
    let count = 100_000
    var (first, second, fourth) = (SIMD2<Double>.zero, SIMD3<Double>.zero, SIMD3<Double>.zero)
    for _ in 0..<count {
      let d = law.sample(using: &generator) - law.mean
      let products = SIMD3(d.x * d.x, d.x * d.y, d.y * d.y)
      first += d
      second += products
      fourth += products * products
    }
    let n = Double(count)
    // Five standard errors, a false alarm of 6e-7 for each comparison of a seed; this seed is fixed.
    let covariance = law.covariance
    #expect((first.x / n).magnitude < 5 * (covariance.xx / n).squareRoot())
    #expect((first.y / n).magnitude < 5 * (covariance.yy / n).squareRoot())
    let slack = 5 * (fourth / n / n).squareRoot()
    expectClose(second.x / n, covariance.xx, absolute: slack.x)
    expectClose(second.y / n, covariance.xy, absolute: slack.y)
    expectClose(second.z / n, covariance.yy, absolute: slack.z)
  }

  @Test
  func `the same seed gives the same draws`() {
    var (first, second) = (SeededGenerator(seed: 5), SeededGenerator(seed: 5))
    #expect(Self.mixture.sample(using: &first) == Self.mixture.sample(using: &second))
  }

  @Test
  func `a grid has its modes on a centred lattice, row by row from below`() throws {
    let grid = try PlanarMixture.grid(side: 3, spacing: 2, sd: 0.1)
    #expect(
      grid.components.map(\.mean) == [
        [-2, -2], [0, -2], [2, -2], [-2, 0], [0, 0], [2, 0], [-2, 2], [0, 2], [2, 2],
      ])
    #expect(grid.mean == .zero)
    // The variance of -2, 0, 2 and that of a mode.
    expectClose(grid.covariance.xx, 8.0 / 3 + 0.01, relative: 1e-14)
    expectClose(grid.covariance.yy, 8.0 / 3 + 0.01, relative: 1e-14)
    expectClose(grid.covariance.xy, 0, absolute: 1e-15)
    #expect(try PlanarMixture.grid(side: 2, spacing: 1, sd: 1).components[0].mean == [-0.5, -0.5])
  }

  @Test
  func `densities of many points are those point by point`() throws {
    var generator = SeededGenerator(seed: 3)
    var points = Self.mixture.samples(count: 200, using: &generator)
    points += [[300, 0], [-1e4, 1e4], [1e200, 0]]
    for law in [Self.mixture, try PlanarMixture.grid(side: 5, spacing: 1, sd: 0.05)] {
      for (x, value) in zip(points, law.logDensities(points)) {
        expectClose(value, law.logDensity(x), absolute: 1e-12, relative: 1e-14, "\(x)")
      }
    }
    #expect(Self.mixture.logDensities([]).isEmpty)
  }

  @Test
  func `what is no covariance is refused`() {
    for (xx, xy, yy) in [
      (0.0, 0.0, 1.0), (-1, 0, 1), (1, 0, 0), (1, 1, 1), (1, -2, 1), (.nan, 0, 1), (1, .nan, 1),
      (1, 0, .infinity), (1, 0.9999999999999999, 1),
    ] {
      #expect(throws: ParameterError.self) { try PlanarCovariance(xx: xx, xy: xy, yy: yy) }
    }
    #expect(throws: ParameterError.self) { try PlanarCovariance(major: 1, minor: 0) }
    #expect(throws: ParameterError.self) { try PlanarCovariance(major: 1, minor: 1, angle: .nan) }
  }

  @Test
  func `bad laws are refused`() throws {
    #expect(throws: ParameterError.self) { try PlanarNormal(mean: [.nan, 0], sd: 1) }
    #expect(throws: ParameterError.self) { try PlanarNormal(mean: [0, .infinity], sd: 1) }
    #expect(throws: ParameterError.self) { try PlanarNormal(mean: [0, 0], sd: -1) }
    let law = Self.normal
    for weights in [[], [0.5], [0.5, 0.6], [-0.5, 1.5], [.nan, 1]] {
      #expect(throws: ParameterError.self) {
        try PlanarMixture(weights: weights, components: [law, law])
      }
    }
    #expect(throws: ParameterError.self) { try PlanarMixture(weights: [], components: []) }
    #expect(throws: ParameterError.self) { try PlanarMixture.ring(count: 0, radius: 1, sd: 1) }
    #expect(throws: ParameterError.self) { try PlanarMixture.ring(count: 3, radius: .nan, sd: 1) }
    #expect(throws: ParameterError.self) { try PlanarMixture.ring(count: 3, radius: 1, sd: 0) }
    #expect(throws: ParameterError.self) { try PlanarMixture.grid(side: 0, spacing: 1, sd: 1) }
    #expect(throws: ParameterError.self) { try PlanarMixture.grid(side: 101, spacing: 1, sd: 1) }
    #expect(throws: ParameterError.self) { try PlanarMixture.grid(side: 5, spacing: 0, sd: 1) }
    #expect(throws: ParameterError.self) { try PlanarMixture.grid(side: 5, spacing: 1, sd: .nan) }
  }
}
