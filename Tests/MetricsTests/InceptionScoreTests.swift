import Distributions
import Metrics
import RealModule
import Testing

struct InceptionScoreTests {
  static let ring = try! PlanarMixture.ring(count: 8, radius: 2, sd: 0.1)

  @Test
  func `one point for each of modes far apart has their number as its score`() throws {
    let points = Self.ring.components.map(\.mean)
    let score = try InceptionScore(samples: points + points, target: Self.ring, splits: 1)
    expectClose(score.score.value, 8, relative: 1e-12)
    // One image for each class: the score is blind to what is missing within a class.
    #expect(score.score.standardError < 1e-6)
    expectClose(score.bias, -8 * 7.0 / 32, relative: 1e-9)
    expectClose(score.splitMean, 8, relative: 1e-12)
  }

  @Test
  func `a collapsed model has the score 1`() throws {
    let samples = Array(repeating: Self.ring.components[0].mean, count: 50)
    let score = try InceptionScore(samples: samples, target: Self.ring)
    #expect(score.score.value == 1 && score.bias == 0)
    #expect(score.splits == Array(repeating: 1, count: 10) && score.splitDeviation == 0)
  }

  @Test
  func `its logarithm is H(m) - E H(p)`() throws {
    let mixture = try PlanarMixture(
      weights: [0.2, 0.5, 0.3],
      components: [
        PlanarNormal(mean: [0, 0], sd: 1), PlanarNormal(mean: [1, 1], sd: 0.5),
        PlanarNormal(mean: [0, 2], covariance: PlanarCovariance(xx: 2, xy: 0.5, yy: 0.3)),
      ])
    var generator = SeededGenerator(seed: 6)
    let samples = mixture.samples(count: 1000, using: &generator)
    func entropy(_ p: [Double]) -> Double { -p.reduce(0) { $0 + $1 * .log($1) } }
    var (mean, entropies) = ([0.0, 0, 0], 0.0)
    for x in samples {
      let p = zip(mixture.weights, mixture.components).map {
        $0 * $1.density(x) / mixture.density(x)
      }
      mean = zip(mean, p).map { $0 + $1 / 1000 }
      entropies += entropy(p) / 1000
    }
    let score = try InceptionScore(samples: samples, target: mixture)
    expectClose(Double.log(score.score.value), entropy(mean) - entropies, relative: 1e-10)
    #expect(score.splits.count == 10)
    let (splitMean, deviation) = meanAndDeviation(score.splits)
    expectClose(score.splitMean, splitMean, relative: 1e-14)
    expectClose(score.splitDeviation, deviation * 0.9.squareRoot(), relative: 1e-12)
  }

  @Test
  func `bias and standard error are those of a simulation`() throws {
    let mixture = try PlanarMixture.ring(count: 5, radius: 1, sd: 0.5)
    var generator = SeededGenerator(seed: 7)
    let truth = try InceptionScore(
      samples: mixture.samples(count: 1_000_000, using: &generator), target: mixture)
    let runs = try (0..<1000).map { _ in
      try InceptionScore(
        samples: mixture.samples(count: 100, using: &generator), target: mixture, splits: 1)
    }
    let (mean, deviation) = meanAndDeviation(runs.map { $0.score.value - $0.bias })
    let slack = 4.9 * (deviation / 1000.squareRoot() + truth.score.standardError)
    expectClose(mean, truth.score.value, absolute: slack + 2e-3)
    #expect(truth.score.value - meanAndDeviation(runs.map(\.score.value)).mean > slack)
    expectClose(meanAndDeviation(runs.map(\.score.standardError)).mean, deviation, relative: 0.1)
  }

  @Test
  func `points where every density underflows still have a class`() throws {
    let score = try InceptionScore(
      samples: [[1000, 0], [-1000, 0], [1000, 1], [-1000, 1]], target: Self.ring, splits: 1)
    expectClose(score.score.value, 2, relative: 1e-9)
    let absurd = try InceptionScore(
      samples: [[1e300, 0], [-1e300, 0]], target: Self.ring, splits: 1)
    #expect(absurd.score.value >= 1)
  }

  @Test
  func `bad input is refused`() {
    for (samples, splits) in [
      ([], 1), ([SIMD2(0.0, 0.0)], 1), ([[0, 0], [0, 0]], 2), ([[0, 0], [.nan, 0]], 1),
      ([[0, 0], [0, 0]], 0),
    ] {
      #expect(throws: ParameterError.self) {
        try InceptionScore(samples: samples, target: Self.ring, splits: splits)
      }
    }
  }
}
