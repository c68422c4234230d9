import Distributions
import RejectionSampling

extension Claim {
  /// 2025 deck, Proposition 3.3: true, and `K <= M` is not needed.
  static let precisionImprovement = Claim(
    id: "prop-3.3",
    title: "OBRS multiplies precision and keeps recall",
    source: "2025 deck, Proposition 3.3",
    statement: #"""
      Let $K \le M$ be the budget for the OBRS. For any $(\alpha, \beta) \in \mathrm{PRD}(P, \hat P)$ we have
      $(\alpha', \beta) \in \mathrm{PRD}(P, \tilde P_{a_{\mathrm{OBRS}}})$ with $\alpha' = \min\{1, K\alpha\}$.
      """#,
    verdict: .holds,
    remark: #"""
      $\alpha'_{K\lambda} = \min(1, K\alpha_\lambda)$ and $\beta'_{K\lambda} = \min(1/(K\lambda), \beta_\lambda)$. While
      $K\alpha_\lambda \le 1$, the point is that of $\lambda' = K\lambda$; once $K\alpha_\lambda \ge 1$, from
      $\lambda = c_K/M$ on, it is that of $\lambda' = 1/\beta_\lambda$. The whole curve of $\tilde P$ is the
      stretched curve of $\hat P$.
      """#,
    restsOn: ["thm-3.2"],
    checks: [
      points(.printed, holds: true) { $0.budget <= $0.maximumRatio && $0.constant != nil },
      points(.without(hypothesis: #"$K \le M$"#), holds: true) { $0.constant != nil },
      points(
        .without(hypothesis: #"$K \ge 1/\bar\alpha$, with $a$ filled where $r = 0$"#), holds: true
      ) { _ in true },
      sameLambda,
      ends,
      saturation,
    ])

  private static let cases = FinitePair.arbitrary.and(.atLeastOne).and(.positive)

  private static func optimum(_ pair: FinitePair, _ budget: Rational) throws -> BudgetedRejection? {
    guard pair.overlaps else { return nil }
    let (target, model) = try pair.laws
    return try BudgetedRejection(target: target, model: model, budget: budget)
  }

  /// Whether the moved point is on the refined curve, at the lambda of the proof.
  private static func points(
    _ form: Check.Form, holds: Bool,
    where hypothesis: @escaping @Sendable (BudgetedRejection) -> Bool
  ) -> Check {
    Check(form, .exact, holds: holds, on: cases) { sample, lambda in
      "\(try sample.0.tex), $K = \(sample.1.tex)$, $\\lambda = \(lambda.tex)$"
    } _: { sample, lambda in
      let (pair, budget) = sample
      guard let optimum = try optimum(pair, budget), hypothesis(optimum) else { return nil }
      let (target, model) = try pair.weights
      let precision = alpha(target, model, lambda)
      let recall = precision / lambda
      let moved = min(1, budget * precision)
      let other = budget * precision <= 1 ? budget * lambda : 1 / recall
      let refined = alpha(target, optimum.refined.weights, other)
      return refined == moved && refined / other == recall
    }
  }

  /// The moved point belongs to another lambda.
  private static let sameLambda = Check(
    .without(hypothesis: #"the two points may belong to different $\lambda$"#), .exact,
    holds: false, on: cases
  ) { sample, lambda in
    let (p, q) = try sample.0.weights
    let refined = try optimum(sample.0, sample.1)?.refined.weights ?? []
    return "\(try sample.0.tex), $K = \(sample.1.tex)$, $\\lambda = \(lambda.tex)$: "
      + "$\\alpha_\\lambda = \(alpha(p, q, lambda).tex)$ and $\\alpha'_\\lambda = "
      + "\(alpha(p, refined, lambda).tex)$"
  } _: { sample, lambda in
    let (pair, budget) = sample
    guard let optimum = try optimum(pair, budget), optimum.regime == .binding else { return nil }
    let (target, model) = try pair.weights
    return alpha(target, optimum.refined.weights, lambda)
      == min(1, budget * alpha(target, model, lambda))
  }

  private static let ends = Check(
    .fact(
      #"at the ends too: $\alpha'_\infty = \min(1, K\alpha_\infty)$, $\beta'_0 = \beta_0$, and at equal "#
        + #"$\lambda$ neither decreases"#),
    .exact, holds: true, on: cases
  ) { sample, lambda in
    "\(try sample.0.tex), $K = \(sample.1.tex)$, $\\lambda = \(lambda.tex)$"
  } _: { sample, lambda in
    let (pair, budget) = sample
    guard let optimum = try optimum(pair, budget) else { return nil }
    let (target, model) = try pair.weights
    let refined = optimum.refined.weights
    let (precision, recall) = zip(target, refined).reduce((Rational(0), Rational(0))) {
      ($0.0 + ($1.0 > 0 ? $1.1 : 0), $0.1 + ($1.1 > 0 ? $1.0 : 0))
    }
    let before = try pair.supports
    return precision == min(1, budget * before.precision) && recall == before.recall
      && alpha(target, refined, lambda) >= alpha(target, model, lambda)
  }

  private static let saturation = Check(
    .fact(#"$K\alpha_\lambda \ge 1$ exactly from $\lambda = c_K/M$ on"#), .exact, holds: true,
    on: cases
  ) { sample, lambda in
    "\(try sample.0.tex), $K = \(sample.1.tex)$, $\\lambda = \(lambda.tex)$"
  } _: { sample, lambda in
    let (pair, budget) = sample
    guard let optimum = try optimum(pair, budget), let constant = optimum.constant
    else { return nil }
    let (target, model) = try pair.weights
    return (budget * alpha(target, model, lambda) >= 1)
      == (lambda >= constant / optimum.maximumRatio)
  }
}
