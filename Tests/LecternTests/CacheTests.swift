import Foundation
import Testing

/// What is remembered, and what makes it be done again.
struct CacheTests {
  struct Report: Decodable {
    struct Lesson: Decodable {
      struct Cell: Decodable {
        let label: String
        let state: String
      }
      let cells: [Cell]
      let isUnchanged: Bool
      let compileSeconds: Double
    }
    let exitCode: Int32
    let lessons: [Lesson]
  }

  private func report(_ bench: Workbench, _ arguments: String...) throws -> Report.Lesson {
    let outcome = try bench.lectern("render", "lesson.md", "--json", arguments.first ?? "--quiet")
    let report = try JSONDecoder().decode(Report.self, from: Data(outcome.stdout.utf8))
    #expect(report.exitCode == outcome.status)
    return try #require(report.lessons.first)
  }

  @Test func `an unchanged lesson does nothing, prose does not run, code does`() throws {
    let bench = try Workbench()
    try bench.lesson("show(1)")
    #expect(try report(bench).cells.map(\.state) == ["ran", "ran"])
    #expect(try report(bench).isUnchanged)

    try bench.lesson("show(1)", prose: "Other words.\n\nMore of them.")
    let prose = try report(bench)
    #expect(prose.cells.map(\.state) == ["cached", "cached"])
    #expect(!prose.isUnchanged)
    #expect(bench.read("_site/lesson.html")?.contains("Other words.") == true)

    try bench.lesson("show(2)", prose: "Other words.")
    #expect(try report(bench).cells.map(\.state) == ["ran", "ran"])
    #expect(try report(bench, "--no-cache").cells.map(\.state) == ["ran", "ran"])
  }

  @Test func `a slider's step runs the compiled program again`() throws {
    let bench = try Workbench()
    try bench.lesson("show(slider(\"x\", in: 0...9, value: 1))")
    func programs() throws -> [String: UInt64] {
      let folder = bench.folder.appending(path: "cache/lectern/v1/programs").path
      let manager = FileManager.default
      return try Dictionary(
        uniqueKeysWithValues: manager.contentsOfDirectory(atPath: folder).map { name in
          let facts = try manager.attributesOfItem(atPath: "\(folder)/\(name)")
          return (name, (facts[.systemFileNumber] as? NSNumber)?.uint64Value ?? 0)
        })
    }
    #expect(try bench.lectern("render", "lesson.md").status == 0)
    let compiled = try programs()
    #expect(compiled.count == 2)
    #expect(try bench.lectern("render", "lesson.md", "-P", "x:7").status == 0)
    #expect(bench.read("_site/lesson.html")?.contains("7.0") == true)
    // A compilation would have put a new file in the old one's place.
    #expect(try programs() == compiled)
  }

  @Test func `a page that was touched is written again`() throws {
    let bench = try Workbench()
    try bench.lesson("show(1)")
    _ = try report(bench)
    let page = try #require(bench.read("_site/lesson.html"))
    try bench.write("scribbled", to: "_site/lesson.html")
    #expect(try !report(bench).isUnchanged)
    #expect(bench.read("_site/lesson.html") == page)
  }

  @Test func `a seed, a parameter and a data file are part of the key`() throws {
    let bench = try Workbench()
    let code = "show(parameter(\"n\", 1))\nvar generator = cellGenerator()\nshow(generator.next())"
    func render(_ frontMatter: [String], data: String) throws -> [String] {
      try bench.write(data, to: "data.txt")
      try bench.lesson(code, options: ["//| depends: [data.txt]"], frontMatter: frontMatter)
      return try report(bench).cells.map(\.state)
    }
    #expect(try render(["seed: 1"], data: "a") == ["ran", "ran"])
    #expect(try render(["seed: 1"], data: "a") == ["ran", "ran"] || report(bench).isUnchanged)
    #expect(try render(["seed: 1", "subtitle: shown only"], data: "a") == ["cached", "cached"])
    #expect(try render(["seed: 2"], data: "a") == ["ran", "ran"])
    #expect(try render(["seed: 2"], data: "b") == ["ran", "ran"])
    #expect(try render(["seed: 2", "params:", "  n: 2"], data: "b") == ["ran", "ran"])
  }

  @Test func `every damaged entry is made again`() throws {
    let bench = try Workbench()
    try bench.lesson("show(cached(\"work\", inputs: 3) { [1.5, .infinity, .nan] })")
    _ = try report(bench)
    let page = try #require(bench.read("_site/lesson.html"))
    #expect(page.contains("inf"))
    let cache = bench.folder.appending(path: "cache/lectern")
    let files = try #require(
      FileManager.default.enumerator(at: cache, includingPropertiesForKeys: nil))
    var count = 0
    for case let file as URL in files where !file.hasDirectoryPath {
      var bytes = try Data(contentsOf: file)
      bytes[bytes.count / 2] ^= 1
      try bytes.write(to: file)
      count += 1
    }
    #expect(count >= 4)
    #expect(try report(bench).cells.map(\.state) == ["ran", "ran"])
    #expect(bench.read("_site/lesson.html") == page)
    #expect(try report(bench).isUnchanged)
  }

  @Test func `memoised work is done once, whatever else is edited`() throws {
    let bench = try Workbench()
    func code(_ input: Int, _ edit: String) -> String {
      """
      let value = cached("work", inputs: \(input), "a") { () -> [Double] in
        print("working")
        return [1, .infinity]
      }
      show("\(edit) \\(value)")
      """
    }
    func works(_ input: Int, _ edit: String) throws -> Bool {
      try bench.lesson(code(input, edit), options: ["//| echo: false"])
      #expect(try bench.lectern("render", "lesson.md").status == 0)
      let page = try #require(bench.read("_site/lesson.html"))
      #expect(page.contains("\(edit) [1.0, inf]"))
      return page.contains("working")
    }
    #expect(try works(1, "first"))
    #expect(try !works(1, "second"))
    #expect(try works(2, "third"))
    #expect(try !works(1, "fourth"))
  }

  @Test func `editing one cell changes no other cell's numbers`() throws {
    let bench = try Workbench()
    func drawn(_ first: String, between: String) throws -> String {
      try bench.write(
        """
        ---
        title: T
        ---

        ```{swift}
        //| label: one
        //| echo: false
        \(first)
        ```
        \(between)
        ```{swift}
        //| label: two
        //| echo: false
        var generator = cellGenerator()
        show("drawn \\(generator.next())")
        ```
        """, to: "lesson.md")
      #expect(try bench.lectern("render", "lesson.md").status == 0)
      let page = try #require(bench.read("_site/lesson.html"))
      let start = try #require(page.firstRange(of: "drawn ")).upperBound
      return String(page[start...].prefix(while: \.isNumber))
    }
    let number = try drawn("var a = cellGenerator()\nshow(a.next())", between: "")
    #expect(number.count > 10)
    #expect(try drawn("show(3)", between: "\nWords.\n\n```{swift}\nlet b = 1\n```\n") == number)
  }

  @Test func `clean forgets`() throws {
    let bench = try Workbench()
    try bench.lesson("show(1)")
    _ = try report(bench)
    #expect(try bench.lectern("clean", "lesson.md").status == 0)
    #expect(try report(bench).cells.map(\.state) == ["ran", "ran"])
  }
}
