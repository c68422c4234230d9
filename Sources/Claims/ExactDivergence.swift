import Distributions
import Divergences

/// Exact divergences straight from their definitions, independent of the curve and of the generators' closed forms.
enum ExactDivergence {
  /// `D_lambda = ∫ q f_lambda(p / q)` with `f_lambda(u) = max(lambda u, 1) - max(lambda, 1)` and the recession term
  /// `lambda P(q = 0)`; for lambda infinite `Q(p = 0)`, the sum with `f(u) = 1` at u = 0 and 0 elsewhere.
  static func precisionRecall(
    _ lambda: ExtendedRational, _ target: FiniteDistribution, _ model: FiniteDistribution
  ) -> Rational {
    sum(target, model) { p, q in
      guard case .finite(let lambda) = lambda else { return p == 0 ? q : 0 }
      guard q > 0 else { return lambda * p }
      return q * (max(lambda * p / q, 1) - max(lambda, 1))
    }
  }

  /// Half of the sum of `|p - q|`.
  static func totalVariation(
    _ target: FiniteDistribution, _ model: FiniteDistribution
  ) -> Rational {
    sum(target, model) { ($0 - $1).magnitude } / 2
  }

  /// The sum of `term(p, q)` over the atoms.
  static func sum(
    _ target: FiniteDistribution, _ model: FiniteDistribution,
    _ term: (_ p: Rational, _ q: Rational) throws -> Rational
  ) rethrows -> Rational {
    try zip(target.weights, model.weights).reduce(0) { try $0 + term($1.0, $1.1) }
  }

  /// Whether the target has no mass where the model has none.
  static func isAbsolutelyContinuous(
    _ target: FiniteDistribution, _ model: FiniteDistribution
  ) -> Bool {
    zip(target.weights, model.weights).allSatisfy { $0 == 0 || $1 > 0 }
  }
}
