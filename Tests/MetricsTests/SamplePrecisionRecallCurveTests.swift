import Distributions
import Foundation
import GSL
import Metrics
import Testing

struct SamplePrecisionRecallCurveTests {
  static let ring = try! PlanarMixture.ring(count: 8, radius: 2, sd: 0.15)
  static let lambdas = [0, 0.01, 0.05, 0.2, 0.5, 1, 2, 5, 20, 1000, .infinity]

  static func curve(
    of model: some PlanarDensity, count: Int = 20_000, seed: UInt64 = 4, binWidth: Double = 0.1
  ) throws -> SamplePrecisionRecallCurve {
    var generator = SeededGenerator(seed: seed)
    return try SamplePrecisionRecallCurve(
      target: ring, samples: model.samples(count: count, using: &generator), binWidth: binWidth)
  }

  /// Models that are wider, shifted, mostly elsewhere, and of two modes only.
  static let models: [PlanarMixture] = [
    try! .ring(count: 8, radius: 2, sd: 0.25), try! .ring(count: 8, radius: 2.1, sd: 0.16),
    try! PlanarMixture(
      weights: [0.4, 0.6],
      components: [
        PlanarNormal(mean: [0, 0], sd: 1.5),
        PlanarNormal(mean: [0, 2], covariance: PlanarCovariance(xx: 0.05, xy: 0.02, yy: 0.04)),
      ]),
    try! PlanarMixture(
      weights: [0.5, 0.5], components: [ring.components[0], ring.components[3]]),
  ]

  @Test(arguments: models)
  func `corrected, it agrees with the quadrature of the densities`(model: PlanarMixture) throws {
    let curve = try Self.curve(of: model, count: 100_000)
    let truth = try PlanarDensityPair(target: Self.ring, model: model)
    for lambda in [0.05, 0.2, 1, 5, 20] {
      for (estimate, exact) in [
        (try curve.alpha(lambda), try truth.alpha(lambda).value),
        (try curve.beta(lambda), try truth.beta(lambda).value),
      ] {
        // Six standard errors, and half of what was corrected.
        let biases = estimate.binningBias - estimate.samplingBias
        let allowed = 6 * estimate.standardError + biases / 2
        expectClose(estimate.corrected.value, exact, absolute: allowed + 1e-4)
        #expect(allowed < 0.1)
      }
    }
  }

  @Test
  func `biases have their signs, and go with bins and points`() throws {
    let model = Self.models[0]
    let usual = try Self.curve(of: model).alpha(1)
    #expect(usual.samplingBias < 0 && usual.binningBias > 0)
    #expect(try Self.curve(of: model, count: 200_000).alpha(1).samplingBias > usual.samplingBias)
    #expect(try Self.curve(of: model, binWidth: 0.2).alpha(1).binningBias > usual.binningBias)
  }

  @Test
  func `the sampling bias of a perfect model is found`() throws {
    let runs = (0..<20).map { try! Self.curve(of: Self.ring, seed: UInt64($0)).alpha(1) }
    let (value, deviation) = meanAndDeviation(runs.map(\.value))
    // Nothing is due to bins: the laws are equal in each.
    let bias = meanAndDeviation(runs.map(\.samplingBias)).mean
    expectClose(bias, value - 1, relative: 0.2)
    let error = meanAndDeviation(runs.map(\.standardError)).mean
    #expect(error > 0.5 * deviation && error < 2 * deviation)
  }

  @Test(arguments: models)
  func `it is a precision-recall curve`(model: PlanarMixture) throws {
    let points = try Self.curve(of: model).points(Self.lambdas)
    #expect(points.map(\.lambda) == Self.lambdas)
    for point in points {
      #expect(point.precision.value >= 0 && point.precision.value <= min(point.lambda, 1) + 1e-12)
      if point.lambda > 0, point.lambda < .infinity {
        expectClose(point.precision.value, point.lambda * point.recall.value, relative: 1e-12)
      }
    }
    for (first, second) in zip(points, points.dropFirst()) {
      #expect(first.precision.value <= second.precision.value + 1e-12)
      #expect(first.recall.value >= second.recall.value - 1e-12)
    }
    #expect(points[0].precision.value == 0 && points[0].recall.value <= 1)
    #expect(points[10].precision.value == 1 && points[10].recall.value == 0)
  }

  @Test
  func `a sample far from the target has neither precision nor recall`() throws {
    let samples = Array(repeating: SIMD2(1e9, -1e9), count: 100)
    let curve = try SamplePrecisionRecallCurve(target: Self.ring, samples: samples, binWidth: 0.1)
    for lambda in Self.lambdas where lambda > 0 && lambda < .infinity {
      #expect(try curve.alpha(lambda).value == 0)
      #expect(try curve.beta(lambda).value == 0)
    }
  }

  @Test
  func `a sample at one point has that bin's recall`() throws {
    let samples = Array(repeating: SIMD2(0.05, 2.05), count: 100)
    let curve = try SamplePrecisionRecallCurve(target: Self.ring, samples: samples, binWidth: 0.1)
    let recall = try curve.beta(0).value
    #expect(recall > 0.001 && recall < 0.01)
    #expect(try curve.beta(0.5).value == recall)
    #expect(try curve.alpha(1).standardError == 0)
  }

  @Test
  func `the summary is five points of the curve, and is read back as it was written`() throws {
    let curve = try Self.curve(of: Self.models[0])
    let summary = curve.summary
    #expect(summary.alpha1 == (try curve.alpha(1)))
    #expect(summary.precision5 == (try curve.alpha(5)))
    #expect(summary.recall5 == (try curve.beta(0.2)))
    #expect(summary.precision20 == (try curve.alpha(20)))
    #expect(summary.recall20 == (try curve.beta(0.05)))
    let bytes = try JSONEncoder().encode(summary)
    let read = try JSONDecoder().decode(PrecisionRecallSummary<BinnedEstimate>.self, from: bytes)
    #expect(read == summary)
    #expect(summary.description.hasPrefix("a1 0."))
  }

  @Test
  func `bad input is refused`() throws {
    let samples = Array(repeating: SIMD2(0.05, 2.05), count: 100)
    for binWidth in [0, -0.1, .nan, .infinity, 1e-3, 1e-300] {
      #expect(throws: ParameterError.self) {
        try SamplePrecisionRecallCurve(target: Self.ring, samples: samples, binWidth: binWidth)
      }
    }
    for samples in [[], [[0, 0]], samples + [[.nan, 0]]] {
      #expect(throws: ParameterError.self) {
        try SamplePrecisionRecallCurve(target: Self.ring, samples: samples, binWidth: 0.1)
      }
    }
    let curve = try SamplePrecisionRecallCurve(target: Self.ring, samples: samples, binWidth: 0.1)
    for lambda: Double in [-1, .nan, -.infinity] {
      #expect(throws: ParameterError.self) { try curve.alpha(lambda) }
    }
  }
}
