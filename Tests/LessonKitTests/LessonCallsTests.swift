import Distributions
import Foundation
import LessonWire
import Testing

@testable import LessonKit

/// The calls that a lesson makes, each in a process of its own where the session matters.
struct LessonCallsTests {
  @Test func `memoised values survive whole, or not at all`() throws {
    let values = [1.5, -0.0, .infinity, -.infinity, .nan, Double.leastNonzeroMagnitude]
    let entry = try MemoCoding.sealed(values)
    let opened = try #require(MemoCoding.opened(entry, as: [Double].self))
    #expect(opened.map(\.description) == values.map(\.description))
    #expect(MemoCoding.opened(entry, as: [String].self) == nil)
    for index in entry.indices {
      var damaged = entry
      damaged[index] ^= 1
      #expect(MemoCoding.opened(damaged, as: [Double].self) == nil, "byte \(index)")
      #expect(MemoCoding.opened(Array(entry[..<index]), as: [Double].self) == nil)
    }
  }

  @Test func `cached works once for each name and input, and again when its entry is damaged`()
    async
  {
    await #expect(processExitsWith: .success) {
      let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      var session = LessonSession()
      session.memoFolder = folder.path
      setenv(LessonSession.variable, try session.json(), 1)
      var count = 0
      func work(_ name: String, _ input: Double) -> [Double] {
        cached(name, inputs: input) { () -> [Double] in
          count += 1
          return [input, .infinity]
        }
      }
      #expect(work("a", 1) == [1, .infinity] && count == 1)
      #expect(work("a", 1) == [1, .infinity] && count == 1)
      let first = try #require(
        FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil).first)
      #expect(work("a", 2) == [2, .infinity] && count == 2)
      #expect(work("b", 1) == [1, .infinity] && count == 3)
      try Data("damaged".utf8).write(to: first)
      #expect(work("a", 1) == [1, .infinity] && count == 4)
      #expect(work("a", 1) == [1, .infinity] && count == 4)
    }
  }

  @Test func `parameters come from the command line, else the front matter, else the cell`() async {
    await #expect(processExitsWith: .success) {
      var session = LessonSession()
      session.defaults = ["n": "4", "m": "5"]
      session.overrides = ["m": "6", "λ": "0.5"]
      setenv(LessonSession.variable, try session.json(), 1)
      #expect(parameter("k", 3) == 3)
      #expect(parameter("n", 3) == 4)
      #expect(parameter("m", 3) == 6)
      #expect(slider("λ", name: "lambda", in: 0...1, value: 0.25) == 0.5)
      #expect(slider("μ", in: 0...1, value: 0.25) == 0.25)
    }
  }

  @Test func `a value outside its range ends the lesson`() async {
    let status = Int32(LessonSession.failureStatus)
    await #expect(processExitsWith: .exitCode(status)) {
      _ = slider("x", in: 0...1, value: 3)
    }
    await #expect(processExitsWith: .exitCode(status)) {
      _ = slider("x", in: 0...1, value: 0.5, scale: .log)
    }
    await #expect(processExitsWith: .exitCode(status)) {
      _ = Table(head: ["one"], rows: [[1, 2]])
    }
  }

  @Test func `a cell's numbers depend on its label and the seed alone`() async {
    await #expect(processExitsWith: .success) {
      var session = LessonSession()
      session.seed = 7
      session.cells = ["fixed": .init(seed: 3)]
      setenv(LessonSession.variable, try session.json(), 1)
      func draws(in cell: String) -> [UInt64] {
        LessonProcess.begin(cell)
        defer { LessonProcess.end() }
        var generator = cellGenerator()
        return (0..<4).map { _ in generator.next() }
      }
      let one = draws(in: "one")
      let two = draws(in: "two")
      #expect(one != two)
      #expect(draws(in: "one") == one && draws(in: "two") == two)
      var fixed = SeededGenerator(seed: 3)
      #expect(draws(in: "fixed") == (0..<4).map { _ in fixed.next() })
    }
  }
}
