/// The one Swift program that a lesson's cells make.
///
/// Each cell is a virtual file of its own, so that the program, and with it every cache key, stays
/// the same when prose is edited and cells move; messages are mapped back to the lesson's lines.
public struct Program: Sendable {
  /// The program's text.
  public let text: String
  private let cells: [String: Cell]
  private static let suffix = ".cell"

  /// The program of a lesson; cells with `eval: false` are left out.
  public init(_ lesson: Lesson) {
    let running = lesson.cells.filter(\.options.eval)
    cells = Dictionary(running.map { ($0.label, $0) }, uniquingKeysWith: { first, _ in first })
    text = Self.text(of: lesson) { "#sourceLocation(file: \"\($0.label)\(Self.suffix)\", line: 1)" }
  }

  /// The program with the lesson's real lines, for a reader or another tool.
  ///
  /// - Parameter toolchain: what its first comment says how to compile it with; nil leaves that out.
  public static func tangled(_ lesson: Lesson, toolchain: Toolchain? = nil) -> String {
    let comment = toolchain.map {
      """
      // The program of \(lesson.path). Save it as main.swift, compile it and run it:
      // \(Compiler(toolchain: $0).commandLine(for: "main.swift"))
      // ./main


      """
    }
    return (comment ?? "") + tangledCode(lesson)
  }

  private static func tangledCode(_ lesson: Lesson) -> String {
    let path = lesson.path.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    return text(of: lesson) {
      "#sourceLocation(file: \"\(path)\", line: \($0.codeLine))"
    }
  }

  private static func text(of lesson: Lesson, location: (Cell) -> String) -> String {
    var text = "import LessonKit\n"
    for cell in lesson.cells where cell.options.eval {
      text += """
        LessonProcess.begin("\(cell.label)")
        \(location(cell))
        \(cell.code)\(cell.code.hasSuffix("\n") ? "" : "\n")#sourceLocation()
        LessonProcess.end()

        """
    }
    var seen: Set<String> = []
    let claims = lesson.ledgerClaims.map(\.claim).filter { seen.insert($0).inserted }
    if !claims.isEmpty {
      text += "LessonProcess.verify(claims: [\(claims.map(literal).joined(separator: ", "))])\n"
    }
    return text + "LessonProcess.finish()\n"
  }

  /// A name as a Swift literal, whatever the author wrote in it.
  private static func literal(_ name: String) -> String {
    let escaped = name.unicodeScalars.map { scalar in
      let isPlain =
        scalar.isASCII && (scalar.properties.isAlphabetic || "0"..."9" ~= scalar)
        || "-._".unicodeScalars.contains(scalar)
      return isPlain ? String(scalar) : "\\u{\(String(scalar.value, radix: 16))}"
    }
    return "\"\(escaped.joined())\""
  }

  /// A place in the lesson.
  struct Place: Hashable {
    let cell: String
    let line: Int
    let column: Int?
  }

  /// The place in the lesson of a place in a cell's virtual file; nil for other files.
  func place(file: String, line: Int, column: Int?) -> Place? {
    let name = FileSystem.name(of: file)
    guard name.hasSuffix(Self.suffix), line > 0,
      let cell = cells[String(name.dropLast(Self.suffix.count))]
    else { return nil }
    return place(in: cell, line: line, column: column)
  }

  /// A place in a cell, by its label; lines beyond its end are its last.
  func place(cell label: String, line: Int) -> Place? {
    cells[label].map { place(in: $0, line: line, column: nil) }
  }

  private func place(in cell: Cell, line: Int, column: Int?) -> Place {
    var lines = cell.code.split(separator: "\n", omittingEmptySubsequences: false)
    while lines.count > 1, lines.last?.isEmpty == true { lines.removeLast() }
    // What the parser misses at the end of the cell is missed after its last line.
    let isInside = line <= lines.count
    return Place(
      cell: cell.label, line: cell.codeLine + min(line, lines.count) - 1,
      column: isInside ? column.flatMap { $0 > 0 ? $0 : nil } : lines[lines.count - 1].count + 1)
  }

  /// Diagnostics with lines counted from the start of their cell: prose may move the cell.
  func withoutPlace(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    diagnostics.map { diagnostic in
      var diagnostic = diagnostic
      diagnostic.path = nil
      if let cell = diagnostic.label.flatMap({ cells[$0] }), let line = diagnostic.line {
        diagnostic.line = line - cell.codeLine + 1
      }
      return diagnostic
    }
  }

  /// The inverse of `withoutPlace`, for where the cells are now.
  func placed(_ diagnostics: [Diagnostic], path: String) -> [Diagnostic] {
    diagnostics.map { diagnostic in
      var diagnostic = diagnostic
      diagnostic.path = path
      if let cell = diagnostic.label.flatMap({ cells[$0] }), let line = diagnostic.line {
        diagnostic.line = cell.codeLine + line - 1
      }
      return diagnostic
    }
  }

  /// The first cell that names what stands between the cells; asked when an error lies there.
  func meddling(path: String) -> Diagnostic? {
    for word in ["#sourceLocation", "LessonProcess"] {
      for cell in cells.values.sorted(by: { $0.codeLine < $1.codeLine }) {
        for (index, line) in cell.code.split(separator: "\n", omittingEmptySubsequences: false)
          .enumerated()
        {
          guard let range = line.firstRange(of: word) else { continue }
          return Diagnostic(
            .error, .compile, path: path, line: cell.codeLine + index,
            column: line.distance(from: line.startIndex, to: range.lowerBound) + 1,
            label: cell.label, "`\(word)` belongs to the lines that Lectern puts between the cells",
            hint: "take it out, or choose another name")
        }
      }
    }
    return nil
  }

  /// The virtual file of each cell on its own, for finding which one does not parse.
  var separateFiles: [(name: String, text: String)] {
    cells.values.sorted { $0.codeLine < $1.codeLine }.map { ("\($0.label)\(Self.suffix)", $0.code) }
  }
}
