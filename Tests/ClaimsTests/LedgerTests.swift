import Claims
import Testing

@Suite("The ledger")
struct LedgerTests {
  @Test("finds what the record says", arguments: Ledger.claims.map(\.id))
  func verdicts(_ id: String) throws {
    let claim = try #require(Ledger.claim(id))
    for check in claim.checks {
      switch try check.run(.init(instances: 300)) {
      case .held: #expect(check.isExpectedToHold)
      case .refuted: #expect(!check.isExpectedToHold)
      case .vacuous: Issue.record("nothing was tested")
      case .broke(let reason): Issue.record("\(reason)")
      }
    }
  }
}
