import Distributions
import NeuralNetworks
import RealModule
import Testing

@testable import GenerativeModels

/// Statistical tests with fixed seeds: a right generator fails each with probability 1e-6.
@Suite struct NormalStreamTests {
  func numbers(_ count: Int, uniform: Bool = false) -> [Float] {
    var stream = NormalStream(seed: 3, stream: "test")
    var numbers = [Float](repeating: .nan, count: count)
    numbers.withUnsafeMutableBufferPointer {
      if uniform { stream.fillUniformly($0) } else { stream.fill($0) }
    }
    return numbers
  }

  /// Pearson's statistic of counts against probabilities, in standard deviations beyond its mean: Wilson and Hilferty.
  func excess(_ counts: [Int], _ probabilities: [Double]) -> Double {
    let n = Double(counts.reduce(0, +))
    let statistic = zip(counts, probabilities).reduce(0) {
      $0 + (Double($1.0) - n * $1.1) * (Double($1.0) - n * $1.1) / (n * $1.1)
    }
    let freedom = Double(counts.count - 1)
    let spread = 2 / (9 * freedom)
    return (.pow(statistic / freedom, 1 / 3.0) - (1 - spread)) / spread.squareRoot()
  }

  /// What a standard normal number exceeds with probability 1e-6.
  let limit = 4.753

  @Test func `normal numbers fall into bins as a normal law's mass does`() throws {
    let normal = try Normal(mean: 0, sd: 1)
    let edges = (-40...40).map { Double($0) / 10 }
    var counts = [Int](repeating: 0, count: edges.count + 1)
    for x in numbers(4_000_000) { counts[edges.prefix { $0 < Double(x) }.count] += 1 }
    let below = [0] + edges.map { normal.cumulative($0) } + [1]
    let probabilities = zip(below, below.dropFirst()).map { $1 - $0 }
    #expect(excess(counts, probabilities) < limit)
  }

  @Test func `pairs of lanes and of neighbours are independent: angles are uniform`() {
    let values = numbers(2_000_000)
    for distance in [1, 8] {
      var counts = [Int](repeating: 0, count: 64)
      var start = 0
      while start + distance < values.count {
        let (x, y) = (Double(values[start]), Double(values[start + distance]))
        let turn = Double.atan2(y: y, x: x) / (2 * .pi) + 0.5
        counts[min(63, Int(turn * 64))] += 1
        start += distance == 1 ? 2 : (start % 16 == 7 ? 9 : 1)
      }
      #expect(excess(counts, [Double](repeating: 1 / 64.0, count: 64)) < limit)
    }
  }

  @Test func `tails reach beyond five, and no number is infinite`() {
    let values = numbers(20_000_000)
    #expect(values.allSatisfy { $0.magnitude < 6.7 })
    // Expected 11.5 of 2e7 beyond 5; Poisson: fewer than 1 or more than 32 with probability below 1e-5 and 1e-6.
    #expect((1...32).contains(values.count { $0.magnitude > 5 }))
  }

  @Test func `uniform numbers are uniform in the unit interval`() {
    let values = numbers(1_000_000, uniform: true)
    #expect(values.allSatisfy { $0 > 0 && $0 <= 1 })
    var counts = [Int](repeating: 0, count: 256)
    for u in values { counts[min(255, Int(u * 256))] += 1 }
    #expect(excess(counts, [Double](repeating: 1 / 256.0, count: 256)) < limit)
  }

  @Test(arguments: [1, 7, 8, 9, 15, 16, 17, 40])
  func `a buffer of any length is filled, and no further`(count: Int) {
    var stream = NormalStream(seed: 1, stream: "test")
    var room = [Float](repeating: 99, count: count + 8)
    room.withUnsafeMutableBufferPointer {
      stream.fill(UnsafeMutableBufferPointer(rebasing: $0[..<count]))
    }
    #expect(room[..<count].allSatisfy { $0 < 99 } && room[count...].allSatisfy { $0 == 99 })
  }

  @Test func `seeds and names give streams of their own, the same each time`() {
    var (a, b) = (NormalStream(seed: 1, stream: "x"), NormalStream(seed: 1, stream: "x"))
    var (c, d) = (NormalStream(seed: 2, stream: "x"), NormalStream(seed: 1, stream: "y"))
    let first = a.bits()
    #expect(first == b.bits() && first != c.bits() && first != d.bits())
    #expect(Set((0..<8).map { first[$0] }).count == 8)
  }
}
