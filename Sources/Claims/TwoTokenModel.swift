public import Distributions

/// A language model of two tokens: the law of the first, and that of the second after each first.
public struct TwoTokenModel: Sendable {
  /// The counts of the first token.
  public var first: [Int]
  /// Row v is proportional to the law of the second token after the first token v.
  public var second: [[Int]]

  /// The law of both tokens, row by row.
  public var joint: [Rational] { Self.joint(normalized(first), second.map(normalized)) }

  /// The joint law with each factor raised to a power and normalised: the deck's temperature `1 / exponent`.
  public func conditionalsTempered(_ exponent: Int) -> [Rational] {
    Self.joint(
      Self.tempered(normalized(first), exponent),
      second.map { Self.tempered(normalized($0), exponent) })
  }

  /// The joint law itself raised to a power and normalised.
  public func jointTempered(_ exponent: Int) -> [Rational] { Self.tempered(joint, exponent) }

  /// Whether the normalisers of the second token's law are the same after each possible first token.
  public func hasEqualNormalisers(_ exponent: Int) -> Bool {
    let normalisers = zip(first, second).filter { $0.0 > 0 }.map { row in
      normalized(row.1).reduce(Rational(0)) { $0 + Self.power($1, exponent) }
    }
    return Set(normalisers).count == 1
  }

  private static func joint(_ first: [Rational], _ second: [[Rational]]) -> [Rational] {
    zip(first, second).flatMap { weight, row in row.map { weight * $0 } }
  }

  private static func tempered(_ weights: [Rational], _ exponent: Int) -> [Rational] {
    let powers = weights.map { power($0, exponent) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }

  private static func power(_ value: Rational, _ exponent: Int) -> Rational {
    (0..<exponent).reduce(1) { power, _ in power * value }
  }

  /// Both factors as formulas.
  public var tex: String {
    "first token $\(texVector(normalized(first)))$, second after each first "
      + "$\(second.map { texVector(normalized($0)) }.joined(separator: ",\\; "))$"
  }

  /// Two or three tokens; one model in three has the same conditional law everywhere.
  public static let arbitrary = Arbitrary<TwoTokenModel> { generator, size in
    func below(_ bound: Int) -> Int { Int(generator.next() % UInt64(bound)) }
    let tokens = 2 + below(2)
    func counts() -> [Int] {
      var counts = (0..<tokens).map { _ in below(4) }
      if counts.allSatisfy({ $0 == 0 }) { counts[below(tokens)] = 1 }
      return counts
    }
    let shared = below(3) == 0 ? counts() : nil
    return TwoTokenModel(
      first: counts(), second: (0..<tokens).map { _ in shared ?? counts() })
  } shrink: { model in
    var smaller = simplerCounts(model.first).map { TwoTokenModel(first: $0, second: model.second) }
    for row in model.second.indices {
      for counts in simplerCounts(model.second[row]) {
        var second = model.second
        second[row] = counts
        smaller.append(TwoTokenModel(first: model.first, second: second))
      }
    }
    if model.first.count > 2 {
      for token in model.first.indices {
        var (first, second) = (model.first, model.second)
        first.remove(at: token)
        second.remove(at: token)
        for row in second.indices { second[row].remove(at: token) }
        smaller.insert(TwoTokenModel(first: first, second: second), at: 0)
      }
    }
    return smaller.filter { model in
      ([model.first] + model.second).allSatisfy { $0.contains { $0 > 0 } }
    }
  }
}
