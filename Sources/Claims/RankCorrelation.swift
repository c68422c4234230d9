public import BigInt
public import Distributions

/// Kendall's rank correlation of two lists, with its exact permutation distribution.
///
/// `score` is the number of pairs of places that both lists order the same way, less those that they order in
/// opposite ways. Under independence all arrangements of one list against the other are equally likely.
public struct RankCorrelation: Sendable {
  /// The pairs in the same order less the pairs in opposite order.
  public let score: Int
  /// `score` over the number of pairs that are tied in neither list alone: tau-b, in `[-1, 1]`, nil where one list is
  /// constant.
  public let tau: Double?
  /// The distribution of the score over all arrangements.
  public let distribution: ScoreDistribution

  /// The correlation of `x` with `y`.
  ///
  /// Without ties in `x` (or in `y`) the distribution is the quotient of q-factorials that counts inversions of
  /// arrangements with repetitions; with ties in both, all different arrangements of `y` are enumerated.
  ///
  /// - Throws: `ParameterError` when the lists differ in length, have fewer than two entries, hold a NaN, or have ties
  ///   in both and more than 10 entries.
  public init(_ x: [Double], _ y: [Double]) throws(ParameterError) {
    func refuse(_ parameter: String, _ value: String, _ rule: String) -> ParameterError {
      ParameterError("RankCorrelation", parameter, value: value, rule: rule)
    }
    guard x.count == y.count else {
      throw refuse("y", "\(y.count) entries", "must have as many entries as x, \(x.count)")
    }
    guard x.count >= 2 else {
      throw refuse("x", "\(x.count) entries", "must have at least 2 entries")
    }
    guard !x.contains(where: \.isNaN), !y.contains(where: \.isNaN) else {
      throw refuse("entry", "nan", "must be a number")
    }
    score = Self.score(x, y)
    let (tiesX, tiesY) = (Self.groupSizes(x), Self.groupSizes(y))
    let pairs = x.count * (x.count - 1) / 2
    let untied = [tiesX, tiesY].map { pairs - $0.reduce(0) { $0 + $1 * ($1 - 1) / 2 } }
    tau =
      untied[0] == 0 || untied[1] == 0
      ? nil : Double(score) / (Double(untied[0]) * Double(untied[1])).squareRoot()
    switch (tiesX.count == x.count, tiesY.count == y.count) {
    case (true, _): distribution = .inversions(groups: tiesY)
    case (_, true): distribution = .inversions(groups: tiesX)
    case (false, false):
      guard x.count <= 10 else {
        throw refuse("ties", "in both lists", "must be in one list only beyond 10 entries")
      }
      distribution = Self.enumerate(x, y)
    }
  }

  /// The probability of a score at least as high, at least as low, and at least as far from 0.
  public var pValues: (upper: Rational, lower: Rational, twoSided: Rational) {
    distribution.pValues(of: score)
  }

  private static func score(_ x: [Double], _ y: [Double]) -> Int {
    func order(_ a: Double, _ b: Double) -> Int { a < b ? 1 : a > b ? -1 : 0 }
    var score = 0
    for i in x.indices {
      for j in 0..<i { score += order(x[j], x[i]) * order(y[j], y[i]) }
    }
    return score
  }

  /// The sizes of the groups of equal entries.
  private static func groupSizes(_ values: [Double]) -> [Int] {
    var sizes: [Double: Int] = [:]
    // Adding 0 makes the two zeros one key.
    for value in values { sizes[value + 0, default: 0] += 1 }
    return sizes.values.sorted()
  }

  private static func enumerate(_ x: [Double], _ y: [Double]) -> ScoreDistribution {
    var counts: [Int: BigInt] = [:]
    var arrangement = y.sorted()
    repeat {
      counts[score(x, arrangement), default: 0] += 1
    } while advance(&arrangement)
    return ScoreDistribution(counts: counts)
  }

  /// The next arrangement in lexicographic order, false after the last.
  private static func advance(_ values: inout [Double]) -> Bool {
    guard let pivot = values.indices.dropLast().last(where: { values[$0] < values[$0 + 1] }),
      let successor = values.indices.last(where: { values[$0] > values[pivot] })
    else { return false }
    values.swapAt(pivot, successor)
    values[(pivot + 1)...].reverse()
    return true
  }
}

/// How many of equally likely arrangements have each score.
public struct ScoreDistribution: Sendable {
  /// The number of arrangements of each score.
  public let counts: [Int: BigInt]
  /// The number of all arrangements.
  public let total: BigInt

  /// A distribution with the given counts.
  init(counts: [Int: BigInt]) {
    self.counts = counts
    total = counts.values.reduce(0, +)
  }

  /// The scores of all arrangements of a list with groups of equal entries against an increasing list.
  ///
  /// With d pairs in opposite order the score is `pairs - 2 d`, where `pairs` are those of unequal entries; the numbers of
  /// arrangements with d such pairs are the coefficients of the Gaussian multinomial.
  static func inversions(groups: [Int]) -> ScoreDistribution {
    var coefficients: [BigInt] = [1]
    var placed = 0
    for size in groups {
      // The Gaussian binomial (placed + size over size), a factor (1 - q^(placed + k)) / (1 - q^k) at a time.
      for k in 1...size {
        let raised = placed + k
        var product = coefficients + [BigInt](repeating: 0, count: raised)
        for index in coefficients.indices { product[index + raised] -= coefficients[index] }
        for index in k..<product.count { product[index] += product[index - k] }
        coefficients = Array(product.prefix(coefficients.count + raised - k))
      }
      placed += size
    }
    let pairs = coefficients.count - 1
    let scores = coefficients.enumerated().map { (pairs - 2 * $0.offset, $0.element) }
    return ScoreDistribution(counts: Dictionary(uniqueKeysWithValues: scores))
  }

  /// The distribution of the sum of two independent scores.
  public static func + (a: ScoreDistribution, b: ScoreDistribution) -> ScoreDistribution {
    var counts: [Int: BigInt] = [:]
    for (x, m) in a.counts {
      for (y, n) in b.counts { counts[x + y, default: 0] += m * n }
    }
    return ScoreDistribution(counts: counts)
  }

  /// The probability of a score at least as high, at least as low, and at least as far from 0.
  public func pValues(of score: Int) -> (upper: Rational, lower: Rational, twoSided: Rational) {
    func probability(_ isCounted: (Int) -> Bool) -> Rational {
      let favourable = counts.reduce(BigInt(0)) { $0 + (isCounted($1.key) ? $1.value : 0) }
      return Rational(favourable) / Rational(total)
    }
    return (
      probability { $0 >= score }, probability { $0 <= score },
      probability { abs($0) >= abs(score) }
    )
  }
}
