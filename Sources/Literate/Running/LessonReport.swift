public import LessonWire

/// What became of one lesson, as `--json` prints it.
public struct LessonReport: Codable, Sendable {
  /// One cell of the lesson.
  public struct Cell: Codable, Sendable {
    /// Its label.
    public var label: String
    /// The line of its opening fence.
    public var line: Int
    /// Whether it was run in this invocation, remembered, or left out.
    public var state: State
    /// Wall milliseconds of the run that is shown.
    public var milliseconds: Double
    /// The ids of what it shows.
    public var outputs: [String]

    /// How a cell's outputs came about.
    public enum State: String, Codable, Sendable {
      /// It ran now.
      case ran
      /// Its outputs are those of an earlier, equal run.
      case cached
      /// It has `eval: false`, or the lesson stopped before it.
      case skipped
    }
  }

  /// The lesson's path as given.
  public var path: String
  /// The page that was written; nil when none was.
  public var page: String?
  /// Whether the page on disk was already the right one.
  public var isUnchanged = false
  /// The cells in order.
  public var cells: [Cell] = []
  /// The parameters that it declares.
  public var parameters: [Parameter] = []
  /// The verdicts in order.
  public var verdicts: [Verdict] = []
  /// What the ledger found on the claims that the lesson names.
  public var ledger: [LedgerVerdict] = []
  /// How its claims fared.
  public var claims = ClaimSummary()
  /// Everything that is wrong, in the order in which it was found.
  public var diagnostics: [Diagnostic] = []
  /// Seconds of compiling and of running; zero when remembered.
  public var compileSeconds = 0.0
  /// Seconds of running; zero when remembered.
  public var runSeconds = 0.0

  /// A report on a lesson of which nothing is known yet.
  public init(path: String) { self.path = path }

  /// Takes over what a run did.
  mutating func add(_ lesson: Lesson, _ run: LessonRun) {
    cells = lesson.cells.map { cell in
      let did = run.cells[cell.label]
      return Cell(
        label: cell.label, line: cell.fenceLine,
        state: did == nil ? .skipped : run.isCached ? .cached : .ran,
        milliseconds: ((did?.seconds ?? 0) * 1e6).rounded() / 1e3,
        outputs: did?.outputs.map(\.id) ?? [])
    }
    parameters = run.parameters
    verdicts = run.verdicts
    ledger = run.ledger
    claims = ClaimSummary(lesson: lesson, verdicts: run.verdicts, ledger: run.ledger)
    (compileSeconds, runSeconds) = (run.compileSeconds, run.runSeconds)
  }
}

extension Diagnostic {
  /// The exit code of a whole invocation: of the first stage that failed, in the order command line,
  /// source, tools, compiling, running, claims, committed figures; 8 for warnings under `--strict`.
  public static func exitCode(of diagnostics: [Diagnostic], isStrict: Bool) -> Int32 {
    let stages: [Kind] = [.usage, .source, .tool, .compile, .run, .claim, .stale]
    let failed = Set(diagnostics.filter { $0.severity == .error }.map(\.kind))
    if let stage = stages.first(where: failed.contains) { return stage.exitCode }
    return isStrict && !diagnostics.isEmpty ? 8 : 0
  }
}
