import BigInt
public import Distributions
import Divergences

/// Optimal budgeted rejection sampling (OBRS) on a finite space, exact in rationals (2025 deck, Theorem 3.2).
///
/// Of all acceptance functions `a` of a model q with rate `sum a q >= 1 / K`, the one whose refined law is nearest to
/// the target p in every f-divergence at once: `a = min(r c_K / M, 1)` with the ratio `r = p / q` and its maximum M
/// over `q > 0`. The rate of a factor kappa is `sum min(kappa p, q) = alpha_kappa`, the precision curve of the
/// two laws, so that `c_K / M` is where that curve reaches `1 / K`: ratios are sorted once, nothing iterates.
public struct BudgetedRejection: Sendable, Hashable {
  // MARK: Parameters

  /// The target P.
  public let target: FiniteDistribution
  /// The model Q.
  public let model: FiniteDistribution
  /// The budget K, at least 1: how many draws of the model an accepted one may cost on average.
  public let budget: Rational

  // MARK: Solution

  /// Which case of the theorem the budget falls into.
  public let regime: BudgetRegime
  /// `M = max p / q` over the atoms of `q > 0`, positive.
  public let maximumRatio: Rational
  /// The smallest `c_K` with rate `1 / K`; less than 1 when the budget is slack, nil when it is below precision.
  public let constant: Rational?
  /// The acceptance at each atom, in the order of the target's atoms.
  ///
  /// `min(r c_K / M, 1)`; 1 at atoms that the model never draws. Below precision it is 1 where `p > 0` and one
  /// constant where `p = 0`, which no f-divergence tells from other ways to fill the rate.
  public let acceptance: [Rational]
  /// The refined law `a q / sum a q`, on the target's atoms.
  public let refined: FiniteDistribution

  /// The optimum for a pair and a budget; atoms are matched by label, in any order.
  ///
  /// - Throws: `ParameterError` when the budget is less than 1, an atom is in one of the spaces only, or the laws have
  ///   no atom in common, where no rejection can help.
  public init(
    target: FiniteDistribution, model: FiniteDistribution, budget: Rational
  ) throws(ParameterError) {
    guard budget >= 1 else {
      throw ParameterError(
        "BudgetedRejection", "budget", value: "\(budget)", rule: "must be at least 1")
    }
    let curve = try FinitePrecisionRecallCurve(target: target, model: model)
    let (p, targetScale) = Rational.overCommonDenominator(target.weights)
    let (q, modelScale) = Rational.overCommonDenominator(try model.weights(onSpaceOf: target))
    let rate = 1 / budget
    let precision = curve.supportPrecision
    guard precision > 0 else {
      throw ParameterError(
        "BudgetedRejection", "model", value: "no atom in common with the target",
        rule: "must be able to draw an atom of the target, or there is nothing to accept")
    }
    let maximumRatio = Self.maximumRatio(p, q) * Rational(modelScale) / Rational(targetScale)
    let factor = curve.lambda(ofPrecision: rate)
    let constant = factor.map { $0 * maximumRatio }
    if let factor {
      // In integers: accepted is min(kappa p, q) times what all atoms have in common.
      let scaled = factor * Rational(modelScale) / Rational(targetScale)
      let raised = p.map { $0 * scaled.numerator }
      let drawn = q.map { $0 * scaled.denominator }
      acceptance = zip(raised, drawn).map { $0 < $1 ? Rational($0) / Rational($1) : 1 }
      refined = target.with(counts: zip(raised, drawn).map { min($0, $1) })
    } else {
      let fill = (rate - precision) / (1 - precision)
      acceptance = zip(p, q).map { $0 > 0 || $1.isZero ? 1 : fill }
      refined = target.with(
        counts: zip(p, q).map { $1 * ($0 > 0 ? fill.denominator : fill.numerator) })
    }
    regime = constant.map { $0 < 1 ? .slack : .binding } ?? .belowPrecision
    self.target = target
    self.model = model
    self.budget = budget
    self.maximumRatio = maximumRatio
    self.constant = constant
  }

  /// The greatest `p / q` where `q > 0`.
  private static func maximumRatio(_ p: [BigInt], _ q: [BigInt]) -> Rational {
    var (top, bottom): (BigInt, BigInt) = (0, 1)
    for (p, q) in zip(p, q) where q > 0 && p * bottom > top * q { (top, bottom) = (p, q) }
    return Rational(top) / Rational(bottom)
  }

  /// The acceptance rate `sum a q`: exactly `1 / K` in every regime.
  public var acceptanceRate: Rational { 1 / budget }
}
