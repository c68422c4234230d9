import Distributions
import Divergences

extension Claim {
  /// NeurIPS 2023 abstract, second half: an integral with positive weights, not a finite combination.
  static let precisionRecallCombination = Claim(
    id: "abstract-combination",
    title: "f-divergences as combinations of PR-divergences",
    source: "Verine et al. 2023 (NeurIPS abstract), cited by the 2025 deck",
    statement: #"""
      Any f-divergence can be written as a linear combination of PR-divergences and corresponds to a weighted precision-recall
      trade-off.
      """#,
    verdict: .needsHypotheses,
    correction: #"""
      Any f-divergence with $f$ finite on $(0, \infty)$ is an integral of PR-divergences with positive weights. It is a (finite) linear
      combination if and only if $f$ is piecewise linear with finitely many kinks.
      """#,
    remark: #"""
      Each $\mathcal D_{\lambda\text{-PR}}$ is at most $\min(1, \lambda)$, and so a combination is bounded; $\chi^2$ and KL are not.
      """#,
    restsOn: ["thm-2.6"],
    checks: [
      unbounded,
      Check(
        .corrected, .exact, holds: true,
        on: FinitePair.arbitrary.and(PiecewiseLinearGenerator.arbitrary)
      ) { (pair, f) in
        "\(try pair.tex), $f(u) = \(f.tex)$"
      } _: { (pair, f) in
        let mixture = try PrecisionRecallMixture(pair)
        // The coefficient of D_lambda, lambda = 1 / t, is t times the jump of f' at t.
        var combination: Rational = 0
        for kink in f.kinks {
          let divergence = ExactDivergence.precisionRecall(
            .finite(1 / kink.location), mixture.target, mixture.model)
          combination += kink.location * kink.mass * divergence
        }
        return combination == f.divergence(mixture.target, mixture.model)
      },
    ])

  /// Pearson's chi-squared against the bound of a combination, which is the sum of its positive coefficients.
  private static let unbounded: Check = {
    @Sendable func sides(
      _ f: PiecewiseLinearGenerator
    ) throws -> (bound: Rational, pair: FinitePair, chiSquared: Rational) {
      let bound: Rational = f.kinks.reduce(0) { $0 + $1.location * $1.mass }
      // P = (1/2, 1/2) and Q = (n, 1) / (n + 1): the sum of (p - q)^2 / q is (n - 1)^2 / (4 n).
      var n = 2
      while Rational(n - 1) * Rational(n - 1) <= 4 * Rational(n) * bound { n *= 2 }
      let pair = FinitePair(target: [1, 1], model: [n, 1])
      let (target, model) = try pair.laws
      let value = ExactDivergence.sum(target, model) { ($0 - $1) * ($0 - $1) / $1 }
      return (bound, pair, value)
    }
    return Check(
      .printed, .exact, holds: false, on: PiecewiseLinearGenerator.arbitrary
    ) { f in
      let (bound, pair, value) = try sides(f)
      let terms = f.kinks.map { kink in
        let factor = kink.location * kink.mass
        let name = "\\mathcal D_{\((1 / kink.location).tex)\\text{-PR}}"
        return factor == 1 ? name : "\(factor.tex)\\,\(name)"
      }
      return
        "\(try pair.tex): $\\chi^2 = \(value.tex)$, but $\(terms.joined(separator: " + "))$ is at most "
        + "$\(bound.tex)$ on all pairs; and so for each other finite combination and a $\\hat P$ far enough"
    } _: { f in
      let (bound, _, value) = try sides(f)
      return value <= bound
    }
  }()
}
