@preconcurrency import Glibc
import LessonWire

/// One run of a lesson's program: starts it, watches its limits, collects its records.
struct Execution: ~Copyable {
  /// Why a lesson stopped before its end.
  enum Failure {
    /// A cell ran longer than so many seconds.
    case timeout(Double)
    /// The process held more than so many mebibytes.
    case memory(Int)
    /// A cell printed more than `outputLimit`.
    case flood
    /// The program named its error itself.
    case reported(message: String, hint: String?, isUsage: Bool)
    /// The process ended by itself.
    case ended(ChildProcess.Ending)
    /// The records stopped coming or cannot be read.
    case lostRecords(String)
  }

  /// What is left when the process is gone.
  struct Outcome {
    var run = LessonRun()
    var failure: Failure?
    /// The cell that ran when it failed; nil before the first.
    var cell: String?
    /// Frames of the failure, and of the last thrown error.
    var frames: [UInt] = []
    var thrown: [UInt] = []
    /// What the failing cell wrote to stderr.
    var lastWords = ""
  }

  /// Bytes that a lesson may print in all.
  private static let outputLimit = 64 << 20
  /// Bytes of a cell's printed output that reach the page.
  private static let shownLimit = 32 << 10
  /// Seconds that a process gets to say where it is before it is killed.
  private static let grace = 0.3
  private static let recordsDescriptor: CInt = 3

  private let limits: Limits
  private let stdout: AnonymousFile
  private let stderr: AnonymousFile
  private var child: ChildProcess
  private let pipe: Pipe
  private var decoder = RecordDecoder()
  private var result = Outcome()
  private var isFinished = false
  private var cellStart = Self.now
  private var stdoutEnd = 0
  private var stderrEnd = 0
  private var shownBefore: [String: String] = [:]
  private let progress: (Record) -> Void

  /// What a lesson may take.
  struct Limits {
    /// Seconds for a cell, by label.
    var timeout: (String) -> Double
    /// Mebibytes for the process.
    var memory: Int
  }

  init(
    executable: String, session: LessonSession, limits: Limits,
    progress: @escaping (Record) -> Void
  ) throws {
    let stdin = try AnonymousFile()
    let stdout = try AnonymousFile()
    let stderr = try AnonymousFile()
    let pipe = try Pipe()
    var session = session
    session.records = Self.recordsDescriptor
    let child = try ChildProcess(
      executable, [],
      environment: [
        LessonSession.variable: try session.json(),
        "SWIFT_BACKTRACE": "enable=no",  // The library reports where it dies.
        "OPENBLAS_CORETYPE": "Haswell", "OPENBLAS_NUM_THREADS": "1",
      ],
      descriptors: [
        (stdin.descriptor, 0), (stdout.descriptor, 1), (stderr.descriptor, 2),
        (pipe.writing, Self.recordsDescriptor),
      ])
    pipe.closeWriting()
    self.limits = limits
    self.progress = progress
    self.stdout = stdout
    self.stderr = stderr
    self.pipe = pipe
    self.child = child
  }

  /// Follows the process to its end.
  consuming func followed() throws -> Outcome {
    let start = Self.now
    var ending: ChildProcess.Ending?
    while ending == nil {
      try Interruption.check()
      let isOpen = receive(seconds: 0.02)
      ending = child.poll()
      if ending != nil { break }
      if let failure = brokenLimit() {
        stop(failure)
        break
      }
      if !isOpen { ending = settle() }
      if !isOpen && ending == nil { break }
    }
    while result.failure == nil, receive(seconds: 0) {}
    if result.failure == nil && !isFinished, let ending { result.failure = .ended(ending) }
    if result.failure == nil && !isFinished {
      result.failure = .lostRecords("closed the descriptor that carries what it shows")
    }
    if result.failure != nil { closeCell() }
    result.run.isComplete = result.failure == nil
    result.run.runSeconds = Self.now - start
    return result
  }

  // MARK: - Records

  /// Waits for records; false when there will be no more.
  private mutating func receive(seconds: Double) -> Bool {
    guard let bytes = pipe.read(seconds: seconds) else { return false }
    if bytes.isEmpty { return seconds > 0 }
    decoder.append(bytes)
    do {
      while let record = try decoder.next() { take(record) }
    } catch {
      result.failure = .lostRecords("sent what is not a record (\(error))")
      return false
    }
    return true
  }

  private mutating func take(_ record: Record) {
    switch record {
    case .began(let cell):
      result.cell = cell
      result.run.cells[cell] = CellRun()
      cellStart = Self.now
    case .ended(let cell, let stdout, let stderr, let seconds):
      if stdout < 0 || stderr < 0 {
        result.failure = .lostRecords("closed its standard \(stdout < 0 ? "output" : "error")")
      }
      result.run.cells[cell]?.seconds = seconds
      keepPrinted(of: cell, stdout: stdout, stderr: stderr)
    case .output(let output): keep(output)
    case .parameter(let parameter):
      result.run.parameters.removeAll { $0.name == parameter.name }
      result.run.parameters.append(parameter)
    case .verdict(let verdict): result.run.verdicts.append(verdict)
    case .checksLedger: (result.cell, cellStart) = (nil, Self.now)
    case .ledger(let verdict):
      result.run.ledger.append(verdict)
      // Outside of cells each claim has its own time.
      if result.cell == nil { cellStart = Self.now }
    case .memo(let name, let hit, _):
      if hit, let cell = result.cell { result.run.cells[cell]?.memoHits.append(name) }
    case .progress: break
    case .failed(let message, let hint, let isUsage, let frames):
      result.frames = frames
      result.failure = .reported(message: message, hint: hint, isUsage: isUsage)
    case .stopped(_, let frames, let thrown): (result.frames, result.thrown) = (frames, thrown)
    case .finished: isFinished = true
    }
    progress(record)
  }

  /// A later output with the same id takes the place of the earlier one, in whichever cell that was.
  private mutating func keep(_ output: Output) {
    let cell = shownBefore[output.id] ?? output.cell
    shownBefore[output.id] = cell
    let index = result.run.cells[cell]?.outputs.firstIndex { $0.id == output.id }
    if let index {
      result.run.cells[cell]?.outputs[index].content = output.content
    } else {
      result.run.cells[cell]?.outputs.append(output)
    }
  }

  private mutating func keepPrinted(of cell: String, stdout: Int, stderr: Int) {
    result.run.cells[cell]?.stdout = Self.shown(self.stdout, stdoutEnd..<max(stdoutEnd, stdout))
    result.run.cells[cell]?.stderr = Self.shown(self.stderr, stderrEnd..<max(stderrEnd, stderr))
    stdoutEnd = max(stdoutEnd, stdout)
    stderrEnd = max(stderrEnd, stderr)
  }

  /// What a failed cell had printed so far.
  private mutating func closeCell() {
    guard let cell = result.cell else { return }
    result.lastWords = String(
      decoding: stderr.bytes(stderrEnd..<min(stderr.count, stderrEnd + Self.shownLimit)),
      as: UTF8.self)
    result.run.cells[cell]?.seconds = Self.now - cellStart
    keepPrinted(of: cell, stdout: stdout.count, stderr: stderr.count)
  }

  private static func shown(_ file: borrowing AnonymousFile, _ range: Range<Int>) -> String {
    let range = range.clamped(to: 0..<file.count)
    guard range.count > shownLimit else {
      return String(decoding: file.bytes(range), as: UTF8.self)
    }
    let tail = shownLimit / 8
    let cut = range.count - shownLimit
    let start = file.bytes(range.lowerBound..<(range.upperBound - tail - cut))
    let end = file.bytes((range.upperBound - tail)..<range.upperBound)
    return String(decoding: start, as: UTF8.self) + "\n… \(cut) bytes are left out here …\n"
      + String(decoding: end, as: UTF8.self)
  }

  // MARK: - Limits

  private func brokenLimit() -> Failure? {
    if isFinished { return nil }
    let seconds = limits.timeout(result.cell ?? "")
    if Self.now - cellStart > seconds { return .timeout(seconds) }
    if residentMebibytes > limits.memory { return .memory(limits.memory) }
    if stdout.count + stderr.count > Self.outputLimit { return .flood }
    return nil
  }

  private var residentMebibytes: Int {
    guard let text = WholeFile.read("/proc/\(child.pid)/statm") else { return 0 }
    let fields = String(decoding: text, as: UTF8.self).split(separator: " ")
    return fields.count > 1 ? ((Int(fields[1]) ?? 0) * sysconf(CInt(_SC_PAGESIZE))) >> 20 : 0
  }

  /// Asks the process where it is, then kills it.
  private mutating func stop(_ failure: Failure) {
    child.signal(SIGXCPU)
    let deadline = Self.now + Self.grace
    while result.frames.isEmpty, Self.now < deadline, child.poll() == nil {
      guard receive(seconds: 0.02) else { break }
    }
    while receive(seconds: 0) {}
    result.failure = failure
    if child.poll() == nil { child.kill() }
  }

  /// The records have ended: the process ends too, or it has closed their descriptor.
  private mutating func settle() -> ChildProcess.Ending? {
    let deadline = Self.now + (isFinished ? 2 : 0.2)
    while Self.now < deadline {
      if let ending = child.poll() { return ending }
      usleep(1000)
    }
    child.kill()
    return nil
  }

  private static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}

/// The pipe of records; only its reading end stays here.
private final class Pipe {
  private let reading: CInt
  private(set) var writing: CInt
  private var chunk = [UInt8](repeating: 0, count: 64 << 10)

  init() throws {
    var ends: [CInt] = [0, 0]
    guard Glibc.pipe(&ends) == 0 else { throw SystemError("a pipe cannot be made", errno) }
    (reading, writing) = (ends[0], ends[1])
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(reading, F_SETFL, O_NONBLOCK)
  }

  deinit {
    close(reading)
    closeWriting()
  }

  func closeWriting() {
    if writing >= 0 { close(writing) }
    writing = -1
  }

  /// Bytes that arrive within `seconds`; empty when none do, nil at the end.
  func read(seconds: Double) -> [UInt8]? {
    var request = pollfd(fd: reading, events: Int16(POLLIN), revents: 0)
    if poll(&request, 1, CInt(seconds * 1000)) <= 0 { return [] }
    let count = Glibc.read(reading, &chunk, chunk.count)
    if count < 0 { return errno == EAGAIN || errno == EINTR ? [] : nil }
    return count == 0 ? nil : Array(chunk[..<count])
  }
}
