import Distributions
import Divergences
import GSL

extension Claim {
  /// 2025 deck, "For infinite support": equivalence of the two laws is what is needed.
  static let fullSupport = Claim(
    id: "full-support",
    title: "Perfect precision and recall of laws with infinite support",
    source: "2025 deck, slide For infinite support",
    statement: #"Two distributions of infinite support: "both have perfect precision and recall"."#,
    verdict: .needsHypotheses,
    correction: #"""
      $\bar\alpha = \bar\beta = 1$ if and only if $P$ and $\hat P$ have the same null sets (each is absolutely continuous with respect to the other), as any two
      non-degenerate Gaussians have. Infinite support alone is neither needed nor enough.
      """#,
    remark: #"""
      $\bar\alpha = 1$ says $\hat P(p = 0) = 0$, that is $\hat P \ll P$; $\bar\beta = 1$ says $P \ll \hat P$. And "perfect" says little: Gaussians that
      hardly overlap are perfect too.
      """#,
    restsOn: ["def-1.3"],
    checks: [
      Check(.printed, .quadrature, holds: false) { _ in try refuteInfiniteSupport() },
      Check(.corrected, .exact, holds: true, on: FinitePair.arbitrary) { pair in
        "\(try pair.tex): perfect values without equal null sets, or the other way round"
      } _: { pair in
        let (target, model) = try pair.laws
        let curve = try FinitePrecisionRecallCurve(target: target, model: model)
        let isEquivalent = zip(pair.target, pair.model).allSatisfy { ($0 > 0) == ($1 > 0) }
        return isEquivalent == (curve.supportPrecision == 1 && curve.supportRecall == 1)
      },
      Check(.fact("Gaussians have perfect values however far apart"), .quadrature, holds: true) {
        _ in
        try farGaussians()
      },
    ])

  private static func refuteInfiniteSupport() throws -> Check.Finding {
    let curve = PrecisionRecallCurve(
      target: try Normal(mean: 0, sd: 1), model: try Exponential(rate: 1))
    let recall = curve.supportRecall
    guard recall.agrees(with: Estimate(0.5, error: 1e-15)), curve.supportPrecision.value == 1 else {
      return .held(cases: 1, detail: "precision \(curve.supportPrecision), recall \(recall)")
    }
    return .refuted(
      counterexample: #"""
        $P = \mathcal N(0,1)$ on $\mathbb R$ and $\hat P$ exponential on $[0,\infty)$, both of infinite support: $\bar\alpha = 1$, but \#
        $\bar\beta = P(x > 0) = \tfrac12$
        """#, shrinks: 0)
  }

  /// Two unit Gaussians at distance m have `alpha_1 = 2 Phi(-m / 2)`.
  private static func farGaussians() throws -> Check.Finding {
    let target = try Normal(mean: 0, sd: 1)
    let distances = [0.5, 2, 8, 20]
    var overlap = 0.0
    for distance in distances {
      let curve = PrecisionRecallCurve(target: target, model: try Normal(mean: distance, sd: 1))
      let alpha = try curve.alpha(1)
      overlap = 2 * target.survival(distance / 2)
      guard curve.supportPrecision.value == 1, curve.supportRecall.value == 1,
        alpha.agrees(with: Estimate(overlap, error: 1e-14))
      else {
        return .refuted(
          counterexample: "distance \(distance): $\\alpha_1 = \(alpha)$, $2\\Phi = \(overlap)$",
          shrinks: 0)
      }
    }
    return .held(
      cases: distances.count,
      detail: "both 1 at distances 0.5 to 20, while alpha_1 falls to \(overlap)")
  }
}
