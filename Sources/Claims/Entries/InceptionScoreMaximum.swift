import Distributions

extension Claim {
  /// 2025 deck, "Inception Score is maximized": each bullet alone is not enough.
  static let inceptionScoreMaximum = Claim(
    id: "is-maximum",
    title: "What maximizes the Inception Score",
    source: "2025 deck, slide Inception Score, both bullets",
    statement: #"""
      The Inception Score is maximized: if for every $x\sim\hat P$, $H(\mathbb P(Y|x))$ is minimized; if the entropy of
      $\mathbb E_{x\sim\hat P}[\mathbb P(Y|x)]$ is maximized.
      """#,
    verdict: .needsHypotheses,
    correction: #"""
      $\text{IS}(\hat P) = C$, the largest value, if and only if $\mathbb P(Y|x)$ is one-hot for $\hat P$-almost every $x$ **and**
      $\mathbb E_{x\sim\hat P}[\mathbb P(Y|x)]$ is uniform.
      """#,
    remark: #"""
      $\log\text{IS} = H(m) - \mathbb E H$ with $H(m) \le \log C$ and $\mathbb E H \ge 0$: the maximum needs equality in both. One of them
      alone even allows the smallest value, 1.
      """#,
    restsOn: ["def-1.1"],
    checks: [
      Check(.printed, .exact, holds: false, on: LabelledImages.arbitrary) { images in
        report(images, isConfident(images) ? "all labels are one-hot" : "the marginal is uniform")
      } _: { images in
        isConfident(images) || isBalanced(images) ? isMaximal(images) : nil
      },
      Check(.corrected, .exact, holds: true, on: LabelledImages.arbitrary) { images in
        "\(images.tex), $C = \(images.classes)$: one side of the equivalence holds without the other"
      } _: { images in
        isMaximal(images) == (isConfident(images) && isBalanced(images))
      },
      Check(
        .without(hypothesis: "the label marginal is uniform"), .exact, holds: false,
        on: LabelledImages.arbitrary
      ) { images in
        report(images, "all labels are one-hot")
      } _: { images in
        isConfident(images) ? isMaximal(images) : nil
      },
      Check(
        .without(hypothesis: "labels are one-hot"), .exact, holds: false,
        on: LabelledImages.arbitrary
      ) { images in
        report(images, "the label marginal is uniform")
      } _: { images in
        isBalanced(images) ? isMaximal(images) : nil
      },
    ])

  private static func report(_ images: LabelledImages, _ condition: String) -> String {
    let score = images.logScore(of: images.modelWeights)
    let value = score.sign == 0 ? "= 1" : "= e^{\(score.value.fiveDecimals)}"
    return "$\\hat P = \(texVector(images.modelWeights))$, \(images.labelsTeX): \(condition), yet "
      + "$\\text{IS} \(value) < \(images.classes) = C$"
  }

  private static func isConfident(_ images: LabelledImages) -> Bool {
    zip(images.model, images.labels).allSatisfy { count, row in
      count == 0 || row.count { $0 > 0 } == 1
    }
  }

  private static func isBalanced(_ images: LabelledImages) -> Bool {
    Set(images.labelMarginal(images.modelWeights)).count == 1
  }

  private static func isMaximal(_ images: LabelledImages) -> Bool {
    var gap = images.logScore(of: images.modelWeights)
    gap.add(-1, log: Rational(images.classes))
    return gap.sign == 0
  }
}
