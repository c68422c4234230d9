import ArgumentParser
import FoundationEssentials
import LessonWire
import Literate

/// Renders or checks lessons one after the other, and tells the user how it went.
struct LessonLoop {
  let shared: SharedOptions
  let options: LessonRenderer.Options

  /// One lesson of the loop.
  struct Item {
    let lesson: Lesson?
    let report: LessonReport
  }

  /// Renders the lessons.
  func run(_ paths: [String]) throws -> [Item] {
    let renderer = LessonRenderer(toolchain: try Toolchain(), options: options)
    return try paths.map { path in
      let counter = CellCounter(isSilent: shared.quiet || shared.json)
      let (lesson, report) = try renderer.render(
        path, began: { counter.start($0) }, progress: { counter.take($0) })
      counter.finish()
      tell(path, lesson, report)
      return Item(lesson: lesson, report: report)
    }
  }

  private func tell(_ path: String, _ lesson: Lesson?, _ report: LessonReport) {
    for diagnostic in report.diagnostics {
      Terminal.note(diagnostic.rendered(source: lesson?.source), terminator: "")
    }
    if shared.quiet || shared.json { return }
    let failed = report.diagnostics.contains { $0.severity == .error }
    let how =
      report.isUnchanged
      ? "unchanged"
      : report.cells.contains { $0.state == .ran }
        ? "compiled in \(report.compileSeconds.hundredths) s, ran in \(report.runSeconds.hundredths) s"
        : report.cells.contains { $0.state == .cached } ? "cached" : "not run"
    Terminal.note("\(path): \(failed ? "failed, " : "")\(how)")
  }

  /// Prints the summary, or the report as JSON, and ends with the right code.
  func conclude(_ items: [Item], location: String?) throws {
    let reports = items.map(\.report)
    let code = Diagnostic.exitCode(
      of: reports.flatMap(\.diagnostics), isStrict: shared.strict)
    if shared.json {
      try printJSON(Summary(exitCode: code, index: location, lessons: reports))
    } else if !shared.quiet {
      if let location { print(location) }
      print(reports.map(\.claims).reduce(ClaimSummary(), +).line)
    }
    if code != 0 { throw ExitCode(code) }
  }

  private struct Summary: Encodable {
    let exitCode: Int32
    let index: String?
    let lessons: [LessonReport]
  }
}

/// Prints a value as JSON with sorted keys.
func printJSON(_ value: some Encodable) throws {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
  encoder.nonConformingFloatEncodingStrategy = .convertToString(
    positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
  print(String(decoding: try encoder.encode(value), as: UTF8.self))
}

/// Counts cells as they end.
private final class CellCounter {
  private let isSilent: Bool
  private var count = 0
  private var done = 0
  private var isLineOpen = false
  private var running = ""

  init(isSilent: Bool) { self.isSilent = isSilent }

  func start(_ lesson: Lesson) {
    count = lesson.cells.count(where: \.options.eval)
    done = 0
    if !isSilent { Terminal.note("\(lesson.path): \(count) \(count == 1 ? "cell" : "cells")") }
  }

  func take(_ record: Record) {
    guard !isSilent else { return }
    switch record {
    case .began(let cell) where Terminal.isInteractive:
      Terminal.note("\r\u{1B}[K[\(done + 1)/\(count)] \(cell) …", terminator: "")
      isLineOpen = true
      running = cell
    case .progress(let text) where Terminal.isInteractive:
      Terminal.note("\r\u{1B}[K[\(done + 1)/\(count)] \(running): \(text)", terminator: "")
    case .ended(let cell, _, _, let seconds):
      done += 1
      let line = Terminal.progress(done, of: count, label: cell, seconds: seconds)
      Terminal.note(Terminal.isInteractive ? "\r\u{1B}[K\(line)" : line)
      isLineOpen = false
    default: break
    }
  }

  /// Ends a line that a failed cell left open.
  func finish() {
    if isLineOpen { Terminal.note("") }
  }
}
