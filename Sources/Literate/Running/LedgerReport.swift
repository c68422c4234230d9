import LessonWire

/// What the ledger's verdicts mean for a lesson, as diagnostics at the blocks and calls that name the claims.
struct LedgerReport {
  let lesson: Lesson
  let program: Program

  /// Errors for claims that the ledger does not have, and for verdicts that differ from the record.
  ///
  /// A statement that fails as printed, as the ledger records it, is no error of the lesson.
  func diagnostics(of verdicts: [LedgerVerdict]) -> [Diagnostic] {
    verdicts.flatMap { verdict in
      places(of: verdict).compactMap { place in
        guard var diagnostic = diagnostic(of: verdict) else { return nil }
        diagnostic.path = lesson.path
        (diagnostic.line, diagnostic.column, diagnostic.label) = place
        return diagnostic
      }
    }
  }

  private func places(of verdict: LedgerVerdict) -> [(line: Int?, column: Int?, label: String?)] {
    if let cell = verdict.cell {
      let place = program.place(cell: cell, line: verdict.line)
      return [(place?.line, place?.column, cell)]
    }
    return lesson.ledgerClaims.filter { $0.claim == verdict.claim }
      .map { ($0.line, $0.column, $0.label) }
  }

  private func diagnostic(of verdict: LedgerVerdict) -> Diagnostic? {
    guard let entry = verdict.entry else {
      let nearest = Spelling.nearest(to: verdict.claim, in: verdict.known)
      return Diagnostic(
        .error, .source, "the ledger has no claim \"\(verdict.claim)\"",
        hint: nearest.map { "did you mean \($0)?" } ?? "lectern verify lists all claims")
    }
    if entry.isAsRecorded { return nil }
    return Diagnostic(
      .error, .claim,
      "the verdict on \(verdict.claim) differs from the ledger's: \(entry.difference)",
      hint: "lectern verify \(verdict.claim) shows it; mend the ledger's entry or what it checks")
  }
}
