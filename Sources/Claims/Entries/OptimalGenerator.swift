import Distributions

extension Claim {
  /// Both decks, slide Framework, item 3: an argmin that need neither exist nor be one.
  static let optimalGenerator = Claim(
    id: "optimal-generator",
    title: "The optimal generator",
    source: "2025 deck, slide Framework, item 3 (2024 deck, the same)",
    statement: #"$G^{\text{opt}} = \operatorname*{argmin}_G D(P,\hat P_G)$."#,
    verdict: .needsHypotheses,
    correction: #"""
      A minimiser exists if the family $\{\hat P_G\}$ is compact and $D(P,\cdot)$ lower semicontinuous. $\hat P_{G^{\text{opt}}}$ is unique if the family is
      convex and $D(P,\cdot)$ strictly convex; $G^{\text{opt}}$ itself need not be unique even then.
      """#,
    remark: #"""
      Total variation and $\mathcal D_{\lambda\text{-PR}}$ are not strictly convex: for $\lambda\ne 1$ many laws other than $P$ have divergence 0. And generators that
      rename the latent points give one and the same law.
      """#,
    checks: [
      Check(.printed, .exact, holds: false) { _ in shrinkingDistances() },
      Check(
        .corrected, .exact, holds: true, on: FinitePair.arbitrary.and(FinitePair.arbitrary)
      ) { (pair, other) in
        "target \(try pair.tex), other counts \(other.model)"
      } _: { (pair, other) in
        // Neyman's chi-square sum (p - q)^2 / p is strictly convex in q: the middle of two laws is strictly better
        // than their mean, so that two minimisers of a convex family are one.
        let count = min(pair.target.count, other.model.count)
        let counts = [pair.target.map { $0 + 1 }, pair.model, other.model].map {
          Array($0.prefix(count))
        }
        guard counts.allSatisfy({ $0.contains { $0 > 0 } }) else { return nil }
        let (p, q, r) = (normalized(counts[0]), normalized(counts[1]), normalized(counts[2]))
        guard q != r else { return nil }
        let middle = zip(q, r).map { ($0 + $1) / 2 }
        return 2 * neyman(p, middle) < neyman(p, q) + neyman(p, r)
      },
      Check(.without(hypothesis: "the family is compact"), .exact, holds: false) { _ in
        shrinkingDistances()
      },
      Check(
        .without(hypothesis: "D is strictly convex"), .exact, holds: false,
        on: FinitePair.arbitrary.and(.positive)
      ) { (pair, lambda) in
        let (p, q) = (normalized(pair.target), normalized(pair.model))
        return "\(try pair.tex), $\\lambda = \(lambda.tex)$: "
          + "$\\mathcal D_{\\lambda\\text{-PR}}(P\\|\\hat P) = \(divergence(p, q, lambda).tex) = "
          + "\\mathcal D_{\\lambda\\text{-PR}}(P\\|P)$"
      } _: { (pair, lambda) in
        let (p, q) = (normalized(pair.target), normalized(pair.model))
        return divergence(p, q, lambda) > 0 || p == q
      },
      Check(.without(hypothesis: "the family is convex"), .exact, holds: false) { _ in
        let target: [Rational] = [1 / 2, 1 / 2]
        let family: [[Rational]] = [[1 / 4, 3 / 4], [3 / 4, 1 / 4]]
        let distances = family.map { neyman(target, $0) }
        guard distances[0] == distances[1] else {
          return .held(cases: 2, detail: "\(distances)")
        }
        return .refuted(
          counterexample: #"""
            $P = (\tfrac12,\tfrac12)$, family $\{(\tfrac14,\tfrac34), (\tfrac34,\tfrac14)\}$: both have $\chi^2 = \tfrac14$
            """#, shrinks: 0)
      },
      Check(.fact("the optimal G is one when the optimal law is one"), .exact, holds: false) { _ in
        // All maps from two equally likely latent points to two points.
        let maps = [[0, 0], [0, 1], [1, 0], [1, 1]]
        let target: [Rational] = [1 / 2, 1 / 2]
        let best = maps.filter { map in
          let ones = Rational(map.reduce(0, +))
          let law: [Rational] = [1 - ones / 2, ones / 2]
          return neyman(target, law) == 0
        }
        guard best.count > 1 else { return .held(cases: 4, detail: "\(best)") }
        return .refuted(
          counterexample: #"""
            $Q$ uniform on $\{z_1,z_2\}$, $P$ uniform on $\{x_1,x_2\}$: $G(z_i) = x_i$ and $G(z_i) = x_{3-i}$ both give $\hat P_G = P$
            """#, shrinks: 0)
      },
    ])

  /// A family whose distances to the target fall for ever.
  private static func shrinkingDistances() -> Check.Finding {
    let distances = (2...50).map { n -> Rational in
      let share = 1 / Rational(n)
      return totalVariation([1, 0], [1 - share, share])
    }
    guard zip(distances, distances.dropFirst()).allSatisfy({ $0 > $1 }), distances[48] == 1 / 50
    else { return .held(cases: 49, detail: "\(distances)") }
    return .refuted(
      counterexample: #"""
        $P = (1, 0)$ and the family $\hat P_n = (1-\tfrac1n, \tfrac1n)$, $n\ge 2$: $\text{TV} = \tfrac1n > 0$ for every $n$, \#
        and the infimum 0 is not attained
        """#, shrinks: 0)
  }

  private static func totalVariation(_ p: [Rational], _ q: [Rational]) -> Rational {
    zip(p, q).reduce(0) { $0 + max($1.0 - $1.1, 0) }
  }

  private static func neyman(_ p: [Rational], _ q: [Rational]) -> Rational {
    zip(p, q).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) / $1.0 }
  }

  /// `D_lambda = sum max(lambda p, q) - max(lambda, 1)`.
  private static func divergence(_ p: [Rational], _ q: [Rational], _ lambda: Rational) -> Rational {
    zip(p, q).reduce(-max(lambda, 1)) { $0 + max(lambda * $1.0, $1.1) }
  }
}
