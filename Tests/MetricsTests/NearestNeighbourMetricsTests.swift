import Distributions
import Metrics
import Testing

struct NearestNeighbourMetricsTests {
  /// All four numbers by comparing all pairs, in prdc's words.
  static func bruteForce(
    _ real: [SIMD2<Double>], _ generated: [SIMD2<Double>], _ k: Int, _ boundary: BallBoundary
  ) -> [Double] {
    func square(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> Double {
      let d = a - b
      return d.x * d.x + d.y * d.y
    }
    func radii(_ points: [SIMD2<Double>]) -> [Double] {
      // The first of the sorted distances is that to the point itself.
      points.map { x in points.map { square($0, x) }.sorted()[k] }
    }
    func isIn(_ d: Double, _ r: Double) -> Bool { boundary == .open ? d < r : d <= r }
    let (realBalls, generatedBalls) = (
      Array(zip(real, radii(real))), Array(zip(generated, radii(generated)))
    )
    let counts = generated.map { x in realBalls.count { isIn(square(x, $0.0), $0.1) } }
    let recalled = real.count { x in generatedBalls.contains { isIn(square(x, $0.0), $0.1) } }
    let covered = realBalls.count { ball in
      generated.contains { isIn(square($0, ball.0), ball.1) }
    }
    return [
      Double(counts.count { $0 > 0 }) / Double(generated.count),
      Double(recalled) / Double(real.count),
      Double(counts.reduce(0, +)) / Double(generated.count) / Double(k),
      Double(covered) / Double(real.count),
    ]
  }

  /// Points of several kinds: a cloud, a cloud on a coarse lattice with ties and copies, points on a line, few places.
  static func points(_ kind: Int, _ count: Int, _ generator: inout SeededGenerator) -> [SIMD2<
    Double
  >] {
    (0..<count).map { _ in
      switch kind {
      case 0: SIMD2(generator.uniform(-1, 1), generator.uniform(-1, 1))
      case 1:
        SIMD2(generator.uniform(-4, 4).rounded(), generator.uniform(-4, 4).rounded())
      case 2: SIMD2(generator.uniform(-1, 1), 0.5)
      default: [[0, 0], [1, 0], [0, 1e-8], [1, 1]].randomElement(using: &generator)!
      }
    }
  }

  @Test(arguments: BallBoundary.allCases)
  func `the tree gives what all pairs give, with copies and ties`(boundary: BallBoundary) throws {
    var generator = SeededGenerator(seed: 9)
    for trial in 0..<160 {
      let (first, second) = (trial % 4, trial / 4 % 4)
      let real = Self.points(first, Int(generator.uniform(2, 90)), &generator)
      let generated = Self.points(second, Int(generator.uniform(2, 90)), &generator)
      let k = Int(generator.uniform(1, Double(min(real.count, generated.count, 12))))
      let metrics = try NearestNeighbourMetrics(
        real: real, generated: generated, neighbours: k, boundary: boundary)
      let values = [metrics.precision, metrics.recall, metrics.density, metrics.coverage]
      for (value, expected) in zip(
        values.map(\.value), Self.bruteForce(real, generated, k, boundary))
      {
        expectClose(value, expected, relative: 1e-14)
      }
    }
  }

  @Test
  func `it gives what all pairs give for a thousand points`() throws {
    var generator = SeededGenerator(seed: 10)
    let (p, q) = (try generator.mixture(), try generator.mixture())
    let (real, generated) = (
      p.samples(count: 1000, using: &generator), q.samples(count: 700, using: &generator)
    )
    let metrics = try NearestNeighbourMetrics(real: real, generated: generated, neighbours: 3)
    let values = [metrics.precision, metrics.recall, metrics.density, metrics.coverage]
    for (value, expected) in zip(values.map(\.value), Self.bruteForce(real, generated, 3, .open)) {
      expectClose(value, expected, relative: 1e-14)
    }
  }

  @Test
  func `the tie rule decides for equal points`() throws {
    let points = Array(repeating: SIMD2(1.0, 2.0), count: 10)
    let open = try NearestNeighbourMetrics(real: points, generated: points, neighbours: 3)
    // prdc, issue 7: constant features have no precision, recall, density or coverage.
    for value in [open.precision, open.recall, open.density, open.coverage] {
      #expect(value.value == 0)
    }
    let closed = try NearestNeighbourMetrics(
      real: points, generated: points, neighbours: 3, boundary: .closed)
    #expect(closed.precision.value == 1 && closed.recall.value == 1 && closed.coverage.value == 1)
    expectClose(closed.density.value, 10.0 / 3, relative: 1e-15)
  }

  @Test
  func `a collapsed model has precision and no recall, one that is too wide the reverse`() throws {
    var generator = SeededGenerator(seed: 11)
    func normal(_ sd: Double) throws -> [SIMD2<Double>] {
      try PlanarNormal(mean: [0, 0], sd: sd).samples(count: 1000, using: &generator)
    }
    let collapsed = try NearestNeighbourMetrics(real: normal(1), generated: normal(0.05))
    #expect(collapsed.precision.value > 0.9 && collapsed.recall.value < 0.05)
    let wide = try NearestNeighbourMetrics(real: normal(1), generated: normal(10))
    #expect(wide.precision.value < 0.15 && wide.recall.value > 0.9)
  }

  @Test(arguments: [1, 3, 5])
  func `two samples of one law have the coverage of the lemma`(k: Int) throws {
    var generator = SeededGenerator(seed: 12)
    let law = try PlanarMixture.ring(count: 8, radius: 2, sd: 0.15)
    let runs = try (0..<40).map { _ in
      try NearestNeighbourMetrics(
        real: law.samples(count: 500, using: &generator),
        generated: law.samples(count: 800, using: &generator), neighbours: k)
    }
    let (mean, deviation) = meanAndDeviation(runs.map(\.coverage.value))
    expectClose(mean, runs[0].coverageOfEqualLaws, absolute: 4.9 * deviation / 40.squareRoot())
    // The density of equal laws is 1 on average (Naeem et al., Lemma 1).
    let (density, spread) = meanAndDeviation(runs.map(\.density.value))
    expectClose(density, 1, absolute: 4.9 * spread / 40.squareRoot())
  }

  @Test
  func `the course's sizes have the coverage that is known`() throws {
    var generator = SeededGenerator(seed: 13)
    let law = try PlanarNormal(mean: [0, 0], sd: 1)
    let metrics = try NearestNeighbourMetrics(
      real: law.samples(count: 10_000, using: &generator),
      generated: law.samples(count: 10_000, using: &generator), neighbours: 5)
    expectClose(metrics.coverageOfEqualLaws, 0.96877, absolute: 5e-6)
    expectClose(metrics.coverage.value, 0.96877, absolute: 0.015)
    #expect(metrics.description.contains("(k = 5, 10000 real, 10000 generated, open balls)"))
  }

  @Test
  func `bad input is refused, and named`() {
    let points = [SIMD2(0.0, 0.0), [1, 0], [0, 1]]
    #expect {
      try NearestNeighbourMetrics(real: points, generated: points + points, neighbours: 3)
    } throws: { error in
      "\(error)"
        == "NearestNeighbourMetrics: neighbours = 3: must be at least 1 and less than the number of real "
        + "points, 3"
    }
    for (real, generated, k) in [
      ([], points, 1), (points, [], 1), (points, points, 0), (points, points, -1),
      (points, points, 3),
      (points + points, points, 4), (points, [[.nan, 0], [0, 0]], 1),
      ([[0, .infinity], [0, 0]], points, 1),
    ] {
      #expect(throws: ParameterError.self) {
        try NearestNeighbourMetrics(real: real, generated: generated, neighbours: k)
      }
    }
  }
}
