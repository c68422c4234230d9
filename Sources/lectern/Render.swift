import ArgumentParser
import LessonWire
import Literate

struct Render: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run lessons and write their pages.",
    discussion: """
      What has not changed is neither compiled nor run again. A page is written even when a cell \
      fails, with the error in its place; files are replaced whole or not at all.
      """)

  @OptionGroup var shared: SharedOptions

  @Option(help: ArgumentHelp("The folder of the pages.", valueName: "folder"))
  var outputDir = "_site"

  @Flag(help: "Write the committed figures in Figures/.")
  var updateFigures = false

  @Option(
    help: ArgumentHelp(
      "Also write figures beside the pages: svg, png, pdf; several with commas.",
      valueName: "formats"), transform: Render.formats)
  var figuresFormat: Set<FigureFormat> = []

  func run() throws {
    let paths = try LessonPaths.lessons(in: shared.paths)
    var options = LessonRenderer.Options()
    options.outputFolder = outputDir
    options.updatesFigures = updateFigures
    options.figureFormats = figuresFormat
    options.engine = shared.engine
    let loop = LessonLoop(shared: shared, options: options)
    let items = try loop.run(paths)
    let wantsIndex = paths.count > 1 || shared.paths.contains(where: FileSystem.isFolder)
    try loop.conclude(items, location: wantsIndex ? writeIndex(items) : items.first?.report.page)
  }

  func validate() throws {
    if outputDir.isEmpty { throw ValidationError("--output-dir needs the name of a folder") }
  }

  private func writeIndex(_ items: [LessonLoop.Item]) throws -> String? {
    let entries = items.compactMap { item -> IndexEntry? in
      guard let lesson = item.lesson, item.report.page != nil else { return nil }
      let errors = item.report.diagnostics.count { $0.severity == .error }
      let warnings = item.report.diagnostics.count - errors
      return IndexEntry(
        frontMatter: lesson.frontMatter, href: "\(lesson.name).html",
        claims: item.report.claims,
        status: errors > 0 ? .errors(errors) : warnings > 0 ? .warnings(warnings) : .ok)
    }
    guard !entries.isEmpty else { return nil }
    let path = "\(outputDir)/index.html"
    let bytes = Array(IndexPage.html(lessons: entries).utf8)
    do {
      if WholeFile.read(path) != bytes { try WholeFile.write(bytes, to: path) }
    } catch {
      throw Diagnostic(
        .error, .tool, "cannot write \(error)",
        hint: "free space, or choose a folder that you may write with --output-dir")
    }
    return path
  }

  private static func formats(_ text: String) throws -> Set<FigureFormat> {
    try Set(
      text.split(separator: ",").map { name in
        guard let format = FigureFormat(rawValue: String(name)) else {
          throw ValidationError("unknown format \"\(name)\": known are svg, png and pdf")
        }
        return format
      })
  }
}
