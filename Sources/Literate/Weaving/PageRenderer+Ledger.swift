internal import LessonWire

/// What the ledger says of a claim, under the block or cell that names it.
extension PageRenderer {
  /// A verdict in full: counterexample and corrected statement side by side, hypotheses, how it was checked.
  ///
  /// - Parameter isNamed: whether the claim's title stands before its verdict.
  mutating func card(_ claim: PreparedClaim, isNamed: Bool = false) -> String {
    let entry = claim.entry
    let name = isNamed ? "\(render(claim.title))\(words.colon) " : ""
    var html =
      "<div class=\"ledger ledger-\(style(of: entry))\"><p class=\"verdict-line\">\(name)\(badge(claim))</p>"
    html += foundations(of: claim)
    if !entry.isAsRecorded {
      let record = "\(words.onRecord)\(words.colon) \(words.name(of: entry.recorded))"
      let items = claim.differences.map { "<li>\(render($0))</li>" }.joined()
      html += "<div class=\"difference\"><p>\(record)</p><ul>\(items)</ul></div>"
    }
    var parts = ""
    if let counterexample = claim.counterexample {
      parts += part(words.counterexample, "<p>\(render(counterexample))</p>", "refuted")
    }
    if entry.measured != .holds, let correction = claim.correction {
      let name = entry.recorded == .needsHypotheses ? words.complete : words.corrected
      parts += part(name, render(correction), "corrected")
    }
    if !parts.isEmpty { html += "<div class=\"beside\">\(parts)</div>" }
    if entry.isAsRecorded {
      html += hypotheses(claim.necessary, words.necessary)
      html += hypotheses(claim.notNeeded, words.notNeeded)
    }
    html += "<details class=\"aside\"><summary>\(words.why)</summary><div>\(render(claim.remark))"
    return html + checks(of: claim) + "</div></details></div>"
  }

  /// The verdict in one line.
  mutating func badge(_ claim: PreparedClaim) -> String {
    let entry = claim.entry
    let kinds = Evidence.allCases.filter { kind in entry.findings.contains { $0.evidence == kind } }
    let cases = entry.findings.reduce(0) { $0 + ($1.cases ?? 0) }
    let evidence = kinds.map(words.name).joined(separator: ", ")
    let style = style(of: entry)
    let name = entry.measured.map(words.name) ?? words.undecided
    let text = entry.isAsRecorded ? name : "\(name), \(words.differs)"
    return
      "<span class=\"badge \(Self.badges[style] ?? "open")\">\(Self.signs[style] ?? "○") \(text)</span> "
      + "<span class=\"evidence\">\(evidence); \(words.cases(cases)), \(words.seed) \(entry.seed); "
      + "<code>\(claim.verdict.claim.escapedForHTML)</code></span>"
  }

  /// The failing claims that this one rests on, each with a link when the lesson states it.
  func foundations(of claim: PreparedClaim) -> String {
    claim.entry.failingFoundations.map { foundation in
      let block = context.label(ofClaim: foundation.claim)
      let link = block.flatMap { label in
        context.reference(label).map { "<a href=\"#\(label)\">\($0)</a>" }
      }
      let name =
        link
        ?? "\(foundation.title.escapedForHTML) (<code>\(foundation.claim.escapedForHTML)</code>)"
      return
        "<p class=\"verdict-line\"><span class=\"badge fail\">✗ \(words.restsOn) \(name), \(words.whichFailsAsPrinted)</span></p>"
    }.joined()
  }

  private func style(of entry: LedgerVerdict.Entry) -> String {
    guard entry.isAsRecorded else { return "differs" }
    return switch entry.measured {
    case .holds: "holds"
    case .needsHypotheses: "hypotheses"
    case .fails: "fails"
    case .misprint: "misprint"
    case .empirical: "empirical"
    case nil: "differs"
    }
  }

  private static let badges = [
    "holds": "hold", "hypotheses": "limit", "fails": "fail", "misprint": "limit",
    "empirical": "open", "differs": "fail",
  ]
  private static let signs = [
    "holds": "✓", "hypotheses": "◐", "fails": "✗", "misprint": "✎", "empirical": "○",
    "differs": "≠",
  ]

  private func part(_ name: String, _ body: String, _ style: String) -> String {
    "<div class=\"\(style)\"><p class=\"part\">\(name)</p>\(body)</div>"
  }

  private mutating func hypotheses(
    _ hypotheses: [PandocDocument.Fragment], _ name: String
  ) -> String {
    guard !hypotheses.isEmpty else { return "" }
    let items = hypotheses.map { render($0) }.joined(separator: "; ")
    return "<p class=\"hypotheses\"><strong>\(name)\(words.colon)</strong> \(items)</p>"
  }

  private mutating func checks(of claim: PreparedClaim) -> String {
    var items = ""
    for (finding, texts) in zip(claim.entry.findings, claim.findings) {
      let subject = texts.subject.map { " " + render($0) } ?? ""
      let outcome =
        switch finding.holds {
        case true?: words.heldInCheck
        case false?: words.refutedInCheck
        case nil: words.undecided.lowercased()
        }
      items +=
        "<li><strong>\(words.name(of: finding.form))</strong>\(subject)\(words.colon) \(outcome) "
        + "<span class=\"evidence\">(\(words.name(of: finding.evidence)); \(render(texts.detail)))</span></li>"
    }
    return "<ul class=\"checks\">\(items)</ul>"
  }
}
