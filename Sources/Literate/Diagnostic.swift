/// A message about a lesson: what is wrong, where, and what to do.
public struct Diagnostic: Error, Codable, Sendable, Hashable {
  /// How bad it is.
  public enum Severity: String, Codable, Sendable { case error, warning }

  /// What kind of thing failed; an error's kind decides the exit code.
  public enum Kind: String, Codable, Sendable, CaseIterable {
    /// A claim or an expectation failed (exit code 1).
    case claim
    /// The command line is wrong (2).
    case usage
    /// The lesson's source is invalid: front matter, option, label, reference (3).
    case source
    /// A cell does not compile (4).
    case compile
    /// A cell trapped, threw, timed out or ate memory (5).
    case run
    /// A tool is missing or failed, or a file cannot be written (6).
    case tool
    /// A committed figure or result is stale (7).
    case stale

    /// The process's exit code for an error of this kind.
    public var exitCode: Int32 {
      switch self {
      case .claim: 1
      case .usage: 2
      case .source: 3
      case .compile: 4
      case .run: 5
      case .tool: 6
      case .stale: 7
      }
    }
  }

  /// Error or warning.
  public var severity: Severity
  /// The kind of failure.
  public var kind: Kind
  /// The lesson's path as the user gave it; nil when no file is meant.
  public var path: String?
  /// 1-based line, nil when the whole file is meant.
  public var line: Int?
  /// 1-based column in characters.
  public var column: Int?
  /// The label of the cell, figure or theorem, shown in brackets.
  public var label: String?
  /// One sentence, lower case, no full stop.
  public var message: String
  /// What to do about it.
  public var hint: String?

  /// A message with its place.
  public init(
    _ severity: Severity = .error, _ kind: Kind, path: String? = nil, line: Int? = nil,
    column: Int? = nil, label: String? = nil, _ message: String, hint: String? = nil
  ) {
    self.severity = severity
    self.kind = kind
    self.path = path
    self.line = line
    self.column = column
    self.label = label
    self.message = message
    self.hint = hint
  }

  /// `lesson.md:43:8: error [fig-kl]: message`, three source lines, a caret, a hint.
  ///
  /// - Parameter source: the lesson's text, from which the lines are quoted.
  public func rendered(source: String?) -> String {
    var place = path ?? "lectern"
    if let line { place += ":\(line)" }
    if line != nil, let column { place += ":\(column)" }
    var text = "\(place): \(severity.rawValue)\(label.map { " [\($0)]" } ?? ""): \(message)\n"
    if let source, let line { text += Self.excerpt(of: source, line: line, column: column) }
    if let hint { text += "  hint: \(hint)\n" }
    return text
  }

  private static func excerpt(of source: String, line: Int, column: Int?) -> String {
    let lines = SourceText(source)
    guard line >= 1, line <= lines.lineCount else { return "" }
    var text = ""
    for number in max(1, line - 1)...min(lines.lineCount, line + 1) {
      let gutter = String(repeating: " ", count: max(0, 5 - "\(number)".count)) + "\(number) | "
      let content = lines[lines.line(number - 1)]
      guard number == line, let column, column >= 1 else {
        text += gutter + visible(content.prefix(width)) + "\n"
        continue
      }
      // Of a long line, the part round the column.
      let skipped = column > width - 20 ? column - width / 2 : 0
      let shown = visible(content.dropFirst(skipped).prefix(width))
      text += gutter + shown + "\n"
      // Tabs stay tabs, so that the caret stands under the character it means.
      let indent = shown.prefix(column - 1 - skipped).map { $0 == "\t" ? "\t" : " " }
      text += "      | " + indent.joined() + "^\n"
    }
    return text
  }

  private static let width = 120

  /// Control characters would reach the terminal; they are shown as a replacement character.
  private static func visible(_ line: some StringProtocol) -> String {
    var text = ""
    for scalar in line.unicodeScalars {
      let isControl = scalar.properties.generalCategory == .control && scalar != "\t"
      text.unicodeScalars.append(isControl ? "\u{FFFD}" : scalar)
    }
    return text
  }
}
