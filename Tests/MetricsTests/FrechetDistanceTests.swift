import Distributions
@testable import Metrics
import RealModule
import Testing

struct FrechetDistanceTests {
  static func moments(
    _ mean: SIMD2<Double>, _ xx: Double, _ xy: Double, _ yy: Double
  ) -> PlanarMoments { PlanarMoments(mean: mean, xx: xx, xy: xy, yy: yy) }

  /// Computed in 60 digits by three methods: `sqrt(tr + 2 sqrt(det))`, eigenvalues of S S', and of S^(1/2) S' S^(1/2).
  static let references: [(PlanarMoments, PlanarMoments, distance: Double, tolerance: Double)] = [
    (moments([0, 0], 1, 0, 1), moments([0, 0], 1, 0, 1), 0, 0),
    (moments([0, 0], 1, 0, 1), moments([0, 0], 4, 0, 4), 2, 1e-15),
    (
      moments([0, 0], 2, 1, 3), moments([1, 1], 1, -0.5, 2), 2.812210414014718518342762, 1e-15
    ),
    (moments([0, 0], 1, 1, 1), moments([0, 0], 1, -1, 1), 4, 1e-15),
    (moments([1, 2], 0, 0, 0), moments([0, 0], 2, 0.5, 1), 8, 1e-15),
    (
      moments([0.1, -0.2], 500000.5, 499999.5, 500000.5), moments([0, 0], 3, 1, 2),
      9.962620021178515894523021e+5, 1e-14
    ),
    // Cancellation would leave nothing of this one.
    (
      moments([0, 0], 1, 0.3, 2), moments([0.000001, 0], 1.000001, 0.3, 2),
      1.257853268794117499051686e-12, 1e-9
    ),
  ]

  @Test(arguments: references.indices)
  func `the closed form agrees with the reference, both ways`(index: Int) {
    let (first, second, distance, tolerance) = Self.references[index]
    expectClose(first.frechetDistance(to: second), distance, relative: tolerance)
    expectClose(second.frechetDistance(to: first), distance, relative: tolerance)
  }

  @Test
  func `it is |m|^2 + tr S + tr S' - 2 tr (S S')^(1/2), and its root obeys the triangle`() {
    var generator = SeededGenerator(seed: 2)
    for _ in 0..<200 {
      let laws = (0..<3).map { _ in
        let (a, b, c) = (
          generator.uniform(0, 2), generator.uniform(-2, 2), generator.uniform(0, 2)
        )
        return Self.moments(
          [generator.uniform(-2, 2), generator.uniform(-2, 2)], a * a, a * b, b * b + c * c)
      }
      let (s, t) = (laws[0], laws[1])
      let trace = s.xx * t.xx + 2 * s.xy * t.xy + s.yy * t.yy
      let determinants = (s.xx * s.yy - s.xy * s.xy) * (t.xx * t.yy - t.xy * t.xy)
      let root = (trace + 2 * max(0, determinants).squareRoot()).squareRoot()
      let shift = squaredLength(s.mean - t.mean)
      expectClose(
        s.frechetDistance(to: t), shift + s.xx + s.yy + t.xx + t.yy - 2 * root, absolute: 1e-12)
      let sides = [(0, 1), (1, 2), (0, 2)].map {
        laws[$0.0].frechetDistance(to: laws[$0.1]).squareRoot()
      }
      #expect(sides[2] <= sides[0] + sides[1] + 1e-12)
    }
  }

  @Test
  func `leaving out a point by formula is leaving it out`() throws {
    var generator = SeededGenerator(seed: 3)
    let samples = try generator.mixture().samples(count: 12, using: &generator)
    let moments = try PlanarMoments(of: samples)
    for index in samples.indices {
      var others = samples
      let point = others.remove(at: index)
      let (expected, actual) = (
        try PlanarMoments(of: others), moments.without(point, of: samples.count)
      )
      for path in [\PlanarMoments.xx, \.xy, \.yy, \.mean.x, \.mean.y] {
        expectClose(
          actual[keyPath: path], expected[keyPath: path], absolute: 1e-14, relative: 1e-13)
      }
    }
  }

  @Test
  func `corrected, its mean is the distance of the laws`() throws {
    var generator = SeededGenerator(seed: 4)
    let target = try PlanarNormal(mean: [0, 0], sd: 1)
    let equal = target
    let other = try PlanarNormal(
      mean: [0.5, 0], covariance: PlanarCovariance(xx: 2, xy: 0.5, yy: 1))
    for (law, truth) in [
      (equal, 0.0),
      (other, PlanarMoments(of: target).frechetDistance(to: PlanarMoments(of: other))),
    ] {
      let (n, runs) = (200, 2000)
      let distances = try (0..<runs).map { _ in
        try FrechetDistance(target: target, samples: law.samples(count: n, using: &generator))
      }
      let (mean, deviation) = meanAndDeviation(distances.map(\.corrected.value))
      // 4.9 standard errors, a false alarm of 1e-6, plus the next order of the bias.
      let slack = 4.9 * deviation / Double(runs).squareRoot()
      expectClose(mean, truth, absolute: slack + 20 / Double(n * n))
      let biased = meanAndDeviation(distances.map(\.value)).mean
      #expect(biased - truth > slack)
      let error = meanAndDeviation(distances.map(\.standardError)).mean
      // Where the first derivative vanishes the jackknife is on the safe side.
      #expect(error > 0.9 * deviation && error < (truth == 0 ? 1.5 : 1.1) * deviation)
      // 1.75 tr S / n for a perfect model.
      if truth == 0 { expectClose(biased, 3.5 / Double(n), relative: 0.05) }
    }
  }

  @Test
  func `two samples of one law`() throws {
    var generator = SeededGenerator(seed: 5)
    let law = try PlanarMixture.ring(count: 8, radius: 2, sd: 0.2)
    let runs = try (0..<400).map { _ in
      try FrechetDistance(
        targetSamples: law.samples(count: 300, using: &generator),
        samples: law.samples(count: 500, using: &generator))
    }
    let (mean, deviation) = meanAndDeviation(runs.map(\.corrected.value))
    expectClose(mean, 0, absolute: 4.9 * deviation / 20)
    #expect(meanAndDeviation(runs.map(\.value)).mean > 10 * deviation / 20)
  }

  @Test
  func `equal moments have distance zero, whatever the laws`() throws {
    // 2025 deck: FID sees two moments only. Two points against a ring of the same moments.
    let ring = try PlanarMixture.ring(count: 8, radius: 1, sd: 0.5)
    let normal = try PlanarNormal(mean: ring.mean, covariance: ring.covariance)
    let distance = PlanarMoments(of: ring).frechetDistance(to: PlanarMoments(of: normal))
    expectClose(distance, 0, absolute: 1e-30)
  }

  @Test
  func `a collapsed model has a distance, and a bias of its own`() throws {
    let target = try PlanarNormal(mean: [0, 0], sd: 1)
    let distance = try FrechetDistance(
      target: target, samples: Array(repeating: [3, 4], count: 10))
    expectClose(distance.value, 27, relative: 1e-14)
    #expect(distance.bias == 0 && distance.standardError == 0)
  }

  @Test
  func `bad samples are refused`() throws {
    let target = try PlanarNormal(mean: [0, 0], sd: 1)
    for samples: [SIMD2<Double>] in [[], [[0, 0]], [[0, 0], [1, 1], [2, 0], [.nan, 0]]] {
      #expect(throws: ParameterError.self) {
        try FrechetDistance(target: target, samples: samples)
      }
      #expect(throws: ParameterError.self) {
        try FrechetDistance(targetSamples: samples, samples: [[0, 0], [1, 1], [2, 0], [0, 1]])
      }
    }
    #expect(throws: ParameterError.self) { try PlanarMoments(of: [[1, 1]]) }
  }
}
