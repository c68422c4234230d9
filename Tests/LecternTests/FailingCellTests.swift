import Foundation
import Testing

/// Every way in which a cell can fail: the message names file, line and column and what to do, the
/// exit code is right, the page shows the error and what came before it.
struct FailingCellTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let code: String
    var options: [String] = []
    var frontMatter: [String] = []
    /// 1-based line within the cell's code, and column; nil when only the cell is known.
    let line: Int
    var column: Int?
    let message: String
    var hint: String?
    let status: Int32
    var testDescription: String { name }
  }

  static let cases = [
    Case(
      name: "does not compile", code: "let a = 1\nlet x: Int = \"a\"", line: 2, column: 14,
      message: "cannot convert value of type 'String' to specified type 'Int'", status: 4),
    Case(
      name: "unclosed brace", code: "func f() {\n  print(1)", line: 2,
      message: "expected '}' at end of brace statement",
      hint: "to match this opening '{'", status: 4),
    Case(
      name: "takes a name of ours", code: "let a = 1\nlet LessonProcess = a", line: 2, column: 5,
      message: "`LessonProcess` belongs to the lines", hint: "choose another name", status: 4),
    Case(
      name: "says where it is", code: "#sourceLocation(file: \"x\", line: 3)\nlet a: Int = \"\"",
      line: 1, column: 1, message: "`#sourceLocation` belongs to", hint: "take it out", status: 4),
    Case(
      name: "index out of range", code: "let a = [1]\nlet i = 3\nprint(a.map { $0 + a[i] })",
      line: 3, column: 21, message: "index out of range", status: 5),
    Case(
      name: "overflow", code: "var n = Int.max\nn += [1].count", line: 2, column: 3,
      message: "arithmetic overflow", status: 5),
    Case(
      name: "nil unwrapped", code: "let o: Int? = [Int]().first\nprint(o!)", line: 2, column: 8,
      message: "unexpectedly found nil", status: 5),
    Case(
      name: "fatalError over two lines", code: "fatalError(\"one\\ntwo\")", line: 1, column: 1,
      message: "error [cell]: one two\n", status: 5),
    Case(
      name: "throws",
      code: """
        struct Bad: Error { let why: String }
        func f(_ n: Int) throws {
          if n > 0 { throw Bad(why: "n") }
        }
        _ = try? f(1)
        try f(2)
        """, line: 3, column: 14, message: "uncaught error: Lesson.Bad(why: \"n\")",
      hint: "catch it", status: 5),
    Case(
      name: "throws with a type",
      code: "struct Bad: Error {}\nfunc f() throws(Bad) { throw Bad() }\ntry f()", line: 2,
      column: 24, message: "uncaught error", status: 5),
    Case(
      name: "library throws", code: "print(try Normal(mean: 0, sd: -1))", line: 1,
      message: "uncaught error", status: 5),
    Case(
      name: "endless recursion",
      code: "func r(_ n: Int) -> Int { n == -1 ? 0 : r(n + 1) + 1 }\nprint(r(0))", line: 1,
      message: "the stack overflowed", status: 5),
    Case(
      name: "bad pointer", code: "let p = UnsafePointer<Int>(bitPattern: 8)!\nprint(p.pointee)",
      line: 2, column: 9, message: "invalid memory access", status: 5),
    Case(
      name: "abort", code: "import Glibc\nabort()", line: 2, column: 1, message: "aborted",
      status: 5),
    Case(
      name: "exit(0)", code: "import Glibc\nexit(0)", line: 2, column: 1,
      message: "the cell ended the process with exit(0)", hint: "take the call of exit out",
      status: 5),
    Case(
      name: "_exit(0)", code: "import Glibc\n_exit(0)", line: 1,
      message: "the cell ended the process with exit(0)", status: 5),
    Case(
      name: "killed", code: "import Glibc\nkill(getpid(), SIGKILL)", line: 1,
      message: "killed from outside", status: 5),
    Case(
      name: "loops for ever", code: "print(\"go\")\nwhile true { usleep(1000) }",
      options: ["//| timeout: 0.4"], line: 2,
      message: "the cell ran longer than 0.4 s", hint: "`timeout`", status: 5),
    Case(
      name: "lesson's own time limit", code: "while true {}", frontMatter: ["timeout: 0.4"],
      line: 1,
      message: "the cell ran longer than 0.4 s", hint: "`timeout`", status: 5),
    Case(
      name: "eats memory",
      code: """
        var all: [[Double]] = []
        while true { all.append([Double](repeating: 1, count: 1 << 20)) }
        """, frontMatter: ["memory: 200"], line: 2, message: "holds more than 200 MiB",
      hint: "`memory`", status: 5),
    Case(
      name: "prints without end",
      code: "let text = String(repeating: \"x\", count: 1 << 16)\n"
        + "while true { print(text) }", line: 2, message: "printed more than 64 MiB",
      hint: "print a summary", status: 5),
    Case(
      name: "closes standard output", code: "import Glibc\nclose(1)\nprint(1)", line: 1,
      message: "the cell closed its standard output", hint: "leave descriptors", status: 5),
    Case(
      name: "closes the records", code: "import Glibc\nclose(3)\nshow(1)", line: 1,
      message: "the cell closed the descriptor", hint: "leave descriptors", status: 5),
    Case(
      name: "closes everything and loops",
      code: "import Glibc\nfor i: Int32 in 0..<64 { close(i) }\nwhile true {}", line: 1,
      message: "the cell closed the descriptor", hint: "leave descriptors", status: 5),
    Case(
      name: "writes what is no record",
      code:
        "import Glibc\nlet junk = [UInt8](repeating: 255, count: 64)\nwrite(3, junk, 64)\nshow(1)",
      line: 1, message: "sent what is not a record", status: 5),
    Case(
      name: "claim fails",
      code: "let a = 1\nverify(\"thm-x\", evidence: .exact, detail: \"no\") { a == 2 }",
      line: 2, message: "the claim does not hold: no", status: 1),
    Case(
      name: "claim's check throws",
      code: "struct E: Error {}\nverify(\"thm-x\", evidence: .exact) { throw E() }", line: 2,
      message: "the claim does not hold: the check threw an error: E()", status: 1),
    Case(
      name: "slider's own value out of range", code: "_ = slider(\"x\", in: 0...1, value: 3)",
      line: 1,
      column: 5, message: "x = 3.0 lies outside its range 0.0...1.0", status: 5),
    Case(
      name: "figure of nothing",
      code: "let none: [Double] = []\nshow(Figure { Line(x: none, y: none) })",
      line: 2, column: 1, message: "the figure cannot be drawn", status: 5),
  ]

  @Test(arguments: cases)
  func `a failing cell is named, and everything before it is kept`(_ failing: Case) throws {
    let bench = try Workbench()
    let start = try bench.lesson(
      failing.code, options: failing.options, frontMatter: failing.frontMatter)
    let outcome = try bench.lectern("render", "lesson.md")
    #expect(outcome.status == failing.status, "\(outcome.stderr)")
    let column = failing.column.map { ":\($0)" } ?? ""
    let place = "lesson.md:\(start + failing.line - 1)\(column):"
    #expect(outcome.stderr.contains(place), "\(place) is not in \(outcome.stderr)")
    #expect(outcome.stderr.contains(failing.message), "\(outcome.stderr)")
    if let hint = failing.hint {
      #expect(outcome.stderr.contains("  hint: "))
      #expect(outcome.stderr.contains(hint), "\(outcome.stderr)")
    }
    #expect(!outcome.stderr.contains("Current stack trace"))
    let page = try #require(bench.read("_site/lesson.html"))
    if failing.status != 4 { #expect(page.contains("shown before")) }
    // A failure is never remembered as a success.
    #expect(try bench.lectern("render", "lesson.md").status == failing.status)
  }

  @Test func `several compile errors come in order`() throws {
    let bench = try Workbench()
    let start = try bench.lesson("let x: Int = \"a\"\nlet y = 1\nlet z = nope + missing")
    let outcome = try bench.lectern("render", "lesson.md")
    #expect(outcome.status == 4)
    let places = [
      "lesson.md:\(start):14:", "lesson.md:\(start + 2):9:", "lesson.md:\(start + 2):16:",
    ]
    let found = places.compactMap { outcome.stderr.firstRange(of: $0)?.lowerBound }
    #expect(found.count == 3 && found == found.sorted(), "\(outcome.stderr)")
  }

  @Test func `a redeclaration says where the first is`() throws {
    let bench = try Workbench()
    let start = try bench.lesson("let twice = 1\n```\n\nMore.\n\n```{swift}\nlet twice = 2")
    let outcome = try bench.lectern("render", "lesson.md")
    #expect(outcome.status == 4)
    #expect(outcome.stderr.contains("invalid redeclaration of 'twice'"))
    #expect(outcome.stderr.contains("previously declared here (line \(start))"))
  }

  @Test func `a cell that prints megabytes is cut with a word about it`() throws {
    let bench = try Workbench()
    try bench.lesson("print(String(repeating: \"x\", count: 3_000_000))\nprint(\"the end\")")
    let outcome = try bench.lectern("render", "lesson.md")
    #expect(outcome.status == 0, "\(outcome.stderr)")
    let page = try #require(bench.read("_site/lesson.html"))
    #expect(page.utf8.count < 300_000)
    #expect(page.contains("bytes are left out here"))
    #expect(page.contains("the end"))
  }

  @Test func `a cell that reads standard input gets none`() throws {
    let bench = try Workbench()
    try bench.lesson("print(readLine() ?? \"nothing to read\")")
    let outcome = try bench.lectern("render", "lesson.md")
    #expect(outcome.status == 0, "\(outcome.stderr)")
    #expect(bench.read("_site/lesson.html")?.contains("nothing to read") == true)
  }
}
