import Distributions

extension Claim {
  /// 2024 deck, equation 10: the generator minimises.
  static let maxMax = Claim(
    id: "max-max",
    title: "The generator minimises, the discriminator maximises",
    source: "2024 deck, equation (10), first printing",
    statement: #"""
      $\max_G \max_T \mathbb E_{x\sim P}[T(x)] - \mathbb E_{x\sim\hat P_G}[f^*(T(x))]$ trains $G$ to minimise the divergence.
      """#,
    verdict: .misprint,
    correction: #"""
      $\min_G \max_T\; \mathbb E_{x\sim P}[T(x)]$ $-\, \mathbb E_{x\sim\hat P_G}[f^*(T(x))]$, as on the next slide and in the 2025 deck.
      """#,
    remark: #"""
      The inner maximum is $\mathcal D_f(P\|\hat P_G)$: maximised over $G$, it selects the model farthest from the target. The claim is
      tested on total variation, with the target itself among the models.
      """#,
    restsOn: ["thm-2.2"],
    checks: [
      check(.printed, holds: false) { $0.max() },
      check(.corrected, holds: true) { $0.min() },
    ])

  /// Whether the models of the chosen divergence are those equal to the target.
  private static func check(
    _ form: Check.Form, holds: Bool, choice: @escaping @Sendable ([Rational]) -> Rational?
  ) -> Check {
    @Sendable func divergences(_ family: FiniteFamily) throws -> [Rational] {
      let (target, models) = try family.laws
      return ([target] + models).map { ExactDivergence.totalVariation(target, $0) }
    }
    return Check(form, .exact, holds: holds, on: FiniteFamily.arbitrary) { family in
      let values = try divergences(family).dropFirst().map { "$\($0.tex)$" }
      return
        "\(try family.tex), and $P$ itself: the inner maxima (TV) are \(values.joined(separator: ", ")), "
        + "and $0$ for $P$"
    } _: { family in
      let (target, models) = try family.laws
      let values = try divergences(family)
      let chosen = choice(values)
      return zip(values, [target] + models).allSatisfy {
        ($0 == chosen) == ($1.weights == target.weights)
      }
    }
  }
}
