/// What the ledger found when it checked one of its claims for a lesson.
public struct LedgerVerdict: Codable, Sendable, Hashable {
  /// The claim's id, as the lesson names it.
  public var claim: String
  /// The cell that asked, nil when a theorem block named the claim.
  public var cell: String?
  /// The 1-based line of the call within its cell.
  public var line: Int
  /// The entry and what its checks found; nil when the ledger has no such claim.
  public var entry: Entry?
  /// All ids of the ledger, when it does not have this one.
  public var known: [String]

  /// A verdict, or that the claim is unknown.
  public init(
    claim: String, cell: String? = nil, line: Int = 1, entry: Entry?, known: [String] = []
  ) {
    self.claim = claim
    self.cell = cell
    self.line = line
    self.entry = entry
    self.known = known
  }

  /// What becomes of a statement.
  public enum Standing: String, Codable, Sendable, Hashable, CaseIterable {
    /// True as printed.
    case holds
    /// True under hypotheses that are not printed.
    case needsHypotheses = "needs hypotheses"
    /// False as printed.
    case fails
    /// A slip of notation: the formula that is meant is true.
    case misprint
    /// A reading of measured numbers.
    case empirical
  }

  /// An entry of the ledger with its findings; texts are Markdown with `$TeX$`.
  public struct Entry: Codable, Sendable, Hashable {
    /// The title, without formulas.
    public var title: String
    /// Where the statement is printed.
    public var source: String
    /// The statement as printed.
    public var statement: String
    /// The corrected statement.
    public var correction: String?
    /// Why.
    public var remark: String
    /// The verdict on record.
    public var recorded: Standing
    /// The verdict that the checks gave; nil when they decide nothing.
    public var measured: Standing?
    /// How the findings differ from the record; empty when they agree.
    public var differences: [String]
    /// The differences as a terminal shows them.
    public var difference: String
    /// Why the printed statement is false.
    public var counterexample: String?
    /// Hypotheses without which it was refuted.
    public var necessary: [String]
    /// Hypotheses without which it still held.
    public var notNeeded: [String]
    /// The claims that it rests on and that fail as printed.
    public var failingFoundations: [Foundation]
    /// What each check found.
    public var findings: [Finding]
    /// The number of random instances of a check.
    public var instances: Int
    /// The seed of the random instances.
    public var seed: UInt64

    /// An entry with its findings.
    public init(
      title: String, source: String, statement: String, correction: String?, remark: String,
      recorded: Standing, measured: Standing?, differences: [String], difference: String? = nil,
      counterexample: String?,
      necessary: [String] = [], notNeeded: [String] = [], failingFoundations: [Foundation] = [],
      findings: [Finding], instances: Int, seed: UInt64
    ) {
      self.title = title
      self.source = source
      self.statement = statement
      self.correction = correction
      self.remark = remark
      self.recorded = recorded
      self.measured = measured
      self.differences = differences
      self.difference = difference ?? differences.joined(separator: "; ")
      self.counterexample = counterexample
      self.necessary = necessary
      self.notNeeded = notNeeded
      self.failingFoundations = failingFoundations
      self.findings = findings
      self.instances = instances
      self.seed = seed
    }

    /// Whether the findings agree with the record.
    public var isAsRecorded: Bool { differences.isEmpty && measured == recorded }
  }

  /// A claim that fails and carries others.
  public struct Foundation: Codable, Sendable, Hashable {
    /// Its id.
    public var claim: String
    /// Its title.
    public var title: String

    /// A claim by id and title.
    public init(claim: String, title: String) {
      self.claim = claim
      self.title = title
    }
  }

  /// What one check found.
  public struct Finding: Codable, Sendable, Hashable {
    /// What is tested.
    public enum Form: String, Codable, Sendable, Hashable {
      /// The statement as printed.
      case printed
      /// The corrected statement.
      case corrected
      /// The statement without one of its hypotheses.
      case without
      /// A fact that goes with it.
      case fact
    }

    /// What is tested.
    public var form: Form
    /// Which hypothesis or fact; nil for the statement itself.
    public var subject: String?
    /// How it was decided.
    public var evidence: Evidence
    /// Whether it holds; nil when nothing was decided.
    public var holds: Bool?
    /// The number of cases, where it holds.
    public var cases: Int?
    /// The evidence in one line, the counterexample, or why nothing was decided.
    public var detail: String

    /// A finding.
    public init(
      form: Form, subject: String? = nil, evidence: Evidence, holds: Bool?, cases: Int? = nil,
      detail: String
    ) {
      self.form = form
      self.subject = subject
      self.evidence = evidence
      self.holds = holds
      self.cases = cases
      self.detail = detail
    }
  }
}
