import Distributions
import Divergences

extension Claim {
  /// The primal estimate of the PR-GAN: neither a lower nor an upper bound.
  static let primalIsNoBound = Claim(
    id: "primal-not-bound",
    title: "The primal estimate is no bound",
    source:
      "Verine et al. 2023, used by the 2025 deck, Optimizing the PR-divergence with our approach",
    statement: #"""
      The primal estimate $\mathbb E_{\hat P}[f_\lambda(r_T)]$ with an estimated ratio $r_T \ge 0$ bounds
      $\mathcal D_{\lambda\text{-PR}}(P\|\hat P)$ from below, as the dual form does.
      """#,
    verdict: .fails,
    correction: #"""
      It may lie on either side of $\mathcal D_{\lambda\text{-PR}}$ and be negative:
      $\mathbb E_{\hat P}[f_\lambda(r_T)] = \min(1,\lambda)$ $-\, \mathbb E_{\hat P}[\min(\lambda r_T, 1)]$
      $+\, \lambda(\mathbb E_{\hat P}[r_T] - 1)$.
      """#,
    remark: #"""
      Only the true ratio has mean 1 under $\hat P$. Where $\mathbb E_{\hat P}[r_T] \ne 1$, the last term is of either sign and grows
      with $\lambda$.
      """#,
    restsOn: ["def-2.3"],
    checks: [
      check(.printed, holds: false) { $0.primal <= $0.divergence },
      check(.fact("an upper bound instead"), holds: false) { $0.primal >= $0.divergence },
      check(.fact("never negative"), holds: false) { $0.primal >= 0 },
      check(.corrected, holds: true) { $0.primal == $0.identity },
    ])

  private struct Sides {
    var divergence: Rational
    var primal: Rational
    var identity: Rational
  }

  private static func check(
    _ form: Check.Form, holds: Bool, _ property: @escaping @Sendable (Sides) -> Bool
  ) -> Check {
    let cases = FinitePair.withValues.and(.positive)
    @Sendable func sides(_ instance: FinitePair.WithValues, _ lambda: Rational) throws -> Sides? {
      let (target, model) = try instance.pair.laws
      guard ExactDivergence.isAbsolutelyContinuous(target, model) else { return nil }
      var (primal, capped, mean): (Rational, Rational, Rational) = (0, 0, 0)
      for (q, r) in zip(model.weights, instance.values) {
        primal += q * (max(lambda * r, 1) - max(lambda, 1))
        capped += q * min(lambda * r, 1)
        mean += q * r
      }
      let identity: Rational = min(1, lambda) - capped + lambda * (mean - 1)
      return Sides(
        divergence: ExactDivergence.precisionRecall(.finite(lambda), target, model),
        primal: primal, identity: identity)
    }
    return Check(form, .exact, holds: holds, on: cases) { (instance, lambda) in
      guard let sides = try sides(instance, lambda) else { return "" }
      return "\(try instance.pair.tex), $r_T = \(instance.valuesTeX)$, $\\lambda = \(lambda.tex)$: "
        + "$\\mathcal D_\\lambda = \(sides.divergence.tex)$, "
        + "$\\mathbb E_{\\hat P}[f_\\lambda(r_T)] = \(sides.primal.tex)$"
    } _: { (instance, lambda) in
      try sides(instance, lambda).map(property)
    }
  }
}
