import Distributions

extension Claim {
  /// 2025 deck, Section 3, "Definition": true with "at least", or for K > 1.
  static let refinedSet = Claim(
    id: "refined-set",
    title: "The refined laws of a budget are a convex set",
    source: "2025 deck, Budgeted rejection sampling, Definition",
    statement: #"""
      An acceptance function $a$ such that the acceptance rate is greater than $1/K$ defines a refined distribution
      $\tilde P_a$ in a convex set that contains $\hat P_G$.
      """#,
    verdict: .needsHypotheses,
    correction: #"""
      The refined laws of all $a$ with $\mathbb E_{\hat P}[a] \ge 1/K$ are the convex set
      $\{\tilde P : \tilde p \le K\hat p\}$, which contains $\hat P$ for every $K \ge 1$.
      """#,
    remark: #"""
      $\tilde p = a\hat p/\mathbb E[a] \le K\hat p$; conversely $a = \tilde p/(K\hat p)$ is a probability with rate $1/K$.
      With a strict inequality the set is empty for $K = 1$; for $K > 1$ it is
      $\{\sup \tilde p/\hat p < K\}$, convex too. Equation (9) has the right sign.
      """#,
    restsOn: ["acceptance-rate"],
    checks: [
      contains(.printed, holds: false) { rate, budget in rate > 1 / budget },
      contains(.corrected, holds: true) { rate, budget in rate >= 1 / budget },
      convexity,
      characterisation,
      target,
    ])

  /// Whether the model itself is refined by an admissible acceptance: a constant, and the largest is 1.
  private static func contains(
    _ form: Check.Form, holds: Bool,
    _ isAdmissible: @escaping @Sendable (_ rate: Rational, _ budget: Rational) -> Bool
  ) -> Check {
    Check(form, .exact, holds: holds, on: FinitePair.arbitrary.and(.atLeastOne)) { pair, budget in
      let model = try pair.weights.model
      return
        "$\\hat P = \(texVector(model))$, $K = \(budget.tex)$: $\\hat P$ is refined by constants "
        + "$a \\le 1$ alone, and even $a = 1$ has the rate $1$, not above $\((1 / budget).tex)$"
    } _: { pair, budget in
      let refinement = try Refinement(pair) { _, _ in 1 }
      return refinement.law == refinement.model && isAdmissible(refinement.rate, budget)
    }
  }

  /// A model with two acceptances, the counts over the largest raised to a rate of at least 1/K.
  private static func refinements(
    _ pair: FinitePair, _ other: FinitePair, budget: Rational
  ) throws -> (Refinement, Refinement) {
    let model = try pair.weights.model
    func raised(_ counts: [Int]) throws -> Refinement {
      let largest = counts.reduce(1, max)
      let acceptance = try model.indices.map {
        try Rational(counts[$0 % counts.count], largest)
      }
      let rate = zip(acceptance, model).reduce(Rational(0)) { $0 + $1.0 * $1.1 }
      let lift = rate < 1 / budget ? (1 / budget - rate) / (1 - rate) : 0
      return Refinement(
        target: try pair.weights.target, model: model,
        acceptance: acceptance.map { $0 + lift * (1 - $0) })
    }
    return (try raised(pair.target), try raised(other.target))
  }

  private static let convexity = Check(
    .fact(#"mixtures of two refined laws are refined laws at the same $K$"#), .exact, holds: true,
    on: FinitePair.arbitrary.and(FinitePair.arbitrary).and(.atLeastOne).and(.atLeastOne)
  ) { sample, inverse in
    let ((pair, other), budget) = sample
    let (a, b) = try refinements(pair, other, budget: budget)
    return
      "$\\hat P = \(texVector(a.model))$, $K = \(budget.tex)$, $a = \(texVector(a.acceptance))$, "
      + "$b = \(texVector(b.acceptance))$, mixed with weight $\((1 / inverse).tex)$"
  } _: { sample, inverse in
    let ((pair, other), budget) = sample
    let (a, b) = try refinements(pair, other, budget: budget)
    guard let first = a.law, let second = b.law else { return false }
    let mixture = zip(first, second).map { $0 / inverse + (1 - 1 / inverse) * $1 }
    let mixed = Refinement(
      target: a.target, model: a.model,
      acceptance: zip(mixture, a.model).map { $1 == 0 ? 0 : $0 / (budget * $1) })
    return mixed.isValid && mixed.rate * budget == 1 && mixed.law == mixture
  }

  private static let characterisation = Check(
    .fact(#"every refined law of rate at least $1/K$ has $\tilde p \le K\hat p$"#), .exact,
    holds: true, on: FinitePair.arbitrary.and(FinitePair.arbitrary).and(.atLeastOne)
  ) { sample, budget in
    let a = try refinements(sample.0, sample.1, budget: budget).0
    return
      "$\\hat P = \(texVector(a.model))$, $K = \(budget.tex)$, $a = \(texVector(a.acceptance))$"
  } _: { sample, budget in
    let (a, b) = try refinements(sample.0, sample.1, budget: budget)
    return [a, b].allSatisfy { refinement in
      refinement.rate * budget >= 1
        && zip(refinement.law ?? [], refinement.model).allSatisfy { $0 <= budget * $1 }
    }
  }

  private static let target = Check(
    .fact(#"the set contains $P$ exactly if $P \ll \hat P$ and $K \ge M$"#), .exact, holds: true,
    on: FinitePair.arbitrary.and(.atLeastOne)
  ) { pair, budget in
    "\(try pair.tex), $K = \(budget.tex)$"
  } _: { pair, budget in
    let refinement = try Refinement(pair) { p, q in q == 0 ? 0 : p / (budget * q) }
    let isRefined =
      refinement.isValid && refinement.rate * budget == 1 && refinement.law == refinement.target
    return try isRefined == (pair.targetIsCovered && budget >= pair.maximumRatio)
  }
}
