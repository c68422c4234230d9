import Distributions
import Divergences

extension Claim {
  /// 2025 deck, the consequence of Theorem 2.5: true; the minimiser is not unique.
  static let argminArgmax = Claim(
    id: "argmin-argmax",
    title: "Minimising the PR-divergence maximises precision",
    source: "2025 deck, a direct consequence of Theorem 2.5",
    statement: #"""
      $\operatorname{argmin}_{\hat P} \mathcal D_{\lambda\text{-PR}}(P\|\hat P)
      = \operatorname{argmax}_{\hat P} \alpha_\lambda(P\|\hat P)$.
      """#,
    verdict: .holds,
    remark: #"""
      True over any family of models, and these are the models of greatest $\beta_\lambda$ too when $0 < \lambda < \infty$. Over all laws
      the set of minimisers is $\{\hat p \ge \lambda p\}$ for $\lambda \le 1$ and $\{\hat p \le \lambda p\}$ for $\lambda \ge 1$: the target
      is one of them, and the only one for $\lambda = 1$ alone.
      """#,
    restsOn: ["thm-2.5-alpha"],
    checks: [
      sameModels(.printed) { curve, lambda in try curve.alpha(lambda) },
      sameModels(
        .fact(#"$= \operatorname{argmax} \beta_\lambda$ for $0 < \lambda < \infty$"#)
      ) { curve, lambda in
        guard case .finite(let value) = lambda, value > 0 else { return nil }
        return try curve.beta(lambda)
      },
      Check(
        .fact(
          #"over all laws: $\hat p \ge \lambda p$ everywhere ($\lambda \le 1$), $\hat p \le \lambda p$ ($\lambda \ge 1$)"#
        ), .exact, holds: true, on: FinitePair.arbitrary.and(.positive)
      ) { (pair, lambda) in
        try text(pair, lambda)
      } _: { (pair, lambda) in
        let (target, model) = try pair.laws
        let isMinimal = ExactDivergence.precisionRecall(.finite(lambda), target, model) == 0
        let isInSet = zip(target.weights, model.weights).allSatisfy { p, q in
          lambda < 1 ? q >= lambda * p : lambda > 1 ? q <= lambda * p : q == p
        }
        return isMinimal == isInSet
      },
      Check(
        .fact("the target is the only minimiser"), .exact, holds: false,
        on: FinitePair.arbitrary.and(.positive)
      ) { (pair, lambda) in
        try text(pair, lambda)
      } _: { (pair, lambda) in
        let (target, model) = try pair.laws
        return ExactDivergence.precisionRecall(.finite(lambda), target, model) != 0
          || target.weights == model.weights
      },
    ])

  private static func text(_ pair: FinitePair, _ lambda: Rational) throws -> String {
    let (target, model) = try pair.laws
    let value = ExactDivergence.precisionRecall(.finite(lambda), target, model)
    return "\(try pair.tex), $\\lambda = \(lambda.tex)$: "
      + "$\\mathcal D_{\\lambda\\text{-PR}}(P\\|\\hat P) = \(value.tex)$"
  }

  /// Compares the models of least divergence with those of greatest score, which is nil where it is not defined.
  private static func sameModels(
    _ form: Check.Form,
    _ score: @escaping @Sendable (FinitePrecisionRecallCurve, ExtendedRational) throws -> Rational?
  ) -> Check {
    Check(form, .exact, holds: true, on: FiniteFamily.arbitrary.and(.slope)) { (family, lambda) in
      "\(try family.tex), $\\lambda = \(lambda.tex)$"
    } _: { (family, lambda) in
      let (target, models) = try family.laws
      let divergences = models.map { ExactDivergence.precisionRecall(lambda, target, $0) }
      var scores: [Rational] = []
      for model in models {
        let curve = try FinitePrecisionRecallCurve(target: target, model: model)
        guard let value = try score(curve, lambda) else { return nil }
        scores.append(value)
      }
      let (least, greatest) = (divergences.min(), scores.max())
      return models.indices.allSatisfy { (divergences[$0] == least) == (scores[$0] == greatest) }
    }
  }
}
