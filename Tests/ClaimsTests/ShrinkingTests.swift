import Claims
import Distributions
import Testing

@Suite struct ShrinkingTests {
  /// The smallest failure of a property of pairs.
  private func smallest(_ property: (FinitePair) throws -> Bool) -> FinitePair? {
    guard
      case .failed(let pair, _, _) = check(FinitePair.arbitrary, cases: 500, seed: 4, property)
    else { return nil }
    return pair
  }

  @Test func `pairs shrink to the fewest atoms and the smallest denominators`() throws {
    #expect(smallest { _ in false } == FinitePair(target: [1], model: [1]))
    #expect(smallest { $0.target.count < 2 } == FinitePair(target: [1, 0], model: [0, 1]))
    // Different laws with full support: with thirds on both sides, not halves and thirds.
    let different = smallest { pair in
      let (target, model) = try pair.laws
      return target == model || (pair.target + pair.model).contains(0)
    }
    #expect(different == FinitePair(target: [2, 1], model: [1, 2]))
    #expect(smallest { $0.target.count < 5 }?.target.count == 5)
  }

  @Test func `large denominators shrink until the property turns`() throws {
    let pair = try #require(
      smallest { pair in try pair.laws.target.weights.allSatisfy { $0.denominator <= 1000 } })
    #expect(pair.target.count == 2)
    #expect(pair.target.reduce(0, +) == 1001)
    #expect(pair.model.reduce(0, +) == 1)
  }

  @Test func `shrinking ends, whichever smaller value is taken`() {
    var generator = SeededGenerator(seed: 9)
    let cases = FinitePair.arbitrary.and(.positive)
    for size in stride(from: 0.0, through: 1, by: 0.02) {
      var value = cases.draw(&generator, size)
      var steps = 0
      while let smaller = cases.shrink(value).randomElement(using: &generator) {
        value = smaller
        steps += 1
        if steps > 5000 {
          Issue.record("no end in sight at \(value)")
          return
        }
      }
      #expect(value.0 == FinitePair(target: [1], model: [1]))
      #expect(value.1 == 1)
    }
  }

  @Test(arguments: [(5, 2, 3), (1, 3, 1), (7, 1, 8)])
  func `fractions shrink to the simplest`(above: (Int, Int, Int)) throws {
    let bound = try Rational(above.0, above.1)
    let outcome = check(Arbitrary<Rational>.positive, cases: 500, seed: 1) { $0 <= bound }
    guard case .failed(let value, _, _) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(value == Rational(above.2))
  }

  @Test func `fractions far from one lose their digits`() {
    let outcome = check(Arbitrary<Rational>.positive, cases: 500, seed: 1) { $0 < 700 }
    guard case .failed(let value, _, _) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(value == 1000)
  }

  @Test func `the second line of Theorem 2.5 fails for one atom and lambda 2`() throws {
    let claim = try #require(Ledger.claim("thm-2.5-beta"))
    let counterexample = try #require(try claim.verified().counterexample)
    #expect(counterexample.hasPrefix("$P = (1)$, $\\hat P = (1)$, $\\lambda = 2$"))
  }

  @Test func `a case that throws is no smaller version of one that is false`() {
    struct Refusal: Error {}
    let outcome = check(FinitePair.arbitrary, cases: 500, seed: 2) { pair in
      if pair.target.count == 1 { throw Refusal() }
      return pair.target.count < 3
    }
    // The first cases have one atom: they throw, and that is the failure.
    guard case .failed(let value, _, let reason) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(value.target.count == 1)
    #expect(reason.contains("Refusal"))
  }
}
