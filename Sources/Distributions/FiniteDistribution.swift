package import BigInt

/// A probability law on finitely many labelled atoms, with exact rational weights.
public struct FiniteDistribution: Sendable, Hashable {
  // MARK: Parameters

  /// The labels, all different, in the order that was given.
  public let atoms: [String]
  /// The weight of each atom: not negative, with sum exactly 1.
  public let weights: [Rational]
  private let indices: [String: Int]
  private let thresholds: [UInt64]

  /// The law that gives `weights[i]` to `atoms[i]`; zero weights are kept.
  ///
  /// - Throws: `ParameterError` when there are no atoms, a label repeats, the counts differ, a weight is
  ///   negative, or the weights do not sum to 1 (the error tells their sum).
  public init(atoms: [String], weights: [Rational]) throws(ParameterError) {
    func refuse(_ parameter: String, _ value: some Any, _ rule: String) -> ParameterError {
      ParameterError("FiniteDistribution", parameter, value: "\(value)", rule: rule)
    }
    guard !atoms.isEmpty else { throw refuse("atoms", "[]", "must not be empty") }
    guard atoms.count == weights.count else {
      throw refuse(
        "weights", "\(weights.count) weights", "must be as many as the atoms, \(atoms.count)")
    }
    var indices: [String: Int] = [:]
    for (index, atom) in atoms.enumerated() {
      guard indices.updateValue(index, forKey: atom) == nil else {
        throw refuse("atoms", "\"\(atom)\"", "must not appear twice")
      }
      guard weights[index] >= 0 else {
        throw refuse("weight of \"\(atom)\"", weights[index], "must not be negative")
      }
    }
    let (numerators, denominator) = Rational.overCommonDenominator(weights)
    let sum = numerators.reduce(0, +)
    guard sum == denominator else {
      throw refuse(
        "sum of the weights", Rational(sum) / Rational(denominator), "must be 1")
    }
    self.atoms = atoms
    self.weights = weights
    self.indices = indices
    thresholds = Self.thresholds(of: numerators, total: denominator)
  }

  /// The law on this law's atoms that is proportional to `counts`.
  ///
  /// - Precondition: there is a count for each atom, none is negative, and their sum is positive.
  package func with(counts: [BigInt]) -> FiniteDistribution {
    FiniteDistribution(atoms: atoms, indices: indices, counts: counts)
  }

  private init(atoms: [String], indices: [String: Int], counts: [BigInt]) {
    let total = counts.reduce(0, +)
    precondition(counts.count == atoms.count && total > 0, "counts must fit the atoms")
    self.atoms = atoms
    self.indices = indices
    weights = counts.map { Rational($0) / Rational(total) }
    thresholds = Self.thresholds(of: counts, total: total)
  }

  /// The law written as a literal: `try FiniteDistribution(["cat": 1/3, "dog": 2/3])`.
  ///
  /// - Throws: as `init(atoms:weights:)`.
  public init(_ weights: KeyValuePairs<String, Rational>) throws(ParameterError) {
    try self.init(atoms: weights.map(\.key), weights: weights.map(\.value))
  }

  /// The law on the atoms `x1`, `x2`, … with the given weights.
  ///
  /// - Throws: as `init(atoms:weights:)`.
  public init(weights: [Rational]) throws(ParameterError) {
    try self.init(atoms: weights.indices.map { "x\($0 + 1)" }, weights: weights)
  }

  /// The law that gives every atom the same weight.
  ///
  /// - Throws: as `init(atoms:weights:)`.
  public init(uniformOn atoms: [String]) throws(ParameterError) {
    let weight = Rational(1) / Rational(max(1, atoms.count))
    try self.init(atoms: atoms, weights: atoms.map { _ in weight })
  }

  // MARK: Support

  /// The atoms of positive weight, in order.
  public var support: [String] { atoms.indices.filter { weights[$0] > 0 }.map { atoms[$0] } }

  // MARK: Probability

  /// The weight of `atom`, zero when it is not an atom of this space.
  public func probability(of atom: String) -> Rational { indices[atom].map { weights[$0] } ?? 0 }

  /// The weights in the order of `space`'s atoms, for a law on the same atoms in any order.
  ///
  /// - Throws: `ParameterError` that names an atom which one of the two spaces lacks.
  public func weights(onSpaceOf space: FiniteDistribution) throws(ParameterError) -> [Rational] {
    if atoms == space.atoms { return weights }
    let stranger =
      space.atoms.first { indices[$0] == nil } ?? atoms.first { space.indices[$0] == nil }
    if let stranger {
      throw ParameterError(
        "FiniteDistribution", "atom", value: "\"\(stranger)\"",
        rule: "must be in both spaces; give it weight 0 where it cannot occur")
    }
    return space.atoms.map(probability(of:))
  }

  /// The weights as doubles, each the nearest to its rational.
  public var approximate: FiniteWeights { FiniteWeights(unchecked: weights.map { Double($0) }) }

  // MARK: Sampling

  /// One atom; the same generator state gives the same atom.
  ///
  /// One draw of 64 bits against cumulative weights rounded to multiples of `2^-64`: an atom's frequency is off
  /// by at most `2^-64`, and an atom of weight zero never occurs.
  public func sample(using generator: inout some RandomNumberGenerator) -> String {
    let draw = generator.next()
    var (low, high) = (0, thresholds.count)
    while low < high {
      let middle = (low + high) / 2
      if draw < thresholds[middle] { high = middle } else { low = middle + 1 }
    }
    return atoms[low]
  }

  /// The cumulative weights up to each atom as multiples of `2^-64`, but none from the last atom of positive
  /// weight on: whatever passes all the others is that atom.
  private static func thresholds(of counts: [BigInt], total: BigInt) -> [UInt64] {
    var sum: BigInt = 0
    var thresholds: [UInt64] = []
    for count in counts {
      sum += count
      guard sum < total else { break }
      thresholds.append(UInt64((sum << 64) / total))
    }
    return thresholds
  }
}

/// The weights of a law on n atoms as doubles: the fast form, without labels, for many atoms.
public struct FiniteWeights: Sendable, Hashable {
  /// The weight of each atom: finite and not negative, with sum 1 up to rounding.
  public let values: [Double]

  /// The law with the given weights.
  ///
  /// - Throws: `ParameterError` when there are none, one is negative or not finite, or their sum is off 1 by
  ///   more than 1e-9, which rounding cannot explain (the error tells the sum).
  public init(_ values: [Double]) throws(ParameterError) {
    guard !values.isEmpty else {
      throw ParameterError("FiniteWeights", "values", value: "[]", rule: "must not be empty")
    }
    let sum = try Self.sum(values)
    guard abs(sum - 1) <= 1e-9 else {
      throw ParameterError(
        "FiniteWeights", "sum of the weights", value: "\(sum)", rule: "must be 1")
    }
    self.values = values
  }

  /// The law proportional to `values`, such as counts.
  ///
  /// - Throws: `ParameterError` when there are none, one is negative or not finite, or their sum is zero or
  ///   overflows.
  public init(normalizing values: [Double]) throws(ParameterError) {
    let sum = try Self.sum(values)
    guard sum > 0, sum.isFinite else {
      throw ParameterError(
        "FiniteWeights", "sum of the weights", value: "\(sum)", rule: "must be positive and finite")
    }
    self.values = values.map { $0 / sum }
  }

  init(unchecked values: [Double]) { self.values = values }

  private static func sum(_ values: [Double]) throws(ParameterError) -> Double {
    var (sum, compensation) = (0.0, 0.0)
    for (index, value) in values.enumerated() {
      guard value >= 0, value.isFinite else {
        throw ParameterError(
          "FiniteWeights", "values[\(index)]", value: "\(value)",
          rule: "must be finite and not negative")
      }
      let total = sum + value
      compensation += sum >= value ? (sum - total) + value : (value - total) + sum
      sum = total
    }
    return sum + compensation
  }
}
