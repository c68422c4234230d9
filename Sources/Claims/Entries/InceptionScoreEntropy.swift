import Distributions

extension Claim {
  /// 2025 deck, the formula below Definition 1.1: true for the model's own label marginal only.
  static let inceptionScoreEntropy = Claim(
    id: "is-entropy",
    title: "Inception Score as a difference of entropies",
    source: "2025 deck, below Definition 1.1",
    statement: #"""
      With $\mathbb P(Y)$ the class distribution of data sampled from $P$:
      $\log\text{IS}(\hat P) = H\bigl(\mathbb E_{x\sim\hat P}[\mathbb P(Y|x)]\bigr) - \mathbb E_{x\sim\hat P}[H(\mathbb P(Y|x))]$.
      """#,
    verdict: .fails,
    correction: #"""
      The identity holds with $\mathbb P(Y) := m = \mathbb E_{x\sim\hat P}[\mathbb P(Y|x)]$. For any other label law $\pi$ the left side is
      larger by $\mathcal D_{\text{KL}}(m\|\pi)$.
      """#,
    remark: #"""
      $\mathbb E_{\hat P}\sum_y \mathbb P(y|x)\log\frac{\mathbb P(y|x)}{\pi(y)} = -\mathbb E_{\hat P} H(\mathbb P(Y|x)) - \sum_y m(y)\log\pi(y)$, and
      $-\sum_y m\log\pi = H(m) + \mathcal D_{\text{KL}}(m\|\pi)$.
      """#,
    restsOn: ["def-1.1"],
    checks: [
      check(.printed, holds: false, reference: \.targetWeights),
      check(.corrected, holds: true, reference: \.modelWeights),
      Check(
        .fact("the two sides differ by the divergence of the model's labels from the data's"),
        .exact, holds: true, on: LabelledImages.arbitrary
      ) { images in
        "\(images.tex): the difference is not $\\mathcal D_{\\text{KL}}(m\\|\\pi)$"
      } _: { images in
        let pi = images.labelMarginal(images.targetWeights)
        let m = images.labelMarginal(images.modelWeights)
        let left = images.logScore(of: images.modelWeights, reference: pi)
        guard let left, let divergence = LogarithmSum.divergence(of: m, from: pi) else {
          return left == nil && LogarithmSum.divergence(of: m, from: pi) == nil
        }
        return (left - rightSide(images) - divergence).sign == 0
      },
    ])

  private static func rightSide(_ images: LabelledImages) -> LogarithmSum {
    let weights = images.modelWeights
    return .entropy(of: images.labelMarginal(weights)) - images.expectedEntropy(weights)
  }

  /// Compares `log IS` with the difference of entropies, where the reference is the label marginal of a law.
  private static func check(
    _ form: Check.Form, holds: Bool,
    reference: @escaping @Sendable (LabelledImages) -> [Rational]
  ) -> Check {
    Check(form, .exact, holds: holds, on: LabelledImages.arbitrary) { images in
      let pi = images.labelMarginal(reference(images))
      let left = images.logScore(of: images.modelWeights, reference: pi) ?? .zero
      return "\(images.tex), so $\\mathbb P(Y) = \(texVector(pi))$: "
        + "$\\log\\text{IS} = \(left.value.fiveDecimals)$, but the right side is "
        + "$\(rightSide(images).value.fiveDecimals)$"
    } _: { images in
      let pi = images.labelMarginal(reference(images))
      let left = images.logScore(of: images.modelWeights, reference: pi)
      // Where the left side is infinite the identity fails too; a finite failure tells more.
      return left.map { ($0 - rightSide(images)).sign == 0 }
    }
  }
}
