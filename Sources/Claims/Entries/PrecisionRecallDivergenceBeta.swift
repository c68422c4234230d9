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
      $\beta_\lambda(P\|\hat P) = \min(1,1/\lambda) - \mathcal D_{1/\lambda\text{-PR}}(\hat P\|P)$.
      """#,
    remark: #"""
      Exchanging the laws exchanges precision and recall *and* inverts $\lambda$: the right side as printed is
      $\beta_{1/\lambda}(P\|\hat P)$.
      """#,
    checks: [
      check(.printed, holds: false) { lambda in lambda },
      check(.corrected, holds: true) { lambda in 1 / lambda },
    ])

  /// Compares beta with `min(1, mu) - D_mu(Q || P)`, where mu is a function of lambda.
  private static func check(
    _ form: Check.Form, holds: Bool, index: @escaping @Sendable (Rational) -> Rational
  ) -> Check {
    @Sendable func sides(
      _ pair: FinitePair, _ lambda: Rational
    ) throws -> (beta: Rational, right: Rational) {
      let (target, model) = try pair.laws
      let curve = try FinitePrecisionRecallCurve(target: target, model: model)
      let mu = index(lambda)
      // D_mu(Q || P) from its definition, the sum of p f_mu(q / p).
      let divergence = zip(target.weights, model.weights).reduce(-max(mu, 1)) {
        $0 + max(mu * $1.1, $1.0)
      }
      return (try curve.beta(lambda), min(1, mu) - divergence)
    }
    return Check(form, .exact, holds: holds, on: FinitePair.arbitrary.and(.positive)) {
      (pair, lambda) in
      let (beta, right) = try sides(pair, lambda)
      return "\(try pair.tex), $\\lambda = \(lambda.tex)$: "
        + "$\\beta_\\lambda = \(beta.tex)$, but the right side is $\(right.tex)$"
    } _: { (pair, lambda) in
      let (beta, right) = try sides(pair, lambda)
      return beta == right
    }
  }
}
