import Testing
import TestSupport

@Suite struct PropertyTests {
  static let integer = Arbitrary<Int> { generator, size in
    Int(generator.next() % (1 + UInt64(size * 1000)))
  } shrink: { value in
    value > 0 ? [0, value / 2, value - 1].filter { $0 < value } : []
  }

  @Test func `a failure is shrunk to the smallest`() {
    guard case .failed(let value, _, _) = check(Self.integer, cases: 200, seed: 1, { $0 < 137 })
    else {
      Issue.record("a false property was not refuted")
      return
    }
    #expect(value == 137)
  }

  @Test func `an error is a failure and names itself`() {
    struct Refusal: Error {}
    let outcome = check(Self.integer, cases: 200, seed: 1) { value in
      if value >= 10 { throw Refusal() }
      return true
    }
    guard case .failed(10, _, let reason) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(reason.contains("Refusal"))
  }

  @Test func `a property that no case reaches is told from one that holds`() {
    guard case .vacuous = check(Self.integer, cases: 50, seed: 1, { _ in nil }) else {
      Issue.record("a property without cases was not told")
      return
    }
    guard case .held(let cases) = check(Self.integer, cases: 50, seed: 1, { $0 < 10 ? nil : true })
    else {
      Issue.record("a true property was refuted")
      return
    }
    #expect(cases > 0 && cases < 50)
  }
}
