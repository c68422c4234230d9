extension FinitePair {
  /// Simpler pairs, the simplest first: all small ones, then the pair with less of everything.
  ///
  /// Simple means: few atoms, then a small common denominator, then small denominators. A pair of the table of small
  /// ones yields only pairs before it; any other yields table entries and pairs with fewer atoms or a smaller sum of
  /// counts, so that shrinking ends.
  static func simpler(than pair: FinitePair) -> [FinitePair] {
    let canonical = pair.canonical
    if let place = SmallPairs.places[canonical] {
      return Array(SmallPairs.all[..<place]) + (canonical == pair ? [] : [canonical])
    }
    let small = SmallPairs.all.prefix { $0.target.count <= canonical.target.count }
    let smaller = canonical.reductions.filter { $0.size < pair.size }
    return small + smaller + (canonical.size < pair.size ? [canonical] : [])
  }

  /// Atoms, then the sum of all counts.
  private var size: (atoms: Int, sum: Double) {
    (target.count, (target + model).reduce(0) { $0 + Double($1) })
  }

  /// The same pair without empty atoms, in lowest counts, atoms in order: much target first, little model first.
  var canonical: FinitePair {
    let atoms = zip(Self.reduced(target), Self.reduced(model)).filter { $0 > 0 || $1 > 0 }
      .sorted { $0.0 != $1.0 ? $0.0 > $1.0 : $0.1 < $1.1 }
    return FinitePair(target: atoms.map(\.0), model: atoms.map(\.1))
  }

  private static func reduced(_ counts: [Int]) -> [Int] {
    let divisor = counts.reduce(0, greatestCommonDivisor)
    return divisor > 1 ? counts.map { $0 / divisor } : counts
  }

  fileprivate static func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
    var (a, b) = (a, b)
    while b != 0 { (a, b) = (b, a % b) }
    return a
  }

  /// Pairs with an atom less, two atoms joined, or smaller counts.
  private var reductions: [FinitePair] {
    var smaller: [FinitePair] = []
    func add(_ change: (inout FinitePair) -> Void) {
      var candidate = self
      change(&candidate)
      smaller.append(candidate)
    }
    let atoms = target.indices
    for index in atoms where atoms.count > 1 {
      add {
        $0.target.remove(at: index)
        $0.model.remove(at: index)
      }
    }
    for index in atoms.dropLast() {
      add { pair in
        let (target, model) = (pair.target.remove(at: index), pair.model.remove(at: index))
        pair.target[index] += target
        pair.model[index] += model
      }
    }
    for divisor in [1000, 10, 2] {
      add { pair in
        pair.target = pair.target.map { $0 / divisor }
        pair.model = pair.model.map { $0 / divisor }
      }
    }
    for index in atoms {
      for count in Self.below(target[index]) { add { $0.target[index] = count } }
      for count in Self.below(model[index]) { add { $0.model[index] = count } }
    }
    return smaller.filter { $0.target.contains { $0 > 0 } && $0.model.contains { $0 > 0 } }
  }

  private static func below(_ count: Int) -> [Int] {
    sequence(first: count) { $0 > 1 ? $0 / 2 : nil }.filter { $0 > 0 }.map { count - $0 }
  }
}

/// All pairs with few atoms and small common denominators, the simplest first.
private enum SmallPairs {
  /// The largest common denominator for 1, 2 and 3 atoms.
  private static let denominators = [1, 12, 6]

  static let all: [FinitePair] = denominators.enumerated().flatMap { index, largest in
    (1...largest).flatMap { denominator -> [FinitePair] in
      let laws = counts(atoms: index + 1, sum: denominator)
      let pairs = laws.flatMap { target in
        laws.map { FinitePair(target: target, model: $0) }
      }.filter { $0.isCanonical(denominator) }.map(\.canonical)
      return pairs.sorted { sum($0) < sum($1) }
    }
  }

  static let places = Dictionary(uniqueKeysWithValues: zip(all, all.indices))

  private static func sum(_ pair: FinitePair) -> Int { (pair.target + pair.model).reduce(0, +) }

  /// All ways to write a sum as counts of so many atoms, the first count falling.
  private static func counts(atoms: Int, sum: Int) -> [[Int]] {
    if atoms == 1 { return [[sum]] }
    return (0...sum).reversed().flatMap { first in
      counts(atoms: atoms - 1, sum: sum - first).map { [first] + $0 }
    }
  }
}

extension FinitePair {
  /// Whether the atoms are in order, none is empty, and no smaller common denominator would do.
  fileprivate func isCanonical(_ denominator: Int) -> Bool {
    let atoms = Array(zip(target, model))
    guard atoms.allSatisfy({ $0 > 0 || $1 > 0 }) else { return false }
    for (a, b) in zip(atoms, atoms.dropFirst()) where !(a.0 > b.0 || a.0 == b.0 && a.1 <= b.1) {
      return false
    }
    let divisor = (target + model).reduce(denominator, Self.greatestCommonDivisor)
    return divisor == 1
  }
}
