import Distributions

extension Claim {
  /// 2025 deck, "Rejection sampling": needs P << Q and a finite, known M.
  static let rejectionTarget = Claim(
    id: "rejection-target",
    title: "Rejection sampling draws from the target",
    source: "2025 deck, Rejection sampling",
    statement: #"""
      Accepting $x \sim \hat P$ with a probability $a(x)$ made of $r(x) = p(x)/\hat p(x)$ allows sampling from $P$:
      with $a = r / M$, $M = \max r$, the accepted samples follow $P$.
      """#,
    verdict: .needsHypotheses,
    correction: #"""
      If $\hat p > 0$ wherever $p > 0$ and $M = \sup_{\hat p > 0} r < \infty$, then $a = r/M$ draws from $P$ at the rate
      $1/M$.
      """#,
    remark: #"""
      What the model never draws cannot be accepted: without $P \ll \hat P$ the accepted samples follow
      $P(\cdot \mid \hat p > 0)$, at the rate $P(\hat p > 0)/M$. An unbounded ratio leaves no $M$ at all.
      """#,
    checks: [
      target(.printed, holds: false) { _ in true },
      target(.corrected, holds: true, where: \.targetIsCovered),
      target(.without(hypothesis: #"$P \ll \hat P$"#), holds: false, where: \.overlaps),
      underestimated,
      unbounded,
      conditioned,
    ])

  /// Whether `a = r / M` is a probability, and the accepted samples follow the target, at the rate 1/M.
  private static func target(
    _ form: Check.Form, holds: Bool, where hypothesis: @escaping @Sendable (FinitePair) -> Bool
  ) -> Check {
    Check(form, .exact, holds: holds, on: FinitePair.arbitrary) { pair in
      let law = try refinement(pair)?.law.map { "accepts the law $\(texVector($0))$" }
      return "\(try pair.tex): $a = r/M$ \(law ?? "accepts nothing")"
    } _: { pair in
      guard hypothesis(pair) else { return nil }
      guard let refinement = try refinement(pair) else { return false }
      return try refinement.isValid && refinement.law == refinement.target
        && refinement.rate * pair.maximumRatio == 1
    }
  }

  private static func refinement(_ pair: FinitePair) throws -> Refinement? {
    let maximum = try pair.maximumRatio
    guard maximum > 0 else { return nil }
    return try Refinement(pair) { p, q in q == 0 ? 0 : p / q / maximum }
  }

  /// With a constant below the maximum, and what exceeds 1 cut off, other samples are accepted.
  private static let underestimated = Check(
    .without(hypothesis: "$M$ is at least the largest ratio"), .exact, holds: false,
    on: FinitePair.arbitrary.and(.positive)
  ) { pair, constant in
    let law = try Refinement(pair) { p, q in q == 0 ? 0 : min(p / q / constant, 1) }.law
    return "\(try pair.tex), $M = \(constant.tex)$: $\\min(r/M, 1)$ accepts the law "
      + "$\(texVector(law ?? []))$"
  } _: { pair, constant in
    guard pair.targetIsCovered else { return nil }
    let refinement = try Refinement(pair) { p, q in q == 0 ? 0 : min(p / q / constant, 1) }
    return refinement.law == refinement.target
  }

  /// Two geometric laws with ratios `(3/2)^k / 2`: above every constant from some atom on.
  private static let unbounded = Check(
    .without(hypothesis: #"$M < \infty$"#), .exact, holds: false, on: Arbitrary<Rational>.positive
  ) { constant in
    let (index, ratio) = firstRatio(above: constant)
    return "$P(x_k) = 2^{-k}$, $\\hat P(x_k) = 2 \\cdot 3^{-k}$, $M = \(constant.tex)$: "
      + "$r(x_{\(index)})/M = \((ratio / constant).tex) > 1$"
  } _: { constant in
    firstRatio(above: constant).ratio <= constant
  }

  private static func firstRatio(above constant: Rational) -> (index: Int, ratio: Rational) {
    var (index, ratio): (Int, Rational) = (1, 3 / 4)
    while ratio <= constant { (index, ratio) = (index + 1, ratio * 3 / 2) }
    return (index, ratio)
  }

  private static let conditioned = Check(
    .fact(
      #"in general the accepted law is $P(\cdot \mid \hat p > 0)$, the rate $P(\hat p > 0)/M$"#),
    .exact, holds: true, on: FinitePair.arbitrary
  ) { pair in
    "\(try pair.tex)"
  } _: { pair in
    guard pair.overlaps, let refinement = try refinement(pair) else { return nil }
    let recall = try pair.supports.recall
    let conditioned = zip(refinement.target, refinement.model).map { $1 > 0 ? $0 / recall : 0 }
    return try refinement.law == conditioned
      && refinement.rate == recall / pair.maximumRatio
  }
}
