import Distributions

extension Claim {
  /// 2025 deck, "IS falls short", last bullet: true, a model can score more than the data.
  static let inceptionScoreNotOptimal = Claim(
    id: "is-not-optimal",
    title: "The data's own Inception Score is not the largest",
    source: "2025 deck, slide IS falls short, last bullet",
    statement: #"""
      $\text{IS}(P)$ is not always optimal: some $\hat P \ne P$ has $\text{IS}(\hat P) > \text{IS}(P)$.
      """#,
    verdict: .holds,
    remark: #"""
      The score looks at labels alone. Two images with labels $(1,0)$ and $(\tfrac12,\tfrac12)$: the uniform $P$ scores $(4/3)^{3/4} =
      1.24081$, but $\hat P = (\tfrac35,\tfrac25)$ scores $\tfrac54$, because $(4/3)^3 = 64/27 < 625/256 = (5/4)^4$.
      """#,
    restsOn: ["def-1.1"],
    checks: [
      Check(.printed, .exact, holds: true) { _ in
        let images = LabelledImages(target: [1, 1], model: [3, 2], labels: [[1, 0], [1, 1]])
        var target = images.logScore(of: images.targetWeights)
        var model = images.logScore(of: images.modelWeights)
        let gap = model - target
        target.add(-(3 / 4), log: 4 / 3)
        model.add(-1, log: 5 / 4)
        guard gap.sign > 0, target.sign == 0, model.sign == 0 else {
          return .refuted(counterexample: "the gap of the logarithms is \(gap.value)", shrinks: 0)
        }
        return .held(cases: 1, detail: "IS(P) = (4/3)^(3/4) < 5/4 = IS(Q), exactly")
      },
      Check(
        .fact("no model on the same images scores more than the data"), .exact, holds: false,
        on: LabelledImages.arbitrary
      ) { images in
        let scores = [images.targetWeights, images.modelWeights].map { images.logScore(of: $0) }
        return "\(images.tex): $\\log\\text{IS}(P) = \(scores[0].value.fiveDecimals) < "
          + "\(scores[1].value.fiveDecimals) = \\log\\text{IS}(\\hat P)$"
      } _: { images in
        let gap =
          images.logScore(of: images.targetWeights) - images.logScore(of: images.modelWeights)
        return gap.sign >= 0
      },
    ])
}
