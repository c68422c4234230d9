import FoundationEssentials
import Glibc
public import LessonWire

/// Compiles and runs lessons, or remembers what they did.
public struct LessonEngine: Sendable {
  /// What the caller may choose.
  public struct Options: Sendable {
    /// Parameters given on the command line, as text.
    public var overrides: [String: String] = [:]
    /// Whether figures are also made as PNG.
    public var wantsPNG = false
    /// Whether figures are also made as PDF.
    public var wantsPDF = false
    /// Whether results are read from the cache and kept there.
    public var usesCache = true

    /// The defaults.
    public init() {}
  }

  /// A lesson's run and what went wrong in it.
  public struct Result: Sendable {
    /// What the cells did, up to the failure if there was one.
    public var run: LessonRun
    /// Errors and warnings of compiling, running and claims.
    public var diagnostics: [Diagnostic]
  }

  let toolchain: Toolchain
  let options: Options

  /// An engine for a toolchain.
  public init(toolchain: Toolchain, options: Options = Options()) {
    self.toolchain = toolchain
    self.options = options
  }

  /// The cache of a lesson.
  public func cache(of lesson: Lesson) -> Cache {
    Cache(forLesson: lesson.path, package: toolchain.package)
  }

  /// Names the compiled program of a lesson: its code, the flags, the toolchain and the library.
  public func programKey(of program: Program) -> String {
    "\(ContentHash(ofParts: Compiler(toolchain: toolchain).identity + [program.text]))"
  }

  /// Names a run: the program, seeds, parameters, what cells need of their options, data files.
  ///
  /// Prose, captions, limits and everything else that only shows do not enter it.
  public func runKey(of lesson: Lesson, program: Program) throws -> String {
    let session = try session(of: lesson).json()
    let folder = FileSystem.folder(of: lesson.path)
    let data = Set(lesson.cells.flatMap(\.options.depends)).sorted().flatMap { name in
      let path = name.hasPrefix("/") ? name : "\(folder)/\(name)"
      let bytes = FileSystem.isFile(path) ? WholeFile.read(path) : nil
      return [name, bytes.map { "\(ContentHash(of: $0))" } ?? "absent"]
    }
    return "\(ContentHash(ofParts: [programKey(of: program), session] + data))"
  }

  /// Runs a lesson that parsed without an error.
  ///
  /// - Parameter progress: is told each record as it arrives; not called for a remembered run.
  /// - Throws: a diagnostic when a tool is missing or fails; `Interruption.Requested`.
  public func run(_ lesson: Lesson, progress: @escaping (Record) -> Void) throws -> Result {
    let program = Program(lesson)
    let cache = options.usesCache ? cache(of: lesson) : nil
    let key = try runKey(of: lesson, program: program)
    var result = Result(run: LessonRun(), diagnostics: [])
    if let remembered = try remembered(key, program: program, path: lesson.path, in: cache) {
      result = remembered
    } else {
      do {
        result = try compileAndRun(
          lesson, program: program, key: key, cache: cache, progress: progress)
      } catch  where cache != nil && Self.mayBeOfTheCache(error) {
        // Its disk may be full: without it the lesson is only slower.
        result = try compileAndRun(
          lesson, program: program, key: key, cache: nil, progress: progress)
      }
    }
    let report = RunReport(lesson: lesson, program: program, toolchain: toolchain)
    result.diagnostics += report.diagnostics(of: result.run.verdicts)
    result.diagnostics += LedgerReport(lesson: lesson, program: program)
      .diagnostics(of: result.run.ledger)
    if result.run.isComplete {
      result.diagnostics += report.unknownOverrides(options.overrides, run: result.run)
    }
    return result
  }

  private static func mayBeOfTheCache(_ error: any Error) -> Bool {
    error is WholeFile.Failure || error is SystemError || (error as? Diagnostic)?.kind == .tool
  }

  private func remembered(
    _ key: String, program: Program, path: String, in cache: Cache?
  ) throws -> Result? {
    guard let cache, let body = cache.read(.runs, key),
      var run = try? JSONDecoder.forRecords.decode(LessonRun.self, from: Data(body))
    else { return nil }
    run.isCached = true
    (run.compileSeconds, run.runSeconds) = (0, 0)
    // Warnings of the compiler belong to the program; without its entry it is compiled again.
    guard let warnings = cache.warnings(programKey(of: program)) else { return nil }
    return Result(run: run, diagnostics: program.placed(warnings, path: path))
  }

  private func compileAndRun(
    _ lesson: Lesson, program: Program, key: String, cache: Cache?,
    progress: @escaping (Record) -> Void
  ) throws -> Result {
    let scratch = try ScratchFolder(in: cache?.folder)
    let clock = ContinuousClock()
    let start = clock.now
    let (executable, messages) = try executable(
      of: program, path: lesson.path, scratch: scratch, cache: cache)
    let compileSeconds = (clock.now - start) / .seconds(1)
    guard let executable else {
      var run = LessonRun()
      run.compileSeconds = compileSeconds
      return Result(run: run, diagnostics: messages)
    }
    var session = try session(of: lesson)
    session.memoFolder = cache?.memoFolder
    session.folder = FileSystem.real(FileSystem.folder(of: lesson.path))
    let options = Dictionary(
      lesson.cells.map { ($0.label, $0.options) }, uniquingKeysWith: { first, _ in first })
    let limits = Execution.Limits(
      timeout: { options[$0]?.timeout ?? lesson.frontMatter.timeout },
      memory: lesson.frontMatter.memory)
    let execution = try Execution(
      executable: executable, session: session, limits: limits, progress: progress)
    var outcome = try execution.followed()
    outcome.run.compileSeconds = compileSeconds
    outcome.run.sortLedger(asIn: lesson)
    let report = RunReport(lesson: lesson, program: program, toolchain: toolchain)
    let failures = report.diagnostics(of: &outcome, executable: executable)
    if failures.isEmpty, let cache,
      let body = try? JSONEncoder.forRecords.encode(outcome.run)
    {
      cache.write(.runs, key, [UInt8](body))
      cache.prune()
    }
    return Result(run: outcome.run, diagnostics: messages + failures)
  }

  /// The compiled program, nil when it does not compile, and the compiler's messages.
  private func executable(
    of program: Program, path: String, scratch: borrowing ScratchFolder, cache: Cache?
  ) throws -> (String?, [Diagnostic]) {
    let key = programKey(of: program)
    if let cache, let warnings = cache.warnings(key), let executable = cache.executable(key) {
      return (executable, program.placed(warnings, path: path))
    }
    let output = "\(scratch.path)/lesson"
    let messages = try Compiler(toolchain: toolchain)
      .compile(program, path: path, folder: scratch.path, output: output)
    if messages.contains(where: { $0.severity == .error }) { return (nil, messages) }
    guard let cache else { return (output, messages) }
    let warnings = program.withoutPlace(messages)
    return (cache.keep(executable: output, warnings: warnings, key), messages)
  }

  /// What the lesson's process is told, without what only this run needs.
  private func session(of lesson: Lesson) throws -> LessonSession {
    var session = LessonSession()
    session.seed = lesson.frontMatter.seed
    session.defaults = lesson.frontMatter.params
    session.overrides = options.overrides
    session.wantsPNG = options.wantsPNG
    session.wantsPDF = options.wantsPDF
    session.memoSalt = toolchain.identity
    for cell in lesson.cells where cell.options.eval {
      session.cells[cell.label] = LessonSession.CellSettings(
        seed: cell.options.seed, figWidth: cell.options.figWidth, figHeight: cell.options.figHeight)
    }
    return session
  }
}

extension JSONEncoder {
  /// Writes records as `Record.frame` does, keys sorted.
  static var forRecords: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return encoder
  }
}

extension JSONDecoder {
  /// Reads what `JSONEncoder.forRecords` writes.
  static var forRecords: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return decoder
  }
}

/// A folder for the files of one compilation, removed at the end of its scope.
struct ScratchFolder: ~Copyable {
  let path: String

  /// - Parameter folder: where to make it, so that a result can be renamed into its place; nil or
  ///   unwritable is the system's temporary folder.
  init(in folder: String?) throws {
    let temporary = Environment.value("TMPDIR") ?? "/tmp"
    for parent in [folder, temporary].compactMap({ $0 }) {
      try? FileSystem.makeFolder(parent)
      var template = Array("\(parent)/tmp.XXXXXX".utf8CString)
      if mkdtemp(&template) != nil {
        path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
        return
      }
    }
    throw Diagnostic(
      .error, .tool, "no temporary folder can be made in \(temporary)",
      hint: "free space there, or set TMPDIR to a folder that you may write")
  }

  deinit { FileSystem.remove(path) }
}
