import Claims
import Testing

@Suite struct ConsistencyTests {
  typealias S = SampleClaims

  private static let printed = S.check(.printed, expected: true, found: S.held)
  private static let refuted = S.check(.printed, expected: false, found: S.refuted)
  private static let corrected = S.check(.corrected, expected: true, found: S.held)
  private static let dropped = S.check(
    .without(hypothesis: "h"), expected: false, found: S.refuted)

  @Test func `consistent entries have no faults`() {
    let claims = [
      S.claim("a", .holds, checks: [Self.printed]),
      S.claim("b", .fails, restsOn: ["a"], checks: [Self.refuted]),
      S.claim("c", .needsHypotheses, restsOn: ["a", "b"], checks: [Self.refuted, Self.corrected]),
      S.claim("d", .needsHypotheses, checks: [Self.corrected, Self.dropped]),
      S.claim("e", .misprint, checks: [Self.corrected]),
      S.claim("f", .empirical, checks: [Self.refuted]),
    ]
    #expect(Ledger.faults(in: claims) == [])
  }

  static let inconsistent: [(Claim, String)] = [
    (S.claim("a", .holds, checks: []), "it has no check"),
    (S.claim("a", .holds, checks: [refuted]), "a printed check is expected to fail"),
    (S.claim("a", .fails, checks: [printed]), "no printed check is expected to fail"),
    (S.claim("a", .fails, checks: [corrected]), "no printed check is expected to fail"),
    (
      S.claim("a", .needsHypotheses, checks: [printed, corrected]), "no check without a hypothesis"
    ),
    (S.claim("a", .needsHypotheses, checks: [refuted]), "no corrected check is expected to hold"),
    (S.claim("a", .misprint, checks: [printed]), "no corrected check is expected to hold"),
    (
      S.claim(
        "a", .fails, checks: [refuted, S.check(.corrected, expected: false, found: S.refuted)]),
      "a corrected check is expected to fail"
    ),
    (S.claim("A b", .holds, checks: [printed]), "an id is made of small letters"),
    (
      S.claim("a", .holds, restsOn: ["z"], checks: [printed]),
      "it rests on z, which is not in the ledger"
    ),
    (S.claim("a", .holds, restsOn: ["a"], checks: [printed]), "it rests on itself"),
  ]

  @Test(arguments: inconsistent.indices)
  func `an inconsistent entry is told`(index: Int) {
    let (claim, fault) = Self.inconsistent[index]
    let faults = Ledger.faults(in: [claim])
    #expect(faults.count == 1, "\(faults)")
    #expect(faults.first?.contains(fault) == true, "\(faults)")
  }

  @Test func `two entries of one name, circles, and missing texts are told`() {
    let twice = [S.claim("a", checks: [Self.printed]), S.claim("a", checks: [Self.printed])]
    #expect(Ledger.faults(in: twice) == ["a: two entries have this id"])
    let circle = [("a", "b"), ("b", "c"), ("c", "a")].map {
      S.claim($0, restsOn: [$1], checks: [Self.printed])
    }
    #expect(Ledger.faults(in: circle).count == 3)
    var mute = S.claim("a", .fails, checks: [Self.refuted])
    mute.correction = nil
    mute.statement = " \n"
    #expect(
      Ledger.faults(in: [mute]) == ["a: the statement is empty", "a: there is no correction"])
  }

  @Test func `a claim rests on what its foundations rest on, and only failing ones are told`() {
    let claims = [
      S.claim("a", .fails, checks: [Self.refuted]),
      S.claim("b", .holds, restsOn: ["a"], checks: [Self.printed]),
      S.claim("c", .needsHypotheses, restsOn: ["b"], checks: [Self.corrected, Self.dropped]),
      S.claim("d", .holds, restsOn: ["c"], checks: [Self.printed]),
    ]
    #expect(Ledger.failingFoundations(of: claims[3], in: claims).map(\.id) == ["a"])
    #expect(Ledger.failingFoundations(of: claims[0], in: claims).isEmpty)
  }
}
