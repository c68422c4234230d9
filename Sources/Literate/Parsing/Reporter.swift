/// Collects a lesson's diagnostics, each with the place of a byte offset.
final class Reporter {
  let path: String
  let source: SourceText
  private(set) var diagnostics: [Diagnostic] = []

  init(path: String, source: SourceText) {
    self.path = path
    self.source = source
  }

  var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  func error(at offset: Int, label: String? = nil, _ message: String, hint: String? = nil) {
    report(.error, at: offset, label: label, message, hint: hint)
  }

  func warning(at offset: Int, label: String? = nil, _ message: String, hint: String? = nil) {
    report(.warning, at: offset, label: label, message, hint: hint)
  }

  private func report(
    _ severity: Diagnostic.Severity, at offset: Int, label: String?, _ message: String,
    hint: String?
  ) {
    let place = source.place(of: offset)
    diagnostics.append(
      Diagnostic(
        severity, .source, path: path, line: place.line, column: place.column, label: label,
        message, hint: hint))
  }

  /// The diagnostics by line and column, those of one place in the order found.
  var sorted: [Diagnostic] { diagnostics.sortedByPlace }
}

extension [Diagnostic] {
  /// By line and column; those without a line first.
  var sortedByPlace: [Diagnostic] {
    enumerated().sorted { left, right in
      let a = (left.element.line ?? 0, left.element.column ?? 0, left.offset)
      let b = (right.element.line ?? 0, right.element.column ?? 0, right.offset)
      return a < b
    }.map(\.element)
  }
}

/// "a, b or c".
func alternatives(_ names: some Sequence<String>) -> String {
  let names = Array(names)
  guard names.count > 1, let last = names.last else { return names.first ?? "" }
  return names.dropLast().joined(separator: ", ") + " or " + last
}

/// What to say about an unknown name: the nearest known one, or all of them.
func spellingHint(for name: String, among known: [String], noun: String) -> String {
  if let nearest = Spelling.nearest(to: name, in: known) { return "did you mean `\(nearest)`?" }
  return "known \(noun): \(known.joined(separator: ", "))"
}
