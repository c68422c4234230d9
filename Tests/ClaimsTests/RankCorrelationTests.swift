import BigInt
import Claims
import Distributions
import TestSupport
import Testing

@Suite("Kendall's rank correlation")
struct RankCorrelationTests {
  /// All different arrangements of `values`.
  private func arrangements(_ values: [Int]) -> Set<[Int]> {
    if values.isEmpty { return [[]] }
    var all: Set<[Int]> = []
    for index in values.indices {
      var rest = values
      let first = rest.remove(at: index)
      all.formUnion(arrangements(rest).map { [first] + $0 })
    }
    return all
  }

  private func score(_ x: [Int], _ y: [Int]) -> Int {
    var score = 0
    for j in x.indices {
      for i in 0..<j { score += (x[j] - x[i]).signum() * (y[j] - y[i]).signum() }
    }
    return score
  }

  @Test(
    "has the distribution of all arrangements, with and without ties",
    arguments: [
      ([1, 2], [1, 2]), ([1, 2, 3, 4, 5], [5, 3, 1, 2, 4]),
      ([1, 2, 3, 4, 5, 6], [1, 1, 2, 2, 2, 3]),
      ([4, 4, 1, 2, 4], [1, 2, 3, 4, 5]), ([1, 1, 2, 2, 3, 3], [1, 2, 2, 2, 3, 1]),
      ([7, 7, 7], [1, 2, 3]), ([1, 1, 2], [3, 3, 3]),
    ])
  func bruteForce(_ x: [Int], _ y: [Int]) throws {
    let correlation = try RankCorrelation(x.map(Double.init), y.map(Double.init))
    // Fewer arrangements of the list with ties, the same distribution.
    let scores = arrangements(y).map { score(x, $0) }
    let expected = Dictionary(grouping: scores) { $0 }.mapValues(\.count)
    let distribution = correlation.distribution
    for (value, count) in expected {
      let share = try Rational(distribution.counts[value] ?? 0, distribution.total)
      #expect(try share == Rational(count, scores.count))
    }
    #expect(distribution.counts.filter { $0.value > 0 }.count == expected.count)
    #expect(correlation.score == score(x, y))
    let extreme = scores.count { abs($0) >= abs(score(x, y)) }
    #expect(try correlation.pValues.twoSided == Rational(extreme, scores.count))
  }

  @Test(
    "counts n! arrangements with the mean 0 and variance n (n - 1) (2 n + 5) / 18",
    arguments: 2...30)
  func moments(_ n: Int) throws {
    let ranks = (1...n).map(Double.init)
    let distribution = try RankCorrelation(ranks, ranks).distribution
    let factorial = (1...n).reduce(BigInt(1)) { $0 * BigInt($1) }
    #expect(distribution.total == factorial)
    let first = distribution.counts.reduce(BigInt(0)) { $0 + BigInt($1.key) * $1.value }
    let second = distribution.counts.reduce(BigInt(0)) { $0 + BigInt($1.key * $1.key) * $1.value }
    #expect(first == 0)
    #expect(second * 18 == factorial * BigInt(n * (n - 1) * (2 * n + 5)))
  }

  @Test("is 1 for equal orders, with probability 1 / n!", arguments: 2...10)
  func perfect(_ n: Int) throws {
    let ranks = (1...n).map(Double.init)
    let same = try RankCorrelation(ranks, ranks.map { $0 * $0 })
    let opposite = try RankCorrelation(ranks, ranks.map { -$0 })
    let factorial = (1...n).reduce(1, *)
    #expect(same.tau == 1)
    #expect(opposite.tau == -1)
    #expect(try same.pValues.upper == Rational(1, factorial))
    #expect(try opposite.pValues.lower == Rational(1, factorial))
    #expect(opposite.pValues.upper == 1)
    #expect(try same.pValues.twoSided == Rational(min(2, factorial), factorial))
  }

  @Test("agrees with SciPy 1.17 (kendalltau, method exact)")
  func reference() throws {
    let y: [Double] = [3, 1, 4, 15, 9, 2, 6, 5, 35, 8, 97, 93, 23, 84, 62, 64, 33, 83, 27, 95]
    let correlation = try RankCorrelation((1...20).map(Double.init), y)
    expectClose(try #require(correlation.tau), 0.5368421052631579, relative: 1e-15)
    expectClose(
      Double(correlation.pValues.twoSided), 0.000638160515782914, relative: 1e-13)
    let tied = try RankCorrelation([12, 2, 1, 12, 2], [1, 4, 7, 1, 0])
    expectClose(try #require(tied.tau), -0.4714045207910316, relative: 1e-15)
    let both = try RankCorrelation([1, 2, 2, 3, 3, 3], [2, 1, 2, 2, 3, 3])
    expectClose(try #require(both.tau), 0.5454545454545455, relative: 1e-15)
  }

  @Test("has no tau for a constant list, and its score is 0 for certain")
  func constant() throws {
    let correlation = try RankCorrelation([1, 1, 1], [3, 1, 2])
    #expect(correlation.tau == nil)
    #expect(correlation.score == 0)
    #expect(correlation.pValues.twoSided == 1)
    #expect(try RankCorrelation([0, -0.0], [1, 2]).tau == nil)
  }

  @Test("adds independent scores")
  func convolution() throws {
    let a = try RankCorrelation([1, 2, 3], [1, 2, 3]).distribution
    let b = try RankCorrelation([1, 2], [1, 2]).distribution
    let sum = a + b
    #expect(sum.total == 12)
    // Scores -3, -1, 1, 3 with counts 1, 2, 2, 1 and -1, 1 with counts 1, 1.
    #expect(sum.counts == [-4: 1, -2: 3, 0: 4, 2: 3, 4: 1])
    #expect(try sum.pValues(of: 4).twoSided == Rational(1, 6))
  }

  @Test("refuses lists that have no rank correlation")
  func badInput() {
    #expect(throws: ParameterError.self) { try RankCorrelation([1, 2], [1]) }
    #expect(throws: ParameterError.self) { try RankCorrelation([1], [1]) }
    #expect(throws: ParameterError.self) { try RankCorrelation([], []) }
    #expect(throws: ParameterError.self) { try RankCorrelation([1, .nan], [1, 2]) }
    let tied = [1, 1] + (2...10).map(Double.init)
    #expect(throws: ParameterError.self) { try RankCorrelation(tied, tied) }
  }
}
