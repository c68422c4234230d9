@preconcurrency import Glibc
package import LessonWire
import Synchronization

/// The lesson's own process, as its program tells it where cells begin and end.
///
/// The engine puts these calls between the cells; a lesson's author never writes them.
public enum LessonProcess {
  private struct State: Sendable {
    var session = LessonSession()
    var cell = ""
    var cellStart = 0.0
    var shownInCell = 0
  }

  private static let state = Mutex(State())

  /// Reads the session once, makes output unbuffered and installs the crash reporter.
  private static let started: Void = {
    // A trap must not swallow what was printed before it.
    setvbuf(stdout, nil, _IONBF, 0)
    guard let text = getenv(LessonSession.variable),
      let session = LessonSession(json: String(cString: text))
    else { return }
    unsetenv(LessonSession.variable)
    state.withLock { $0.session = session }
    if let folder = session.folder { chdir(folder) }
    if let descriptor = session.records { CrashReporter.install(descriptor: descriptor) }
  }()

  /// What the engine said.
  package static var session: LessonSession {
    started
    return state.withLock(\.session)
  }

  /// The label of the cell that runs.
  package static var cell: String { state.withLock(\.cell) }

  /// Whether an engine listens.
  package static var hasEngine: Bool { session.records != nil }

  /// A cell begins.
  public static func begin(_ label: String) {
    started
    state.withLock {
      $0.cell = label
      $0.cellStart = now()
      $0.shownInCell = 0
    }
    send(.began(cell: label))
  }

  /// The running cell ends.
  public static func end() {
    fflush(nil)
    let (label, start) = state.withLock { ($0.cell, $0.cellStart) }
    let ended = Record.ended(
      cell: label, stdout: Int(lseek(1, 0, SEEK_CUR)), stderr: Int(lseek(2, 0, SEEK_CUR)),
      seconds: now() - start)
    send(ended)
  }

  /// The lesson has reached its end.
  public static func finish() {
    fflush(nil)
    send(.finished)
    CrashReporter.disarm()
  }

  /// A label for the next thing that the cell shows: `cell-1`, `cell-2`, ….
  package static func nextOutputID() -> String {
    state.withLock {
      $0.shownInCell += 1
      return "\($0.cell)-\($0.shownInCell)"
    }
  }

  /// Sends a record to the engine, if there is one.
  ///
  /// A record that cannot be sent ends the process: nothing that the lesson shows would be seen.
  package static func send(_ record: Record) {
    guard let descriptor = session.records else { return }
    guard let frame = try? record.frame() else {
      fail("what the cell shows is larger than \(RecordDecoder.longestFrame >> 20) MiB")
    }
    state.withLock { _ in
      var sent = 0
      while sent < frame.count {
        let count = frame.withUnsafeBytes {
          write(descriptor, $0.baseAddress! + sent, frame.count - sent)
        }
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { _exit(LessonSession.lostChannelStatus) }
        sent += count
      }
    }
  }

  /// Ends the lesson with an error that names itself, at the caller's line.
  ///
  /// - Parameters:
  ///   - hint: what to do about it.
  ///   - isUsage: the command line is to blame, not the lesson.
  package static func fail(_ message: String, hint: String? = nil, isUsage: Bool = false) -> Never {
    fflush(nil)
    if hasEngine {
      send(
        .failed(
          message: message, hint: hint, isUsage: isUsage, frames: CrashReporter.currentFrames()))
    } else {
      fputs("lesson: \(message)\n", stderr)
      if let hint { fputs("  hint: \(hint)\n", stderr) }
    }
    CrashReporter.disarm()
    _exit(LessonSession.failureStatus)
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
