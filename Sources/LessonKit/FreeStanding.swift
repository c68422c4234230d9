import Claims
import LessonWire

/// What a lesson's program shows when it is started by hand: text on the terminal, figures as files.
enum FreeStanding {
  static func show(_ content: Output.Content, id: String) {
    switch content {
    case .text(let text), .markdown(let text): print(text)
    case .table(let head, let rows): print(Self.text(head: head, rows: rows))
    case .figure(let svg, _, _, let description):
      let path = "\(id).svg"
      do {
        try WholeFile.write(Array(svg.utf8), to: path)
        print("[figure \(path): \(description)]")
      } catch {
        print("[figure \(id) not written: \(error)]")
      }
    }
  }

  static func show(_ verdict: Verdict) {
    let outcome = verdict.holds ? "holds" : "FAILS"
    print("[\(verdict.claim) \(outcome), \(verdict.evidence): \(verdict.detail)]")
  }

  static func show(_ verdict: LedgerVerdict) {
    guard let entry = verdict.entry else {
      print("[\(verdict.claim): the ledger has no such claim]")
      return
    }
    print("[\(verdict.claim) \(entry.measured?.rawValue ?? "is undecided"), \(entry.source)]")
    for text in [entry.counterexample, entry.correction].compactMap(\.self) + entry.differences {
      print("  \(plainText(text))")
    }
  }

  /// Columns padded to their widest cell.
  static func text(head: [String], rows: [[String]]) -> String {
    let lines = [head] + rows
    let columns = lines.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      lines.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    return lines.map { line in
      zip(line, widths)
        .map { $0 + String(repeating: " ", count: $1 - $0.count) }
        .joined(separator: "  ")
    }.joined(separator: "\n")
  }
}
