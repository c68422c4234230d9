import Distributions
import Divergences

extension Claim {
  /// 2025 deck, Theorem 2.5, second line: false as printed unless lambda is 1.
  static let precisionRecallDivergenceBeta = Claim(
    id: "thm-2.5-beta",
    title: "Recall from the PR-divergence",
    source: "2025 deck, Theorem 2.5, second line",
    statement: #"""
      $\beta_\lambda(P\|\hat P) = \min(1,\lambda) - \mathcal D_{\lambda\text{-PR}}(\hat P\|P)$ for every
      $\lambda \in [0, \infty]$.
      """#,
    verdict: .fails,
    correction: #"""
      $\beta_\lambda(P\|\hat P) = \min(1,1/\lambda)$ $-\, \mathcal D_{1/\lambda\text{-PR}}(\hat P\|P)$ for every
      $\lambda \in [0, \infty]$; the same is
      $\frac 1\lambda(\min(1,\lambda)$ $-\, \mathcal D_{\lambda\text{-PR}}(P\|\hat P))$ for $0 < \lambda < \infty$.
      """#,
    remark: #"""
      Exchanging the laws exchanges precision and recall *and* inverts $\lambda$: the right side as printed is
      $\beta_{1/\lambda}(P\|\hat P)$.
      """#,
    restsOn: ["def-2.1"],
    checks: [
      check(.printed, holds: false) { lambda, target, model in
        lambda.atMostOne - ExactDivergence.precisionRecall(lambda, model, target)
      },
      check(.corrected, holds: true) { lambda, target, model in
        lambda.inverse.atMostOne
          - ExactDivergence.precisionRecall(lambda.inverse, model, target)
      },
      check(
        .fact(
          #"$\beta_\lambda = \frac 1\lambda(\min(1,\lambda) - \mathcal D_{\lambda\text{-PR}}(P\|\hat P))$"#
        ),
        holds: true
      ) { lambda, target, model in
        guard case .finite(let value) = lambda, value > 0 else { return nil }
        return (min(1, value) - ExactDivergence.precisionRecall(lambda, target, model)) / value
      },
      check(.fact(#"as printed at $\lambda = 1$"#), holds: true) { lambda, target, model in
        guard lambda == .finite(1) else { return nil }
        return 1 - ExactDivergence.precisionRecall(lambda, model, target)
      },
    ])

  /// Compares beta with a right side, which is nil where it is not defined.
  private static func check(
    _ form: Check.Form, holds: Bool,
    _ right:
      @escaping @Sendable (
        ExtendedRational, FiniteDistribution, FiniteDistribution
      ) -> Rational?
  ) -> Check {
    @Sendable func sides(
      _ pair: FinitePair, _ lambda: ExtendedRational
    ) throws -> (beta: Rational, right: Rational)? {
      let (target, model) = try pair.laws
      guard let right = right(lambda, target, model) else { return nil }
      let curve = try FinitePrecisionRecallCurve(target: target, model: model)
      return (try curve.beta(lambda), right)
    }
    return Check(form, .exact, holds: holds, on: FinitePair.arbitrary.and(.slope)) {
      (pair, lambda) in
      guard let (beta, right) = try sides(pair, lambda) else { return "" }
      return "\(try pair.tex), $\\lambda = \(lambda.tex)$: "
        + "$\\beta_\\lambda = \(beta.tex)$, but the right side is $\(right.tex)$"
    } _: { (pair, lambda) in
      try sides(pair, lambda).map { $0.beta == $0.right }
    }
  }
}
