import Distributions
import RealModule

extension Claim {
  /// 2025 deck, Definition 1.1: the reference label law must be the model's own.
  static let inceptionScore = Claim(
    id: "def-1.1",
    title: "Inception Score",
    source: "2025 deck, Definition 1.1",
    statement: #"""
      $\text{IS}(\hat P) = \exp\bigl(\mathbb E_{x\sim\hat P}[\mathcal D_{\text{KL}}(\mathbb P(Y|x)\|\mathbb P(Y))]\bigr)$
      with $\mathbb P(Y)$ "the class distribution in dataset sampled from $P$".
      """#,
    verdict: .needsHypotheses,
    correction: #"""
      Take $\mathbb P(Y) = \mathbb E_{x\sim\hat P}[\mathbb P(Y|x)]$, the label marginal of the *model's* samples. Then
      $1 \le \text{IS}(\hat P) \le C$ for $C$ classes.
      """#,
    remark: #"""
      With the data's labels as reference the score has no upper bound, and is infinite as soon as the model makes a class
      that the data lacks. With the model's own marginal $\log\text{IS}$ is the mutual information of image and label.
      """#,
    checks: [
      Check(.printed, .exact, holds: false, on: LabelledImages.arbitrary) { images in
        let reference = images.labelMarginal(images.targetWeights)
        let score = images.logScore(of: images.modelWeights, reference: reference)
        let text = score.map { Double.exp($0.value).fiveDecimals } ?? "+\\infty"
        return "\(images.tex): the data's labels have the law $\(texVector(reference))$ and "
          + "$\\text{IS} = \(text)$, more than the \(images.classes) classes"
      } _: { images in
        let reference = images.labelMarginal(images.targetWeights)
        return images.logScore(of: images.modelWeights, reference: reference)
          .map { isInRange($0, classes: images.classes) } ?? false
      },
      Check(.corrected, .exact, holds: true, on: LabelledImages.arbitrary) { images in
        "\(images.tex): the score leaves $[1, \(images.classes)]$"
      } _: { images in
        isInRange(images.logScore(of: images.modelWeights), classes: images.classes)
      },
      Check(
        .fact("with any reference the score is at least 1"), .exact, holds: true,
        on: LabelledImages.arbitrary
      ) { images in
        "\(images.tex): the score is below 1"
      } _: { images in
        let reference = images.labelMarginal(images.targetWeights)
        return images.logScore(of: images.modelWeights, reference: reference).map { $0.sign >= 0 }
      },
    ])

  private static func isInRange(_ logScore: LogarithmSum, classes: Int) -> Bool {
    var excess = logScore
    excess.add(-1, log: Rational(classes))
    return logScore.sign >= 0 && excess.sign <= 0
  }
}
