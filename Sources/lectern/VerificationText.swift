import Claims
import Synchronization

/// The progress of `lectern verify`: one line, rewritten.
final class VerificationProgress: Sendable {
  private let count: Int
  private let isSilent: Bool
  private let ended = Mutex(0)

  init(of count: Int, isSilent: Bool) {
    self.count = count
    self.isSilent = isSilent
  }

  func ended(_ report: ClaimReport) {
    if isSilent { return }
    ended.withLock { ended in
      ended += 1
      Terminal.note("\r\u{1B}[K[\(ended)/\(count)] \(report.claim.id)", terminator: "")
    }
  }

  func finish() {
    if !isSilent { Terminal.note("\r\u{1B}[K", terminator: "") }
  }
}

/// What `lectern verify` prints.
struct VerificationText {
  let reports: [ClaimReport]
  let instances: Int
  let seed: UInt64
  let seconds: Double

  /// A line for each claim, what there is to say about it below, and the summary.
  var table: String {
    let rows = reports.map { report in
      [
        report.claim.id, Self.name(of: report),
        report.evidence.map(\.rawValue).joined(separator: ", "), "\(report.cases)",
        "\(report.seconds.hundredths) s",
      ]
    }
    let head = ["claim", "verdict", "evidence", "cases", "time"]
    let widths = head.indices.map { column in ([head] + rows).map { $0[column].count }.max() ?? 0 }
    func line(_ cells: [String]) -> String {
      cells.enumerated().map { column, cell in
        let space = String(repeating: " ", count: widths[column] - cell.count)
        return column < 3 ? cell + space : space + cell
      }.joined(separator: "  ")
    }
    var lines = [line(head)]
    for (report, row) in zip(reports, rows) { lines += [line(row)] + notes(on: report) }
    return (lines + ["", summary]).joined(separator: "\n")
  }

  /// The claim and how it differs from the record.
  func difference(_ report: ClaimReport) -> String {
    "\(report.claim.id): \(report.differences.map(plainText).joined(separator: "; "))"
  }

  /// `40 claims: 30 hold, 9 fail as printed, …; all as recorded (1000 instances, seed 2025, 3.10 s)`.
  var summary: String {
    let counts = Claim.Verdict.allCases.compactMap { verdict -> String? in
      let count = reports.count { $0.verdict == verdict }
      return count == 0 ? nil : "\(count) \(Self.counted(verdict, count))"
    }
    let undecided = reports.count { $0.verdict == nil }
    let parts = counts + (undecided == 0 ? [] : ["\(undecided) undecided"])
    let differing = reports.filter { !$0.isAsRecorded }.map(\.claim.id)
    let agreement =
      differing.isEmpty
      ? "all as recorded"
      : "\(differing.count) \(differing.count == 1 ? "differs" : "differ") from the record: "
        + differing.joined(separator: ", ")
    return "\(reports.count) \(reports.count == 1 ? "claim" : "claims"): "
      + "\(parts.joined(separator: ", ")); \(agreement) "
      + "(\(counted) a check, seed \(seed), \(seconds.hundredths) s)"
  }

  private var counted: String { instances == 1 ? "1 instance" : "\(instances) instances" }

  private func notes(on report: ClaimReport) -> [String] {
    let claim = report.claim
    var notes = report.differences.map { "differs: \(plainText($0))" }
    if !report.isAsRecorded, instances < 1000, report.checks.contains(where: { !$0.isAsExpected }) {
      notes.append("\(counted) may be too few: try --instances 1000")
    }
    if let counterexample = report.counterexample {
      notes.append("as printed: \(plainText(claim.statement))")
      notes.append("counterexample: \(plainText(counterexample))")
    }
    if report.verdict != .holds, let correction = claim.correction {
      let word = report.verdict == .needsHypotheses ? "true is" : "corrected"
      notes.append("\(word): \(plainText(correction))")
    }
    if !report.necessary.isEmpty {
      notes.append("necessary: \(report.necessary.map(plainText).joined(separator: "; "))")
    }
    if !report.notNeeded.isEmpty {
      notes.append("not needed: \(report.notNeeded.map(plainText).joined(separator: "; "))")
    }
    for foundation in Ledger.failingFoundations(of: claim) {
      notes.append("rests on \(foundation.id), which fails as printed")
    }
    return notes.map { "    \($0)" }
  }

  private static func name(of report: ClaimReport) -> String {
    let verdict =
      switch report.verdict {
      case .holds: "holds"
      case .needsHypotheses: "needs hypotheses"
      case .fails: "fails as printed"
      case .misprint: "misprint"
      case .empirical: "empirical"
      case nil: "undecided"
      }
    return report.isAsRecorded ? verdict : "\(verdict) (differs)"
  }

  private static func counted(_ verdict: Claim.Verdict, _ count: Int) -> String {
    let isOne = count == 1
    return switch verdict {
    case .holds: isOne ? "holds" : "hold"
    case .needsHypotheses: isOne ? "needs hypotheses" : "need hypotheses"
    case .fails: isOne ? "fails as printed" : "fail as printed"
    case .misprint: isOne ? "misprint" : "misprints"
    case .empirical: "empirical"
    }
  }
}
