import ArgumentParser
import Literate

struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List a lesson's cells, labels, references and keys without running it.")

  @Argument(help: "The lesson.")
  var path: String

  @Flag(help: "Print JSON.")
  var json = false

  private struct Description: Encodable {
    struct Cell: Encodable {
      let label: String
      let line: Int
      let eval: Bool
      let echo: Bool
      let output: Bool
      let timeout: Double
      let depends: [String]
      let caption: String?
    }

    struct Anchor: Encodable {
      let id: String
      let kind: String
      let number: Int?
      let line: Int
      let title: String?
    }

    struct Reference: Encodable {
      let to: String
      let from: String
      let kind: String
      let line: Int
    }

    let path: String
    let title: String
    let seed: UInt64
    let memory: Int
    let params: [String: String]
    let cells: [Cell]
    let anchors: [Anchor]
    let references: [Reference]
    let programKey: String?
    let runKey: String?
    let diagnostics: [Diagnostic]
  }

  func run() throws {
    let (parsed, diagnostics) = try LessonRenderer.parsed(path)
    for diagnostic in diagnostics {
      Terminal.note(diagnostic.rendered(source: parsed?.source), terminator: "")
    }
    if let lesson = parsed {
      let description = describe(lesson, diagnostics)
      if json { try printJSON(description) } else { list(description) }
    }
    let code = Diagnostic.exitCode(of: diagnostics, isStrict: false)
    if code != 0 { throw ExitCode(code) }
  }

  private func describe(_ lesson: Lesson, _ diagnostics: [Diagnostic]) -> Description {
    // Keys need the toolchain; a lesson can be inspected without one.
    let engine = (try? Toolchain()).map { LessonEngine(toolchain: $0) }
    let program = Program(lesson)
    return Description(
      path: lesson.path, title: lesson.frontMatter.title, seed: lesson.frontMatter.seed,
      memory: lesson.frontMatter.memory, params: lesson.frontMatter.params,
      cells: lesson.cells.map { cell in
        Description.Cell(
          label: cell.label, line: cell.fenceLine, eval: cell.options.eval,
          echo: cell.options.echo, output: cell.options.output,
          timeout: cell.options.timeout ?? lesson.frontMatter.timeout,
          depends: cell.options.depends, caption: cell.options.figCap ?? cell.options.tblCap)
      },
      anchors: lesson.anchors.map {
        Description.Anchor(
          id: $0.id, kind: "\($0.kind)", number: $0.number, line: $0.line, title: $0.title)
      },
      references: lesson.references.map { reference in
        let (kind, from) =
          switch reference.origin {
          case .prose: ("prose", "")
          case .statement(let label): ("statement", label ?? "")
          case .cell(let label): ("cell", label)
          }
        return Description.Reference(
          to: reference.target, from: from, kind: kind, line: reference.line)
      },
      programKey: engine?.programKey(of: program),
      runKey: try? engine?.runKey(of: lesson, program: program), diagnostics: diagnostics)
  }

  private func list(_ lesson: Description) {
    print("\(lesson.title) (\(lesson.path)), seed \(lesson.seed)")
    for cell in lesson.cells {
      print("  line \(cell.line): cell \(cell.label)\(cell.eval ? "" : ", not run")")
    }
    for anchor in lesson.anchors {
      let number = anchor.number.map { " \($0)" } ?? ""
      print("  line \(anchor.line): \(anchor.kind)\(number) @\(anchor.id)")
    }
    for reference in lesson.references {
      let from = reference.from.isEmpty ? reference.kind : "\(reference.kind) \(reference.from)"
      print("  line \(reference.line): \(from) refers to @\(reference.to)")
    }
    for (name, value) in lesson.params.sorted(by: { $0.key < $1.key }) {
      print("  parameter \(name): \(value)")
    }
    if let key = lesson.runKey { print("  run \(key)") }
  }
}
