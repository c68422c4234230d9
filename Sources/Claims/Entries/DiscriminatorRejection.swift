import Distributions
import RejectionSampling

extension Claim {
  /// 2025 deck, Definition 3.1: the rate need not increase; it never decreases.
  static let discriminatorRejection = Claim(
    id: "def-3.1",
    title: "Discriminator rejection sampling",
    source: "2025 deck, Definition 3.1",
    statement: #"""
      With $a_{\mathrm{DRS}}(x) = \dfrac{r(x)}{r(x)(1 - e^\gamma) + M e^\gamma}$: if $\gamma < 0$, the acceptance rate
      increases.
      """#,
    verdict: .needsHypotheses,
    correction: #"""
      With $M \ge \max r$, $a_{\mathrm{DRS}} = 1/(1 + e^\gamma(M/r - 1))$ is a probability and its rate is a nonincreasing
      function of $\gamma$; it is strictly decreasing exactly if $\hat P(0 < r < M) > 0$.
      """#,
    remark: #"""
      Where $r$ is $0$ or $M$, $\gamma$ changes nothing. The rate stays strictly between $\hat P(r = M)$ and
      $\hat P(r > 0)$: a budget outside of these has no $\gamma$. $r$ and $M$ are not defined on the slide.
      """#,
    restsOn: ["rejection-target"],
    checks: [
      monotonicity(.printed, holds: false) { rate, atZero, _ in rate > atZero },
      monotonicity(.corrected, holds: true) { rate, atZero, isBetween in
        isBetween ? rate > atZero : rate == atZero
      },
      bound,
      neutral,
      range,
      comparison,
    ])

  /// The refinement by DRS in `g = e^gamma`, which keeps all fractions.
  private static func discriminated(
    _ pair: FinitePair, _ g: Rational, maximum: Rational
  ) throws -> Refinement {
    try Refinement(pair) { p, q in
      p == 0 || q == 0 ? 0 : (p / q) / ((p / q) * (1 - g) + maximum * g)
    }
  }

  /// Whether some ratio lies strictly between 0 and M.
  private static func isBetween(_ pair: FinitePair) throws -> Bool {
    let (target, model) = try pair.weights
    let maximum = try pair.maximumRatio
    return zip(target, model).contains { $0 > 0 && $1 > 0 && $0 / $1 < maximum }
  }

  /// Compares the rate at `gamma < 0` with that at 0.
  private static func monotonicity(
    _ form: Check.Form, holds: Bool,
    _ relation: @escaping @Sendable (Rational, Rational, Bool) -> Bool
  ) -> Check {
    @Sendable func rates(_ pair: FinitePair, _ g: Rational) throws -> (Rational, Rational) {
      let maximum = try pair.maximumRatio
      return (
        try discriminated(pair, g, maximum: maximum).rate,
        try discriminated(pair, 1, maximum: maximum).rate
      )
    }
    return Check(form, .exact, holds: holds, on: FinitePair.arbitrary.and(.positive)) { pair, g in
      let (rate, atZero) = try rates(pair, g)
      return "\(try pair.tex), $e^\\gamma = \(g.tex)$: the rate is $\(rate.tex)$, "
        + "and at $\\gamma = 0$ it is $\(atZero.tex)$"
    } _: { pair, g in
      guard g < 1, pair.overlaps else { return nil }
      let (rate, atZero) = try rates(pair, g)
      return relation(rate, atZero, try isBetween(pair))
    }
  }

  /// Without `M >= max r` the formula is no probability.
  private static let bound = Check(
    .without(hypothesis: #"$M \ge \max r$"#), .exact, holds: false,
    on: FinitePair.arbitrary.and(.positive)
  ) { pair, maximum in
    let refinement = try discriminated(pair, 1, maximum: maximum)
    return "\(try pair.tex), $M = \(maximum.tex)$, $\\gamma = 0$: "
      + "$a = \(texVector(refinement.acceptance))$"
  } _: { pair, maximum in
    guard pair.overlaps else { return nil }
    return try discriminated(pair, 1, maximum: maximum).isValid
  }

  private static let neutral = Check(
    .fact(
      #"only $\gamma = 0$ draws from $P(\cdot \mid \hat p > 0)$, unless all positive ratios are equal: "#
        + #"$\gamma > 0$ moves away from $P$ again"#),
    .exact, holds: true, on: FinitePair.arbitrary.and(.positive)
  ) { pair, g in
    "\(try pair.tex), $e^\\gamma = \(g.tex)$"
  } _: { pair, g in
    guard pair.overlaps else { return nil }
    let recall = try pair.supports.recall
    let refinement = try discriminated(pair, g, maximum: pair.maximumRatio)
    let conditioned = zip(refinement.target, refinement.model).map { $1 > 0 ? $0 / recall : 0 }
    return try (refinement.law == conditioned) == (g == 1 || !isBetween(pair))
  }

  private static let range = Check(
    .fact(
      #"the rate lies strictly between $\hat P(r = M)$ and $\hat P(r > 0)$ when some ratio lies between, "#
        + "and comes as near to both as one likes"),
    .exact, holds: true, on: FinitePair.arbitrary.and(.positive)
  ) { pair, g in
    "\(try pair.tex), $e^\\gamma = \(g.tex)$"
  } _: { pair, g in
    guard pair.overlaps, try isBetween(pair) else { return nil }
    let maximum = try pair.maximumRatio
    let (target, model) = try pair.weights
    let least = zip(target, model).reduce(Rational(0)) {
      $0 + ($1.1 > 0 && $1.0 == maximum * $1.1 ? $1.1 : 0)
    }
    let greatest = try pair.supports.precision
    func rate(_ g: Rational) throws -> Rational {
      try discriminated(pair, g, maximum: maximum).rate
    }
    // a >= 1 - g (M/r - 1) and, where r < M, a <= 1 / (g (M/r - 1)).
    let slopes = zip(target, model).filter { $0 > 0 && $1 > 0 && $0 < maximum * $1 }.map {
      maximum * $1 / $0 - 1
    }
    let (low, high) = (slopes.reduce(slopes[0], min), slopes.reduce(slopes[0], max))
    let tolerance: Rational = 1 / 1000
    return try rate(g) > least && rate(g) < greatest
      && rate(tolerance / high) >= greatest - tolerance
      && rate(1 / (tolerance * low)) <= least + tolerance
  }

  private static let comparison = Check(
    .fact(
      #"at the same acceptance rate OBRS has $\alpha_\lambda$ at least as high, for every $\lambda$"#
    ),
    .exact, holds: true, on: FinitePair.arbitrary.and(.positive).and(.positive)
  ) { sample, lambda in
    "\(try sample.0.tex), $e^\\gamma = \(sample.1.tex)$, $\\lambda = \(lambda.tex)$"
  } _: { sample, lambda in
    let (pair, g) = sample
    guard pair.overlaps else { return nil }
    let refinement = try discriminated(pair, g, maximum: pair.maximumRatio)
    let (target, model) = try pair.laws
    let optimum = try BudgetedRejection(
      target: target, model: model, budget: 1 / refinement.rate)
    return alpha(target.weights, refinement.law ?? [], lambda)
      <= alpha(target.weights, optimum.refined.weights, lambda)
  }
}
