/// Reads the YAML between the two `---` lines at the top.
struct FrontMatterReader {
  private let source: SourceText
  private let reporter: Reporter
  private var matter: FrontMatter

  private static let keys = [
    "title", "subtitle", "author", "authors", "date", "lang", "description", "keywords", "source",
    "lesson", "seed", "timeout", "memory", "execute", "params", "toc",
  ]
  private static let lessonKeys = ["id", "level", "time", "prerequisites", "objectives"]
  private static let executeKeys = ["echo", "code-fold", "seed", "timeout", "memory"]

  /// The metadata, and the index of the first line after it.
  ///
  /// - Parameter fallbackTitle: the title of a lesson that gives none.
  static func read(
    _ source: SourceText, fallbackTitle: String, _ reporter: Reporter
  ) -> (matter: FrontMatter, bodyLine: Int) {
    var reader = FrontMatterReader(
      source: source, reporter: reporter, matter: FrontMatter(title: fallbackTitle))
    let bodyLine = reader.read()
    return (reader.matter, bodyLine)
  }

  private mutating func read() -> Int {
    let first =
      (0..<source.lineCount).first { source[source.line($0)].contains { !$0.isWhitespace } } ?? 0
    guard trimmedLine(first) == "---" else {
      reporter.error(
        at: source.lineStarts[first], "the front matter is missing",
        hint: "begin with three lines: `---`, `title: …`, `---`")
      return 0
    }
    guard let last = closingLine(after: first) else {
      reporter.error(
        at: source.lineStarts[first], "the front matter is never closed",
        hint: "end it with a line of three dashes, before the text begins")
      return bodyLine(ofUnclosed: first)
    }
    let lines = Array((first + 1)..<last)
    let origin = YAMLOrigin(source: source, lineOffsets: lines.map { source.lineStarts[$0] })
    let yaml = lines.map { source[source.line($0)] }.joined(separator: "\n")
    let errorsBefore = reporter.diagnostics.count
    let root = origin.compose(yaml, key: "front matter", reporter)
    if reporter.diagnostics.count == errorsBefore {
      read(root, opening: source.lineStarts[first])
    }
    return last + 1
  }

  /// The line that closes the front matter; a fence or a div before it means that none does.
  private func closingLine(after first: Int) -> Int? {
    for index in (first + 1)..<max(first + 1, source.lineCount) {
      let line = trimmedLine(index)
      if line == "---" || line == "..." { return index }
      if line.hasPrefix("```") || line.hasPrefix(":::") { return nil }
    }
    return nil
  }

  /// Where the text goes on after front matter without end: at its first blank line.
  private func bodyLine(ofUnclosed first: Int) -> Int {
    (first..<source.lineCount).first { trimmedLine($0).isEmpty } ?? source.lineCount
  }

  private func trimmedLine(_ index: Int) -> String {
    var line = source[source.line(index)][...]
    while line.last?.isWhitespace == true { line.removeLast() }
    return String(line)
  }

  private mutating func read(_ root: YAMLValue?, opening: Int) {
    guard let root, let entries = root.entries(reporter) else {
      if root == nil { reportMissingTitle(at: opening) }
      return
    }
    for (key, offset, value) in entries { read(key, offset, value) }
    if !entries.contains(where: { $0.key == "title" }) { reportMissingTitle(at: opening) }
  }

  private func reportMissingTitle(at offset: Int) {
    reporter.error(
      at: offset, "the front matter has no `title`", hint: "add a line `title: …` to it")
  }

  private mutating func read(_ key: String, _ offset: Int, _ value: YAMLValue) {
    switch key {
    case "title": if let text = value.string(reporter) { matter.title = text }
    case "subtitle": matter.subtitle = value.string(reporter)
    case "author", "authors": matter.authors += value.items.compactMap(author)
    case "date": matter.date = value.string(reporter)
    case "lang": readLanguage(value)
    case "description": matter.description = value.string(reporter)
    case "keywords": matter.keywords = value.strings(reporter)
    case "source": matter.source = value.string(reporter)
    case "lesson": forEach(value, known: Self.lessonKeys) { $0.readLesson($1, $2) }
    case "execute": forEach(value, known: Self.executeKeys) { $0.readExecution($1, $2) }
    case "params": readParams(value)
    case "toc": if let toc = value.bool(reporter) { matter.toc = toc }
    case "seed", "timeout", "memory": readExecution(key, value)
    default:
      reporter.error(
        at: offset, "unknown front-matter key `\(key)`",
        hint: spellingHint(for: key, among: Self.keys, noun: "keys"))
    }
  }

  private mutating func forEach(
    _ value: YAMLValue, known: [String], _ read: (inout Self, String, YAMLValue) -> Void
  ) {
    for (key, offset, inner) in value.entries(reporter) ?? [] {
      if known.contains(key) {
        read(&self, key, inner)
      } else {
        reporter.error(
          at: offset, "unknown key `\(key)` in `\(value.key)`",
          hint: spellingHint(for: key, among: known, noun: "keys"))
      }
    }
  }

  private mutating func readLesson(_ key: String, _ value: YAMLValue) {
    switch key {
    case "id": matter.lessonID = value.string(reporter)
    case "level": matter.level = value.string(reporter)
    case "time": matter.minutes = value.integer(reporter, in: 1...10_000, unit: "minutes")
    case "prerequisites": matter.prerequisites = value.strings(reporter)
    default: matter.objectives = value.strings(reporter)
    }
  }

  private mutating func readExecution(_ key: String, _ value: YAMLValue) {
    switch key {
    case "echo": if let echo = value.bool(reporter) { matter.echo = echo }
    case "code-fold": if let fold = value.bool(reporter) { matter.codeFold = fold }
    case "seed": if let seed = value.seed(reporter) { matter.seed = seed }
    case "timeout":
      if let seconds = value.positive(reporter, limit: 86_400, unit: "seconds") {
        matter.timeout = seconds
      }
    default:
      if let memory = value.integer(reporter, in: 64...1_048_576, unit: "mebibytes") {
        matter.memory = memory
      }
    }
  }

  private func author(_ value: YAMLValue) -> FrontMatter.Author? {
    guard value.isMapping else {
      return value.string(reporter).map { FrontMatter.Author(name: $0) }
    }
    var name: String?
    var affiliation: String?
    for (key, offset, inner) in value.entries(reporter) ?? [] {
      switch key {
      case "name": name = inner.string(reporter)
      case "affiliation": affiliation = inner.string(reporter)
      default:
        reporter.error(
          at: offset, "unknown key `\(key)` in `\(value.key)`",
          hint: spellingHint(for: key, among: ["name", "affiliation"], noun: "keys"))
      }
    }
    guard let name else {
      reporter.error(at: value.offset, "an author has no `name`", hint: "add `name: …`")
      return nil
    }
    return FrontMatter.Author(name: name, affiliation: affiliation)
  }

  private mutating func readLanguage(_ value: YAMLValue) {
    guard let lang = value.string(reporter) else { return }
    let parts = lang.split(separator: "-", omittingEmptySubsequences: false)
    let isTag =
      (2...3).contains(parts[0].utf8.count) && parts[0].utf8.allSatisfy(\.isLetter)
      && parts.dropFirst().allSatisfy {
        (1...8).contains($0.utf8.count) && $0.utf8.allSatisfy(\.isLetterOrDigit)
      }
    guard isTag else {
      reporter.error(
        at: value.offset, "`lang` must be a language tag, not `\(lang)`",
        hint: "write `en`, `fr` or `pt-BR`")
      return
    }
    matter.lang = lang
  }

  private mutating func readParams(_ value: YAMLValue) {
    for (key, offset, inner) in value.entries(reporter) ?? [] {
      guard let first = key.utf8.first, first.isLetter,
        key.utf8.allSatisfy({
          $0.isLetterOrDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
        })
      else {
        reporter.error(
          at: offset, "`\(key)` cannot be a parameter's name",
          hint: "begin with a letter; letters, digits, `-` and `_` follow")
        continue
      }
      if let text = inner.string(reporter) { matter.params[key] = text }
    }
  }
}
