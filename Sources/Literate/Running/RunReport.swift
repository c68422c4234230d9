import Glibc
import LessonWire

/// What a lesson's failures and verdicts mean, as diagnostics at their places.
struct RunReport {
  let lesson: Lesson
  let program: Program
  let toolchain: Toolchain

  /// Diagnostics of a failed run; its stderr loses what the runtime printed about the failure.
  func diagnostics(
    of outcome: inout Execution.Outcome, executable: String
  ) -> [Diagnostic] {
    guard let failure = outcome.failure else { return [] }
    let trap = Trap(outcome.lastWords)
    if let trap, let cell = outcome.cell {
      outcome.run.cells[cell]?.stderr = trap.before
    }
    // A top-level error stops the program in the runtime; where it was thrown is what matters.
    let isThrown = trap?.isTopLevelError ?? false
    let answer = Symbolizer.look(
      up: isThrown ? outcome.thrown : outcome.frames, in: executable, program: program,
      toolchain: toolchain)
    let place = answer.place ?? outcome.cell.flatMap { program.place(cell: $0, line: 1) }
    var diagnostic = described(
      failure, trap: trap, answer: answer, depth: outcome.frames.count)
    diagnostic.path = lesson.path
    diagnostic.line = place?.line
    diagnostic.column = place?.column
    diagnostic.label = outcome.cell ?? place?.cell
    return [diagnostic]
  }

  private func described(
    _ failure: Execution.Failure, trap: Trap?, answer: Symbolizer.Answer, depth: Int
  ) -> Diagnostic {
    switch failure {
    case .timeout(let seconds):
      Diagnostic(
        .error, .run, "the cell ran longer than \(Self.text(seconds)) s and was stopped here",
        hint: "end the loop, do less, or raise `timeout` in the cell or the front matter")
    case .memory(let mebibytes):
      Diagnostic(
        .error, .run, "the lesson holds more than \(mebibytes) MiB of memory and was stopped here",
        hint: "hold less at a time, or raise `memory` in the front matter")
    case .flood:
      Diagnostic(
        .error, .run, "the lesson printed more than 64 MiB and was stopped here",
        hint: "print a summary, or end the loop")
    case .reported(let message, let hint, let isUsage):
      Diagnostic(.error, isUsage ? .usage : .run, message, hint: hint)
    case .lostRecords(let what):
      Diagnostic(
        .error, .run, "the cell \(what)", hint: "leave descriptors 1, 2 and 3 of the process open")
    case .ended(let ending): ended(ending, trap: trap, answer: answer, depth: depth)
    }
  }

  private func ended(
    _ ending: ChildProcess.Ending, trap: Trap?, answer: Symbolizer.Answer, depth: Int
  ) -> Diagnostic {
    if let trap {
      return Diagnostic(
        .error, .run, trap.message,
        hint: trap.isTopLevelError ? "catch it with do … catch, or mend what throws it" : nil)
    }
    switch ending {
    case .exited(LessonSession.lostChannelStatus):
      return Diagnostic(
        .error, .run, "the cell closed the descriptor that carries what it shows",
        hint: "leave descriptors 1, 2 and 3 of the process open")
    case .exited(let status):
      return Diagnostic(
        .error, .run, "the cell ended the process with exit(\(status))",
        hint: "a lesson runs to its last cell; take the call of exit out")
    case .signalled(let signal):
      return Diagnostic(.error, .run, Self.meaning(of: signal, answer: answer, depth: depth))
    }
  }

  private static func text(_ seconds: Double) -> String {
    seconds == seconds.rounded() && seconds < 1e9 ? "\(Int(seconds))" : "\(seconds)"
  }

  private static func meaning(of signal: CInt, answer: Symbolizer.Answer, depth: Int) -> String {
    if let failure = answer.failure { return failure }
    switch signal {
    case SIGILL, SIGTRAP: return "a precondition of the call does not hold"
    case SIGSEGV where depth >= 100:
      return "the stack overflowed: the recursion does not end"
    case SIGSEGV, SIGBUS: return "invalid memory access"
    case SIGABRT: return "the process aborted"
    case SIGKILL: return "the process was killed from outside, perhaps for lack of memory"
    case SIGPIPE: return "the cell wrote to a pipe that nobody reads"
    default: return "the process was ended by signal \(signal)"
    }
  }

  /// Diagnostics of the claims: those that fail, and checks of claims that the lesson does not state.
  func diagnostics(of verdicts: [Verdict]) -> [Diagnostic] {
    let stated = lesson.anchors.map(\.id)
    return verdicts.flatMap { verdict -> [Diagnostic] in
      let place = program.place(cell: verdict.cell, line: verdict.line)
      var found: [Diagnostic] = []
      if !verdict.holds {
        found.append(
          Diagnostic(
            .error, .claim, path: lesson.path, line: place?.line, label: verdict.claim,
            "the claim does not hold"
              + (verdict.detail.isEmpty ? "" : ": \(verdict.detail)")))
      }
      if !stated.contains(verdict.claim) {
        found.append(
          Diagnostic(
            .warning, .source, path: lesson.path, line: place?.line, label: verdict.cell,
            "the lesson states no claim \"\(verdict.claim)\"",
            hint: stated.isEmpty
              ? "state it: ::: {#\(verdict.claim) .theorem}"
              : spellingHint(for: verdict.claim, among: stated, noun: "labels")))
      }
      return found
    }
  }

  /// Names on the command line that no cell and no front matter declares.
  func unknownOverrides(_ overrides: [String: String], run: LessonRun) -> [Diagnostic] {
    var known = run.parameters.flatMap { [$0.name, $0.symbol] } + lesson.frontMatter.params.keys
    known = Set(known).sorted()
    return overrides.keys.sorted().filter { !known.contains($0) }.map { name in
      Diagnostic(
        .error, .usage, path: lesson.path, "-P \(name): the lesson has no such parameter",
        hint: known.isEmpty
          ? "it has no parameters" : spellingHint(for: name, among: known, noun: "parameters"))
    }
  }
}

/// What the Swift runtime prints when it stops the process.
struct Trap {
  /// What was wrong.
  let message: String
  /// What the cell itself had written before.
  let before: String
  /// Whether an error left the program's top level.
  var isTopLevelError = false

  /// Finds the message at the end of a failed cell's stderr.
  init?(_ text: String) {
    guard let mark = text.ranges(of: "Fatal error").last else { return nil }
    var message = text[mark.upperBound...]
    if message.hasPrefix(": ") { message = message.dropFirst(2) }
    if let trace = message.firstRange(of: "\nCurrent stack trace:") {
      message = message[..<trace.lowerBound]
    }
    message = Substring(message.split(separator: "\n").joined(separator: " "))
    let topLevel = "Error raised at top level: "
    if message.hasPrefix(topLevel) {
      isTopLevelError = true
      message = message.dropFirst(topLevel.count)
    }
    self.message =
      isTopLevelError
      ? "uncaught error: \(message)"
      : message.isEmpty ? "fatal error" : message.prefix(1).lowercased() + message.dropFirst()
    // The line of the message begins with the runtime's file and line.
    let lineStart = text[..<mark.lowerBound].lastIndex(of: "\n").map { text.index(after: $0) }
    before = String(text[..<(lineStart ?? text.startIndex)])
  }
}
