internal import LessonWire

extension PageRenderer {
  /// A cell: its source, what it printed and showed, its verdicts, its errors.
  mutating func cell(_ prepared: PreparedCell) -> String {
    let cell = prepared.cell
    let options = cell.options
    let errors = context.errors(inCell: cell.label)
    var html = ""
    if options.include, options.echo || !errors.isEmpty, !cell.code.isEmpty {
      html += source(of: cell)
    }
    let isSkipped = prepared.run == nil && options.eval && errors.isEmpty && !cell.code.isEmpty
    if isSkipped, options.include { html += "<p class=\"note\">\(words.notRun)</p>" }
    if let run = prepared.run, options.include, options.output {
      if !run.memoHits.isEmpty {
        let badge = "<span class=\"badge open\">\(words.cached)</span>"
        html += "<p class=\"note\">\(badge) \(Self.folded(run.memoHits))</p>"
      }
      html += parameters(in: cell.label)
      html += printed(run.stdout, words.printed, "stdout")
      html += printed(run.stderr, words.messages, "stderr")
      html += shown(prepared)
      for verdict in context.verdicts(inCell: cell.label) {
        let name = context.reference(verdict.claim)
        let claim = name.map { "<a href=\"#\(verdict.claim)\">\($0)</a>" }
        html +=
          "<p class=\"verdict-line\">\(claim ?? "<code>\(verdict.claim.escapedForHTML)</code>") \(badge(verdict))</p>"
      }
      for claim in claims where claim.verdict.cell == cell.label { html += verdict(claim) }
    }
    for error in errors { html += problem(error) }
    // What carries the label as its id is the figure or table; without one, the cell does.
    let id = html.contains(" id=\"\(cell.label)\"") ? "" : " id=\"\(cell.label)\""
    return html.isEmpty && context.anchor(cell.label) == nil
      ? "" : "<div class=\"cell\"\(id)>\(html)</div>"
  }

  /// A claim that a cell had checked: a line where a block of the lesson has the rest.
  private mutating func verdict(_ claim: PreparedClaim) -> String {
    let label = context.label(ofClaim: claim.verdict.claim)
    if let label, let name = context.reference(label) {
      return "<p class=\"verdict-line\"><a href=\"#\(label)\">\(name)</a> \(badge(claim))</p>"
    }
    let entry = claim.entry
    let isInDoubt =
      entry.measured == .fails || !entry.isAsRecorded || !entry.failingFoundations.isEmpty
    return
      "<div class=\"statement\(isInDoubt ? " failing" : "")\"><p class=\"statement-name\"><strong>\(render(claim.title))</strong> "
      + "<span class=\"source\">\(render(claim.source))</span></p>"
      + "<div class=\"statement-body\">\(render(claim.statement))</div>\(card(claim))</div>"
  }

  private func source(of cell: Cell) -> String {
    var code = cell.code[...]
    while code.first == "\n" { code.removeFirst() }
    while code.last?.isNewline == true { code.removeLast() }
    let html =
      "<pre class=\"code\" tabindex=\"0\"><code>\(SwiftHighlighter.html(String(code)))</code></pre>"
    guard cell.options.codeFold else { return html }
    let summary = (cell.options.codeSummary ?? words.code).escapedForHTML
    return "<details class=\"fold\"><summary>\(summary)</summary>\(html)</details>"
  }

  private func parameters(in label: String) -> String {
    (context.parametersByCell[label] ?? []).map { parameter in
      let scale = parameter.isLogarithmic ? ", \(words.logarithmic)" : ""
      // A constant of the lesson may have any value, and need not be a number.
      let isConstant = parameter.lower == -.infinity && parameter.upper == .infinity
      let range =
        isConstant ? "" : "\(parameter.lower.plain) \(words.to) \(parameter.upper.plain)\(scale); "
      let value = (isConstant ? parameter.text : parameter.value.plain).escapedForHTML
      let symbol = parameter.symbol.withoutMarkup.escapedForHTML
      let name = parameter.name.escapedForHTML
      return
        "<p class=\"parameter\"><strong>\(symbol) = \(value)</strong> <span>(\(range)<code>-P \(name):\(value)</code>)</span></p>"
    }.joined()
  }

  private func printed(_ text: String, _ label: String, _ style: String) -> String {
    guard text.contains(where: { !$0.isWhitespace }) else { return "" }
    var text = text[...]
    while text.last?.isNewline == true { text.removeLast() }
    return
      "<pre class=\"output \(style)\" tabindex=\"0\" aria-label=\"\(label)\"><samp>\(text.escapedForHTML)</samp></pre>"
  }

  // MARK: - Outputs

  private mutating func shown(_ prepared: PreparedCell) -> String {
    var html = ""
    var figures: [(svg: String, description: String)] = []
    var tables = 0
    for shown in prepared.shown {
      switch shown {
      case .figure(let svg, let description): figures.append((svg, description))
      case .text(let text): html += printed(text, words.printed, "stdout")
      case .markdown(let fragment): html += "<div class=\"markdown\">\(render(fragment))</div>"
      case .table(let head, let rows):
        html += table(head, rows, of: prepared, isFirst: tables == 0)
        tables += 1
      }
    }
    return html + self.figures(figures, of: prepared)
  }

  private mutating func figures(
    _ figures: [(svg: String, description: String)], of prepared: PreparedCell
  ) -> String {
    guard !figures.isEmpty else { return "" }
    let cell = prepared.cell
    let isFigure = context.anchor(cell.label)?.kind == .figure
    let caption = prepared.caption.map { render($0) } ?? ""
    var panels = ""
    for (index, figure) in figures.enumerated() {
      let suffix = figures.count > 1 ? "-\(index + 1)" : ""
      let own = index < prepared.subcaptions.count ? render(prepared.subcaptions[index]) : nil
      let alt = alternative(of: cell, index, of: figures.count, own: own) ?? figure.description
      let svg = SVGEmbedding.html(
        figure.svg, idPrefix: "\(cell.label)\(suffix)-", label: alt,
        width: cell.options.figWidth.map { $0 * 96 })
      if figures.count == 1, own == nil {
        panels += "<div class=\"card\">\(svg)</div>"
      } else {
        let letter = index < 26 ? String(UnicodeScalar(UInt8(97 + index))) : "\(index + 1)"
        panels +=
          "<figure class=\"panel\"><div class=\"card\">\(svg)</div><figcaption><span class=\"number\">(\(letter))</span> \(own ?? "")</figcaption></figure>"
      }
    }
    if figures.count > 1 {
      panels =
        "<div class=\"panels\" style=\"--columns: \(min(cell.options.layoutNcol, figures.count))\">\(panels)</div>"
    }
    let number = isFigure ? context.reference(cell.label) : nil
    let id = isFigure ? " id=\"\(cell.label)\"" : ""
    return "<figure\(id)>\(panels)\(figcaption(number: number, caption))</figure>"
  }

  /// The author's alternative text; of several figures the first carries it, the others what their
  /// subcaptions say.
  private func alternative(of cell: Cell, _ index: Int, of count: Int, own: String?) -> String? {
    if index == 0 || cell.options.figAlt == "" { return cell.options.figAlt }
    return nil
  }

  private mutating func table(
    _ head: [PreparedCell.Text], _ rows: [[PreparedCell.Text]], of prepared: PreparedCell,
    isFirst: Bool
  ) -> String {
    let cell = prepared.cell
    let isNumbered = isFirst && context.anchor(cell.label)?.kind == .table
    let columns = max(head.count, rows.map(\.count).max() ?? 0)
    let isNumeric = (0..<columns).map { column in
      Self.isNumeric(rows.compactMap { column < $0.count ? $0[column] : nil })
    }
    func row(_ cells: [String], _ tag: String, _ scope: String = "") -> String {
      let padded = cells + Array(repeating: "", count: columns - cells.count)
      return "<tr>"
        + padded.enumerated().map { index, text in
          "<\(tag)\(scope)\(isNumeric[index] ? " class=\"num\"" : "")>\(text)</\(tag)>"
        }.joined() + "</tr>"
    }
    let number = isNumbered ? context.reference(cell.label) : nil
    let caption = isFirst ? prepared.tableCaption.map { render($0) } ?? "" : ""
    let id = isNumbered ? " id=\"\(cell.label)\"" : ""
    var html = "<figure class=\"table\"\(id)><div tabindex=\"0\"><table>"
    if head.contains(where: { if case .plain("") = $0 { false } else { true } }) {
      html += "<thead>\(row(head.map { render($0) }, "th", " scope=\"col\""))</thead>"
    }
    html += "<tbody>"
    for cells in rows {
      let texts = cells.enumerated().map { index, cell in
        if isNumeric[index], case .plain(let number) = cell { return Self.typeset(number) }
        return render(cell)
      }
      html += row(texts, "td")
    }
    return html + "</tbody></table></div>\(figcaption(number: number, caption))</figure>"
  }

  private mutating func render(_ text: PreparedCell.Text) -> String {
    switch text {
    case .plain(let text): text.escapedForHTML
    case .formula(let fragment): render(fragment)
    }
  }

  private static let words: Set = ["–", "nan", "inf", "-inf", "+inf"]

  /// Whether every cell that is not empty is a number: 0.5, −3, 1e-9, 7/8, 12 %, 0.3 ± 1e-12, ∞.
  private static func isNumeric(_ cells: [PreparedCell.Text]) -> Bool {
    var count = 0
    for cell in cells {
      guard case .plain(let text) = cell else { return false }
      if text.isEmpty { continue }
      let isNumber =
        text.contains { $0.isNumber || $0 == "∞" }
        && text.allSatisfy { $0.isNumber || "+-−±.,/%∞eE×^()  \u{202F}".contains($0) }
      guard isNumber || words.contains(text) else { return false }
      count += 1
    }
    return count > 0
  }

  /// A number as print has it: a true minus, ∞, and powers of ten for exponents.
  private static func typeset(_ number: String) -> String {
    guard number != "nan" else { return number }
    var html = ""
    var isExponent = false
    for character in number.replacing("inf", with: "∞") {
      if isExponent, !character.isNumber, character != "-", character != "+" {
        html += "</sup>"
        isExponent = false
      }
      switch character {
      case "e", "E":
        html += " × 10<sup>"
        isExponent = true
      case "-": html += "−"
      case "+" where isExponent: break
      default: html += String(character).escapedForHTML
      }
    }
    return html + (isExponent ? "</sup>" : "")
  }

  // MARK: - Errors

  /// An error in its place.
  func problem(_ error: Diagnostic) -> String {
    var place = ""
    if let line = error.line {
      place = "\(words.line) \(line)"
      if let column = error.column { place += ", \(words.column) \(column)" }
    }
    let label = error.label.map { "[\($0.escapedForHTML)] " } ?? ""
    var html =
      "<div class=\"problem\" role=\"note\"><p><strong>✗ \(label)\(error.message.escapedForHTML)</strong>"
    if !place.isEmpty { html += " <span class=\"place\">\(place)</span>" }
    html += "</p>"
    if let line = error.line {
      let source = SourceText(context.lesson.source)
      if line >= 1, line <= source.lineCount {
        html +=
          "<pre tabindex=\"0\"><code>\(source[source.line(line - 1)].escapedForHTML)</code></pre>"
      }
    }
    if let hint = error.hint {
      html += "<p>\(words.hintLabel)\(words.colon) \(hint.escapedForHTML)</p>"
    }
    return html + "</div>"
  }

  /// Names with how often each occurs; after six of them, how many more there are.
  private static func folded(_ names: [String]) -> String {
    var counts: [(name: String, count: Int)] = []
    for name in names {
      if let index = counts.firstIndex(where: { $0.name == name }) {
        counts[index].count += 1
      } else {
        counts.append((name, 1))
      }
    }
    var parts = counts.prefix(6).map { name, count in
      "<code>\(name.escapedForHTML)</code>" + (count > 1 ? "\u{202F}×\u{202F}\(count)" : "")
    }
    if counts.count > 6 { parts.append("+ \(counts.count - 6)") }
    return parts.joined(separator: ", ")
  }
}
