public import Distributions

/// Images that a classifier labels, with a target and a model on them; all laws are proportional to small counts.
public struct LabelledImages: Sendable {
  /// The target's counts of the images.
  public var target: [Int]
  /// The model's counts of the images.
  public var model: [Int]
  /// The classifier's counts: row x is proportional to `P(Y | x)`.
  public var labels: [[Int]]

  /// Images with the given counts, each row and both laws with a positive sum.
  public init(target: [Int], model: [Int], labels: [[Int]]) {
    self.target = target
    self.model = model
    self.labels = labels
  }

  /// The number of classes.
  public var classes: Int { labels[0].count }
  /// The target P.
  public var targetWeights: [Rational] { normalized(target) }
  /// The model Q.
  public var modelWeights: [Rational] { normalized(model) }
  /// The law `P(Y | x)` of each image.
  public var labelLaws: [[Rational]] { labels.map(normalized) }

  /// The label marginal `sum w(x) P(Y | x)` of a law of the images.
  public func labelMarginal(_ weights: [Rational]) -> [Rational] {
    var marginal = [Rational](repeating: 0, count: classes)
    for (weight, law) in zip(weights, labelLaws) where weight > 0 {
      for index in law.indices { marginal[index] += weight * law[index] }
    }
    return marginal
  }

  /// `log IS = sum w(x) KL(P(Y | x) || reference)`, nil where it is infinite.
  public func logScore(of weights: [Rational], reference: [Rational]) -> LogarithmSum? {
    var score = LogarithmSum.zero
    for (weight, law) in zip(weights, labelLaws) where weight > 0 {
      for (probability, other) in zip(law, reference) where probability > 0 {
        guard other > 0 else { return nil }
        score.add(weight * probability, log: probability / other)
      }
    }
    return score
  }

  /// `log IS` with the marginal of `weights` itself as reference, which is always finite.
  public func logScore(of weights: [Rational]) -> LogarithmSum {
    let marginal = labelMarginal(weights)
    return logScore(of: weights, reference: marginal) ?? .zero
  }

  /// The expected entropy of the labels, `sum w(x) H(P(Y | x))`.
  public func expectedEntropy(_ weights: [Rational]) -> LogarithmSum {
    zip(weights, labelLaws).reduce(into: .zero) { sum, image in
      for probability in image.1 { sum.add(-image.0 * probability, log: probability) }
    }
  }

  /// All laws as formulas.
  public var tex: String {
    "$P = \(texVector(targetWeights))$, $\\hat P = \(texVector(modelWeights))$, \(labelsTeX)"
  }

  /// The label laws as a formula, one row an image.
  public var labelsTeX: String {
    "$\\mathbb P(Y|x) = " + labelLaws.map(texVector).joined(separator: ",\\; ") + "$"
  }

  /// Up to 4 images and 3 classes; one-hot labels, equal counts and zeros are frequent.
  public static let arbitrary = Arbitrary<LabelledImages> { generator, size in
    func below(_ bound: Int) -> Int { Int(generator.next() % UInt64(bound)) }
    let images = 1 + below(2 + Int(size * 2))
    let classes = 1 + below(3)
    let style = below(4)
    // All row sums divide 12, so that products of powers stay small.
    let sum = style == 0 ? 1 : [2, 3, 4, 6][below(4)]
    var labels = (0..<images).map { _ in
      var row = [Int](repeating: 0, count: classes)
      for _ in 0..<sum { row[below(classes)] += 1 }
      return row
    }
    if style == 3 {
      labels = (0..<images).map { image in (0..<classes).map { $0 == image % classes ? 1 : 0 } }
    }
    func counts() -> [Int] {
      if below(4) == 0 { return [Int](repeating: 1, count: images) }
      var counts = (0..<images).map { _ in below(5) }
      if counts.allSatisfy({ $0 == 0 }) { counts[below(images)] = 1 }
      return counts
    }
    return LabelledImages(target: counts(), model: counts(), labels: labels)
  } shrink: { value in
    var smaller: [LabelledImages] = []
    for image in value.labels.indices where value.labels.count > 1 {
      var candidate = value
      candidate.target.remove(at: image)
      candidate.model.remove(at: image)
      candidate.labels.remove(at: image)
      smaller.append(candidate)
    }
    for label in 0..<value.classes where value.classes > 1 {
      var candidate = value
      for image in candidate.labels.indices { candidate.labels[image].remove(at: label) }
      smaller.append(candidate)
    }
    smaller += simplerCounts(value.target).map {
      .init(target: $0, model: value.model, labels: value.labels)
    }
    smaller += simplerCounts(value.model).map {
      .init(target: value.target, model: $0, labels: value.labels)
    }
    for image in value.labels.indices {
      for row in simplerCounts(value.labels[image]) {
        var candidate = value
        candidate.labels[image] = row
        smaller.append(candidate)
      }
    }
    return smaller.filter { candidate in
      ([candidate.target, candidate.model] + candidate.labels).allSatisfy { $0.contains { $0 > 0 } }
    }
  }
}
