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
  ///   - diagnostics: what went wrong so far; the errors are shown in their place.
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
  ///
  /// The same inputs give the same bytes.
  public func page() throws -> Page {
    var document = PandocDocument()
    let matter = PreparedFrontMatter(lesson.frontMatter, &document)
    var prepared: [PreparedCell] = []
    for block in lesson.blocks {
      switch block {
      case .prose(let text, let line): document.addProse(text, line: line)
      case .cell(let cell):
        document.addCell(prepared.count, indent: cell.indent)
        prepared.append(PreparedCell(cell, run: run.cells[cell.label], &document))
      }
    }
    let claims = run.ledger.map { PreparedClaim($0, of: lesson, &document) }
    let (html, warnings) = try pandoc(document.markdown())
    let output = PandocOutput(html: FormulaMarkup.mended(html), slots: document.slots)
    let faults = FormulaFaults(html: html, warnings: warnings, formulas: document.formulas)
    let pictures = Pictures(lesson: lesson)
    let found = faults.diagnostics(path: lesson.path)
    let context = PageContext(
      lesson: lesson, run: run, diagnostics: diagnostics + found,
      outline: Outline(output.body), uses: document.uses)
    var renderer = PageRenderer(
      context: context, slots: document.slots, texts: document.texts, output: output,
      cells: prepared, claims: claims.compactMap(\.self), pictures: pictures)
    let body = renderer.render(context.outline.html)
    let footnotes = renderer.render(output.footnotes)
    let title = renderer.header(matter)
    let contents = renderer.contents()
    let page = PageTemplate(
      matter: lesson.frontMatter, header: title, contents: contents, body: body,
      footnotes: footnotes, footer: renderer.footer(), problems: renderer.problems()
    ).html
    return Page(
      html: page, diagnostics: (found + renderer.pictures.diagnostics).sortedByPlace)
  }
}

/// A woven page.
public struct Page: Sendable {
  /// The whole HTML file.
  public var html: String
  /// Problems found while weaving, by line and column; those given to the weaver are not repeated.
  public var diagnostics: [Diagnostic]
}
