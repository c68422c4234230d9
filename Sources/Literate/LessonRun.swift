public import LessonWire

/// What a lesson did when it ran, or what the cache remembers of it.
public struct LessonRun: Codable, Sendable {
  /// One entry for each cell that ran, by label.
  public var cells: [String: CellRun] = [:]
  /// The parameters that were declared, in order.
  public var parameters: [Parameter] = []
  /// The verdicts, in order.
  public var verdicts: [Verdict] = []
  /// What the ledger found: first on the claims that blocks name, in their order.
  public var ledger: [LedgerVerdict] = []
  /// Whether the lesson reached its end.
  public var isComplete = false
  /// Whether this came from the cache.
  public var isCached = false
  /// Wall seconds of compiling and of running; zero from the cache.
  public var compileSeconds = 0.0
  /// Wall seconds of running.
  public var runSeconds = 0.0

  /// An empty run.
  public init() {}

  /// The verdict on a claim that a theorem block names.
  func ledgerVerdict(ofBlock claim: String) -> LedgerVerdict? {
    ledger.first { $0.claim == claim && $0.cell == nil }
  }

  /// Checks end in any order; their verdicts have that of the lesson.
  mutating func sortLedger(asIn lesson: Lesson) {
    let places = Dictionary(
      lesson.ledgerClaims.enumerated().map { ($1.claim, $0) }
    ) { first, _ in first }
    func place(_ verdict: LedgerVerdict) -> Int {
      verdict.cell == nil ? places[verdict.claim] ?? .max : .max
    }
    let sorted = ledger.enumerated().sorted {
      (place($0.element), $0.offset) < (place($1.element), $1.offset)
    }
    ledger = sorted.map(\.element)
  }
}

/// What one cell did.
public struct CellRun: Codable, Sendable {
  /// Shown things in order, a replaced one in its first place.
  public var outputs: [Output] = []
  /// What the cell printed, cut when too long, with a line that says so.
  public var stdout = ""
  /// What the cell wrote to stderr, cut when too long.
  public var stderr = ""
  /// Wall seconds.
  public var seconds = 0.0
  /// Names of memoised work that this cell reused.
  public var memoHits: [String] = []

  /// A cell that did nothing.
  public init() {}
}
