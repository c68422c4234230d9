import FoundationEssentials

/// Turns frames of a lesson's program into places in its cells.
struct Symbolizer {
  /// A frame that lies in a cell, or the check that the compiler put there.
  struct Answer {
    /// The innermost place inside a cell.
    var place: Program.Place?
    /// "arithmetic overflow" and the like, when a check of the language failed.
    var failure: String?
  }

  private struct Entry: Decodable {
    // The tool's own spelling.
    struct Symbol: Decodable {
      let FunctionName: String
      let FileName: String
      let Line: Int
      let Column: Int
    }
    let Symbol: [Symbol]?
  }

  /// Looks the frames up, the innermost first.
  static func look(
    up frames: [UInt], in executable: String, program: Program, toolchain: Toolchain
  ) -> Answer {
    var answer = Answer()
    guard let tool = toolchain.symbolizer, !frames.isEmpty else { return answer }
    // An instruction may have no line of its own (a loop's jump): the ones before it have.
    let before = (1...64).map { frames[0] >= $0 ? frames[0] - $0 : 0 }
    let addresses = (frames.prefix(64) + before).map { "0x" + String($0, radix: 16) }
    guard
      let (ending, stdout, _) = try? ChildProcess.run(
        tool, ["--obj=\(executable)", "--relative-address", "--output-style=JSON"] + addresses),
      ending == .exited(0),
      let entries = try? JSONDecoder().decode([Entry].self, from: Data(stdout))
    else { return answer }
    let prefix = "Swift runtime failure: "
    for (index, entry) in entries.enumerated() {
      for symbol in entry.Symbol ?? [] {
        if index == 0, symbol.FunctionName.hasPrefix(prefix) {
          answer.failure = String(symbol.FunctionName.dropFirst(prefix.count))
        }
        answer.place = program.place(
          file: symbol.FileName, line: symbol.Line, column: symbol.Column)
        if answer.place != nil { return answer }
      }
    }
    return answer
  }
}
