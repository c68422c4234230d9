import Claims
import Distributions
import RealModule
import TestSupport
import Testing

@Suite("Sums of logarithms")
struct LogarithmSumTests {
  private func sum(_ terms: [(Rational, Rational)]) -> LogarithmSum {
    var sum = LogarithmSum.zero
    for (factor, argument) in terms { sum.add(factor, log: argument) }
    return sum
  }

  @Test("are zero when their products are equal")
  func zero() {
    #expect(LogarithmSum.zero.sign == 0)
    #expect(sum([(1, 6), (-1, 2), (-1, 3)]).sign == 0)
    #expect(sum([(1 / 2, 4), (-1, 2)]).sign == 0)
    #expect(sum([(1 / 3, 8 / 27), (-1 / 2, 4 / 9)]).sign == 0)
    #expect(sum([(0, 0)]).sign == 0)
    #expect(sum([(5, 1)]).sign == 0)
  }

  @Test("have the sign of a difference that doubles cannot see")
  func closeCall() throws {
    // log(1 + 10^-20) with 10^-20 far below the rounding of log 10^20.
    let large = try Rational.parse("1e20")
    let tiny = sum([(1, large + 1), (-1, large)])
    #expect(tiny.value.magnitude < 1e-13)
    #expect(tiny.sign == 1)
    #expect((LogarithmSum.zero - tiny).sign == -1)
    // The deck's comparison: (4/3)^3 = 64/27 < 625/256 = (5/4)^4.
    #expect(sum([(3, 4 / 3), (-4, 5 / 4)]).sign == -1)
  }

  @Test("are entropies and divergences")
  func entropy() throws {
    let uniform = [Rational](repeating: 1 / 4, count: 4)
    #expect((LogarithmSum.entropy(of: uniform) - sum([(1, 4)])).sign == 0)
    #expect(LogarithmSum.entropy(of: [1, 0]).sign == 0)
    #expect(LogarithmSum.divergence(of: [1, 0], from: [0, 1]) == nil)
    let divergence = try #require(LogarithmSum.divergence(of: [1, 0], from: [1 / 4, 3 / 4]))
    #expect((divergence - sum([(1, 4)])).sign == 0)
    expectClose(divergence.value, .log(4), relative: 1e-15)
    // H(uniform) - H(p) = KL(p || uniform).
    let p: [Rational] = [1 / 2, 1 / 3, 1 / 6, 0]
    let gap = LogarithmSum.entropy(of: uniform) - .entropy(of: p)
    let expected = try #require(LogarithmSum.divergence(of: p, from: uniform))
    #expect((gap - expected).sign == 0)
  }

  @Test("have the sign of their value where that is clear")
  func signs() {
    forAll(Arbitrary.positive.and(.positive).and(.positive)) { value in
      let (x, y, z) = (value.0.0, value.0.1, value.1)
      let total = sum([(1, x), (-1, y), (2, z)])
      let product = x / y * z * z
      return total.sign == (product == 1 ? 0 : product < 1 ? -1 : 1)
    }
  }
}
