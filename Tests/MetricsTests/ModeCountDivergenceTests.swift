import Distributions
@testable import Metrics
import RealModule
import Testing

struct ModeCountDivergenceTests {
  static let weights = [0.05, 0.1, 0.15, 0.2, 0.2, 0.1, 0.1, 0.1]
  static let models: [[Double]] = [
    weights, [0.2, 0.1, 0.1, 0.1, 0.1, 0.2, 0.1, 0.1], [0.3, 0.2, 0.3, 0.2, 0, 0, 0, 0],
  ]

  /// Counts of n draws of labels.
  static func counts(
    _ n: Int, _ model: [Double], _ generator: inout SeededGenerator
  ) -> [Int] {
    var counts = model.map { _ in 0 }
    for _ in 0..<n {
      var left = generator.nextUniform()
      var label = 0
      while label < model.count - 1, left >= model[label] {
        left -= model[label]
        label += 1
      }
      counts[label] += 1
    }
    return counts
  }

  @Test(arguments: models)
  func `the bias is gone, and the standard error is the deviation`(model: [Double]) {
    var generator = SeededGenerator(seed: 8)
    let (n, runs) = (500, 10_000)
    let samples = (0..<runs).map { _ in Self.counts(n, model, &generator) }
    func compare(_ divergences: [ModeCountDivergence], truth: Double, isBiased: Bool) {
      let (mean, deviation) = meanAndDeviation(divergences.map(\.value))
      // 4.9 standard errors, a false alarm of 1e-6, plus the next term of the bias, sum 1 / 12 (n m)^2 < 3e-5.
      let slack = 4.9 * deviation / Double(runs).squareRoot()
      expectClose(mean, truth, absolute: slack + 3e-5)
      let plugIn = meanAndDeviation(divergences.map(\.plugIn)).mean
      #expect((plugIn - truth > 2 * slack) == isBiased)
      // Where the model is the target the floor under the variance makes it a fifth too large.
      let errors = meanAndDeviation(divergences.map(\.standardError)).mean
      #expect(errors > 0.95 * deviation && errors < (truth == 0 ? 1.2 : 1.05) * deviation)
    }
    compare(
      samples.map { ModeCountDivergence(reverseOf: $0, weights: Self.weights) },
      truth: zip(model, Self.weights).reduce(0) { sum, pair in
        pair.0 > 0 ? sum + pair.0 * .log(pair.0 / pair.1) : sum
      }, isBiased: true)
    if model.allSatisfy({ $0 > 0 }) {
      compare(
        samples.map { ModeCountDivergence(of: $0, weights: Self.weights) },
        truth: zip(Self.weights, model).reduce(0) { $0 + $1.0 * .log($1.0 / $1.1) }, isBiased: true)
    }
  }

  @Test
  func `counts in proportion have the plug-in value zero`() {
    let counts = Self.weights.map { Int(($0 * 100).rounded()) }
    for divergence in [
      ModeCountDivergence(reverseOf: counts, weights: Self.weights),
      ModeCountDivergence(of: counts, weights: Self.weights),
    ] {
      expectClose(divergence.plugIn, 0, absolute: 1e-15)
      #expect(divergence.bias > 0)
    }
    let reverse = ModeCountDivergence(reverseOf: counts, weights: Self.weights)
    expectClose(reverse.bias, 7.0 / 200, relative: 1e-15)
    // The deviation of a chi-squared number with 7 degrees of freedom, over 2 n.
    expectClose(reverse.standardError, 14.0.squareRoot() / 200, relative: 1e-6)
  }

  @Test
  func `a mode without points makes the forward divergence infinite`() {
    let divergence = ModeCountDivergence(of: [1, 0], weights: [0.5, 0.5])
    #expect(divergence.value == .infinity && divergence.plugIn == .infinity)
    #expect(ModeCountDivergence(reverseOf: [1, 0], weights: [0.5, 0.5]).value == .log(2))
  }
}
