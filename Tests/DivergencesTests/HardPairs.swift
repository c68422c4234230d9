import Distributions
import Divergences
import Testing

extension PrecisionRecallCurveTests {
  struct Pair: Sendable, CustomTestStringConvertible {
    var name: String
    var target: any ContinuousDistribution
    var model: any ContinuousDistribution

    var testDescription: String { name }
    var curve: PrecisionRecallCurve { PrecisionRecallCurve(target: target, model: model) }
  }

  /// Pairs that break a careless method, each for a reason of its own.
  static let pairs: [Pair] = {
    func make(_ name: String, _ laws: () throws -> [any ContinuousDistribution]) -> Pair {
      do {
        let laws = try laws()
        return Pair(name: name, target: laws[0], model: laws[1])
      } catch {
        fatalError("\(name): \(error)")
      }
    }
    return [
      make("a far and narrow model") {
        [try Normal(mean: 0, sd: 1), try Normal(mean: 12, sd: 0.3)]
      },
      make("a component of weight 1e-6") {
        [
          try 0.999_999 * Normal(mean: 0, sd: 1) + 1e-6 * Normal(mean: 1e4, sd: 1e-3),
          try Normal(mean: 0, sd: 1),
        ]
      },
      make("a model that drops a component of weight 1e-6") {
        [
          try Normal(mean: 0, sd: 1),
          try 0.999_999 * Normal(mean: 0, sd: 1) + 1e-6 * Normal(mean: 1e4, sd: 1e-3),
        ]
      },
      make("disjoint supports") {
        [try Uniform(lower: 0, upper: 1), try Uniform(lower: 2, upper: 5)]
      },
      make("supports that touch") {
        [try Uniform(lower: 0, upper: 1), try Uniform(lower: 1, upper: 3)]
      },
      make("partly overlapping uniforms") {
        [try Uniform(lower: 0, upper: 2), try Uniform(lower: 1.5, upper: 5)]
      },
      make("a normal against a Cauchy") {
        [try Normal(mean: 0, sd: 1), try Cauchy(location: 0.5, scale: 2)]
      },
      make("a Cauchy against a normal") {
        [try Cauchy(location: 0.5, scale: 2), try Normal(mean: 0, sd: 1)]
      },
      make("equal laws") { [try Normal(mean: 0.1, sd: 0.3), try Normal(mean: 0.1, sd: 0.3)] },
      make("nearly equal laws") { [try Normal(mean: 0, sd: 1), try Normal(mean: 1e-9, sd: 1)] },
      make("equal mixtures in another order") {
        [
          try 0.3 * Normal(mean: 0, sd: 1) + 0.7 * Normal(mean: 3, sd: 1),
          try 0.7 * Normal(mean: 3, sd: 1) + 0.3 * Normal(mean: 0, sd: 1),
        ]
      },
      make("poles at both ends") {
        [try Beta(alpha: 0.5, beta: 0.3), try Beta(alpha: 0.2, beta: 0.9)]
      },
      make("a pole away from zero") {
        [
          try Beta(alpha: 0.5, beta: 2).shifted(by: 3), try Uniform(lower: 2.5, upper: 3.5),
        ]
      },
      make("a gamma of small shape against an exponential") {
        [try Gamma(shape: 0.1, rate: 1), try Exponential(rate: 2)]
      },
      make("gammas of large shape") {
        [try Gamma(shape: 400, rate: 2), try Gamma(shape: 420, rate: 2)]
      },
      make("a truncated normal against its whole") {
        [try Normal(mean: 0, sd: 1), try Normal(mean: 0, sd: 1).truncated(from: -1, to: 2)]
      },
      make("tails that cross far out") {
        [try StudentT(degreesOfFreedom: 2), try StudentT(degreesOfFreedom: 30, scale: 3)]
      },
      make("kinks") {
        [try Laplace(location: 0, scale: 1), try Laplace(location: 0.3, scale: 1)]
      },
      make("steps inside a common support") {
        [
          try 0.5 * Uniform(lower: 0, upper: 1) + 0.5 * Uniform(lower: 0.5, upper: 2),
          try 0.2 * Uniform(lower: 0, upper: 0.7) + 0.8 * Uniform(lower: 0.3, upper: 2),
        ]
      },
      make("a log-normal against a gamma") {
        [try LogNormal(logMean: 0, logSD: 1.5), try Gamma(shape: 2, rate: 1)]
      },
      make("twelve modes against one") {
        [
          try Mixture(
            weights: Array(repeating: 1.0 / 12, count: 12),
            components: try (0..<12).map { try Normal(mean: Double($0), sd: 0.05) }),
          try Normal(mean: 5, sd: 3),
        ]
      },
      make("tiny and huge scales") {
        [
          try 0.5 * Normal(mean: 0, sd: 1e-6) + 0.5 * Normal(mean: 0, sd: 1e6),
          try Normal(mean: 0, sd: 1),
        ]
      },
    ]
  }()
}
