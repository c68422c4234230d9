/// Puts a lesson together from its elements, and checks what only the whole file can tell: labels
/// that occur twice, references that lead nowhere, divs that do not pair.
struct LessonAssembly {
  private let source: SourceText
  private let frontMatter: FrontMatter
  private let reporter: Reporter
  private(set) var anchors: [Anchor] = []
  private(set) var ledgerClaims: [LedgerClaim] = []
  private var cells: [(range: Range<Int>, cell: Cell)] = []
  private var openDivs: [MarkdownElement.Div] = []
  private var references: [MarkdownElement.Reference] = []
  private var uses: [(id: String, offset: Int, owner: String?)] = []
  /// Every id of the file and its offset.
  private var ids: [String: Int] = [:]
  private var counters: [String: Int] = [:]
  /// Whether a fence or comment swallowed the rest, and with it perhaps the labels referred to.
  private var isCutShort = false

  init(source: SourceText, frontMatter: FrontMatter, reporter: Reporter) {
    self.source = source
    self.frontMatter = frontMatter
    self.reporter = reporter
  }

  mutating func add(_ elements: [MarkdownElement]) {
    for element in elements { add(element) }
    for div in openDivs {
      reporter.error(
        at: div.offset, label: div.attributes.id?.name, "this div is never closed",
        hint: "end it with a line of three colons, `:::`")
    }
    for reference in references { check(reference) }
    for (id, offset, _) in uses where !anchors.contains(where: { $0.id == id }) {
      reportUnresolved(id, at: offset)
    }
  }

  /// Prose and cells from a line (0-based) to the end.
  func blocks(fromLine line: Int) -> [Lesson.Block] {
    var blocks: [Lesson.Block] = []
    var start = line < source.lineCount ? source.lineStarts[line] : source.bytes.count
    func appendProse(to end: Int) {
      guard start < end, source.bytes[start..<end].contains(where: { !$0.isSpace }) else { return }
      blocks.append(.prose(source[start..<end], line: source.lineIndex(of: start) + 1))
    }
    for (range, cell) in cells {
      appendProse(to: range.lowerBound)
      blocks.append(.cell(cell))
      start = min(range.upperBound + 1, source.bytes.count)
    }
    appendProse(to: source.bytes.count)
    return blocks
  }

  private mutating func add(_ element: MarkdownElement) {
    switch element {
    case .fence, .comment: break
    case .cell(let fence): addCell(fence)
    case .heading(let heading):
      if let id = heading.attributes?.id { declare(id.name, at: id.offset) }
    case .divOpen(let div): open(div)
    case .divClose(let range): closeDiv(range)
    case .reference(let reference): references.append(reference)
    case .math(let math): addMath(math)
    case .image(let image):
      if let id = image.attributes?.id { declare(id.name, at: id.offset) }
    case .tableCaption(let id, let offset, _, _): declare(id, at: offset)
    case .problem(let problem): report(problem)
    }
  }

  // MARK: - References

  /// References that lead somewhere: of prose, of statements, and of cells that name a label.
  var resolvedReferences: [Reference] {
    let known = Set(anchors.map(\.id))
    func line(_ offset: Int) -> Int { source.place(of: offset).line }
    var found = references.flatMap(\.targets).map {
      Reference(target: $0.id, origin: .prose, line: line($0.offset))
    }
    found += uses.map {
      Reference(target: $0.id, origin: .statement($0.owner), line: line($0.offset))
    }
    for (_, cell) in cells {
      for (index, text) in cell.code.split(separator: "\n", omittingEmptySubsequences: false)
        .enumerated()
      {
        found += known.filter { text.contains("\"\($0)\"") }.map {
          Reference(target: $0, origin: .cell(cell.label), line: cell.codeLine + index)
        }
      }
    }
    return found.filter { known.contains($0.target) }
      .sorted { ($0.line, $0.target) < ($1.line, $1.target) }
  }

  // MARK: - Labels

  private mutating func declare(
    _ id: String, at offset: Int, title: String? = nil, kind: Anchor.Kind? = nil
  ) {
    if let first = ids[id] {
      reporter.error(
        at: offset, label: id, "label `\(id)` is used twice",
        hint: "it is taken on line \(source.place(of: first).line); choose another")
      return
    }
    ids[id] = offset
    let prefix = String(id.prefix { $0 != "-" })
    guard let kind = kind ?? Anchor.Kind(rawValue: prefix), id != prefix else { return }
    reporter.checkLabel(id, at: offset)
    var number: Int?
    if kind != .section {
      let counter = kind.isTheorem ? "theorem" : kind.rawValue
      counters[counter, default: 0] += 1
      number = counters[counter]
    }
    let place = source.place(of: offset)
    anchors.append(
      Anchor(
        id: id, kind: kind, number: number, title: title, line: place.line, column: place.column))
  }

  private func check(_ reference: MarkdownElement.Reference) {
    for target in reference.targets where !anchors.contains(where: { $0.id == target.id }) {
      // `@name` with a prefix that no label has is text, unless it is nearly a label.
      let isText =
        reference.isDoubtful && Spelling.nearest(to: target.id, in: anchors.map(\.id)) == nil
      if !isText, !isCutShort { reportUnresolved(target.id, at: target.offset) }
    }
  }

  private func reportUnresolved(_ id: String, at offset: Int) {
    let nearest = Spelling.nearest(to: id, in: anchors.map(\.id))
    let owner =
      switch Anchor.Kind(rawValue: String(id.prefix { $0 != "-" })) {
      case .figure, .table: "give a cell the option `label: \(id)`, or write `\\@` for a plain @"
      case .section: "write `{#\(id)}` after a heading, or `\\@` for a plain @"
      case .equation: "write `{#\(id)}` after the closing `$$`, or `\\@` for a plain @"
      default: "write `::: {#\(id)}` above a statement, or `\\@` for a plain @"
      }
    reporter.error(
      at: offset, "reference `@\(id)` leads nowhere: no such label",
      hint: nearest.map { "did you mean `@\($0)`?" } ?? owner)
  }

  // MARK: - Cells and formulas

  private mutating func addCell(_ fence: MarkdownElement.Fence) {
    let language = fence.info.dropFirst().prefix { $0.isLetter || $0.isNumber }
    guard language == "swift" else {
      let isSpelling = language.lowercased() == "swift"
      reporter.error(
        at: fence.infoOffset, "cell language `\(language)` does not run: only swift does",
        hint: isSpelling
          ? "write `{swift}`" : "write ```\(language) without braces to show the code")
      return
    }
    if fence.info != "{swift}" {
      reporter.error(
        at: fence.infoOffset + "{swift".utf8.count, "a cell's fence holds its language only",
        hint: "write `{swift}`, and options as lines `//| key: value` below it")
    }
    let (cell, labelOffset) = CellReader.read(
      fence, in: source, number: cells.count + 1, defaults: frontMatter, reporter)
    cells.append((fence.range, cell))
    if cell.code.isEmpty {
      reporter.warning(
        at: fence.offset, label: cell.isLabelled ? cell.label : nil, "the cell holds no code",
        hint: "write some, or remove the cell")
    }
    guard let labelOffset else { return }
    checkKind(of: cell, at: labelOffset)
    declare(cell.label, at: labelOffset)
  }

  private func checkKind(of cell: Cell, at offset: Int) {
    let prefix = String(cell.label.prefix { $0 != "-" })
    switch Anchor.Kind(rawValue: prefix) {
    case .figure where cell.options.figCap == nil:
      reporter.warning(
        at: offset, label: cell.label, "the figure has no caption", hint: "add `//| fig-cap: …`")
    case .table where cell.options.tblCap == nil:
      reporter.warning(
        at: offset, label: cell.label, "the table has no caption", hint: "add `//| tbl-cap: …`")
    case nil, .figure, .table: break
    default:
      reporter.error(
        at: offset, label: cell.label, "a cell cannot have a label that begins `\(prefix)-`",
        hint: "cells are `fig-…`, `tbl-…`, or any name without such a beginning")
    }
  }

  private mutating func addMath(_ math: MarkdownElement.Math) {
    for command in ["\\tag", "\\label"] {
      if let offset = source.firstOffset(
        of: command + "{", from: math.content.lowerBound, to: math.content.upperBound)
      {
        reporter.warning(
          at: offset, "`\(command)` in a formula does not show on the page",
          hint: "number the formula with `{#eq-…}` after its closing `$$`")
      }
    }
    guard let id = math.id else { return }
    guard id.name.hasPrefix("eq-") else {
      reporter.error(
        at: id.offset, "the label of a formula must begin `eq-`", hint: "write `{#eq-\(id.name)}`")
      return
    }
    declare(id.name, at: id.offset)
  }

  // MARK: - Divs

  private mutating func open(_ div: MarkdownElement.Div) {
    openDivs.append(div)
    let attributes = div.attributes
    guard let statement = Statement(attributes) else {
      if let id = attributes.id { declare(id.name, at: id.offset) }
      return
    }
    for pair in attributes.pairs where !Statement.keys.contains(pair.key) {
      reporter.error(
        at: pair.offset, label: attributes.id?.name, "unknown key `\(pair.key)`",
        hint: spellingHint(for: pair.key, among: Statement.keys, noun: "keys"))
    }
    for pair in attributes.pairs where pair.key == "uses" || pair.key == "of" {
      uses += Statement.names(in: pair.value).map { ($0, pair.offset, attributes.id?.name) }
    }
    for pair in attributes.pairs where pair.key == "claim" {
      addClaims(Statement.names(in: pair.value), of: statement, at: pair.offset)
    }
    guard let id = attributes.id else { return }
    if let kind = statement.kind, !id.name.hasPrefix(kind.rawValue + "-") {
      reporter.error(
        at: id.offset, label: id.name,
        "the label of a \(statement.name) must begin `\(kind.rawValue)-`",
        hint: "write `#\(kind.rawValue)-\(id.name.drop { $0 != "-" }.drop { $0 == "-" })`")
    }
    declare(id.name, at: id.offset, title: statement.title, kind: statement.kind)
  }

  private mutating func addClaims(_ names: [String], of statement: Statement, at offset: Int) {
    if names.isEmpty {
      reporter.error(
        at: offset, label: statement.id, "`claim` names no claim of the ledger",
        hint: "write `claim=\"thm-2.5-beta\"`; lectern verify lists all claims")
    }
    guard let kind = statement.kind else {
      reporter.error(
        at: offset, label: statement.id, "a proof states no claim of the ledger",
        hint: "put `claim` on the statement that it proves")
      return
    }
    guard let label = statement.id else {
      reporter.error(
        at: offset, "a block that names a claim needs a label",
        hint: "write `#\(kind.rawValue)-name` before `.\(statement.name)`")
      return
    }
    let place = source.place(of: offset)
    ledgerClaims += names.map {
      LedgerClaim(claim: $0, label: label, line: place.line, column: place.column)
    }
  }

  private mutating func closeDiv(_ range: Range<Int>) {
    guard openDivs.popLast() == nil else { return }
    reporter.error(
      at: source.bytes[range].firstIndex { !$0.isBlank } ?? range.lowerBound,
      "this `:::` closes no div", hint: "remove it, or open a div above it")
  }

  // MARK: - Problems of the scanner

  private mutating func report(_ problem: MarkdownElement.Problem) {
    switch problem.kind {
    case .unclosedFence(let isCell):
      isCutShort = true
      reporter.error(
        at: problem.offset, "this \(isCell ? "cell" : "code block") is never closed",
        hint: "end it with a line of as many backticks or tildes")
    case .fenceRunsInto(let next, let isCell):
      reporter.error(
        at: problem.offset,
        "this \(isCell ? "cell" : "code block") is not closed before the cell on line \(source.place(of: next).line)",
        hint: "close it with a line of backticks; to show a cell, use a longer fence around it")
    case .nestedCell:
      reporter.error(
        at: problem.offset, "a cell must stand at the left margin, at most three spaces in",
        hint: "move it out of the list or quote; to show a cell, use a longer fence around it")
    case .unclosedComment:
      isCutShort = true
      reporter.error(
        at: problem.offset, "this comment is never closed", hint: "end it with `-->`")
    case .unclosedMath:
      reporter.error(
        at: problem.offset, "this `$$` is not closed within its paragraph",
        hint: "close it with `$$`; a formula holds no blank line; write `\\$` for a dollar sign")
    case .badAttributes:
      reporter.error(
        at: problem.offset, "these attributes cannot be read",
        hint: "write `::: {#thm-label .theorem title=\"…\" source=\"…\"}`")
    case .hiddenTeX(let command):
      reporter.warning(
        at: problem.offset, "`\\\(command)` outside a formula does not show on the page",
        hint: command == "begin"
          ? "put formulas between `$$`" : "refer with `@eq-…`, `@thm-…`, `@fig-…`")
    }
  }
}
