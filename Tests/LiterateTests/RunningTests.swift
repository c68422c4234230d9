import Foundation
import Testing

@testable import Literate

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

  @Test func `a tool that takes too long is ended with what it started`() throws {
    let marker = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: marker) }
    #expect(throws: ChildProcess.TimedOut.self) {
      try ChildProcess.run(
        "/bin/sh", ["-c", "sleep 1000 & echo $! > \(marker); wait"], timeLimit: 0.5)
    }
    let child = try #require(
      pid_t(String(contentsOfFile: marker, encoding: .utf8).dropLast()))
    func isGone() -> Bool {
      let state = (try? String(contentsOfFile: "/proc/\(child)/stat", encoding: .utf8)) ?? ") Z "
      return state.contains(") Z ") || kill(child, 0) != 0
    }
    // A killed process needs a moment of its own to die.
    for _ in 0..<500 where !isGone() { usleep(10_000) }
    #expect(isGone())
    #expect(try ChildProcess.run("/bin/echo", ["a"], timeLimit: 60).stdout == Array("a\n".utf8))
  }

  @Test func `the cache sweeps up after killed runs`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for (name, age) in [("tmp.old", 90_000.0), ("tmp.new", 60.0)] {
      let path = "\(folder)/\(name)"
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: -age)], ofItemAtPath: path)
    }
    Cache(folder: folder).prune()
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["tmp.new"])
  }

  @Test func `the cache forgets what was used longest ago`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let cache = Cache(folder: folder)
    let body = [UInt8](repeating: 7, count: 1000)
    let kinds = Cache.Kind.allCases
    for (age, kind) in kinds.enumerated() {
      cache.write(kind, "entry", body)
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: 1e9 - Double(age) * 1e6)],
        ofItemAtPath: cache.path(kind, "entry"))
    }
    cache.prune(limit: 1 << 20)
    #expect(kinds.allSatisfy { FileSystem.exists(cache.path($0, "entry")) })
    // The last is the oldest; reading makes it the youngest.
    #expect(cache.read(kinds[kinds.count - 1], "entry") == body)
    cache.prune(limit: 2500)
    let kept = kinds.filter { FileSystem.exists(cache.path($0, "entry")) }
    #expect(kept == [kinds[0], kinds[kinds.count - 1]])
    cache.prune(limit: 0)
    #expect(kinds.allSatisfy { !FileSystem.exists(cache.path($0, "entry")) })
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
