import Claims
import Distributions
import RealModule
import TestSupport
import Testing

@Suite("Labelled images")
struct LabelledImagesTests {
  /// The data score (4/3)^(3/4), the model 5/4.
  private let images = LabelledImages(target: [1, 1], model: [3, 2], labels: [[1, 0], [1, 1]])

  @Test("score as computed by hand")
  func score() throws {
    expectClose(
      images.logScore(of: images.targetWeights).value, 0.75 * .log(4.0 / 3), relative: 1e-14)
    expectClose(images.logScore(of: images.modelWeights).value, .log(1.25), relative: 1e-14)
    #expect(images.labelMarginal(images.modelWeights) == [4 / 5, 1 / 5])
  }

  @Test("score against the data's labels: half of log(16/3) for the pair of the errata")
  func reference() throws {
    let oneHot = LabelledImages(target: [1, 3], model: [1, 1], labels: [[1, 0], [0, 1]])
    let pi = oneHot.labelMarginal(oneHot.targetWeights)
    #expect(pi == [1 / 4, 3 / 4])
    let score = try #require(oneHot.logScore(of: oneHot.modelWeights, reference: pi))
    expectClose(score.value, 0.8369882168, absolute: 1e-10)
    expectClose(score.value, .log(16.0 / 3) / 2, relative: 1e-14)
    #expect(oneHot.logScore(of: oneHot.modelWeights, reference: [1, 0]) == nil)
  }

  @Test("shrink to images with positive sums")
  func shrinking() {
    var generator = SeededGenerator(seed: 3)
    for step in 0..<200 {
      let value = LabelledImages.arbitrary.draw(&generator, Double(step) / 200)
      for smaller in LabelledImages.arbitrary.shrink(value) {
        let rows = [smaller.target, smaller.model] + smaller.labels
        #expect(rows.allSatisfy { $0.contains { $0 > 0 } })
        #expect(smaller.labels.count == smaller.model.count)
      }
    }
  }
}
