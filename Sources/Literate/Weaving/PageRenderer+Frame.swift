internal import LessonWire

/// What stands round the text: header, contents, problems, claims.
extension PageRenderer {
  /// Title, subtitle, authors, source and objectives.
  mutating func header(_ prepared: PreparedFrontMatter) -> String {
    let matter = context.lesson.frontMatter
    var html = ""
    var facts: [String] = []
    if let level = matter.level { facts.append(level.escapedForHTML) }
    if let minutes = matter.minutes { facts.append("\(minutes) \(words.minutes)") }
    if let date = matter.date { facts.append(date.escapedForHTML) }
    if !facts.isEmpty { html += "<p class=\"facts\">\(facts.joined(separator: " · "))</p>" }
    html += "<h1>\(render(prepared.title))</h1>"
    if let subtitle = prepared.subtitle { html += "<p class=\"subtitle\">\(render(subtitle))</p>" }
    if !matter.authors.isEmpty {
      let names = matter.authors.map { author in
        author.name.escapedForHTML
          + (author.affiliation.map { " <span>(\($0.escapedForHTML))</span>" } ?? "")
      }
      html += "<p class=\"authors\">\(names.joined(separator: ", "))</p>"
    }
    if let source = prepared.source {
      html += "<p class=\"source\">\(words.follows) \(render(source))</p>"
    }
    html += list(prepared.prerequisites, words.prerequisites)
    html += list(prepared.objectives, words.objectives)
    return html
  }

  private mutating func list(_ items: [PandocDocument.Fragment], _ title: String) -> String {
    guard !items.isEmpty else { return "" }
    let lines = items.map { "<li>\(render($0))</li>" }.joined()
    return "<div class=\"goals\"><p>\(title)</p><ul>\(lines)</ul></div>"
  }

  /// The table of contents; empty when the lesson wants none or has a single section.
  mutating func contents() -> String {
    let entries = context.outline.entries.filter { $0.level <= 3 && !$0.id.isEmpty }
    guard context.lesson.frontMatter.toc, entries.count > 1 else { return "" }
    var html = ""
    for entry in entries {
      let number = entry.number.isEmpty ? "" : "<span class=\"number\">\(entry.number)</span> "
      html +=
        "<li class=\"level-\(entry.level)\"><a href=\"#\(entry.id.escapedForHTML)\">\(number)\(withoutLinks(render(entry.title)))</a></li>"
    }
    return
      "<nav class=\"contents\" aria-label=\"\(words.contents)\"><details open><summary>\(words.contents)</summary><ol>\(html)</ol></details></nav>"
  }

  /// A link cannot stand within a link.
  private func withoutLinks(_ html: String) -> String {
    guard html.contains("<a") else { return html }
    let bytes = Array(html.utf8)
    var text: [UInt8] = []
    for piece in Markup.pieces(of: bytes) {
      switch piece {
      case .open(let tag): if tag.name != "a" { text += bytes[tag.range] }
      case .close(let name, let range): if name != "a" { text += bytes[range] }
      case .text(let range), .other(let range): text += bytes[range]
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The errors that belong to no cell, and how many there are in all.
  func problems() -> String {
    let lesson = context.lesson
    let failed = lesson.cells.filter { context.failedCells.contains($0.label) }
    let inCells = failed.reduce(0) { $0 + context.errors(inCell: $1.label).count }
    let count = context.generalErrors.count + inCells
    guard count > 0 else { return "" }
    let links = failed.map { "<a href=\"#\($0.label)\">\($0.label)</a>" }
    var html = "<section class=\"problems\"><p><strong>\(words.problems(count))</strong>"
    if !links.isEmpty { html += ": \(links.joined(separator: ", "))" }
    html += "</p>"
    for error in context.generalErrors { html += problem(error) }
    return html + "</section>"
  }

  /// The lesson's claims and how each fared.
  mutating func footer() -> String {
    let named = Dictionary(grouping: context.lesson.ledgerClaims, by: \.label)
    let anchors = context.lesson.anchors.filter {
      $0.kind.isClaim || !context.verdicts(ofClaim: $0.id).isEmpty || named[$0.id] != nil
    }
    var rows = ""
    for anchor in anchors {
      let found = (named[anchor.id] ?? []).compactMap { name in
        claims.first { $0.verdict.claim == name.claim && $0.verdict.cell == nil }
      }
      var states = context.verdicts(ofClaim: anchor.id).map { badge($0) }
      for claim in found { states.append(badge(claim)) }
      if states.isEmpty { states = ["<span class=\"badge open\">○ \(words.notChecked)</span>"] }
      let title =
        anchor.title.map { render(text: $0) } ?? found.first.map { render($0.title) } ?? ""
      rows +=
        "<li><a href=\"#\(anchor.id)\">\(context.reference(anchor.id) ?? anchor.id)</a> \(title)<br>\(states.joined(separator: "<br>"))"
      rows += found.map { foundations(of: $0) }.joined() + shaking(of: anchor.id) + "</li>"
    }
    for claim in claims {
      guard let cell = claim.verdict.cell, context.label(ofClaim: claim.verdict.claim) == nil else {
        continue
      }
      rows += "<li><a href=\"#\(cell)\">\(render(claim.title))</a><br>\(badge(claim))"
      rows += "\(foundations(of: claim))</li>"
    }
    guard !rows.isEmpty else { return "" }
    return
      "<section class=\"claims\"><h2>\(words.claims)</h2><p>\(words.summary(context.summary))</p><ul>\(rows)</ul></section>"
  }
}
