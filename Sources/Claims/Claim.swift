/// A statement of the decks with its hypotheses, the checks that decide it, and the verdict on record.
///
/// An entry is one file in `Entries` and one line in `Ledger`.
public struct Claim: Sendable {
  /// What the record says of the statement as printed.
  public enum Verdict: String, Sendable, Codable, CaseIterable {
    /// True as printed.
    case holds
    /// True under hypotheses or conventions that the deck does not state.
    case needsHypotheses = "needs hypotheses"
    /// False as printed; there is a counterexample and a correction.
    case fails
    /// A slip of notation or wording: the formula that is meant is true.
    case misprint
    /// A reading of measured numbers, which are tested statistically.
    case empirical
  }

  /// The identifier, e.g. "thm-2.5-beta": numbers are those of the 2025 deck.
  public var id: String
  /// A short title without formulas.
  public var title: String
  /// Where it is printed, e.g. "2025 deck, Theorem 2.5, second line".
  public var source: String
  /// The statement as printed: Markdown with `$TeX$`.
  public var statement: String
  /// The verdict on record; `lectern verify` measures it again.
  public var verdict: Verdict
  /// The corrected statement, where the printed one needs it: Markdown with `$TeX$`.
  public var correction: String?
  /// Why, in one or two sentences: the proof's idea or the source of the mistake. Markdown with `$TeX$`.
  public var remark: String
  /// Identifiers of the claims that this one rests on.
  public var restsOn: [String]
  /// The checks, in the order in which they are shown.
  public var checks: [Check]

  /// An entry of the ledger.
  public init(
    id: String, title: String, source: String, statement: String, verdict: Verdict,
    correction: String? = nil, remark: String, restsOn: [String] = [], checks: [Check]
  ) {
    self.id = id
    self.title = title
    self.source = source
    self.statement = statement
    self.verdict = verdict
    self.correction = correction
    self.remark = remark
    self.restsOn = restsOn
    self.checks = checks
  }
}
