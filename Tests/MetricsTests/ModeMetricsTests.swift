import Distributions
import Metrics
import RealModule
import Testing

struct ModeMetricsTests {
  /// The second mode is three times as long as wide, along the diagonal.
  static let target = try! PlanarMixture(
    weights: [0.25, 0.75],
    components: [
      PlanarNormal(mean: [0, 0], sd: 1),
      PlanarNormal(
        mean: [20, 0], covariance: PlanarCovariance(major: 3, minor: 1, angle: .pi / 4)),
    ])

  @Test
  func `distances are in the mode's own deviations`() throws {
    let along = SIMD2(0.5.squareRoot(), 0.5.squareRoot())
    let across = SIMD2(-along.x, along.y)
    let second = SIMD2<Double>(20, 0)
    let points: [SIMD2<Double>] = [
      // 2.9, 3.1, 4.1 deviations of the first mode.
      [2.9, 0], [0, -3.1], [-4.1, 0],
      // 2.9 and 3.9 along the long axis, 3.1 and 4.1 across.
      second + 8.7 * along, second - 11.7 * along, second + 3.1 * across, second + 4.1 * across,
    ]
    let metrics = try ModeMetrics(samples: points, target: Self.target, minimumCount: 3)
    #expect(metrics.counts == [2, 3])
    #expect(metrics.nearestCounts == [3, 4])
    #expect(metrics.modesCovered == 1)
    expectClose(metrics.highQualityFraction3Sigma.value, 2.0 / 7, relative: 1e-15)
    expectClose(metrics.highQualityFraction4Sigma.value, 5.0 / 7, relative: 1e-15)
    let plugIn = 3.0 / 7 * .log(3.0 / 7 / 0.25) + 4.0 / 7 * Double.log(4.0 / 7 / 0.75)
    expectClose(metrics.reverseKullbackLeibler.plugIn, plugIn, relative: 1e-14)
  }

  @Test
  func `the target itself has the normal law's mass within each radius`() throws {
    var generator = SeededGenerator(seed: 1)
    let ring = try PlanarMixture.ring(count: 8, radius: 2, sd: 0.1)
    let metrics = try ModeMetrics(
      samples: ring.samples(count: 200_000, using: &generator), target: ring)
    for (fraction, radius) in [
      (metrics.highQualityFraction3Sigma, 3.0), (metrics.highQualityFraction4Sigma, 4.0),
    ] {
      // Five standard errors: a false alarm of 6e-7 over seeds; this one is fixed.
      expectClose(
        fraction.value, 1 - .exp(-radius * radius / 2), absolute: 5 * fraction.standardError)
    }
    #expect(metrics.modesCovered == 8)
    #expect(metrics.modesCoveredError < 1e-9)
    let divergence = metrics.reverseKullbackLeibler
    expectClose(divergence.value, 0, absolute: 5 * divergence.standardError)
  }

  @Test
  func `a count at the edge makes the number of modes uncertain`() throws {
    let points =
      Array(repeating: SIMD2(0.0, 0.0), count: 980) + Array(repeating: SIMD2(20.0, 0.0), count: 20)
    let metrics = try ModeMetrics(samples: points, target: Self.target, minimumCount: 20)
    #expect(metrics.modesCovered == 2)
    // P(Bin(1000, 0.02) >= 20) = 0.529715, from the binomial sum below.
    var (term, below) = (Double.pow(0.98, 1000), 0.0)
    for k in 0..<20 {
      below += term
      term *= Double(1000 - k) / Double(k + 1) * 0.02 / 0.98
    }
    let p = 1 - below
    expectClose(metrics.modesCoveredError, (p * (1 - p)).squareRoot(), relative: 1e-9)
  }

  @Test
  func `a dropped mode costs recall, not precision`() throws {
    let metrics = try ModeMetrics(
      samples: Array(repeating: [0, 0], count: 100), target: Self.target)
    #expect(metrics.modesCovered == 1)
    #expect(metrics.kullbackLeibler.value == .infinity)
    expectClose(metrics.reverseKullbackLeibler.value, .log(4), relative: 1e-14)
    #expect(metrics.description.hasPrefix("1 of 2 modes"))
  }

  @Test
  func `bad samples are refused, and named`() throws {
    #expect {
      try ModeMetrics(samples: [[0, 0], [.nan, 0]], target: Self.target)
    } throws: { error in
      "\(error)"
        == "ModeMetrics: samples[1] = (nan, 0.0): must be finite; a model whose training diverged "
        + "gives such points"
    }
    for samples: [SIMD2<Double>] in [[], [[.infinity, 0]], [[0, 0], [0, -.infinity]]] {
      #expect(throws: ParameterError.self) {
        try ModeMetrics(samples: samples, target: Self.target)
      }
    }
    #expect(throws: ParameterError.self) {
      try ModeMetrics(samples: [[0, 0]], target: Self.target, minimumCount: 0)
    }
    // Far away is no error.
    let far = try ModeMetrics(samples: [[1e300, -1e300]], target: Self.target)
    #expect(far.counts == [0, 0])
  }
}
