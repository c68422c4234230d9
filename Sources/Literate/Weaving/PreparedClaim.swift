internal import LessonWire

/// A verdict of the ledger, its Markdown on its way through pandoc.
struct PreparedClaim {
  var verdict: LedgerVerdict
  var entry: LedgerVerdict.Entry
  var title: PandocDocument.Fragment
  var source: PandocDocument.Fragment
  var statement: PandocDocument.Fragment
  var correction: PandocDocument.Fragment?
  var remark: PandocDocument.Fragment
  var counterexample: PandocDocument.Fragment?
  var differences: [PandocDocument.Fragment]
  var necessary: [PandocDocument.Fragment]
  var notNeeded: [PandocDocument.Fragment]
  /// What each check tests where that is not the statement, and what it found.
  var findings: [(subject: PandocDocument.Fragment?, detail: PandocDocument.Fragment)]

  /// nil when the ledger has no such claim.
  init?(_ verdict: LedgerVerdict, of lesson: Lesson, _ document: inout PandocDocument) {
    guard let entry = verdict.entry else { return nil }
    let owner = lesson.ledgerClaims.first { $0.claim == verdict.claim }
    let cell = lesson.cells.first { $0.label == verdict.cell }
    let label = verdict.cell ?? owner?.label
    let place = Place(
      line: cell?.fenceLine ?? owner?.line ?? 0, column: cell == nil ? owner?.column ?? 0 : 1)
    func inline(_ text: String) -> PandocDocument.Fragment {
      document.addInline(text, place: place, label: label)
    }
    func block(_ text: String) -> PandocDocument.Fragment {
      document.addBlock(text, place: place, label: label)
    }
    self.verdict = verdict
    self.entry = entry
    title = inline(entry.title)
    source = inline(entry.source)
    statement = block(entry.statement)
    correction = entry.correction.map { block($0) }
    remark = block(entry.remark)
    counterexample = entry.counterexample.map { inline($0) }
    differences = entry.differences.map { inline($0) }
    necessary = entry.necessary.map { inline($0) }
    notNeeded = entry.notNeeded.map { inline($0) }
    findings = entry.findings.map { ($0.subject.map { inline($0) }, inline($0.detail)) }
  }
}
