@preconcurrency import Glibc

/// A program that was started in a process group of its own.
struct ChildProcess: ~Copyable {
  /// How a process ended.
  enum Ending: Hashable {
    case exited(CInt)
    case signalled(CInt)
  }

  let pid: pid_t
  private var ending: Ending?

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - environment: variables that are added to ours.
  ///   - descriptors: ours, and the numbers that they have in the child.
  init(
    _ path: String, _ arguments: [String], environment: [String: String] = [:],
    descriptors: [(ours: CInt, child: CInt)]
  ) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (ours, child) in descriptors { posix_spawn_file_actions_adddup2(&actions, ours, child) }

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var all = sigset_t()
    var none = sigset_t()
    sigfillset(&all)
    sigemptyset(&none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setsigmask(&attributes, &none)
    let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK
    posix_spawnattr_setflags(&attributes, Int16(flags))

    var variables = Environment.current
    variables.merge(environment) { $1 }
    var child: pid_t = 0
    let code = Self.withCStrings([path] + arguments) { arguments in
      Self.withCStrings(variables.map { "\($0)=\($1)" }) { variables in
        posix_spawn(&child, path, &actions, &attributes, arguments, variables)
      }
    }
    guard code == 0 else { throw SystemError("\(path) cannot be started", code) }
    pid = child
  }

  deinit { if ending == nil { kill() } }

  /// Asks the process, not its group, to stop where it is.
  func signal(_ number: CInt) { Glibc.kill(pid, number) }

  /// Kills the whole group and waits for the process.
  func kill() {
    Glibc.kill(-pid, SIGKILL)
    var status: CInt = 0
    while waitpid(pid, &status, 0) < 0 && errno == EINTR {}
  }

  /// How the process ended, nil while it runs.
  mutating func poll() -> Ending? { wait(options: WNOHANG) }

  /// Waits for the end.
  ///
  /// - Throws: `TimedOut` or `Interruption.Requested`, after killing the group.
  mutating func wait(timeLimit: Double) throws -> Ending {
    let clock = ContinuousClock()
    let start = clock.now
    // A short tool must not wait for us: the pauses begin at a tenth of a millisecond.
    var pause: UInt32 = 100
    while true {
      if let ending = poll() { return ending }
      try Interruption.check()
      if (clock.now - start) / .seconds(1) > timeLimit { throw TimedOut() }
      usleep(pause)
      pause = min(pause * 5 / 4, 2000)
    }
  }

  private mutating func wait(options: CInt) -> Ending? {
    if let ending { return ending }
    var status: CInt = 0
    guard waitpid(pid, &status, options) == pid else { return nil }
    let signal = status & 0x7f
    ending = signal == 0 ? .exited(status >> 8 & 0xff) : .signalled(signal)
    Glibc.kill(-pid, SIGKILL)  // What the process left behind in its group.
    return ending
  }

  private static func withCStrings<Result>(
    _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
  ) -> Result {
    let pointers = strings.map { strdup($0) }
    defer { pointers.forEach { free($0) } }
    return body(pointers + [nil])
  }
}

extension ChildProcess {
  /// A tool ran longer than it may, and was killed with its group.
  struct TimedOut: Error {}

  /// Runs a tool to its end.
  ///
  /// - Parameter timeLimit: seconds that it may take.
  /// - Throws: `TimedOut`, `Interruption.Requested`, `SystemError`.
  static func run(
    _ path: String, _ arguments: [String], input: [UInt8] = [], timeLimit: Double = .infinity
  ) throws -> (ending: Ending, stdout: [UInt8], stderr: [UInt8]) {
    try Interruption.check()
    let stdin = try AnonymousFile(holding: input)
    let stdout = try AnonymousFile()
    let stderr = try AnonymousFile()
    var child = try ChildProcess(
      path, arguments,
      descriptors: [(stdin.descriptor, 0), (stdout.descriptor, 1), (stderr.descriptor, 2)])
    let ending = try child.wait(timeLimit: timeLimit)
    return (ending, stdout.bytes, stderr.bytes)
  }
}

/// The process's environment.
package enum Environment {
  /// All variables.
  package static var current: [String: String] {
    var variables: [String: String] = [:]
    var entry = environ
    while let text = entry.pointee {
      let parts = String(cString: text).split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 { variables[String(parts[0])] = String(parts[1]) }
      entry += 1
    }
    return variables
  }

  /// One variable, nil when it is not set or empty.
  package static func value(_ name: String) -> String? {
    guard let text = getenv(name), text[0] != 0 else { return nil }
    return String(cString: text)
  }
}
