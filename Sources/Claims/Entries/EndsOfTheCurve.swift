import Distributions
import Divergences
import GSL
import RealModule

extension Claim {
  /// 2025 deck, Theorem 1.5: true with the support of the density.
  static let endsOfTheCurve = Claim(
    id: "thm-1.5",
    title: "Support-based values are the ends of the curve",
    source: "2025 deck, Theorem 1.5 (2024 deck, Theorem 1.3)",
    statement: #"""
      $\bar\alpha = \max_\lambda\alpha_\lambda = \alpha_\infty$ and $\bar\beta = \max_\lambda\beta_\lambda = \beta_0$.
      """#,
    verdict: .needsHypotheses,
    correction: #"""
      True with $\operatorname{Supp} P := \{p > 0\}$, up to null sets, and the conventions of Definition 1.4 at $\lambda = 0, \infty$. Over finite
      $\lambda$ the maximum of $\alpha_\lambda$ is a supremum: it is attained if and only if $\hat p/p$ is bounded on $\{p > 0\}$.
      """#,
    remark: #"""
      $\min(\lambda p,\hat p)$ rises to $\hat p\,\mathbb 1_{\{p>0\}}$: monotone convergence. The topological support is a different set for
      laws on infinite spaces: it can have full mass under a law that is mutually singular.
      """#,
    restsOn: ["def-1.3", "def-1.4"],
    checks: [
      Check(.printed, .exact, holds: false) { _ in try refuteTopologicalSupport() },
      Check(.corrected, .exact, holds: true, on: FinitePair.arbitrary.and(.positive)) {
        (pair, lambda) in
        "\(try pair.tex), $\\lambda = \(lambda.tex)$: a value exceeds the end, or the end is not reached"
      } _: { (pair, lambda) in
        let (target, model) = try pair.laws
        let curve = try FinitePrecisionRecallCurve(target: target, model: model)
        let common = zip(target.weights, model.weights).filter { $0 > 0 && $1 > 0 }
        let (precision, recall) = common.reduce((0, 0) as (Rational, Rational)) {
          ($0.0 + $1.1, $0.1 + $1.0)
        }
        let largest = common.map { $1 / $0 }.max() ?? 1
        let smallest = common.map { $1 / $0 }.min() ?? 1
        return try curve.alpha(lambda) <= precision && curve.beta(lambda) <= recall
          && curve.alpha(largest) == precision && curve.beta(smallest) == recall
          && curve.alpha(.infinity) == precision && curve.beta(.finite(0)) == recall
      },
      Check(
        .fact(#"not by $\mathcal N(0,1)$ against $\mathcal N(0,4)$ at any finite $\lambda$"#),
        .quadrature, holds: true
      ) { _ in
        try unboundedRatio()
      },
      Check(
        .fact(#"by $\mathcal N(0,4)$ against $\mathcal N(0,1)$ from $\lambda = 2$ on"#),
        .quadrature, holds: true
      ) { _ in
        try boundedRatio()
      },
    ])

  /// Dyadic atoms against the midpoints between them: ever denser in each other, disjoint at every level.
  private static func refuteTopologicalSupport() throws -> Check.Finding {
    let levels = 1...9
    for level in levels {
      let cells = 1 << level
      // Entry 2k is the dyadic k / cells, entry 2k + 1 the midpoint after it.
      let weight = Rational(1) / Rational(cells)
      let law = { (parity: Int) in
        try FiniteDistribution(weights: (0..<2 * cells).map { $0 % 2 == parity ? weight : 0 })
      }
      let curve = try FinitePrecisionRecallCurve(target: law(0), model: law(1))
      // Every midpoint is within 1 / (2 cells) of a dyadic: the closed neighbourhood has all of the model's mass.
      guard try curve.alpha(.infinity) == 0, try curve.beta(.finite(0)) == 0 else {
        return .held(cases: level, detail: "the laws meet at level \(level)")
      }
    }
    return .refuted(
      counterexample: #"""
        $P = \sum_n 2^{-n}\delta_{q_n}$ over the rationals $q_n$ of $[0,1]$, $\hat P$ uniform on $[0,1]$: both topological supports are $[0,1]$, \#
        so $\bar\alpha = \bar\beta = 1$. But $\hat P$ gives the rationals no mass: $\alpha_\lambda = \beta_\lambda = 0$ for every $\lambda$
        """#, shrinks: 0)
  }

  /// The mass that is missing to 1 at lambda is twice `Q(x > c) - lambda P(x > c)`, where `lambda p(c) = q(c)`.
  private static func unboundedRatio() throws -> Check.Finding {
    let target = try Normal(mean: 0, sd: 1)
    let model = try Normal(mean: 0, sd: 2)
    let curve = PrecisionRecallCurve(target: target, model: model)
    let lambdas = [1, 10, 100, 1e4, 1e6]
    var missing = 0.0
    for lambda in lambdas {
      let crossing = (8.0 / 3 * Double.log(2 * lambda)).squareRoot()
      missing = 2 * (model.survival(crossing) - lambda * target.survival(crossing))
      let alpha = try curve.alpha(lambda)
      let complement = Estimate(1 - missing, error: 1e-14)
      guard alpha.agrees(with: complement), alpha.value + alpha.error < curve.supportPrecision.value
      else {
        return .refuted(
          counterexample: "$\\lambda = \(lambda)$: $\\alpha_\\lambda = \(alpha)$", shrinks: 0)
      }
    }
    return .held(
      cases: lambdas.count,
      detail: "still \(missing.fiveDecimals) below 1 at $\\lambda = 10^6$, two routes within 1e-14")
  }

  /// The ratio q / p is largest at 0, where it is 2.
  private static func boundedRatio() throws -> Check.Finding {
    let curve = PrecisionRecallCurve(
      target: try Normal(mean: 0, sd: 2), model: try Normal(mean: 0, sd: 1))
    let below = try curve.alpha(1.99)
    let alphas = try [2.01, 3, 100].map { try curve.alpha($0) }
    guard below.value + below.error < 1,
      alphas.allSatisfy({ $0.agrees(with: Estimate(1, error: 0)) })
    else {
      return .refuted(counterexample: "$\\alpha_\\lambda = \(below), \(alphas)$", shrinks: 0)
    }
    return .held(cases: 4, detail: #"below 1 at $\lambda = 1.99$, 1 from $\lambda = 2.01$ on"#)
  }
}
