public import Claims
import Distributions
import LessonWire

/// The findings of one claim's checks, memoised; an id that the ledger does not have ends the lesson with a message.
///
/// - Parameter id: the entry's id, e.g. "thm-2.5-beta".
public func claimReport(_ id: String) -> ClaimReport {
  guard let claim = Ledger.claim(id) else {
    LessonProcess.fail(
      "the ledger has no claim \"\(id)\"", hint: "lectern verify lists all claims")
  }
  return claim.memoised(.init())
}

/// Shows a claim as prose: the statement, its verdict, the counterexample, the corrected statement and why.
///
/// - Parameter id: the same id again replaces what was shown before.
public func show(_ report: ClaimReport, id: String? = nil) {
  let claim = report.claim
  let verdict = report.verdict.map { $0 == .fails ? "fails as printed" : $0.rawValue }
  var parts = [
    "**\(claim.title)** (\(claim.source)): *\(verdict ?? "undecided")*.", claim.statement,
  ]
  if let text = report.counterexample { parts.append("Counterexample: \(text).") }
  if let correction = claim.correction { parts.append("Corrected: \(correction)") }
  parts.append(claim.remark)
  show(markdown: parts.joined(separator: "\n\n"), id: id)
}

extension Ledger {
  /// A table of entries as they are on record: title, source, verdict, and how it is decided.
  ///
  /// - Parameter claims: the entries; by default all.
  public static func table(_ claims: [Claim] = claims) -> Table {
    Table(
      head: ["Claim", "Title", "Source", "Verdict", "Evidence"],
      rows: claims.map { claim in
        let kinds = Claims.Evidence.allCases.filter { kind in
          claim.checks.contains { $0.evidence == kind }
        }
        return [
          claim.id, claim.title, claim.source,
          claim.verdict == .fails ? "fails as printed" : claim.verdict.rawValue,
          kinds.map(\.rawValue).joined(separator: ", "),
        ]
      })
  }
}
