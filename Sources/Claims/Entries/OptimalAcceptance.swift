import Distributions
import RejectionSampling

extension Claim {
  /// 2025 deck, Theorem 3.2: two hypotheses on the budget are missing.
  static let optimalAcceptance = Claim(
    id: "thm-3.2",
    title: "Optimal budgeted rejection sampling",
    source: "2025 deck, Theorem 3.2",
    statement: #"""
      For a sampling budget $K \ge 1$ and finite $\mathcal X$, the solution of
      $\min_a \mathcal D_f(P\|\tilde P_a)$ subject to $\mathbb E_{\hat P}[a] \ge 1/K$ is
      $a_{\mathrm{OBRS}} = \min\!\left(\dfrac{p}{\hat p}\dfrac{c_K}{M}, 1\right)$, where $c_K \ge 1$ is such that
      $\mathbb E_{\hat p}[a_{\mathrm{OBRS}}] = 1/K$.
      """#,
    verdict: .needsHypotheses,
    correction: #"""
      Let $\bar\alpha = \hat P(p > 0) > 0$, $\bar\beta = P(\hat p > 0)$, $M = \sup_{\hat p > 0} r$. If
      $1/\bar\alpha \le K \le M/\bar\beta$, such a $c_K \ge 1$ exists and $a_{\mathrm{OBRS}}$ is *a* solution for every $f$
      at once: $\alpha_\lambda(P\|\tilde P) = \min(1, K\alpha_{\lambda/K}(P\|\hat P))$, and no other
      refined law of the budget has a higher $\alpha_\lambda$ at any $\lambda$. Its $\tilde P$ is the only one when $f$ is
      strictly convex and $\mathcal D_f < \infty$.
      """#,
    remark: #"""
      $\tilde p \le K\hat p$ bounds $\alpha_\lambda(P\|\tilde P) = \int\min(\lambda p, \tilde p)$ by
      $\min(1, \int\min(\lambda p, K\hat p))$, and $\tilde p = \min(cp, K\hat p)$ with $c = Kc_K/M \ge 1$ attains it: below
      $c$ by $\min(\lambda p, \tilde p) = \min(\lambda p, K\hat p)$, above by $\tilde p \le \lambda p$. Every $\mathcal D_f$ is
      a mixture of the $\mathcal D_\lambda$. Below $1/\bar\alpha$ the rate cannot be reached on $r > 0$; above
      $M/\bar\beta$ equality forces $c_K < 1$, while $c = 1$ gives the same $\tilde P$ with fewer draws.
      """#,
    restsOn: ["refined-set", "thm-2.5-alpha", "thm-2.6"],
    checks: [
      existence(.printed, holds: false) { _ in true },
      existence(.corrected, holds: true) { $0.isAboveLower && $0.isBelowUpper },
      existence(
        .without(hypothesis: #"$K \ge 1/\bar\alpha$"#), holds: false, where: \.isBelowUpper),
      existence(
        .without(hypothesis: #"$K \le M/\bar\beta$"#), holds: false, where: \.isAboveLower),
      optimalAcceptanceOnTheLine,
      wholeCurve,
      dominance,
      uniqueness(
        .fact(
          #"for the strictly convex $f(u) = (u-1)^2$ every other refined law is farther from $P$"#),
        holds: true, of: pearson),
      uniqueness(
        .without(hypothesis: "strictly convex $f$, for a single solution"), holds: false,
        of: totalVariation),
      constantUniqueness,
      fill,
      slack,
    ])

  // MARK: Existence

  /// A budget with what the two laws allow.
  struct BudgetCase: Sendable {
    let pair: FinitePair
    let budget: Rational

    /// `K >= 1 / alpha-bar`.
    var isAboveLower: Bool {
      (try? pair.supports).map { budget * $0.precision >= 1 } ?? false
    }

    /// `K <= M / beta-bar`.
    var isBelowUpper: Bool {
      guard let recall = try? pair.supports.recall, let maximum = try? pair.maximumRatio
      else { return false }
      return budget * recall <= maximum
    }
  }

  /// Whether some `c >= 1` has the rate `1 / K` by the printed formula, and the refined law reaches the bound of all
  /// `p' <= K q`, `alpha_lambda <= min(1, sum min(lambda p, K q))`, on both sides of the slope where it saturates.
  private static func existence(
    _ form: Check.Form, holds: Bool, where hypothesis: @escaping @Sendable (BudgetCase) -> Bool
  ) -> Check {
    Check(form, .exact, holds: holds, on: FinitePair.arbitrary.and(.atLeastOne)) { pair, budget in
      let (precision, recall) = try pair.supports
      let maximum = try pair.maximumRatio
      let start = "\(try pair.tex), $K = \(budget.tex)$: "
      return budget * precision < 1
        ? start
          + "the rate is at most $\\bar\\alpha = \(precision.tex) < 1/K = \((1 / budget).tex)$"
        : start + "the rate at $c = 1$ is already $\\bar\\beta/M = \((recall / maximum).tex) > "
          + "1/K = \((1 / budget).tex)$; equality forces $c_K = \((maximum / (budget * recall)).tex)$"
    } _: { pair, budget in
      guard pair.overlaps, hypothesis(BudgetCase(pair: pair, budget: budget)) else { return nil }
      let (target, model) = try pair.laws
      guard
        let c = try BudgetedRejection(target: target, model: model, budget: budget).constant,
        c >= 1
      else { return false }
      let refinement = try printed(pair, c)
      guard refinement.rate == 1 / budget, let law = refinement.law else { return false }
      let slope = try budget * c / pair.maximumRatio
      return [slope / 2, slope, slope * 2].allSatisfy { lambda in
        alpha(refinement.target, law, lambda)
          == min(1, budget * alpha(refinement.target, refinement.model, lambda / budget))
      }
    }
  }

  /// The refinement by `min(r c / M, 1)`.
  private static func printed(_ pair: FinitePair, _ c: Rational) throws -> Refinement {
    let maximum = try pair.maximumRatio
    return try Refinement(pair) { p, q in q == 0 ? 1 : min(p / q * c / maximum, 1) }
  }

  // MARK: Optimality

  private static func optimum(_ pair: FinitePair, _ budget: Rational) throws -> BudgetedRejection {
    let (target, model) = try pair.laws
    return try BudgetedRejection(target: target, model: model, budget: budget)
  }

  private static let wholeCurve = Check(
    .fact(
      #"$\alpha_\lambda(P\|\tilde P) = \min(1, K\alpha_{\lambda/K}(P\|\hat P))$ for every $\lambda$, the upper bound "#
        + #"of all $\tilde p \le K\hat p$, for every $K \ge 1$"#),
    .exact, holds: true, on: FinitePair.arbitrary.and(.atLeastOne).and(.positive)
  ) { sample, lambda in
    let optimum = try optimum(sample.0, sample.1)
    let (p, q) = try sample.0.weights
    let (left, right) = (
      alpha(p, optimum.refined.weights, lambda), sample.1 * alpha(p, q, lambda / sample.1)
    )
    return "\(try sample.0.tex), $K = \(sample.1.tex)$, $\\lambda = \(lambda.tex)$: "
      + "$\(left.tex)$ is not $\\min(1, \(right.tex))$"
  } _: { sample, lambda in
    let (pair, budget) = sample
    guard pair.overlaps else { return nil }
    let (target, model) = try pair.weights
    let refined = try optimum(pair, budget).refined.weights
    return alpha(target, refined, lambda)
      == min(1, budget * alpha(target, model, lambda / budget))
  }

  private static let dominance = Check(
    .fact(
      #"no acceptance of rate at least $1/K$ has a higher $\alpha_\lambda$, nor a smaller $\chi^2$ or total "#
        + "variation"),
    .exact, holds: true,
    on: FinitePair.arbitrary.and(FinitePair.arbitrary).and(.atLeastOne).and(.positive)
  ) { sample, lambda in
    let ((pair, other), budget) = sample
    return "\(try pair.tex), $K = \(budget.tex)$, $\\lambda = \(lambda.tex)$, "
      + "$a$ by the counts $\(other.target)$"
  } _: { sample, lambda in
    let ((pair, other), budget) = sample
    guard pair.overlaps else { return nil }
    let optimum = try optimum(pair, budget)
    let (target, model) = try pair.weights
    let largest = Rational(other.target.reduce(1, max))
    let drawn = model.indices.map { Rational(other.target[$0 % other.target.count]) / largest }
    let rate = zip(drawn, model).reduce(Rational(0)) { $0 + $1.0 * $1.1 }
    let lift = rate < 1 / budget ? (1 / budget - rate) / (1 - rate) : 0
    let rival = Refinement(
      target: target, model: model, acceptance: drawn.map { $0 + lift * (1 - $0) })
    guard let law = rival.law else { return false }
    let best = optimum.refined.weights
    let isNearer = [totalVariation, pearson].contains { divergence in
      guard let there = divergence(target, law) else { return false }
      guard let here = divergence(target, best) else { return true }
      return there < here
    }
    return !isNearer && alpha(target, law, lambda) <= alpha(target, best, lambda)
  }

  // MARK: Uniqueness

  /// A divergence of two laws, nil where it is infinite.
  private typealias Divergence = @Sendable ([Rational], [Rational]) -> Rational?

  private static let totalVariation: Divergence = { p, q in
    zip(p, q).reduce(Rational(0)) { $0 + ($1.0 - $1.1).magnitude } / 2
  }

  private static let pearson: Divergence = { p, q in
    var sum: Rational = -1
    for (p, q) in zip(p, q) where p > 0 {
      guard q > 0 else { return nil }
      sum += p * p / q
    }
    return sum
  }

  /// Looks for another solution among the laws that move mass from one atom to another, all the way and half of it.
  private static func uniqueness(
    _ form: Check.Form, holds: Bool, of divergence: @escaping Divergence
  ) -> Check {
    @Sendable func rival(_ pair: FinitePair, _ budget: Rational) throws -> [Rational]? {
      let (target, model) = try pair.weights
      let best = try optimum(pair, budget).refined.weights
      guard let least = divergence(target, best) else { return nil }
      for from in best.indices {
        for to in best.indices where from != to {
          let room = min(best[from], budget * model[to] - best[to])
          for step in [room, room / 2] where step > 0 {
            var law = best
            law[from] -= step
            law[to] += step
            if let other = divergence(target, law), other <= least { return law }
          }
        }
      }
      return nil
    }
    return Check(form, .exact, holds: holds, on: FinitePair.arbitrary.and(.atLeastOne)) {
      pair, budget in
      let best = try optimum(pair, budget).refined.weights
      let other = try rival(pair, budget) ?? []
      let value = divergence(try pair.weights.target, best)?.tex ?? ""
      return
        "\(try pair.tex), $K = \(budget.tex)$: OBRS gives $\\tilde P = \(texVector(best))$, and "
        + "$\(texVector(other)) \\le K\\hat P$ has the same total variation from $P$, $\(value)$"
    } _: { pair, budget in
      let budgetCase = BudgetCase(pair: pair, budget: budget)
      guard pair.overlaps, pair.targetIsCovered, budgetCase.isAboveLower,
        budgetCase.isBelowUpper,
        divergence(try pair.weights.target, try optimum(pair, budget).refined.weights) != nil
      else { return nil }
      return try rival(pair, budget) == nil
    }
  }

  private static let constantUniqueness = Check(
    .fact(
      #"$c_K$ is unique exactly if $1/K < \bar\alpha$; at $1/K = \bar\alpha$ every larger $c$ does too"#
    ),
    .exact, holds: true, on: FinitePair.arbitrary.and(.atLeastOne).and(.atLeastOne)
  ) { sample, _ in
    "\(try sample.0.tex), $K = \(sample.1.tex)$"
  } _: { sample, factor in
    let (pair, budget) = sample
    guard pair.overlaps, factor > 1, let c = try optimum(pair, budget).constant else { return nil }
    let precision = try pair.supports.precision
    return try printed(pair, c / factor).rate < 1 / budget
      && (printed(pair, c * factor).rate > 1 / budget) == (1 / budget < precision)
  }

  // MARK: Beyond the hypotheses

  private static let fill = Check(
    .fact(
      #"for $K < 1/\bar\alpha$ an optimum accepts all of $r > 0$ and fills the rate where $r = 0$"#),
    .exact, holds: true, on: FinitePair.arbitrary.and(.atLeastOne)
  ) { pair, budget in
    "\(try pair.tex), $K = \(budget.tex)$"
  } _: { pair, budget in
    guard pair.overlaps, !BudgetCase(pair: pair, budget: budget).isAboveLower else { return nil }
    let optimum = try optimum(pair, budget)
    let (target, model) = try pair.weights
    let filled = Refinement(target: target, model: model, acceptance: optimum.acceptance)
    return filled.isValid && filled.rate == 1 / budget && optimum.regime == .belowPrecision
      && zip(target, optimum.acceptance).allSatisfy { $0 == 0 || $1 == 1 }
  }

  private static let slack = Check(
    .fact(
      #"for $K \ge M/\bar\beta$ the constants $c_K \le 1$ and $1$ both give $P(\cdot \mid \hat p > 0)$, the second with "#
        + "fewer draws"),
    .exact, holds: true, on: FinitePair.arbitrary.and(.atLeastOne)
  ) { pair, factor in
    "\(try pair.tex), $K\\bar\\beta/M = \(factor.tex)$"
  } _: { pair, factor in
    guard pair.overlaps else { return nil }
    let recall = try pair.supports.recall
    let budget = try factor * pair.maximumRatio / recall
    guard budget >= 1, let c = try optimum(pair, budget).constant else { return nil }
    let (slow, fast) = (try printed(pair, c), try printed(pair, 1))
    let conditioned = zip(slow.target, slow.model).map { $1 > 0 ? $0 / recall : 0 }
    return c * factor == 1 && slow.law == conditioned && fast.law == conditioned
      && fast.rate == factor * slow.rate
  }
}
