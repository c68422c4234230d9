import LessonWire

/// Compiles a lesson's program against the library.
struct Compiler {
  let toolchain: Toolchain
  /// Seconds that one run of the compiler may take.
  var timeLimit = 120.0

  /// Seconds after which the compiler gives an expression up, and names it.
  private static let hardestExpression = 30
  /// Milliseconds that type-checking one expression may take before it is worth a warning.
  private static let slowExpression = 500

  /// What the result depends on, the program's text apart.
  var identity: [String] { [toolchain.identity] + flags }

  private var flags: [String] {
    // Line tables are all that a trap's place needs; full debug information would cost a second pass
    // of the compiler, for the module's interface.
    [
      "-Onone", "-wmo", "-gline-tables-only", "-swift-version", "5", "-module-name", "Lesson",
      "-diagnostic-style", "llvm", "-no-color-diagnostics", "-Xfrontend",
      "-warn-long-expression-type-checking=\(Self.slowExpression)",
      "-Xfrontend", "-solver-expression-time-threshold=\(Self.hardestExpression)",
    ] + includes
  }

  /// Where the modules of the library and of what it stands on are.
  private var includes: [String] {
    ["-I", "\(toolchain.products)/Modules"] + toolchain.moduleMapFolders.flatMap { ["-I", $0] }
  }

  /// The cache of C modules: beside the library, where that may be written, so that all lessons share
  /// it; else the compiler's own in the user's cache; else `scratch`, which is slow but always works.
  ///
  /// The build's own `ModuleCache` will not do: it refuses modules that it knows under another path.
  private func moduleCache(scratch: String) -> [String] {
    let shared = "\(FileSystem.real(toolchain.products) ?? toolchain.products)/LessonModuleCache"
    try? FileSystem.makeFolder(shared)
    if FileSystem.isWritable(shared) { return ["-module-cache-path", shared] }
    try? FileSystem.makeFolder(Cache.userFolder)
    return FileSystem.isWritable(Cache.userFolder) ? [] : ["-module-cache-path", scratch]
  }

  private var linking: [String] {
    [
      "-L", toolchain.products, "-lLessonKit", "-use-ld=lld", "-Xlinker", "-rpath", "-Xlinker",
      toolchain.products,
    ]
  }

  /// What compiles a tangled program by hand, for a shell.
  func commandLine(for file: String) -> String {
    let output = file.hasSuffix(".swift") ? String(file.dropLast(6)) : "\(file).out"
    let words = ["swiftc"] + includes + linking + [file, "-o", output]
    return words.map { word in
      word.contains(where: { " '\"$`\\&|;()<>*?#~".contains($0) })
        ? "'\(word.replacing("'", with: "'\\''"))'" : word
    }.joined(separator: " ")
  }

  /// Compiles `program` to the executable `output`.
  ///
  /// - Parameter folder: a scratch folder of this compilation's own.
  /// - Returns: warnings and errors at their places; the executable exists when there is no error.
  func compile(
    _ program: Program, path: String, folder: String, output: String
  ) throws -> [Diagnostic] {
    let source = "\(folder)/main.swift"
    try WholeFile.write(Array(program.text.utf8), to: source)
    let ending: ChildProcess.Ending
    let stderr: [UInt8]
    do {
      (ending, _, stderr) = try ChildProcess.run(
        toolchain.swiftc,
        flags + moduleCache(scratch: folder) + linking + [source, "-o", output],
        timeLimit: timeLimit)
    } catch is ChildProcess.TimedOut {
      throw Diagnostic(
        .error, .compile, path: path,
        "the compiler was stopped after \(Int(timeLimit.rounded(.up))) s; in which cell it does not say",
        hint: "give the closures and literals of the newest cell explicit types, or split it")
    }
    let text = String(decoding: stderr, as: UTF8.self)
    let messages = CompilerOutput(text, program: program, path: path)
    if ending == .exited(0) { return messages.diagnostics }
    if messages.mayCrossCells {
      let separate = try parseSeparately(program, path: path, folder: folder)
      if !separate.isEmpty { return separate }
    }
    let diagnostics = messages.diagnostics
    if diagnostics.contains(where: { $0.severity == .error }) { return diagnostics }
    if let meddling = program.meddling(path: path) { return [meddling] }
    throw Diagnostic(
      .error, .tool, path: path,
      "swiftc failed: \(Self.summary(text) ?? "\(ending)")",
      hint: "lectern doctor tells whether the toolchain and the library are in order")
  }

  /// The first error that says something; the driver adds its own that do not.
  private static func summary(_ text: String) -> Substring? {
    let errors = text.split(separator: "\n").filter { $0.contains("error:") }
    return errors.first { !$0.contains("command failed with exit code") } ?? errors.first
  }

  /// The parser's errors in each cell on its own.
  private func parseSeparately(
    _ program: Program, path: String, folder: String
  ) throws -> [Diagnostic] {
    var errors: [Diagnostic] = []
    for (name, text) in program.separateFiles {
      let file = "\(folder)/\(name)"
      try WholeFile.write(Array(text.utf8), to: file)
      let (ending, _, stderr) = try ChildProcess.run(
        toolchain.swiftc,
        ["-frontend", "-parse", "-diagnostic-style", "llvm", "-module-name", "Lesson", file],
        timeLimit: timeLimit)
      if ending == .exited(0) { continue }
      errors += CompilerOutput(
        String(decoding: stderr, as: UTF8.self), program: program, path: path
      ).diagnostics.filter { $0.severity == .error }
    }
    return errors
  }
}
