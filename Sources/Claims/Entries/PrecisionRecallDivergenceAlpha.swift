import Distributions
import Divergences
import GSL

extension Claim {
  /// 2025 deck, Theorem 2.5, first line: true with the recession term.
  static let precisionRecallDivergenceAlpha = Claim(
    id: "thm-2.5-alpha",
    title: "Precision from the PR-divergence",
    source: "2025 deck, Theorem 2.5, first line",
    statement: #"""
      $\alpha_\lambda(P\|\hat P) = \min(1,\lambda) - \mathcal D_{\lambda\text{-PR}}(P\|\hat P)$ for every
      $\lambda \in [0, \infty]$.
      """#,
    verdict: .holds,
    remark: #"""
      $\max(\lambda p, \hat p) = \lambda p + \hat p - \min(\lambda p, \hat p)$, so that
      $\int \max(\lambda p, \hat p) = \lambda + 1 - \alpha_\lambda$, and
      $\lambda + 1 - \max(\lambda, 1) = \min(\lambda, 1)$. The integral includes the term
      $\lambda P(\hat p = 0)$.
      """#,
    restsOn: ["def-2.1"],
    checks: [
      check(.printed, holds: true, ExactDivergence.precisionRecall),
      check(
        .without(hypothesis: #"the recession term $\lambda P(\hat p = 0)$"#), holds: false
      ) { lambda, target, model in
        guard case .finite(let value) = lambda else {
          return ExactDivergence.precisionRecall(lambda, target, model)
        }
        return ExactDivergence.sum(target, model) { p, q in
          q > 0 ? q * (max(value * p / q, 1) - max(value, 1)) : 0
        }
      },
      line,
    ])

  /// Quadrature of `q f_lambda(p / q)` against masses between the crossings.
  private static let line: Check = {
    @Sendable func sides(
      _ pair: LinePair, _ lambda: Rational
    ) throws -> (alpha: Estimate, right: Estimate) {
      let (target, model) = try pair.laws
      let densities = DensityPair(target: target, model: model)
      let level = Double(lambda)
      let divergence = try PrecisionRecallDivergence(lambda: level).divergence(densities)
      return (
        try densities.curve.alpha(level),
        Estimate(min(1, level) - divergence.value, error: divergence.error)
      )
    }
    return Check(
      .fact("on the line, by two routes"), .quadrature, holds: true,
      on: LinePair.arbitrary.and(.positive)
    ) { (pair, lambda) in
      let (alpha, right) = try sides(pair, lambda)
      return
        "\(pair.tex), $\\lambda = \(lambda.tex)$: $\\alpha_\\lambda = \(alpha.value.tex)$, but the right side is "
        + "$\(right.value.tex)$"
    } _: { (pair, lambda) in
      let (alpha, right) = try sides(pair, lambda)
      return alpha.agrees(with: right)
    }.thinned(by: 10)
  }()

  private static func check(
    _ form: Check.Form, holds: Bool,
    _ divergence:
      @escaping @Sendable (
        ExtendedRational, FiniteDistribution, FiniteDistribution
      ) -> Rational
  ) -> Check {
    @Sendable func sides(
      _ pair: FinitePair, _ lambda: ExtendedRational
    ) throws -> (alpha: Rational, right: Rational) {
      let (target, model) = try pair.laws
      let curve = try FinitePrecisionRecallCurve(target: target, model: model)
      return (try curve.alpha(lambda), lambda.atMostOne - divergence(lambda, target, model))
    }
    return Check(form, .exact, holds: holds, on: FinitePair.arbitrary.and(.slope)) {
      (pair, lambda) in
      let (alpha, right) = try sides(pair, lambda)
      return "\(try pair.tex), $\\lambda = \(lambda.tex)$: "
        + "$\\alpha_\\lambda = \(alpha.tex)$, but the right side is $\(right.tex)$"
    } _: { (pair, lambda) in
      let (alpha, right) = try sides(pair, lambda)
      return alpha == right
    }
  }
}
