import Foundation
import Testing

/// The verbs besides `render`.
struct CommandTests {
  @Test func `a new lesson passes check, and is not overwritten`() throws {
    let bench = try Workbench()
    #expect(try bench.lectern("new", "course/01-first-steps.md").status == 0)
    let text = try #require(bench.read("course/01-first-steps.md"))
    #expect(text.contains("title: \"First steps\""))
    let check = try bench.lectern("check", "course", "--strict")
    #expect(check.status == 0, "\(check.stderr)")
    #expect(check.stdout == "claims: 1 hold (1 exhaustive), 0 fail, 0 not checked\n")
    let again = try bench.lectern("new", "course/01-first-steps.md")
    #expect(again.status == 2)
    #expect(again.stderr.contains("the file exists"))
    #expect(bench.read("course/01-first-steps.md") == text)
    #expect(try bench.lectern("new", "no/such/folder/x.md").status == 2)
    #expect(try bench.lectern("new", "lesson.txt").status == 2)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: bench.folder.path).sorted()
        == ["cache", "course"])
  }

  @Test func `check finds changed, missing and orphaned figures, and writes nothing`() throws {
    let bench = try Workbench()
    func lesson(_ top: Double) throws {
      try bench.lesson(
        "show(Figure { Line(x: [0, 1], y: [0, \(top)]) })\nshow(Figure { Line(x: [0, 1], y: [0, 1]) })"
      )
    }
    func figures() throws -> [String: String] {
      let folder = bench.folder.appending(path: "Figures/lesson")
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      return Dictionary(
        uniqueKeysWithValues: names.map { ($0, bench.read("Figures/lesson/\($0)") ?? "") })
    }
    try lesson(1)
    let none = try bench.lectern("check", "lesson.md")
    #expect(none.status == 0)
    #expect(none.stderr.contains("warning: no figure of this lesson is committed"))
    #expect(try bench.lectern("check", "lesson.md", "--strict").status == 8)

    #expect(try bench.lectern("render", "lesson.md", "--update-figures").status == 0)
    #expect(try figures().keys.sorted() == ["cell-1.svg", "cell-2.svg"])
    #expect(try bench.lectern("check", "lesson.md", "--strict").status == 0)

    try lesson(2)
    try FileManager.default.removeItem(
      at: bench.folder.appending(path: "Figures/lesson/cell-2.svg"))
    try bench.write("<svg/>", to: "Figures/lesson/old.svg")
    let before = try figures()
    let stale = try bench.lectern("check", "lesson.md")
    #expect(stale.status == 7)
    for text in [
      "error [cell-1]: the committed figure is stale: ",
      "error [cell-2]: the committed figure is stale: it is not committed",
      "error [old]: Figures/lesson/old.svg is committed, but the lesson does not show it",
      "hint: lectern render --update-figures lesson.md",
    ] { #expect(stale.stderr.contains(text), "\(text) is not in \(stale.stderr)") }
    #expect(try figures() == before)

    #expect(try bench.lectern("render", "lesson.md", "--update-figures").status == 0)
    #expect(try figures().keys.sorted() == ["cell-1.svg", "cell-2.svg"])
    #expect(try bench.lectern("check", "lesson.md").status == 0)
  }

  @Test func `figures come in other formats and in the size that the cell asks for`() throws {
    let bench = try Workbench()
    try bench.lesson(
      "show(Figure { Line(x: [0, 1], y: [0, 1]) })",
      options: ["//| fig-width: 3", "//| fig-height: 2"])
    let outcome = try bench.lectern("render", "lesson.md", "--figures-format", "svg,png,pdf")
    #expect(outcome.status == 0, "\(outcome.stderr)")
    func start(_ ending: String) throws -> [UInt8] {
      let file = bench.folder.appending(path: "_site/figures/lesson/cell.\(ending)")
      return Array(try Data(contentsOf: file).prefix(8))
    }
    #expect(try start("png") == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    #expect(try start("pdf").starts(with: Array("%PDF".utf8)))
    let small = try #require(bench.read("_site/figures/lesson/cell.svg"))
    try bench.lesson("show(Figure { Line(x: [0, 1], y: [0, 1]) })")
    #expect(try bench.lectern("render", "lesson.md", "--figures-format", "svg").status == 0)
    #expect(bench.read("_site/figures/lesson/cell.svg") != small)
    #expect(try bench.lectern("render", "lesson.md", "--figures-format", "gif").status == 2)
  }

  @Test func `the tangled program runs by hand and prints what it shows`() throws {
    let bench = try Workbench()
    let start = try bench.lesson("show(\"by hand\")\nshow(Figure { Line(x: [0, 1], y: [0, 1]) })")
    let outcome = try bench.lectern("tangle", "lesson.md")
    #expect(outcome.status == 0)
    // Its first comment says how: do that.
    try bench.write(outcome.stdout, to: "main.swift")
    let comment = outcome.stdout.split(separator: "\n").prefix { $0.hasPrefix("// ") }
    let commands = comment.dropFirst().map { $0.dropFirst(3) }
    #expect(commands.count == 2)
    let run = try bench.shell(commands.joined(separator: " && "))
    #expect(run.status == 0)
    #expect(run.stdout.hasPrefix("shown before\nby hand\n[figure cell-2.svg: "), "\(run.stdout)")
    #expect(bench.read("cell-2.svg")?.hasPrefix("<svg") == true)
    #expect(
      outcome.stdout.contains(
        "#sourceLocation(file: \"lesson.md\", line: \(start))\nshow(\"by hand\")"))
  }

  @Test func `inspect lists cells and keys without running`() throws {
    let bench = try Workbench()
    let start = try bench.lesson("fatalError(\"ran\")", options: ["//| timeout: 7"])
    let outcome = try bench.lectern("inspect", "lesson.md", "--json")
    #expect(outcome.status == 0, "\(outcome.stderr)")
    struct Description: Decodable {
      struct Cell: Decodable {
        let label: String
        let line: Int
        let timeout: Double
      }
      let cells: [Cell]
      let runKey: String?
    }
    let lesson = try JSONDecoder().decode(Description.self, from: Data(outcome.stdout.utf8))
    #expect(lesson.cells.map(\.label) == ["before", "cell"])
    #expect(lesson.cells.last?.timeout == 7)
    #expect(lesson.cells.last?.line == start - 3)
    #expect(lesson.runKey?.count == 32)
  }

  @Test func `inspect lists who refers to what`() throws {
    let bench = try Workbench()
    try bench.write(
      """
      ---
      title: T
      ---

      ::: {#lem-a .lemma}
      A.
      :::

      ::: {#thm-b .theorem uses="lem-a"}
      B, as @lem-a says.
      :::

      ```{swift}
      let one = 1
      verify("thm-b", evidence: .exact) { one == 1 }
      ```

      """, to: "lesson.md")
    let outcome = try bench.lectern("inspect", "lesson.md", "--json")
    #expect(outcome.status == 0, "\(outcome.stderr)")
    struct Description: Decodable {
      struct Reference: Decodable, Equatable {
        let to: String
        let from: String
        let kind: String
        let line: Int
      }
      let references: [Reference]
    }
    let lesson = try JSONDecoder().decode(Description.self, from: Data(outcome.stdout.utf8))
    #expect(
      lesson.references == [
        .init(to: "lem-a", from: "thm-b", kind: "statement", line: 9),
        .init(to: "lem-a", from: "", kind: "prose", line: 10),
        .init(to: "thm-b", from: "cell-1", kind: "cell", line: 15),
      ])
  }

  @Test func `the JSON report has these keys`() throws {
    let bench = try Workbench()
    try bench.lesson(
      "_ = slider(\"x\", in: 0...1, value: 0.5)\nverify(\"thm-x\", evidence: .exact) { false }")
    let outcome = try bench.lectern("render", "lesson.md", "--json")
    #expect(outcome.status == 1)
    typealias Object = [String: Any]
    let report = try #require(
      JSONSerialization.jsonObject(with: Data(outcome.stdout.utf8)) as? Object)
    #expect(report.keys.sorted() == ["exitCode", "index", "lessons"])
    #expect(report["exitCode"] as? Int == 1)
    let lesson = try #require((report["lessons"] as? [Object])?.first)
    #expect(
      lesson.keys.sorted() == [
        "cells", "claims", "compileSeconds", "diagnostics", "isUnchanged", "ledger", "page",
        "parameters", "path", "runSeconds", "verdicts",
      ])
    func keys(_ list: String) -> [String] {
      (lesson[list] as? [Object])?.last?.keys.sorted() ?? []
    }
    #expect(keys("cells") == ["label", "line", "milliseconds", "outputs", "state"])
    #expect(
      keys("parameters") == [
        "cell", "isLogarithmic", "lower", "name", "symbol", "text", "upper", "value",
      ])
    #expect(keys("verdicts") == ["cell", "claim", "detail", "evidence", "holds", "line"])
    #expect(
      (lesson["claims"] as? Object)?.keys.sorted() == [
        "differing", "empirical", "evidence", "failing", "failingAsPrinted", "holding",
        "misprints", "unchecked", "underHypotheses",
      ])
    let errors = (lesson["diagnostics"] as? [Object])?.filter {
      $0["severity"] as? String == "error"
    }
    let error = try #require(errors?.first)
    for key in ["kind", "label", "line", "message", "path"] { #expect(error[key] != nil, "\(key)") }
  }

  @Test func `doctor names what is missing`() throws {
    let bench = try Workbench()
    #expect(try bench.lectern("doctor").status == 0)
    let outcome = try bench.lectern("doctor", environment: ["PATH": "/nowhere"])
    #expect(outcome.status == 6)
    #expect(outcome.stdout.contains("missing pandoc: apt-get install pandoc"))
    #expect(outcome.stdout.contains("missing swiftc: Swift 6.3 or later from swift.org"))
  }
}
