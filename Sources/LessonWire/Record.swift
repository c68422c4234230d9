/// What a lesson's process tells the engine, in the order of its execution.
///
/// Records travel as length-prefixed JSON over a descriptor of their own, never over stdout.
public enum Record: Codable, Sendable, Hashable {
  /// A cell starts: its label.
  case began(cell: String)
  /// A cell ended: its label, how far stdout and stderr had come (bytes), and its wall time in seconds.
  case ended(cell: String, stdout: Int, stderr: Int, seconds: Double)
  /// Something to show; a later output with the same `id` replaces it.
  case output(Output)
  /// A parameter that the lesson reads.
  case parameter(Parameter)
  /// A claim was checked.
  case verdict(Verdict)
  /// The ledger begins to check the claims that theorem blocks name; no cell runs any more.
  case checksLedger
  /// The ledger checked a claim.
  case ledger(LedgerVerdict)
  /// `cached(name)` was reached: a hit or a miss, and the seconds that the work took when it was done.
  case memo(name: String, hit: Bool, seconds: Double)
  /// How far long work has come, in a line for the reader who waits; nothing of it is kept.
  case progress(String)
  /// The lesson stops with an error that it can name, at the frames of the call that found it;
  /// `isUsage` when the command line is to blame.
  case failed(message: String, hint: String?, isUsage: Bool, frames: [UInt])
  /// The process got a signal that ends it, or `exit` was called (signal 0): where that was, and
  /// where an error was last thrown.
  ///
  /// Frames are offsets into the program's own image, the innermost first; libraries are left out.
  case stopped(signal: Int, frames: [UInt], thrown: [UInt])
  /// The last record of a lesson that ran to its end.
  case finished
}

/// One thing shown by a cell.
public struct Output: Codable, Sendable, Hashable {
  /// Unique within the lesson; the same id again replaces the earlier output.
  public var id: String
  /// The label of the cell that showed it.
  public var cell: String
  /// What is shown.
  public var content: Content

  /// An output of a cell.
  public init(id: String, cell: String, content: Content) {
    self.id = id
    self.cell = cell
    self.content = content
  }

  /// What can be shown.
  public enum Content: Codable, Sendable, Hashable {
    /// A figure: its SVG, and other formats that were asked for; a description computed from its data.
    case figure(svg: String, png: Blob?, pdf: Blob?, description: String)
    /// A table: column heads and rows of cells; cells may hold `$math$`. Numeric columns align right.
    case table(head: [String], rows: [[String]])
    /// Plain text, shown in a fixed-width face.
    case text(String)
    /// Markdown, rendered as prose.
    case markdown(String)
  }
}

/// A parameter declared by `slider(...)` or `parameter(...)`.
public struct Parameter: Codable, Sendable, Hashable {
  /// The name, as in `-P name:value`.
  public var name: String
  /// What the reader sees, e.g. "λ"; also understood by `-P`.
  public var symbol: String
  /// The label of the cell that declares it.
  public var cell: String
  /// The lower end of the range; `-infinity` when any value will do.
  public var lower: Double
  /// The upper end of the range, itself included.
  public var upper: Double
  /// The value used in this run; NaN for a parameter that is not a number.
  public var value: Double
  /// The value used in this run, as text.
  public var text: String
  /// Whether the scale is logarithmic.
  public var isLogarithmic: Bool

  /// A parameter and the value that it has in this run.
  public init(
    name: String, symbol: String? = nil, cell: String, lower: Double, upper: Double, value: Double,
    text: String? = nil, isLogarithmic: Bool
  ) {
    self.name = name
    self.symbol = symbol ?? name
    self.text = text ?? "\(value)"
    self.cell = cell
    self.lower = lower
    self.upper = upper
    self.value = value
    self.isLogarithmic = isLogarithmic
  }
}

/// The outcome of checking one claim.
public struct Verdict: Codable, Sendable, Hashable {
  /// The claim's label, e.g. "thm-ends".
  public var claim: String
  /// The label of the cell that checked it.
  public var cell: String
  /// Whether the claim held.
  public var holds: Bool
  /// The kind of evidence.
  public var evidence: Evidence
  /// The evidence in one line, e.g. "7 vertices, residual 0", or the counterexample.
  public var detail: String
  /// The 1-based line of the check within its cell.
  public var line: Int

  /// A claim's outcome with its evidence.
  public init(
    claim: String, cell: String, holds: Bool, evidence: Evidence, detail: String, line: Int = 1
  ) {
    self.claim = claim
    self.cell = cell
    self.holds = holds
    self.evidence = evidence
    self.detail = detail
    self.line = line
  }
}

/// How a verdict was reached, the strongest first.
public enum Evidence: String, Codable, Sendable, Hashable, CaseIterable {
  /// Rational arithmetic, residual zero.
  case exact
  /// All cases of a finite set.
  case exhaustive
  /// Two independent numerical routes and an error bound.
  case quadrature
  /// Random instances: their number and seed are in the detail.
  case property
  /// Samples: their number and the confidence level are in the detail.
  case simulation
}
