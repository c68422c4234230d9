public import Distributions
public import GSL
import RealModule

extension FinitePrecisionRecallCurve {
  /// The PR-divergence `D_lambda(P || Q) = sum (lambda p - q)+` for `lambda <= 1` and `sum (q - lambda p)+` for
  /// `lambda >= 1`: `min(1, lambda) - alpha_lambda` (2025 deck, Theorem 2.5); 0 at 0 and `Q(p = 0)` at infinity.
  ///
  /// - Throws: `ParameterError` when lambda is negative.
  public func divergence(_ lambda: ExtendedRational) throws(ParameterError) -> Rational {
    let alpha = try alpha(lambda)
    guard case .finite(let lambda) = lambda else { return 1 - alpha }
    return min(1, lambda) - alpha
  }

  /// The PR-divergence at a finite lambda.
  ///
  /// - Throws: `ParameterError` when lambda is negative.
  public func divergence(_ lambda: Rational) throws(ParameterError) -> Rational {
    try divergence(.finite(lambda))
  }
}

extension PrecisionRecallCurve {
  /// The PR-divergence `D_lambda(P || Q) = ∫ (lambda p - q)+` for `lambda <= 1` and `∫ (q - lambda p)+` for
  /// `lambda >= 1` (2025 deck, Definition 2.3), which is `min(1, lambda) - alpha_lambda` without the cancellation;
  /// 0 at 0 and `Q(p = 0)` at infinity.
  ///
  /// By masses between the crossings, and off the common support.
  ///
  /// - Throws: `ParameterError` when lambda is negative or NaN.
  public func divergence(_ lambda: Double) throws(ParameterError) -> Estimate {
    guard lambda >= 0 else { throw invalidLambda(lambda) }
    if lambda == 0 { return Estimate(0, error: 0) }
    if lambda == .infinity { return modelAlone }
    let excess = scaledDivergence(atLog: .log(lambda), .ofPoint)
    let factor = min(1, lambda)
    return Estimate(factor * excess.value, error: factor * excess.error)
  }

  /// `D_lambda / min(1, lambda)` at a finite level `log lambda`: `∫ (p - q / lambda)+` or `∫ (q - lambda p)+`.
  func scaledDivergence(
    atLog level: Double, _ precision: DensityRatio.Precision = .ofMass
  ) -> Estimate {
    let alone = level <= 0 ? targetAlone : modelAlone
    var excess = excess(atLog: level, precision)
    excess.value += alone.value
    excess.error += alone.error + 2 * .ulpOfOne * excess.value
    return excess
  }

  /// The larger density's mass where it is the larger one, and its error from the crossings.
  private func mass(
    atLog level: Double, _ precision: DensityRatio.Precision
  ) -> (regions: [DensityRatio.Region], mass: Estimate, moved: Double) {
    let isOfTarget = level <= 0
    let division = ratio.division(atLog: level, precision)
    let regions = division.regions.filter { $0.isModelBelow == isOfTarget }
    let law = isOfTarget ? ratio.measuredTarget : ratio.measuredModel
    let mass = regions.reduce(into: Estimate(0, error: 0)) { sum, region in
      let mass = law.mass(from: region.lower, to: region.upper)
      sum.value += mass.value
      sum.error += mass.error
    }
    return (regions, mass, division.crossings.reduce(division.flatError) { $0 + $1.error })
  }

  /// The excess on the common support by masses of both laws.
  private func excess(atLog level: Double, _ precision: DensityRatio.Precision) -> Estimate {
    let (regions, larger, moved) = mass(atLog: level, precision)
    // Errors of a crossing are errors of alpha, which is smaller by the factor where lambda is below 1.
    let scale = Double.exp(level.magnitude)
    let law = level <= 0 ? ratio.measuredModel : ratio.measuredTarget
    var smaller = Estimate(0, error: level <= 0 ? moved : moved / scale)
    for region in regions {
      let mass = law.mass(from: region.lower, to: region.upper)
      smaller.value += mass.value
      smaller.error += mass.error
    }
    if level.magnitude > 600 || level.magnitude > 100 && smaller.value < 1e-300 {
      return farExcess(atLog: level)
    }
    let product = scale * smaller.value
    // Where nobody looked, the excess is between none and all of the larger density's mass.
    let unseen = level <= 0 ? ratio.unseen.target : ratio.unseen.model
    let excess = Estimate(
      max(0, larger.value - product),
      error: unseen + 2 * (larger.error + scale * smaller.error) + 4 * .ulpOfOne
        * (larger.value + product))
    // A small mass between large ones is lost in their difference.
    let lost = scale * smaller.error
    guard lost > max(unseen, 1e-4 * larger.value), level.magnitude > 1 else { return excess }
    var far = farExcess(atLog: level)
    far.error += unseen
    return far.error < excess.error ? far : excess
  }

  /// The excess at a level where the smaller density's masses underflow or cancel: `∫ e^-s S(s) ds` over s >= 0, where S is the larger
  /// density's mass beyond the level by s, by Gauss and Laguerre's rules of six points and of four for the error.
  private func farExcess(atLog level: Double) -> Estimate {
    func beyond(_ s: Double) -> Estimate {
      mass(atLog: level > 0 ? level + s : level - s, .ofMass).mass
    }
    // In units in which S too decays like an exponential.
    let (first, next) = (beyond(0).value, beyond(0.125).value)
    guard first > 0 else { return beyond(0) }
    let rate = next > 0 ? max(0, 8 * .log(first / next)) : 0
    let values = Self.rules.map { rule in
      rule.reduce(into: Estimate(0, error: 0)) { sum, point in
        let s = point.node / (1 + rate)
        let (mass, weight) = (beyond(s), point.weight * .exp(rate * s) / (1 + rate))
        sum.value += weight * mass.value
        sum.error += weight * mass.error
      }
    }
    return Estimate(
      values[0].value, error: values[0].error + 8 * (values[0].value - values[1].value).magnitude)
  }

  private static let rules: [[(node: Double, weight: Double)]] = [
    [
      (0.222846604179260689, 0.458964673949963594), (1.18893210167262303, 0.417000830772120994),
      (2.99273632605931408, 0.113373382074044976), (5.7751435691045105, 0.0103991974531490749),
      (9.83746741838258992, 2.61017202814932059e-4), (15.9828739806017018, 8.98547906429621239e-7),
    ],
    [
      (0.322547689619392312, 0.603154104341633602), (1.74576110115834658, 0.357418692437799687),
      (4.53662029692112798, 0.0388879085150053843), (9.39507091230113313, 5.3929470556132745e-4),
    ],
  ]
}
