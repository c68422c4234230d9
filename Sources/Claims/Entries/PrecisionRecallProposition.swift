import Distributions
import Divergences

extension Claim {
  /// 2025 deck, Proposition 2.4: true for finite lambda; at infinity the generator is not lower semi-continuous.
  static let precisionRecallProposition = Claim(
    id: "prop-2.4",
    title: "The PR-divergences are f-divergences",
    source: "2025 deck, Proposition 2.4",
    statement: #"""
      For any $\lambda \in [0, \infty]$ the PR-divergence
      $\mathcal D_{\lambda\text{-PR}}(P\|\hat P) = \int \hat p\, f_\lambda(p/\hat p)\, d\mu$ belongs to the class of f-divergences
      (Definition 2.1: $f$ convex and lower semi-continuous with $f(1) = 0$).
      """#,
    verdict: .fails,
    correction: #"""
      This holds for $\lambda \in [0, \infty[$. For $\lambda = \infty$, $f_\infty$ is convex but not lower semi-continuous:
      $\liminf_{u \to 0} f_\infty(u) = 0 < 1 = f_\infty(0)$. One may define
      $\mathcal D_\infty := \lim_{\lambda\to\infty} \mathcal D_{\lambda\text{-PR}}$ $= \hat P(p = 0)$, outside of the class.
      """#,
    remark: #"""
      Neither is $\mathcal D_\infty$ lower semi-continuous: with $\hat P = (\frac12, \frac12)$ and
      $P_n = (1 - \frac1n, \frac1n) \to P = (1, 0)$, it jumps from $0$ to $\frac12$ in the limit. So no other generator serves in the
      place of $f_\infty$. $\mathcal D_0$ is zero for all laws.
      """#,
    restsOn: ["def-2.1", "def-2.3"],
    checks: [
      isLowerSemicontinuous(.printed, holds: false, includesInfinity: true),
      isLowerSemicontinuous(.corrected, holds: true, includesInfinity: false),
      semicontinuityInTheTarget,
      limit,
      zero,
    ])

  /// Whether `f(0) <= f(u)` plus what the slope lambda explains, at the point u: as u goes to 0, this is lower
  /// semi-continuity at 0 of a function of that slope.
  private static func isLowerSemicontinuous(
    _ form: Check.Form, holds: Bool, includesInfinity: Bool
  ) -> Check {
    @Sendable func value(_ lambda: ExtendedRational, _ u: Rational) -> Rational {
      guard case .finite(let lambda) = lambda else { return u == 0 ? 1 : 0 }
      return max(lambda * u, 1) - max(lambda, 1)
    }
    return Check(form, .exact, holds: holds, on: Arbitrary.slope.and(.atLeastOne)) { (lambda, n) in
      "$\\lambda = \(lambda.tex)$: $f_\\lambda(0) = \(value(lambda, 0).tex)$, but "
        + "$f_\\lambda(1/n) = \(value(lambda, 1 / n).tex)$ for all $n \\ge \(n.tex)$"
    } _: { (lambda, n) in
      if case .finite(let slope) = lambda {
        return value(lambda, 0) <= value(lambda, 1 / n) + slope / n
      }
      return includesInfinity ? value(lambda, 0) <= value(lambda, 1 / n) : nil
    }
  }

  /// `P_n = (1 - 1/n, 1/n)` against `(1/2, 1/2)`.
  private static let semicontinuityInTheTarget = Check(
    .fact(
      #"$\mathcal D_\infty(P\|\hat P) \le \liminf \mathcal D_\infty(P_n\|\hat P)$ for $P_n \to P$"#),
    .exact, holds: false
  ) { _ in
    let model = try FiniteDistribution(weights: [Rational(1) / 2, Rational(1) / 2])
    let limit = try FiniteDistribution(weights: [1, 0])
    let sequence = try (2...1000).map { n in
      ExactDivergence.precisionRecall(
        .infinity,
        try FiniteDistribution(weights: [1 - Rational(1) / Rational(n), Rational(1) / Rational(n)]),
        model)
    }
    let value = ExactDivergence.precisionRecall(.infinity, limit, model)
    guard let least = sequence.min(), value > least else {
      return .held(cases: sequence.count, detail: "n up to 1000")
    }
    return .refuted(
      counterexample:
        #"$P_n = (1 - \tfrac1n, \tfrac1n) \to P = (1, 0)$, $\hat P = (\tfrac12, \tfrac12)$: "#
        + "$\\mathcal D_\\infty(P_n\\|\\hat P) = \(least.tex)$ for every $n \\ge 2$, but "
        + "$\\mathcal D_\\infty(P\\|\\hat P) = \(value.tex)$",
      shrinks: 0)
  }

  /// For lambda beyond the greatest ratio `q / p`, the divergence no longer changes.
  private static let limit = Check(
    .fact(
      #"$\mathcal D_{\lambda\text{-PR}} = \hat P(p = 0)$ from $\lambda = \max_{p > 0} \hat p/p$ and 1 on"#
    ),
    .exact, holds: true, on: FinitePair.arbitrary.and(.atLeastOne)
  ) { (pair, factor) in
    "\(try pair.tex), $\\lambda = \(factor.tex)\\max(1, \\hat p/p)$"
  } _: { (pair, factor) in
    let (target, model) = try pair.laws
    let ratios = zip(target.weights, model.weights).compactMap { $0 > 0 ? $1 / $0 : nil }
    let lambda = factor * ratios.reduce(1, max)
    return ExactDivergence.precisionRecall(.finite(lambda), target, model)
      == ExactDivergence.precisionRecall(.infinity, target, model)
  }

  private static let zero = Check(
    .fact(#"$\mathcal D_{0\text{-PR}} = 0$"#), .exact, holds: true, on: FinitePair.arbitrary
  ) { pair in
    try pair.tex
  } _: { pair in
    let (target, model) = try pair.laws
    return ExactDivergence.precisionRecall(.finite(0), target, model) == 0
  }
}
