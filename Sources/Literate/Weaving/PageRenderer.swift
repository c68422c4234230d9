internal import LessonWire

/// Puts the engine's HTML where pandoc's output has marks.
struct PageRenderer {
  let context: PageContext
  let slots: [PandocDocument.Slot]
  let texts: [String: PandocDocument.Fragment]
  let output: PandocOutput
  let cells: [PreparedCell]
  let claims: [PreparedClaim]
  var pictures: Pictures

  var words: Wording { context.words }

  /// Pandoc's HTML with every mark replaced and every local image embedded.
  mutating func render(_ html: [UInt8]) -> String {
    var result: [UInt8] = []
    let bytes = pictures.localised(html)
    var index = 0
    while let (number, range) = Placeholder.next(in: bytes, from: index) {
      result += bytes[index..<range.lowerBound]
      index = range.upperBound
      guard slots.indices.contains(number) else { continue }
      let slot = slots[number]
      // A block that was a paragraph of its own takes the paragraph's place.
      if slot.isBlock, result.count >= 3, result.suffix(3).elementsEqual("<p>".utf8),
        bytes[index...].starts(with: "</p>".utf8)
      {
        result.removeLast(3)
        index += 4
      }
      result += self.html(for: slot).utf8
    }
    result += bytes[index...]
    return String(decoding: result, as: UTF8.self)
  }

  /// The HTML of a fragment.
  mutating func render(_ fragment: PandocDocument.Fragment) -> String {
    output[fragment].map { render($0) } ?? ""
  }

  private mutating func html(for slot: PandocDocument.Slot) -> String {
    switch slot {
    case .cell(let index): return cell(cells[index])
    case .statementOpen(let statement): return opening(of: statement)
    case .statementClose(let statement): return closing(of: statement)
    case .detailsOpen(let details):
      let summary = details == .solution ? words.solution : words.hint
      return "<details class=\"aside\"><summary>\(summary)</summary><div>"
    case .detailsClose: return "</div></details>"
    case .code(let code, let isSwift):
      let html = isSwift ? SwiftHighlighter.html(code) : code.escapedForHTML
      return
        "<div class=\"cell\"><pre class=\"code\" tabindex=\"0\"><code>\(html)</code></pre></div>"
    case .references(let targets): return targets.map(link).joined(separator: ", ")
    case .equationOpen(let id): return "<span class=\"equation\" id=\"\(id)\">"
    case .equationClose(let id):
      return
        "<span class=\"number\">\(context.reference(id, isNumberOnly: true) ?? "")</span></span>"
    case .image(let image): return figure(image)
    case .tableCaption(let id):
      let number = context.reference(id) ?? ""
      return "<span class=\"number\" id=\"\(id)\">\(number)\(words.colon)</span> "
    case .bodyEnd, .fragmentStart, .fragmentEnd: return ""
    }
  }

  private func link(_ target: MarkdownElement.Reference.Target) -> String {
    guard let text = context.reference(target.id, isNumberOnly: target.isNumberOnly) else {
      return "<span class=\"missing\">@\(target.id.escapedForHTML)</span>"
    }
    let note =
      context.isInDoubt(target.id)
      ? " <span class=\"fails\">(\(words.fails.lowercased()))</span>" : ""
    return "<a class=\"ref\" href=\"#\(target.id)\">\(text)</a>\(note)"
  }

  private mutating func figure(_ image: PandocDocument.FigureImage) -> String {
    let caption = render(image.caption)
    let number = image.id.flatMap { context.reference($0) }
    let picture =
      pictures.data(for: image.path, place: image.place).map { data in
        let width = image.width.map { " style=\"width: \($0.escapedForHTML)\"" } ?? ""
        return "<img src=\"\(data)\" alt=\"\(image.alt.escapedForHTML)\"\(width) />"
      } ?? "<p class=\"missing\">\(image.path.escapedForHTML)</p>"
    let id = image.id.map { " id=\"\($0)\"" } ?? ""
    return
      "<figure\(id)><div class=\"card\">\(picture)</div>\(figcaption(number: number, caption))</figure>"
  }

  /// A caption line with its number.
  func figcaption(number: String?, _ caption: String) -> String {
    guard number != nil || !caption.isEmpty else { return "" }
    let colon = caption.isEmpty ? "" : words.colon
    let head = number.map { "<span class=\"number\">\($0)\(colon)</span> " } ?? ""
    return "<figcaption>\(head)\(caption)</figcaption>"
  }

  // MARK: - Statements

  private mutating func opening(of statement: Statement) -> String {
    let named = claims(of: statement)
    let title = statement.title.map { render(text: $0) } ?? named.first.map { render($0.title) }
    guard let kind = statement.kind else {
      let of = statement.of.flatMap { context.reference($0) }
      let name = of.map { "\(words.proofOf) \($0)" } ?? words.proof
      return
        "<div class=\"proof\"><p class=\"proof-name\">\(name)\(title.map { " (\($0))" } ?? "").</p>"
    }
    let name = statement.id.flatMap { context.reference($0) } ?? words.name(of: kind)
    let id = statement.id ?? ""
    var html = "<section class=\"statement \(statement.name)"
    html += context.isInDoubt(id) ? " failing\"" : "\""
    if !id.isEmpty { html += " id=\"\(id)\"" }
    html += "><header><p class=\"statement-name\"><strong>\(name)</strong>"
    if let title { html += " <span class=\"statement-title\">\(title)</span>" }
    html += "</p>"
    if let source = statement.source {
      html += "<p class=\"source\">\(render(text: source))</p>"
    } else if let claim = named.first {
      html += "<p class=\"source\">\(render(claim.source))</p>"
    }
    html += "</header>"
    return html + "<div class=\"statement-body\">"
  }

  /// The end of a statement: what became of it when it was checked.
  private mutating func closing(of statement: Statement) -> String {
    guard let kind = statement.kind else {
      return "<p class=\"qed\" aria-hidden=\"true\">□</p></div>"
    }
    let id = statement.id ?? ""
    let verdicts = context.verdicts(ofClaim: id)
    let named = claims(of: statement)
    var html = statement.isEmpty ? named.map { render($0.statement) }.joined() : ""
    html += "</div>"
    for verdict in verdicts { html += "<p class=\"verdict-line\">\(badge(verdict))</p>" }
    for claim in named { html += card(claim, isNamed: named.count > 1) }
    if verdicts.isEmpty, named.isEmpty, kind.isClaim || !statement.claims.isEmpty {
      html +=
        "<p class=\"verdict-line\"><span class=\"badge open\">○ \(words.notChecked)</span></p>"
    }
    return html + shaking(of: id) + "</section>"
  }

  /// That a statement rests on one that fails.
  func shaking(of id: String) -> String {
    guard let culprit = context.shaken[id], let name = context.reference(culprit) else { return "" }
    let why = context.failing.contains(culprit) ? words.whichFails : words.whichIsShaken
    return
      "<p class=\"verdict-line\"><span class=\"badge fail\">✗ \(words.restsOn) <a href=\"#\(culprit)\">\(name)</a>, \(why)</span></p>"
  }

  /// What the ledger found on the claims that a statement names.
  private func claims(of statement: Statement) -> [PreparedClaim] {
    statement.claims.compactMap { name in
      claims.first { $0.verdict.claim == name && $0.verdict.cell == nil }
    }
  }

  /// A statement's title or source.
  mutating func render(text: String) -> String {
    texts[text].map { render($0) } ?? text.escapedForHTML
  }

  /// "✓ Holds: exact" and the evidence in words.
  func badge(_ verdict: Verdict) -> String {
    let evidence = words.name(of: verdict.evidence)
    let pill =
      verdict.holds
      ? "<span class=\"badge hold\">✓ \(words.holds)\(words.colon) \(evidence)</span>"
      : "<span class=\"badge fail\">✗ \(words.fails)\(words.colon) \(evidence)</span>"
    return pill + " <span class=\"evidence\">\(verdict.detail.escapedForHTML)</span>"
  }
}
