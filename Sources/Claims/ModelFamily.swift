public import Distributions

/// A target and a finite family of models on the same few atoms, and two levels lambda.
public struct ModelFamily: Sendable {
  /// The target's counts.
  public var target: [Int]
  /// The counts of each model.
  public var models: [[Int]]
  /// The smaller level.
  public var lower: Rational
  /// The larger level.
  public var upper: Rational

  /// The precision `alpha_lambda` of each model.
  public func precisions(_ lambda: Rational) -> [Rational] {
    let p = normalized(target)
    return models.map { model in
      zip(p, normalized(model)).reduce(0) { $0 + min(lambda * $1.0, $1.1) }
    }
  }

  /// The support-based precision of each model.
  public var supportPrecisions: [Rational] {
    models.map { zip(target, normalized($0)).reduce(0) { $0 + ($1.0 > 0 ? $1.1 : 0) } }
  }

  /// The support-based recall of each model.
  public var supportRecalls: [Rational] {
    models.map { zip(normalized(target), $0).reduce(0) { $0 + ($1.1 > 0 ? $1.0 : 0) } }
  }

  /// The models of least `D_lambda`, which are those of largest `alpha_lambda` (2025 deck, below Theorem 2.5).
  public func optima(_ lambda: Rational) -> [Int] {
    let values = precisions(lambda)
    let best = values.max()
    return values.indices.filter { values[$0] == best }
  }

  /// All laws as formulas.
  public var tex: String {
    "$P = \(texVector(normalized(target)))$, models "
      + models.enumerated().map { "$\\hat P_\($0 + 1) = \(texVector(normalized($1)))$" }
      .joined(separator: ", ")
  }

  /// Two or three models on two to four atoms.
  public static let arbitrary = Arbitrary<ModelFamily> { generator, size in
    func below(_ bound: Int) -> Int { Int(generator.next() % UInt64(bound)) }
    let atoms = 2 + below(2 + Int(size * 2))
    func counts() -> [Int] {
      var counts = (0..<atoms).map { _ in below(3) == 0 ? 0 : below(3 + Int(size * 8)) }
      if counts.allSatisfy({ $0 == 0 }) { counts[below(atoms)] = 1 }
      return counts
    }
    let models = (0..<(2 + below(1 + Int(size * 2)))).map { _ in counts() }
    let levels = (0..<2).map { _ in Arbitrary<Rational>.positive.draw(&generator, size) }
    return ModelFamily(
      target: counts(), models: models, lower: levels.min() ?? 1, upper: levels.max() ?? 1)
  } shrink: { family in
    var smaller: [ModelFamily] = []
    func add(_ change: (inout ModelFamily) -> Void) {
      var candidate = family
      change(&candidate)
      smaller.append(candidate)
    }
    for index in family.models.indices where family.models.count > 1 {
      add { $0.models.remove(at: index) }
    }
    for atom in family.target.indices where family.target.count > 1 {
      add { family in
        family.target.remove(at: atom)
        for index in family.models.indices { family.models[index].remove(at: atom) }
      }
    }
    for counts in smallerCounts(family.target) { add { $0.target = counts } }
    for index in family.models.indices {
      for counts in smallerCounts(family.models[index]) { add { $0.models[index] = counts } }
    }
    for level in Arbitrary<Rational>.positive.shrink(family.lower) { add { $0.lower = level } }
    for level in Arbitrary<Rational>.positive.shrink(family.upper) { add { $0.upper = level } }
    return smaller.filter { family in
      family.lower <= family.upper
        && ([family.target] + family.models).allSatisfy { $0.contains { $0 > 0 } }
    }
  }

  /// One count made smaller, all halved, or two lowered by one: ratios matter here, and one count alone changes them all.
  private static func smallerCounts(_ counts: [Int]) -> [[Int]] {
    var smaller = simplerCounts(counts)
    if counts.contains(where: { $0 > 1 }) { smaller.append(counts.map { $0 / 2 }) }
    for first in counts.indices where counts[first] > 0 {
      for second in counts.indices.prefix(first) where counts[second] > 0 {
        var candidate = counts
        candidate[first] -= 1
        candidate[second] -= 1
        smaller.append(candidate)
      }
    }
    return smaller
  }
}
