public import Distributions
public import GSL

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
    let alone = lambda <= 1 ? targetAlone : modelAlone
    let division = ratio.division(at: lambda, .ofMass)
    var excess = 0.0
    var error = division.crossings.reduce(division.flatError) { $0 + $1.error }
    for region in division.regions where region.isModelBelow == (lambda <= 1) {
      let p = ratio.measuredTarget.mass(from: region.lower, to: region.upper)
      let q = ratio.measuredModel.mass(from: region.lower, to: region.upper)
      excess += lambda <= 1 ? lambda * p.value - q.value : q.value - lambda * p.value
      error += lambda * p.error + q.error
    }
    let factor = lambda <= 1 ? lambda : 1
    error += min(lambda * ratio.unseen.target, ratio.unseen.model)
    return Estimate(
      max(0, excess) + factor * alone.value,
      error: error + factor * alone.error + 4 * .ulpOfOne * (excess + factor * alone.value))
  }
}
