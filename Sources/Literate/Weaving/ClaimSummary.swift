public import LessonWire

/// How a lesson's claims fared, in numbers; each counts once.
public struct ClaimSummary: Codable, Sendable, Hashable {
  /// Claims that hold: whose every verdict holds, or which the ledger found true as printed.
  public var holding = 0
  /// Claims of the ledger that hold under hypotheses which are not printed.
  public var underHypotheses = 0
  /// Claims of the ledger that fail as printed, as it records them.
  public var failingAsPrinted = 0
  /// Claims of the ledger that are slips of notation.
  public var misprints = 0
  /// Claims of the ledger that are readings of measured numbers.
  public var empirical = 0
  /// Claims with a verdict that fails.
  public var failing = 0
  /// Claims of the ledger whose verdict differs from the record.
  public var differing = 0
  /// Claims without a verdict.
  public var unchecked = 0
  /// The claims that hold by the weakest of their evidence.
  public var evidence: [String: Int] = [:]

  /// A summary without claims.
  public init() {}

  /// Counts the lesson's claims: its theorems, lemmas, propositions and corollaries with a label,
  /// and whatever else has a verdict.
  public init(lesson: Lesson, verdicts: [Verdict], ledger: [LedgerVerdict] = []) {
    let own = Dictionary(grouping: verdicts, by: \.claim)
    var entries: [String: [LedgerVerdict.Entry]] = [:]
    var named: Set<String> = []
    for block in lesson.ledgerClaims {
      for verdict in ledger where verdict.claim == block.claim && verdict.cell == nil {
        named.insert(block.claim)
        if let entry = verdict.entry { entries[block.label, default: []].append(entry) }
      }
    }
    for verdict in ledger where verdict.cell != nil && !named.contains(verdict.claim) {
      if let entry = verdict.entry { entries[verdict.claim, default: []].append(entry) }
    }
    let stated = lesson.anchors.filter(\.kind.isClaim).map(\.id)
    for claim in Set(stated).union(own.keys).union(entries.keys) {
      count(own[claim] ?? [], entries[claim] ?? [])
    }
  }

  private mutating func count(_ verdicts: [Verdict], _ entries: [LedgerVerdict.Entry]) {
    func any(_ standing: LedgerVerdict.Standing) -> Bool {
      entries.contains { $0.measured == standing }
    }
    if verdicts.isEmpty && entries.isEmpty {
      unchecked += 1
    } else if verdicts.contains(where: { !$0.holds }) {
      failing += 1
    } else if entries.contains(where: { !$0.isAsRecorded }) {
      differing += 1
    } else if any(.fails) {
      failingAsPrinted += 1
    } else if any(.needsHypotheses) {
      underHypotheses += 1
    } else if any(.misprint) {
      misprints += 1
    } else if any(.empirical) {
      empirical += 1
    } else {
      holding += 1
      let kinds = verdicts.map(\.evidence) + entries.flatMap { $0.findings.map(\.evidence) }
      if let weakest = Evidence.allCases.last(where: kinds.contains) {
        evidence[weakest.rawValue, default: 0] += 1
      }
    }
  }

  /// The sum of two lessons' claims.
  public static func + (left: Self, right: Self) -> Self {
    var sum = left
    sum.holding += right.holding
    sum.underHypotheses += right.underHypotheses
    sum.failingAsPrinted += right.failingAsPrinted
    sum.misprints += right.misprints
    sum.empirical += right.empirical
    sum.failing += right.failing
    sum.differing += right.differing
    sum.unchecked += right.unchecked
    sum.evidence.merge(right.evidence, uniquingKeysWith: +)
    return sum
  }

  /// "3 claims hold, 1 holds under added hypotheses, 1 fails, 2 not checked".
  public var text: String {
    var parts: [String] = []
    func add(_ count: Int, _ one: String, _ many: String) {
      if count > 0 { parts.append("\(count) \(count == 1 ? one : many)") }
    }
    add(holding, "claim holds", "claims hold")
    add(underHypotheses, "holds under added hypotheses", "hold under added hypotheses")
    add(
      failingAsPrinted, "fails as printed (as recorded)", "fail as printed (as recorded)")
    add(misprints, "misprint", "misprints")
    add(empirical, "empirical", "empirical")
    add(failing, "fails", "fail")
    add(differing, "differs from the record", "differ from the record")
    add(unchecked, "not checked", "not checked")
    return parts.isEmpty ? "no claims" : parts.joined(separator: ", ")
  }

  /// `claims: 5 hold (2 exact, 3 quadrature), 1 fail as printed (as recorded), 0 fail, 1 not checked`.
  public var line: String {
    let kinds = Evidence.allCases.compactMap { kind in
      evidence[kind.rawValue].map { "\($0) \(kind)" }
    }
    var parts = ["\(holding) hold" + (kinds.isEmpty ? "" : " (\(kinds.joined(separator: ", ")))")]
    for (count, words) in [
      (underHypotheses, "hold under added hypotheses"),
      (failingAsPrinted, "fail as printed (as recorded)"), (misprints, "misprinted"),
      (empirical, "empirical"),
    ] where count > 0 { parts.append("\(count) \(words)") }
    parts.append("\(failing) fail")
    if differing > 0 { parts.append("\(differing) differ from the record") }
    return "claims: " + (parts + ["\(unchecked) not checked"]).joined(separator: ", ")
  }
}
