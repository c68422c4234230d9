import Distributions
import Divergences

extension Claim {
  /// 2025 deck, Definition 2.1: a divergence only with the recession term.
  static let fDivergenceDefinition = Claim(
    id: "def-2.1",
    title: "f-divergences",
    source: "2025 deck, Definition 2.1",
    statement: #"""
      $\mathcal D_f(P\|\hat P) = \int_{\mathcal X} \hat p\, f(p/\hat p)\, d\mu$ for $P, \hat P \ll \mu$ and $f$ convex, lower
      semi-continuous, with $f(1) = 0$, is a divergence: $\mathcal D_f \ge 0$.
      """#,
    verdict: .needsHypotheses,
    correction: #"""
      $\mathcal D_f(P\|\hat P) = \int_{\hat p > 0} \hat p\, f(p/\hat p)\, d\mu$ $+\, f'(\infty)\, P(\hat p = 0)$ with
      $f'(\infty) = \lim_{u\to\infty} f(u)/u$ and $\infty \cdot 0 = 0$. It is never negative, and zero only for $P = \hat P$ if $f$ is
      strictly convex at 1.
      """#,
    remark: #"""
      Where $\hat p = 0 < p$, the integrand reads $0 \cdot f(\infty) = 0$ as printed, and the target's mass there is lost; the limit of
      $\hat p f(p/\hat p)$ is $p f'(\infty)$. Then Jensen's inequality applies:
      $f(u) \ge f'(1)(u - 1)$. Lower semi-continuity is not needed here, but for duality. Any two laws have a common $\mu$, e.g.
      $\frac12(P + \hat P)$.
      """#,
    checks: [
      isNonnegative(.printed, holds: false, "the integral as printed") { f, p, q in
        q > 0 ? q * f(p / q) : 0
      },
      isNonnegative(.corrected, holds: true) { f, p, q in f.perspective(p, q) },
      isNonnegative(.without(hypothesis: "convexity of $f$"), holds: false, #"$\mathcal D_{-f}$"#) {
        f, p, q in
        -f.perspective(p, q)
      },
      isNonnegative(.without(hypothesis: "$f(1) = 0$"), holds: false, #"$\mathcal D_{f - 1}$"#) {
        f, p, q in
        f.perspective(p, q) - q
      },
      isNonnegative(
        .without(hypothesis: "lower semi-continuity of $f$"), holds: true,
        #"$\mathcal D_f + \hat P(p = 0)$"#
      ) { f, p, q in f.perspective(p, q) + (p == 0 ? q : 0) },
      vanishesOnlyAtEquality(
        .fact("zero only for equal laws if $f$ has a kink at 1"), holds: true,
        kinkAtOne: true),
      vanishesOnlyAtEquality(
        .without(hypothesis: "strict convexity at 1, for zero only at equality"), holds: false,
        kinkAtOne: false),
      dominatingMeasure,
    ])

  /// Compares the sum of `term(f, p, q)` with 0, where f is piecewise linear.
  private static func isNonnegative(
    _ form: Check.Form, holds: Bool, _ name: String = #"$\mathcal D_f$"#,
    _ term: @escaping @Sendable (PiecewiseLinearGenerator, Rational, Rational) -> Rational
  ) -> Check {
    @Sendable func value(_ pair: FinitePair, _ f: PiecewiseLinearGenerator) throws -> Rational {
      let (target, model) = try pair.laws
      return ExactDivergence.sum(target, model) { term(f, $0, $1) }
    }
    return Check(
      form, .exact, holds: holds, on: FinitePair.arbitrary.and(PiecewiseLinearGenerator.arbitrary)
    ) { (pair, f) in
      "\(try pair.tex), $f(u) = \(f.tex)$: \(name) is $\(try value(pair, f).tex) < 0$"
    } _: { (pair, f) in
      try value(pair, f) >= 0
    }
  }

  private static func vanishesOnlyAtEquality(
    _ form: Check.Form, holds: Bool, kinkAtOne: Bool
  ) -> Check {
    @Sendable func generator(_ f: PiecewiseLinearGenerator) -> PiecewiseLinearGenerator {
      guard kinkAtOne else { return f }
      var f = f
      f.kinks[0].location = 1
      return f
    }
    return Check(
      form, .exact, holds: holds, on: FinitePair.arbitrary.and(PiecewiseLinearGenerator.arbitrary)
    ) { (pair, f) in
      let (target, model) = try pair.laws
      let value = generator(f).divergence(target, model)
      return "\(try pair.tex), $f(u) = \(generator(f).tex)$: $\\mathcal D_f = \(value.tex)$"
    } _: { (pair, f) in
      let (target, model) = try pair.laws
      return (generator(f).divergence(target, model) == 0) == (target.weights == model.weights)
    }
  }

  /// Densities with respect to `(P + Q) / 2` in the place of the counting measure.
  private static let dominatingMeasure = Check(
    .fact(#"the value does not depend on $\mu$"#), .exact, holds: true,
    on: FinitePair.arbitrary.and(PiecewiseLinearGenerator.arbitrary)
  ) { (pair, f) in
    "\(try pair.tex), $f(u) = \(f.tex)$"
  } _: { (pair, f) in
    let (target, model) = try pair.laws
    let other = ExactDivergence.sum(target, model) { p, q in
      let mass = (p + q) / 2
      return mass == 0 ? 0 : mass * f.perspective(p / mass, q / mass)
    }
    return other == f.divergence(target, model)
  }
}
