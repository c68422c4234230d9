extension Check {
  /// What became of one check in one run.
  public struct Report: Sendable, Hashable, Codable {
    /// Which form it tested.
    public var form: Form
    /// How it decided.
    public var evidence: Evidence
    /// What it found.
    public var finding: Finding
    /// Whether the ledger expects it to hold.
    public var isExpectedToHold: Bool
    /// Seconds that it took.
    public var seconds: Double

    /// A finding and what was expected.
    public init(
      form: Form, evidence: Evidence, finding: Finding, isExpectedToHold: Bool, seconds: Double
    ) {
      self.form = form
      self.evidence = evidence
      self.finding = finding
      self.isExpectedToHold = isExpectedToHold
      self.seconds = seconds
    }

    /// Whether it found what the ledger expects; a check that tested nothing or broke never did.
    public var isAsExpected: Bool { finding.holds == isExpectedToHold }
  }
}

extension Check.Finding {
  /// Whether the tested form holds; nil when the check decided nothing.
  public var holds: Bool? {
    switch self {
    case .held: true
    case .refuted: false
    case .vacuous, .broke: nil
    }
  }

  /// The number of cases that were tested, where they are counted.
  public var cases: Int? { if case .held(let cases, _) = self { cases } else { nil } }

  /// The counterexample: Markdown with `$TeX$`.
  public var counterexample: String? {
    if case .refuted(let counterexample, _) = self { counterexample } else { nil }
  }
}

extension Check.Form: CustomStringConvertible {
  /// The form as the subject of a sentence.
  public var description: String {
    switch self {
    case .printed: "the printed statement"
    case .corrected: "the corrected statement"
    case .without(let hypothesis): "the statement without the hypothesis \(hypothesis)"
    case .fact(let fact): "the fact \"\(fact)\""
    }
  }
}
