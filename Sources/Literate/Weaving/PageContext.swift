internal import LessonWire

/// What every part of a page needs to know.
struct PageContext {
  let lesson: Lesson
  let outline: Outline
  let words: Wording
  let summary: ClaimSummary
  /// The labels of the cells that ran into an error.
  let failedCells: Set<String>
  /// Statements that fail, and those that rest on one that fails, each with the failing one.
  let failing: Set<String>
  let shaken: [String: String]
  /// Statements whose claim, as the ledger knows, rests on one that fails.
  let fragile: Set<String>
  private let anchors: [String: Anchor]
  private let sectionNumbers: [String: String]
  private let verdictsByClaim: [String: [Verdict]]
  private let verdictsByCell: [String: [Verdict]]
  private let errorsByCell: [String: [Diagnostic]]
  /// Errors that belong to no cell.
  let generalErrors: [Diagnostic]

  init(
    lesson: Lesson, run: LessonRun, diagnostics: [Diagnostic], outline: Outline,
    uses: [String: [String]]
  ) {
    self.lesson = lesson
    self.outline = outline
    words = Wording(lang: lesson.frontMatter.lang)
    anchors = Dictionary(lesson.anchors.map { ($0.id, $0) }) { first, _ in first }
    sectionNumbers = Dictionary(outline.entries.map { ($0.id, $0.number) }) { first, _ in first }
    summary = ClaimSummary(lesson: lesson, verdicts: run.verdicts, ledger: run.ledger)
    verdictsByClaim = Dictionary(grouping: run.verdicts, by: \.claim)
    verdictsByCell = Dictionary(grouping: run.verdicts, by: \.cell)
    parametersByCell = Dictionary(grouping: run.parameters, by: \.cell)
    var byCell: [String: [Diagnostic]] = [:]
    var general: [Diagnostic] = []
    for error in diagnostics where error.severity == .error && error.kind != .claim {
      let owner = lesson.cells.first { cell in
        if let line = error.line {
          return (cell.fenceLine...max(cell.fenceLine, cell.endLine)).contains(line)
        }
        return error.label == cell.label
      }
      if let owner { byCell[owner.label, default: []].append(error) } else { general.append(error) }
    }
    errorsByCell = byCell
    generalErrors = general
    failedCells = Set(byCell.keys)
    var failing = Set(run.verdicts.filter { !$0.holds }.map(\.claim))
    var fragile: Set<String> = []
    for block in lesson.ledgerClaims {
      guard let entry = run.ledgerVerdict(ofBlock: block.claim)?.entry else { continue }
      if entry.measured == .fails || !entry.isAsRecorded { failing.insert(block.label) }
      if !entry.failingFoundations.isEmpty { fragile.insert(block.label) }
    }
    self.failing = failing
    self.fragile = fragile
    shaken = Self.shaken(by: failing.union(fragile), uses: uses)
  }

  let parametersByCell: [String: [Parameter]]

  func anchor(_ id: String) -> Anchor? { anchors[id] }
  /// Whether a statement fails or rests on one that does.
  func isInDoubt(_ id: String) -> Bool {
    failing.contains(id) || fragile.contains(id) || shaken[id] != nil
  }

  /// The block that states a claim of the ledger.
  func label(ofClaim claim: String) -> String? {
    lesson.ledgerClaims.first { $0.claim == claim }?.label
  }

  func verdicts(ofClaim id: String) -> [Verdict] { verdictsByClaim[id] ?? [] }
  func verdicts(inCell label: String) -> [Verdict] { verdictsByCell[label] ?? [] }
  func errors(inCell label: String) -> [Diagnostic] { errorsByCell[label] ?? [] }

  /// "Figure 3", or "3" alone; nil for a label that does not exist.
  func reference(_ id: String, isNumberOnly: Bool = false) -> String? {
    guard let anchor = anchors[id] else { return nil }
    let number =
      switch anchor.kind {
      case .section: sectionNumbers[id] ?? ""
      case .equation: "(\(anchor.number ?? 0))"
      default: anchor.number.map(String.init) ?? ""
      }
    if isNumberOnly { return number }
    let name = words.name(of: anchor.kind)
    return number.isEmpty ? name : name + "\u{A0}" + number
  }

  private static func shaken(
    by failing: Set<String>, uses: [String: [String]]
  ) -> [String: String] {
    var cause: [String: String] = [:]
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for (id, used) in uses.sorted(by: { $0.key < $1.key }) where cause[id] == nil {
        guard let culprit = used.first(where: { failing.contains($0) || cause[$0] != nil }) else {
          continue
        }
        cause[id] = failing.contains(culprit) ? culprit : cause[culprit]
        hasChanged = true
      }
    }
    return cause
  }
}
