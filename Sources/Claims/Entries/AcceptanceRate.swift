import Distributions

extension Claim {
  /// 2025 deck, "Rejection sampling": true as soon as anything is accepted.
  static let acceptanceRate = Claim(
    id: "acceptance-rate",
    title: "The acceptance rate and the refined law",
    source: "2025 deck, Rejection sampling",
    statement: #"""
      The acceptance rate is $\mathbb E_{\hat p}[a(x)]$, and the accepted samples define a new distribution
      $\tilde P$.
      """#,
    verdict: .needsHypotheses,
    correction: #"""
      The acceptance rate is $R = \mathbb E_{\hat p}[a]$; if $R > 0$, the accepted samples follow
      $\tilde p = a \hat p / R$ and cost $1/R$ draws each.
      """#,
    remark: #"""
      The first draw is accepted at $x$ with probability $a(x)\hat p(x)$, and otherwise one starts again:
      $\tilde p = a\hat p + (1 - R)\tilde p$, which has one solution when $R > 0$ and none that is a law when $R = 0$.
      """#,
    checks: [
      check(.printed, holds: false, needsAcceptance: false),
      check(.corrected, holds: true, needsAcceptance: true),
    ])

  /// Whether starting again after each refusal has a law of the first accepted sample; the target's counts over
  /// the largest are the acceptance.
  private static func check(_ form: Check.Form, holds: Bool, needsAcceptance: Bool) -> Check {
    Check(form, .exact, holds: holds, on: FinitePair.arbitrary) { pair in
      let refinement = try refinement(pair)
      return
        "$\\hat P = \(texVector(refinement.model))$, $a = \(texVector(refinement.acceptance))$: "
        + "$\\mathbb E_{\\hat p}[a] = \(refinement.rate.tex)$, no sample is ever accepted"
    } _: { pair in
      let refinement = try refinement(pair)
      if needsAcceptance, refinement.rate == 0 { return nil }
      guard let law = refinement.law else { return false }
      // One more round changes nothing, and the expected number N of draws solves N = 1 + (1 - R) N.
      let rate = refinement.rate
      let restarted = zip(zip(refinement.acceptance, refinement.model), law).map {
        $0.0 * $0.1 + (1 - rate) * $1
      }
      let draws = 1 / rate
      return law == restarted && law.reduce(0, +) == 1 && draws == 1 + (1 - rate) * draws
    }
  }

  private static func refinement(_ pair: FinitePair) throws -> Refinement {
    let (target, model) = try pair.weights
    let largest = target.reduce(0, max)
    return Refinement(target: target, model: model, acceptance: target.map { $0 / largest })
  }
}
