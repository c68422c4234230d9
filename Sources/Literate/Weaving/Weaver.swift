/// Turns a lesson and what it did into one offline HTML page.
public struct Weaver {
  /// What pandoc is to be called with; the Markdown goes to its standard input.
  ///
  /// Metadata blocks and citations are off: front matter and references are the engine's.
  public static let pandocArguments = [
    "--from", "markdown-citations-yaml_metadata_block-pandoc_title_block-example_lists",
    "--to", "html5", "--mathml", "--no-highlight", "--wrap", "preserve", "--email-obfuscation",
    "none",
  ]

  private let lesson: Lesson
  private let run: LessonRun
  private let diagnostics: [Diagnostic]
  private let pandoc: (String) throws -> (html: String, warnings: String)

  /// A weaver for one page.
  ///
  /// - Parameters:
  ///   - diagnostics: what went wrong so far; shown in its place.
  ///   - pandoc: runs pandoc with `pandocArguments` on Markdown; called once.
  public init(
    lesson: Lesson, run: LessonRun, diagnostics: [Diagnostic],
    pandoc: @escaping (String) throws -> (html: String, warnings: String)
  ) {
    self.lesson = lesson
    self.run = run
    self.diagnostics = diagnostics
    self.pandoc = pandoc
  }

  /// The page, and what was found wrong while weaving it.
  public func page() throws -> Page {
    let (html, _) = try pandoc(lesson.source)
    return Page(html: html, diagnostics: [])
  }
}

/// A woven page.
public struct Page: Sendable {
  /// The whole HTML file.
  public var html: String
  /// Problems found while weaving, by line and column; those given to the weaver are not repeated.
  public var diagnostics: [Diagnostic]
}
