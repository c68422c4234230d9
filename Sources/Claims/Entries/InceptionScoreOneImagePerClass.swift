import Distributions

extension Claim {
  /// 2025 deck, "IS falls short", first bullet: true, the score counts classes and not images.
  static let inceptionScoreOneImagePerClass = Claim(
    id: "is-one-per-class",
    title: "One image per class is enough for the Inception Score",
    source: "2025 deck, slide IS falls short, first bullet",
    statement: #"""
      The IS is not sensitive to intraclass diversity: if the model generates only one high-quality image per class, the IS
      will be high.
      """#,
    verdict: .holds,
    remark: #"""
      One image per class, each labelled with certainty and equally frequent, scores $C$, the maximum. And images with the same labels
      can be merged into one without any change of the score.
      """#,
    restsOn: ["is-maximum"],
    checks: [
      Check(.printed, .exhaustive, holds: true) { _ in
        for classes in 1...12 {
          let oneHot = (0..<classes).map { image in (0..<classes).map { $0 == image ? 1 : 0 } }
          let counts = [Int](repeating: 1, count: classes)
          let images = LabelledImages(target: counts, model: counts, labels: oneHot)
          var gap = images.logScore(of: images.modelWeights)
          gap.add(-1, log: Rational(classes))
          guard gap.sign == 0 else {
            return .refuted(counterexample: "$C = \(classes)$: the score is not $C$", shrinks: 0)
          }
        }
        return .held(cases: 12, detail: "IS = C for C = 1 to 12 classes with one image each")
      },
      Check(
        .fact("merging all images with the same label law leaves the score unchanged"), .exact,
        holds: true, on: LabelledImages.arbitrary
      ) { images in
        "\(images.tex): the score changes"
      } _: { images in
        var merged: [(law: [Rational], weight: Rational)] = []
        for (law, weight) in zip(images.labelLaws, images.modelWeights) {
          if let index = merged.firstIndex(where: { $0.law == law }) {
            merged[index].weight += weight
          } else {
            merged.append((law, weight))
          }
        }
        // The score of the merged images, from the entropies.
        let marginal = images.labelMarginal(images.modelWeights)
        let score = merged.reduce(LogarithmSum.entropy(of: marginal)) {
          $0.adding(.entropy(of: $1.law), times: -$1.weight)
        }
        return (score - images.logScore(of: images.modelWeights)).sign == 0
      },
    ])
}
