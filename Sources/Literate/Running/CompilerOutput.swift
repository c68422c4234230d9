/// Reads what the compiler prints, and puts each message at its place in the lesson.
struct CompilerOutput {
  private struct Message {
    var place: Program.Place?
    var isInProgram: Bool
    var severity: Substring
    var text: String
    var notes: [String] = []
  }

  private var messages: [Message] = []
  private let path: String

  /// - Parameters:
  ///   - text: the compiler's standard error in the LLVM style.
  ///   - path: the lesson's path, for the diagnostics.
  init(_ text: String, program: Program, path: String) {
    self.path = path
    for line in text.split(separator: "\n") {
      guard let (file, number, column, severity, text) = Self.parsed(line) else { continue }
      let place = program.place(file: file, line: number, column: column)
      if severity == "note" {
        guard !messages.isEmpty else { continue }
        let where_ = place.map { " (line \($0.line))" } ?? ""
        messages[messages.count - 1].notes.append(text + where_)
      } else if severity == "error" || severity == "warning" {
        messages.append(
          Message(
            place: place, isInProgram: place == nil && file.hasSuffix("main.swift"),
            severity: severity, text: text))
      }
    }
  }

  /// The messages about the lesson's cells, by line; each once.
  var diagnostics: [Diagnostic] {
    var seen: Set<Diagnostic> = []
    return messages.compactMap { message -> Diagnostic? in
      guard let place = message.place else { return nil }
      var text = message.text
      var hint = message.notes.isEmpty ? nil : message.notes.joined(separator: "; ")
      if text.contains("to type-check (limit:") {
        text = "the expression " + text.drop { $0 != " " }.dropFirst()
        hint = "give its closures and literals explicit types, or split it in two"
      }
      let diagnostic = Diagnostic(
        message.severity == "error" ? .error : .warning, .compile, path: path, line: place.line,
        column: place.column, label: place.cell, text, hint: hint)
      return seen.insert(diagnostic).inserted ? diagnostic : nil
    }.sorted { ($0.line ?? 0, $0.column ?? 0) < ($1.line ?? 0, $1.column ?? 0) }
  }

  /// Whether an error lies outside all cells, or is about brackets and quotes: then each cell is
  /// parsed on its own, because the parser may have run into the next one.
  var mayCrossCells: Bool {
    messages.contains { message in
      guard message.severity == "error" else { return false }
      return message.isInProgram
        || ["expected", "extraneous", "unterminated"].contains { message.text.contains($0) }
    }
  }

  /// `file:line:column: severity: text`.
  private static func parsed(
    _ line: Substring
  ) -> (file: String, line: Int, column: Int, severity: Substring, text: String)? {
    for severity in ["error", "warning", "note"] {
      guard let mark = line.firstRange(of: ": \(severity): ") else { continue }
      let parts = line[..<mark.lowerBound].split(separator: ":", omittingEmptySubsequences: false)
      guard parts.count >= 3, let number = Int(parts[parts.count - 2]),
        let column = Int(parts[parts.count - 1])
      else { continue }
      let file = parts.dropLast(2).joined(separator: ":")
      return (file, number, column, Substring(severity), String(line[mark.upperBound...]))
    }
    return nil
  }
}
