import Distributions

/// A target and a few models on the same atoms, from which a model is chosen.
struct FiniteFamily: Sendable {
  /// The target's counts.
  var target: [Int]
  /// The models' counts, one row for each model.
  var models: [[Int]]

  /// The exact laws.
  var laws: (target: FiniteDistribution, models: [FiniteDistribution]) {
    get throws {
      let pairs = try models.map { try FinitePair(target: target, model: $0).laws }
      return (pairs[0].target, pairs.map(\.model))
    }
  }

  /// All laws as vectors of fractions.
  var tex: String {
    get throws {
      let (target, models) = try laws
      func vector(_ law: FiniteDistribution) -> String {
        "(" + law.weights.map(\.tex).joined(separator: ", ") + ")"
      }
      let family = models.enumerated().map { "$\\hat P_{\($0 + 1)} = \(vector($1))$" }
      return "$P = \(vector(target))$, " + family.joined(separator: ", ")
    }
  }

  /// Two models, which stay two when they shrink.
  static let two = Arbitrary<FiniteFamily> { generator, size in
    while true {
      var family = arbitrary.draw(&generator, size)
      guard family.models.count > 1 else { continue }
      family.models = Array(family.models.prefix(2))
      return family
    }
  } shrink: { family in
    arbitrary.shrink(family).filter { $0.models.count == 2 }
  }

  /// One to four models on one to nine atoms.
  static let arbitrary = Arbitrary<FiniteFamily> { generator, size in
    let pair = FinitePair.arbitrary.draw(&generator, size)
    var models = [pair.model]
    let greatest = UInt64(pair.model.max() ?? 1)
    for _ in 0..<(generator.next() % 4) {
      var counts = pair.model.map { _ in Int(generator.next() % (greatest + 1)) }
      if counts.allSatisfy({ $0 == 0 }) { counts[0] = 1 }
      models.append(counts)
    }
    return FiniteFamily(target: pair.target, models: models)
  } shrink: { family in
    var simpler: [FiniteFamily] = []
    for index in family.models.indices where family.models.count > 1 {
      var other = family
      other.models.remove(at: index)
      simpler.append(other)
    }
    for atom in family.target.indices where family.target.count > 1 {
      var other = family
      other.target.remove(at: atom)
      for index in other.models.indices { other.models[index].remove(at: atom) }
      simpler.append(other)
    }
    for index in family.models.indices {
      // Each model is shrunk as the pair with the target is; changes of the target serve the first alone.
      let pair = FinitePair(target: family.target, model: family.models[index])
      for smaller in FinitePair.arbitrary.shrink(pair)
      where smaller.target.count == family.target.count
        && (index == 0 || smaller.target == family.target)
      {
        var other = family
        other.target = smaller.target
        other.models[index] = smaller.model
        simpler.append(other)
      }
    }
    return simpler.filter { family in
      family.target.contains { $0 > 0 } && family.models.allSatisfy { $0.contains { $0 > 0 } }
    }
  }
}
