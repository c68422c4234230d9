import Literate
import Testing

struct RunningTests {
  private func lesson(prose: String, code: String = "let a = 1\nshow(a)") throws -> Lesson {
    let text = "---\ntitle: T\n---\n\n\(prose)\n\n```{swift}\n//| label: one\n\(code)\n```\n"
    let (lesson, diagnostics) = LessonParser.parse(bytes: Array(text.utf8), path: "lesson.md")
    #expect(diagnostics.isEmpty)
    return try #require(lesson)
  }

  @Test func `prose is no part of the program, code is`() throws {
    let program = Program(try lesson(prose: "Words.")).text
    #expect(Program(try lesson(prose: "Other\n\nwords.")).text == program)
    #expect(Program(try lesson(prose: "Words.", code: "let a = 2\nshow(a)")).text != program)
  }

  @Test func `the tangled program has the lesson's lines`() throws {
    let lesson = try lesson(prose: "One.\n\nTwo.")
    let line = try #require(lesson.cells.first).codeLine
    #expect(
      Program.tangled(lesson).contains("#sourceLocation(file: \"lesson.md\", line: \(line))\nlet a")
    )
  }

  @Test func `the exit code is that of the first stage that failed`() {
    func code(_ kinds: Diagnostic.Kind..., isStrict: Bool = false) -> Int32 {
      Diagnostic.exitCode(of: kinds.map { Diagnostic(.error, $0, "x") }, isStrict: isStrict)
    }
    #expect(code() == 0)
    #expect(code(.stale, .claim) == 1)
    #expect(code(.claim, .run) == 5)
    #expect(code(.run, .compile) == 4)
    #expect(code(.claim, .tool) == 6)
    #expect(code(.tool, .source) == 3)
    #expect(code(.stale) == 7)
    let warning = Diagnostic(.warning, .source, "x")
    #expect(Diagnostic.exitCode(of: [warning], isStrict: false) == 0)
    #expect(Diagnostic.exitCode(of: [warning], isStrict: true) == 8)
    #expect(code(.stale, isStrict: true) == 7)
  }
}
