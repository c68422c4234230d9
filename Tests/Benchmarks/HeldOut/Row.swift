import Distributions
import GSL
import GenerativeModels
import Metrics
import NeuralNetworks

/// What a trained model is judged by: the columns of the recipes' tables.
struct Row {
  /// The covered modes: 20 of 2,500 samples within 4 standard deviations, 10 for the lattice of 25.
  var modes: Double
  /// The fraction of samples within 4 standard deviations of a mode.
  var highQuality: Double
  var alpha1: Double
  /// `alpha_20`.
  var precision: Double
  /// `beta_0.05`.
  var recall: Double

  var columns: [Double] { [modes, highQuality, alpha1, precision, recall] }

  static let names = ["modes", "HQ", "alpha_1", "P20", "R20"]
}

extension Row {
  /// Trains a GAN: 100,000 samples in square bins, as the recipes do.
  init(_ configuration: GANConfiguration) throws {
    let target = configuration.target
    let isLattice = target.components.count == 25
    let gan = try configuration.train().gan
    var generator = SeededGenerator(seed: configuration.seed, stream: "recipe samples")
    let samples = gan.samples(count: 100_000, using: &generator)
    let curve = try SamplePrecisionRecallCurve(
      target: target, samples: samples, binWidth: isLattice ? 0.05 : 0.1)
    let near = try ModeMetrics(samples: samples, target: target)
    let covered = try ModeMetrics(
      samples: Array(samples.prefix(2500)), target: target, minimumCount: isLattice ? 10 : 20)
    modes = Double(covered.modesCovered)
    highQuality = near.highQualityFraction4Sigma.value
    alpha1 = try curve.alpha(1).value
    precision = try curve.alpha(20).value
    recall = try curve.beta(0.05).value
  }

  /// Trains a flow: quadrature of the exact densities.
  init(_ configuration: FlowConfiguration) throws {
    let flow = try configuration.train().flow
    let pair = try PlanarDensityPair(target: configuration.target, model: flow)
    var generator = SeededGenerator(seed: configuration.seed, stream: "recipe samples")
    let samples = flow.samples(count: 20_000, using: &generator)
    let near = try ModeMetrics(samples: samples, target: configuration.target)
    let covered = try ModeMetrics(
      samples: Array(samples.prefix(2500)), target: configuration.target)
    modes = Double(covered.modesCovered)
    highQuality = near.highQualityFraction4Sigma.value
    alpha1 = try pair.alpha(1).value
    precision = try pair.alpha(20).value
    recall = try pair.beta(0.05).value
  }
}

/// A mean with the standard deviation over seeds; nil where the recipes give none.
struct Spread {
  var mean: Double
  var deviation: Double?

  /// The spread of our own numbers.
  init(of values: [Double]) {
    mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { [mean] in $0 + ($1 - mean) * ($1 - mean) }
    deviation = values.count > 1 ? (squares / Double(values.count - 1)).squareRoot() : nil
  }

  /// Reads "0.44+-0.08" or "0.44".
  init?(_ text: Substring) {
    let parts = text.split(separator: "+-")
    guard let mean = parts.first.flatMap({ Double($0) }) else { return nil }
    (self.mean, deviation) = (mean, parts.count > 1 ? Double(parts[1]) : nil)
  }

  var text: String {
    func fixed(_ x: Double) -> String { "\((x * 100).rounded() / 100)" }
    return fixed(mean) + (deviation.map { " ± \(fixed($0))" } ?? "")
  }

  /// Whether the means differ by no more than the larger spread, or the last digit.
  func agrees(with other: Spread) -> Bool {
    abs(mean - other.mean) <= max(deviation ?? 0, other.deviation ?? 0, 0.015)
  }
}
