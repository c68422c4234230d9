import Distributions
import Divergences

extension Claim {
  /// 2025 deck, Definition 1.3 and the two slides after it: the laws are exchanged in the wording.
  static let supportPrecisionRecall = Claim(
    id: "def-1.3",
    title: "Support-based precision and recall",
    source: "2025 deck, Definition 1.3 (2024 deck, Definition 1.1)",
    statement: #"""
      "The distribution $P$ has precision $\bar\alpha$ at recall $\bar\beta$ with respect to $\hat P$ if $\bar\alpha := \hat P(\operatorname{Supp}(P))$ and
      $\bar\beta := P(\operatorname{Supp}(\hat P))$." "Recall for finite support is the proportion of the support of the real data that is covered
      by the generated data."
      """#,
    verdict: .misprint,
    correction: #"""
      It is the **model** $\hat P$ that has precision $\bar\alpha$ at recall $\bar\beta$ with respect to $P$. Recall is the $P$-**mass** of the part of the support
      that is covered, not a proportion of the support. For "finite support" read "supports that do not coincide".
      """#,
    remark: #"""
      Precision is a property of what is generated: the mass of the first law on the support of the second is $\hat P(\operatorname{Supp} P)$ only when
      the first law is the model. A proportion of the support is right for a uniform target alone.
      """#,
    checks: [
      Check(.printed, .exact, holds: false, on: FinitePair.arbitrary) { pair in
        let (target, model) = try pair.laws
        return "\(try pair.tex): the precision of $P$ with respect to $\\hat P$ is its mass on "
          + "$\\operatorname{Supp}(\\hat P)$, $\(mass(of: target, on: model).tex)$, but "
          + "$\\hat P(\\operatorname{Supp}(P)) = \(mass(of: model, on: target).tex)$"
      } _: { pair in
        let (target, model) = try pair.laws
        return mass(of: target, on: model) == mass(of: model, on: target)
      },
      Check(
        .without(hypothesis: "recall weighs the support by the target"), .exact, holds: false,
        on: FinitePair.arbitrary
      ) { pair in
        let (target, model) = try pair.laws
        return "\(try pair.tex): the model covers $\(proportionCovered(pair).tex)$ of the atoms of "
          + "$\\operatorname{Supp}(P)$, but $\\bar\\beta = \(mass(of: target, on: model).tex)$"
      } _: { pair in
        let (target, model) = try pair.laws
        return proportionCovered(pair) == mass(of: target, on: model)
      },
      Check(
        .fact("for a uniform target the proportion of the support is the recall"), .exact,
        holds: true, on: FinitePair.arbitrary
      ) { pair in
        "\(try pair.tex): the proportion differs from the recall"
      } _: { pair in
        let uniform = FinitePair(target: pair.target.map { min($0, 1) }, model: pair.model)
        let (target, model) = try uniform.laws
        return proportionCovered(uniform) == mass(of: target, on: model)
      },
      Check(.corrected, .exact, holds: true, on: FinitePair.arbitrary) { pair in
        "\(try pair.tex): the ends of the curve, the masses and the numbers after exchange differ"
      } _: { pair in
        let (target, model) = try pair.laws
        let curve = try FinitePrecisionRecallCurve(target: target, model: model)
        let exchanged = try FinitePrecisionRecallCurve(target: model, model: target)
        return curve.supportPrecision == mass(of: model, on: target)
          && curve.supportRecall == mass(of: target, on: model)
          && exchanged.supportPrecision == curve.supportRecall
          && exchanged.supportRecall == curve.supportPrecision
      },
    ])

  /// The mass of a law on the support of another.
  private static func mass(of law: FiniteDistribution, on other: FiniteDistribution) -> Rational {
    zip(law.weights, other.weights).reduce(0) { $0 + ($1.1 > 0 ? $1.0 : 0) }
  }

  /// The number of atoms that both laws charge over the number that the target charges.
  private static func proportionCovered(_ pair: FinitePair) -> Rational {
    let covered = zip(pair.target, pair.model).count { $0 > 0 && $1 > 0 }
    return Rational(covered) / Rational(pair.target.count { $0 > 0 })
  }
}
