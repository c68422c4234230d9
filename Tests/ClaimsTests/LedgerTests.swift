import Claims
import Testing

@Suite("The ledger")
struct LedgerTests {
  @Test("finds what the record says", arguments: Ledger.claims.map(\.id))
  func verdicts(_ id: String) throws {
    let claim = try #require(Ledger.claim(id))
    let report = try claim.verified(.init(instances: 300))
    #expect(report.isAsRecorded, "\(report.differences.joined(separator: "\n"))")
    #expect(report.differences.isEmpty == report.isAsRecorded)
  }

  @Test("is consistent")
  func consistency() {
    #expect(Ledger.faults() == [])
  }
}
