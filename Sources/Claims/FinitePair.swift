public import Distributions

/// A target and a model on the same few atoms, each proportional to small counts, so that zeros, ties and
/// equal laws are frequent.
public struct FinitePair: Sendable, Hashable, CustomStringConvertible {
  /// The target's counts.
  public var target: [Int]
  /// The model's counts, one for each of the target's.
  public var model: [Int]

  /// The counts of both laws, each with a positive sum.
  public init(target: [Int], model: [Int]) {
    self.target = target
    self.model = model
  }

  /// The exact laws.
  public var laws: (target: FiniteDistribution, model: FiniteDistribution) {
    get throws { (try Self.law(target), try Self.law(model)) }
  }

  private static func law(_ counts: [Int]) throws -> FiniteDistribution {
    let sum = counts.reduce(0, +)
    return try FiniteDistribution(weights: counts.map { try Rational($0, sum) })
  }

  /// For example `P ~ [1, 0], Q ~ [1, 2]`.
  public var description: String { "P ~ \(target), Q ~ \(model)" }

  /// Pairs on 1 to 9 atoms.
  public static let arbitrary = Arbitrary<FinitePair> { generator, size in
    let atoms = 1 + Int(generator.next() % (1 + UInt64(size * 8)))
    // A narrow range of counts makes ties and zeros, a wide one makes all ratios different.
    let ranges: [UInt64] = [2, 3, 5, 1_000_000]
    let range = ranges[Int(generator.next() % 4)]
    func counts() -> [Int] {
      var counts = (0..<atoms).map { _ in Int(generator.next() % range) }
      if counts.allSatisfy({ $0 == 0 }) { counts[Int(generator.next() % UInt64(atoms))] = 1 }
      return counts
    }
    return FinitePair(target: counts(), model: counts())
  } shrink: {
    simpler(than: $0)
  }
}
