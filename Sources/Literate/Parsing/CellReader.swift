internal import Yams

/// Reads a cell: the option lines at its head, and the code after them.
struct CellReader {
  private let source: SourceText
  private let fence: MarkdownElement.Fence
  private let reporter: Reporter
  private var options = CellOptions()
  private var label: (name: String, offset: Int)?

  static let keys = [
    "label", "echo", "eval", "output", "include", "code-fold", "code-summary", "fig-cap",
    "fig-subcap", "fig-alt", "fig-width", "fig-height", "tbl-cap", "layout-ncol", "timeout", "seed",
    "depends",
  ]

  /// A cell and the offset of its label, nil when it has none.
  static func read(
    _ fence: MarkdownElement.Fence, in source: SourceText, number: Int, defaults: FrontMatter,
    _ reporter: Reporter
  ) -> (cell: Cell, labelOffset: Int?) {
    var reader = CellReader(source: source, fence: fence, reporter: reporter)
    reader.options.echo = defaults.echo
    reader.options.codeFold = defaults.codeFold
    let cell = reader.read(number: number)
    return (cell, reader.label?.offset)
  }

  private init(source: SourceText, fence: MarkdownElement.Fence, reporter: Reporter) {
    self.source = source
    self.fence = fence
    self.reporter = reporter
  }

  private mutating func read(number: Int) -> Cell {
    let firstLine = source.lineIndex(of: fence.offset) + 1
    let endLine = firstLine + source.bytes[fence.content].count { $0 == .newline }
    var codeLine = firstLine
    var entries: [OptionEntry] = []
    for line in firstLine..<max(firstLine, endLine) {
      if let body = optionBody(line) {
        append(line: line, body: body, to: &entries)
        codeLine = line + 1
      } else if source.bytes[source.line(line)].contains(where: { !$0.isBlank }) {
        break
      }
    }
    var seen: Set<String> = []
    for entry in entries {
      guard seen.insert(entry.key).inserted else {
        reporter.error(
          at: entry.offset, label: label?.name, "option `\(entry.key)` is given twice",
          hint: "keep one of them")
        continue
      }
      read(entry)
    }
    reportLateOptions(in: codeLine..<max(codeLine, endLine))
    var lines = (codeLine..<max(codeLine, endLine)).map { dedented($0) }
    lines = lines.allSatisfy({ $0.allSatisfy(\.isWhitespace) }) ? [] : lines
    return Cell(
      label: label?.name ?? "cell-\(number)", isLabelled: label != nil,
      fenceLine: firstLine, codeLine: codeLine + 1, code: lines.map { $0 + "\n" }.joined(),
      options: options, endLine: endLine + 1, indent: fence.indent)
  }

  private func dedented(_ line: Int) -> String {
    let range = source.line(line)
    let spaces = source.bytes[range].prefix(fence.indent).prefix { $0 == .space }.count
    return source[(range.lowerBound + spaces)..<range.upperBound]
  }

  // MARK: - Option lines

  private struct OptionEntry {
    var key: String
    var offset: Int
    /// The value's lines as ranges of the source.
    var values: [Range<Int>]
  }

  /// What follows `//|` or `#|` on a line.
  private func optionBody(_ line: Int) -> Range<Int>? {
    let range = source.line(line)
    let start = source.bytes[range].firstIndex { !$0.isBlank } ?? range.upperBound
    let rest = source.bytes[start..<range.upperBound]
    for marker in ["//|", "#|"] where rest.starts(with: marker.utf8) {
      return (start + marker.utf8.count)..<range.upperBound
    }
    return nil
  }

  private func append(line: Int, body: Range<Int>, to entries: inout [OptionEntry]) {
    let bytes = source.bytes
    guard let start = bytes[body].firstIndex(where: { !$0.isBlank }) else { return }
    let keyEnd = bytes[start..<body.upperBound].firstIndex {
      !$0.isLetterOrDigit && $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "_")
    }
    let isIndented = start - body.lowerBound > 1
    if !isIndented, let keyEnd, keyEnd > start, bytes[keyEnd] == UInt8(ascii: ":"),
      keyEnd + 1 == body.upperBound || bytes[keyEnd + 1].isBlank
    {
      entries.append(
        OptionEntry(
          key: source[start..<keyEnd], offset: start, values: [(keyEnd + 1)..<body.upperBound]))
    } else if isIndented || bytes[start] == UInt8(ascii: "-") || bytes[start] == UInt8(ascii: "]"),
      !entries.isEmpty
    {
      entries[entries.count - 1].values.append(body)
    } else {
      reporter.error(
        at: start, label: label?.name, "an option line must be `key: value`",
        hint: "write `//| key: value`, with a space after the colon")
    }
  }

  private func reportLateOptions(in lines: Range<Int>) {
    for line in lines {
      guard let body = optionBody(line) else { continue }
      let word = source[body].drop { $0.isWhitespace }.prefix { $0.isLetter || $0 == "-" }
      let rest = source[body].drop { $0.isWhitespace }.dropFirst(word.count)
      guard rest.first == ":" else { continue }
      reporter.error(
        at: source.bytes[source.line(line)].firstIndex { !$0.isBlank } ?? body.lowerBound,
        label: label?.name, "an option after the first line of code has no effect",
        hint: "move it to the top of the cell")
    }
  }

  // MARK: - Values

  private mutating func read(_ entry: OptionEntry) {
    guard Self.keys.contains(entry.key) else {
      reporter.error(
        at: entry.offset, label: label?.name, "unknown cell option `\(entry.key)`",
        hint: spellingHint(for: entry.key, among: Self.keys, noun: "options"))
      return
    }
    guard let value = value(of: entry) else { return }
    switch entry.key {
    case "label": readLabel(value)
    case "echo": if let echo = value.bool(reporter) { options.echo = echo }
    case "eval": if let eval = value.bool(reporter) { options.eval = eval }
    case "output": if let output = value.bool(reporter) { options.output = output }
    case "include": if let include = value.bool(reporter) { options.include = include }
    case "code-fold": if let fold = value.bool(reporter) { options.codeFold = fold }
    case "code-summary": options.codeSummary = value.string(reporter)
    case "fig-cap": options.figCap = value.string(reporter)
    case "fig-subcap": options.figSubcap = value.strings(reporter)
    case "fig-alt": options.figAlt = value.text ?? value.string(reporter)
    case "fig-width": options.figWidth = value.positive(reporter, limit: 40, unit: "inches")
    case "fig-height": options.figHeight = value.positive(reporter, limit: 40, unit: "inches")
    case "tbl-cap": options.tblCap = value.string(reporter)
    case "layout-ncol":
      if let columns = value.integer(reporter, in: 1...12, unit: "columns") {
        options.layoutNcol = columns
      }
    case "timeout": options.timeout = value.positive(reporter, limit: 86_400, unit: "seconds")
    case "seed": options.seed = value.seed(reporter)
    default: options.depends = value.strings(reporter)
    }
  }

  private mutating func readLabel(_ value: YAMLValue) {
    guard let name = value.string(reporter) else { return }
    label = (name, value.offset)
    reporter.checkLabel(name, at: value.offset)
    if name.hasPrefix("cell-"), name.dropFirst(5).allSatisfy(\.isWholeNumber) {
      reporter.error(
        at: value.offset, label: name, "label `\(name)` is kept for cells without a label",
        hint: "choose a name that says what the cell shows")
    }
  }

  /// The value as YAML. A plain text is taken as it stands, so that a caption may hold `: ` or `#`.
  private func value(of entry: OptionEntry) -> YAMLValue? {
    let bytes = source.bytes
    let first = entry.values[0]
    let start = bytes[first].firstIndex { !$0.isBlank }
    let isPlain = start.map { !"\"'[{|>&*!%@`".utf8.contains(bytes[$0]) } ?? false
    if isPlain, let start {
      let parts = entry.values.map { range in
        source[range].split(omittingEmptySubsequences: true, whereSeparator: \.isWhitespace)
          .joined(separator: " ")
      }
      let text = parts.filter { !$0.isEmpty }.joined(separator: " ")
      return YAMLValue(text: text, key: entry.key, source: source, offset: start)
    }
    // A list or block goes on below its key, so the key's own line comes first.
    var offsets = [start ?? first.upperBound]
    var lines = [source[(start ?? first.upperBound)..<first.upperBound]]
    for range in entry.values.dropFirst() {
      offsets.append(range.lowerBound)
      lines.append(source[range])
    }
    let origin = YAMLOrigin(source: source, lineOffsets: offsets)
    let before = reporter.diagnostics.count
    if let value = origin.compose(lines.joined(separator: "\n"), key: entry.key, reporter) {
      return value
    }
    if reporter.diagnostics.count == before {
      reporter.error(
        at: entry.offset, label: label?.name, "option `\(entry.key)` has no value",
        hint: "write `//| \(entry.key): ` and its value, or leave the line out")
    }
    return nil
  }
}

extension Reporter {
  /// A label is lower-case letters, digits and hyphens, a letter first.
  func checkLabel(_ name: String, at offset: Int) {
    let isFine =
      name.utf8.first?.isLowercaseLetter == true
      && name.utf8.allSatisfy { $0.isLowercaseLetter || $0.isDigit || $0 == UInt8(ascii: "-") }
    guard !isFine else { return }
    let mended = name.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
    let suggestion = String(mended).trimmingLabel
    error(
      at: offset, "label `\(name)` is not made of lower-case letters, digits and hyphens",
      hint: suggestion.isEmpty
        ? "begin with a letter, e.g. `fig-curve`" : "write `\(suggestion)`")
  }
}

extension String {
  fileprivate var trimmingLabel: String {
    var text = self[...]
    while let first = text.utf8.first, !first.isLowercaseLetter { text.removeFirst() }
    while text.last == "-" { text.removeLast() }
    return String(text)
  }
}

extension YAMLValue {
  /// A plain text that did not go through YAML.
  init(text: String, key: String, source: SourceText, offset: Int) {
    self.init(
      node: .init(text), key: key, origin: YAMLOrigin(source: source, lineOffsets: [offset]))
  }

  /// The scalar's text, empty included.
  var text: String? {
    if case .scalar(let scalar) = node { scalar.string } else { nil }
  }
}
