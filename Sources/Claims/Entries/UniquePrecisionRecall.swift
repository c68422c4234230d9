import Distributions
import Divergences

extension Claim {
  /// NeurIPS 2023 abstract, first half: one PR-divergence for each trade-off; its minimiser is not unique.
  static let uniquePrecisionRecall = Claim(
    id: "abstract-unique",
    title: "One PR-divergence for each trade-off",
    source: "Verine et al. 2023 (NeurIPS abstract), cited by the 2025 deck",
    statement: #"""
      Achieving a specified precision-recall trade-off corresponds to minimizing a unique f-divergence from a family we call the
      PR-divergences.
      """#,
    verdict: .holds,
    remark: #"""
      The PR-divergences of different $\lambda$ differ as functions of the pair, and each minimises to greatest $\alpha_\lambda$. The
      divergence is unique, its minimiser is not: with the whole space of laws the target itself minimises all of them.
      """#,
    restsOn: ["argmin-argmax"],
    checks: [
      Check(.printed, .exact, holds: true, on: Arbitrary.positive.and(.positive)) { (lambda, mu) in
        "$\\lambda = \(lambda.tex)$, $\\mu = \(mu.tex)$"
      } _: { (lambda, mu) in
        guard lambda != mu else { return nil }
        // Disjoint laws tell trade-offs up to 1 apart, a law with 1 / max(lambda, mu) on the model's only atom the others.
        let part = 1 / max(1, max(lambda, mu))
        let model = try FiniteDistribution(weights: [1, 0])
        let pairs = try [[0, 1], [part, 1 - part]].map { try FiniteDistribution(weights: $0) }
        return pairs.contains { target in
          ExactDivergence.precisionRecall(.finite(lambda), target, model)
            != ExactDivergence.precisionRecall(.finite(mu), target, model)
        }
      },
      Check(
        .fact("different trade-offs select different models"), .exact, holds: false,
        on: FiniteFamily.two.and(Arbitrary.positive.and(.positive))
      ) { (family, lambdas) in
        "\(try family.tex): $\\lambda = \(lambdas.0.tex)$ and $\\lambda = \(lambdas.1.tex)$ select the same models"
      } _: { (family, lambdas) in
        guard lambdas.0 != lambdas.1 else { return nil }
        let (target, models) = try family.laws
        func selected(_ lambda: Rational) -> [Int] {
          let values = models.map { ExactDivergence.precisionRecall(.finite(lambda), target, $0) }
          return values.indices.filter { values[$0] == values.min() }
        }
        return selected(lambdas.0) != selected(lambdas.1)
      },
    ])
}
