import FoundationEssentials
public import LessonWire

/// A format of figures.
public enum FigureFormat: String, Sendable, CaseIterable {
  /// Vectors for the web.
  case svg
  /// Pixels.
  case png
  /// Vectors for LaTeX.
  case pdf
}

/// Takes a lesson from its file to its page.
public struct LessonRenderer {
  /// What the caller may choose.
  public struct Options {
    /// The folder of the pages; nil checks only and writes nothing.
    public var outputFolder: String?
    /// Whether the committed figures are written instead of compared.
    public var updatesFigures = false
    /// Formats in which figures are also written beside the pages.
    public var figureFormats: Set<FigureFormat> = []
    /// The engine's options; what the formats need is added.
    public var engine = LessonEngine.Options()

    /// The defaults.
    public init() {}
  }

  private struct PageEntry: Codable {
    let page: String
    let hash: String
    let report: LessonReport
  }

  private let engine: LessonEngine
  private let options: Options

  /// A renderer.
  public init(toolchain: Toolchain, options: Options) {
    var options = options
    options.engine.wantsPNG = options.figureFormats.contains(.png)
    options.engine.wantsPDF = options.figureFormats.contains(.pdf)
    engine = LessonEngine(toolchain: toolchain, options: options.engine)
    self.options = options
  }

  /// Renders or checks one lesson; whatever goes wrong is in the report.
  ///
  /// - Parameters:
  ///   - began: is told the lesson before it runs.
  ///   - progress: is told each record as it arrives.
  /// - Returns: the lesson, when its file could be parsed, and the report.
  /// - Throws: `Interruption.Requested`.
  public func render(
    _ path: String, began: (Lesson) -> Void = { _ in },
    progress: @escaping (Record) -> Void = { _ in }
  ) throws -> (lesson: Lesson?, report: LessonReport) {
    var report = LessonReport(path: path)
    let bytes: [UInt8]
    do {
      bytes = try Self.read(path)
    } catch {
      report.diagnostics = [error]
      return (nil, report)
    }
    let (parsed, diagnostics) = LessonParser.parse(bytes: bytes, path: path)
    report.diagnostics = diagnostics
    guard let lesson = parsed else { return (nil, report) }
    do {
      try render(lesson, bytes: bytes, began: began, progress: progress, into: &report)
    } catch let error as Diagnostic {
      var error = error
      error.path = error.path ?? path
      report.diagnostics.append(error)
    } catch let error as Interruption.Requested {
      throw error
    } catch {
      report.diagnostics.append(
        Diagnostic(
          .error, .tool, path: path, "\(error)",
          hint: "free space there, or set TMPDIR and XDG_CACHE_HOME to folders that you may write"))
    }
    return (lesson, report)
  }

  private func render(
    _ lesson: Lesson, bytes: [UInt8], began: (Lesson) -> Void,
    progress: @escaping (Record) -> Void, into report: inout LessonReport
  ) throws {
    let isSound = !report.diagnostics.contains { $0.severity == .error }
    let key = isSound ? try pageKey(of: lesson, bytes: bytes) : nil
    if let key, let known = upToDate(lesson, key) {
      report = known
      report.isUnchanged = true
      return
    }
    began(lesson)
    var run = LessonRun()
    if isSound {
      let result = try engine.run(lesson, progress: progress)
      run = result.run
      report.diagnostics += result.diagnostics
    }
    report.add(lesson, run)
    // A slip on the command line says nothing about the lesson: its page stays as it is.
    if report.diagnostics.contains(where: { $0.severity == .error && $0.kind == .usage }) { return }
    let page = try Weaver(
      lesson: lesson, run: run, diagnostics: report.diagnostics,
      pandoc: { try Pandoc.html(of: $0, arguments: Weaver.pandocArguments) }
    ).page()
    report.diagnostics += page.diagnostics
    let figures = CommittedFigures(of: lesson, run: run)
    guard let folder = options.outputFolder else {
      if run.isComplete { report.diagnostics += figures.staleness() }
      return
    }
    try write(page, figures, of: lesson, to: folder, into: &report)
    if options.updatesFigures && run.isComplete {
      try Self.asTool("free space, or make the folder of the figures writable") {
        try figures.update()
      }
    }
    if let key, let path = report.page,
      !report.diagnostics.contains(where: { $0.severity == .error })
    {
      let entry = PageEntry(page: path, hash: "\(ContentHash(of: page.html))", report: report)
      if let body = try? JSONEncoder.forRecords.encode(entry) {
        engine.cache(of: lesson).write(.pages, key, [UInt8](body))
      }
    }
  }

  private func write(
    _ page: Page, _ figures: CommittedFigures, of lesson: Lesson, to folder: String,
    into report: inout LessonReport
  ) throws {
    let path = "\(folder)/\(lesson.name).html"
    try Self.asTool {
      try FileSystem.makeFolder(folder)
      let bytes = Array(page.html.utf8)
      if WholeFile.read(path) != bytes { try WholeFile.write(bytes, to: path) }
    }
    report.page = path
    if options.figureFormats.isEmpty { return }
    let pictures = "\(folder)/figures/\(lesson.name)"
    try Self.asTool {
      try FileSystem.makeFolder(pictures)
      for figure in figures.figures {
        for format in options.figureFormats {
          guard let bytes = figure.bytes(format) else { continue }
          try WholeFile.write(bytes, to: "\(pictures)/\(figure.name).\(format.rawValue)")
        }
      }
    }
  }

  /// Names a page: the lesson's bytes, its run, this program, and where the page goes. Nil when the
  /// page must be made anyway.
  private func pageKey(of lesson: Lesson, bytes: [UInt8]) throws -> String? {
    guard options.engine.usesCache, !options.updatesFigures, options.figureFormats.isEmpty,
      let folder = options.outputFolder
    else { return nil }
    let parts = [
      "\(ContentHash(of: bytes))", try engine.runKey(of: lesson, program: Program(lesson)),
      FileSystem.stamp("/proc/self/exe") ?? "", lesson.path, folder,
    ]
    return "\(ContentHash(ofParts: parts))"
  }

  private func upToDate(_ lesson: Lesson, _ key: String) -> LessonReport? {
    guard let body = engine.cache(of: lesson).read(.pages, key),
      let entry = try? JSONDecoder.forRecords.decode(PageEntry.self, from: Data(body)),
      let page = WholeFile.read(entry.page), "\(ContentHash(of: page))" == entry.hash
    else { return nil }
    return entry.report
  }

  /// A lesson's bytes.
  static func read(_ path: String) throws(Diagnostic) -> [UInt8] {
    if FileSystem.isFolder(path) {
      throw Diagnostic(.error, .usage, path: path, "this is a folder, not a lesson")
    }
    if !FileSystem.isFile(path) && FileSystem.exists(path) {
      throw Diagnostic(
        .error, .usage, path: path, "this is a device or a pipe, not a file",
        hint: "save the lesson as a file")
    }
    if let bytes = WholeFile.read(path) { return bytes }
    if FileSystem.exists(path) {
      throw Diagnostic(
        .error, .tool, path: path, "the lesson cannot be read", hint: "see its permissions")
    }
    throw Diagnostic(
      .error, .usage, path: path, "there is no such lesson", hint: "lectern new \(path) writes one")
  }

  /// Errors of the file system are errors of a tool, with what to do.
  private static func asTool(
    _ hint: String = "free space, or choose a folder that you may write with --output-dir",
    _ work: () throws -> Void
  ) throws {
    do {
      try work()
    } catch let error as WholeFile.Failure {
      throw Diagnostic(.error, .tool, "cannot write \(error)", hint: hint)
    } catch let error as SystemError {
      throw Diagnostic(.error, .tool, "\(error)", hint: hint)
    }
  }
}

extension LessonRenderer {
  /// A lesson from its file, with what is wrong in it, without running it.
  public static func parsed(_ path: String) throws -> (lesson: Lesson?, diagnostics: [Diagnostic]) {
    let (lesson, diagnostics) = LessonParser.parse(bytes: try read(path), path: path)
    return (lesson, diagnostics)
  }
}
