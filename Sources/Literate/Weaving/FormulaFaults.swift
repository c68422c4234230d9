/// Formulas that pandoc could not convert; it leaves them on the page as TeX.
struct FormulaFaults {
  private var faults: [(formula: PandocDocument.Formula, reason: String?)] = []

  /// - Parameters:
  ///   - html: in it an unconverted formula is `<span class="math …">$…$</span>`.
  ///   - warnings: pandoc's stderr, which gives the reason.
  init(html: String, warnings: String, formulas: [PandocDocument.Formula]) {
    guard html.contains("<span class=\"math ") else { return }
    let bytes = Array(html.utf8)
    var left = Set<String>()
    var isInFormula = false
    for piece in Markup.pieces(of: bytes) {
      switch piece {
      case .open(let tag):
        isInFormula = tag.name == "span" && tag["class"]?.hasPrefix("math ") == true
      case .text(let range) where isInFormula:
        let text = String(decoding: bytes[range], as: UTF8.self).unescapedFromHTML
        left.insert(Self.folded(text.drop { $0 == "$" }.reversed().drop { $0 == "$" }.reversed()))
      default: isInFormula = false
      }
    }
    let reasons = Self.reasons(warnings)
    for formula in formulas {
      let tex = Self.folded(formula.tex)
      if left.contains(tex) { faults.append((formula, reasons[tex])) }
    }
  }

  /// An error for each, at the formula's place.
  func diagnostics(path: String) -> [Diagnostic] {
    faults.map { formula, reason in
      Diagnostic(
        .error, .source, path: path, line: formula.place.line == 0 ? nil : formula.place.line,
        column: formula.place.line == 0 ? nil : formula.place.column, label: formula.label,
        "this formula cannot be shown" + (reason.map { ": \($0)" } ?? ""),
        hint: "define the command with `\\newcommand` in the text, or write it another way")
    }
  }

  /// By formula, the last line of each warning that says what is unexpected.
  private static func reasons(_ warnings: String) -> [String: String] {
    var reasons: [String: String] = [:]
    for warning in warnings.components(separatedBy: "Could not convert TeX math ").dropFirst() {
      guard let end = warning.firstRange(of: ", rendering as TeX:") else { continue }
      let reason = warning[end.upperBound...].split(separator: "\n").first {
        $0.contains("unexpected")
      }
      if let reason {
        reasons[folded(warning[..<end.lowerBound])] = String(reason.drop { $0.isWhitespace })
      }
    }
    return reasons
  }

  private static func folded(_ tex: some Sequence<Character>) -> String {
    String(tex).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

extension String {
  fileprivate func components(separatedBy separator: String) -> [Substring] {
    var parts: [Substring] = []
    var rest = self[...]
    while let range = rest.firstRange(of: separator) {
      parts.append(rest[..<range.lowerBound])
      rest = rest[range.upperBound...]
    }
    return parts + [rest]
  }
}
