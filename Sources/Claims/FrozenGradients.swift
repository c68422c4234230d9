import Distributions
import Divergences
import GSL
import RealModule

/// Derivatives in theta of divergences of P = N(0, 1) and the model N(theta, sd^2), whose samples are
/// `theta + sd z`: the true ones, and those of losses `E h(r(theta + sd z))` with the ratio r held fixed.
struct FrozenGradients {
  /// `d D_lambda / d theta`.
  var truth: Estimate
  /// The frozen derivative of `E f_lambda(r)`.
  var literal: Estimate
  /// The frozen derivative of `-E min(lambda r, 1)`.
  var capped: Estimate
  /// The frozen derivative of `E r log r`.
  var literalEntropy: Estimate
  /// The frozen derivative of `-E log r`.
  var literalReverse: Estimate
  /// `d KL / d theta = theta / sd^2`.
  var entropyTruth: Double
  private let theta: Double

  init(lambda: Double, theta: Double, sd: Double) throws {
    let (target, model) = (try Normal(mean: 0, sd: 1), try Normal(mean: theta, sd: sd))
    let breaks = try PrecisionRecallCurve(target: target, model: model).crossings(lambda)
    func mean(_ derivative: (_ x: Double, _ ratio: Double, _ slope: Double) -> Double) throws
      -> Estimate
    {
      try integrate(
        from: theta - 14 * sd - 14, to: theta + 14 * sd + 14, breaks: breaks + [0, theta]
      ) { x in
        let ratio = Double.exp(target.logDensity(x) - model.logDensity(x))
        // d r / d x = r times the difference of the scores.
        let slope = ratio * (-x + (x - theta) / (sd * sd))
        return model.density(x) * derivative(x, ratio, slope)
      }
    }
    self.theta = theta
    entropyTruth = theta / (sd * sd)
    // By the envelope theorem only the integrand's own derivative counts: the crossing is stationary.
    truth = try mean { x, ratio, _ in lambda * ratio > 1 ? -(x - theta) / (sd * sd) : 0 }
    literal = try mean { _, ratio, slope in lambda * ratio > 1 ? lambda * slope : 0 }
    capped = try mean { _, ratio, slope in lambda * ratio < 1 ? -lambda * slope : 0 }
    literalEntropy = try mean { _, ratio, slope in ratio > 0 ? (1 + .log(ratio)) * slope : 0 }
    literalReverse = try mean { _, ratio, slope in ratio > 0 ? -slope / ratio : 0 }
  }

  /// The central difference of a function of theta with step 1e-3 and its half, extrapolated.
  func difference(_ value: (_ theta: Double) throws -> Double) rethrows -> Double {
    func central(_ step: Double) throws -> Double {
      (try value(theta + step) - value(theta - step)) / (2 * step)
    }
    return (4 * (try central(5e-4)) - (try central(1e-3))) / 3
  }

  /// `E h(r)` under the model with `h'' = lambda / u` below the kink `1 / lambda` and 0 beyond, and h = 0 there.
  static func truncatedEntropy(lambda: Double, theta: Double, sd: Double) throws -> Double {
    let (target, model) = (try Normal(mean: 0, sd: 1), try Normal(mean: theta, sd: sd))
    let breaks = try PrecisionRecallCurve(target: target, model: model).crossings(lambda)
    return try integrate(
      from: theta - 14 * sd - 14, to: theta + 14 * sd + 14, breaks: breaks + [0, theta]
    ) { x in
      let level = lambda * Double.exp(target.logDensity(x) - model.logDensity(x))
      guard level < 1 else { return 0 }
      return model.density(x) * ((level > 0 ? level * .log(level) : 0) - level + 1)
    }.value
  }
}
