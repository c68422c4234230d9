/// A parsed lesson: what the author wrote, with the place of everything that can be wrong.
public struct Lesson: Sendable {
  /// The path as the user gave it; it heads every message.
  public var path: String
  /// The file's text: UTF-8, byte-order mark removed, line ends as `\n`.
  public var source: String
  /// The metadata at the top.
  public var frontMatter: FrontMatter
  /// Prose and cells in the order of the file.
  public var blocks: [Block]

  /// The name of its page and of its folder in `Figures`: the file's name without `.md`.
  public var name: String

  /// The cells in order.
  public var cells: [Cell] {
    blocks.compactMap { if case .cell(let cell) = $0 { cell } else { nil } }
  }

  /// A stretch of the file.
  public enum Block: Sendable {
    /// Markdown for pandoc (theorem divs, references and shown-only fences included), and its first line.
    case prose(String, line: Int)
    /// An executable cell.
    case cell(Cell)
  }

  /// A lesson from its parts; the parser makes it.
  public init(
    path: String, name: String, source: String, frontMatter: FrontMatter, blocks: [Block]
  ) {
    self.path = path
    self.name = name
    self.source = source
    self.frontMatter = frontMatter
    self.blocks = blocks
  }
}

/// The lesson's metadata.
public struct FrontMatter: Sendable, Hashable {
  /// The title; required.
  public var title: String
  /// An optional second line.
  public var subtitle: String?
  /// Authors in order.
  public var authors: [String] = []
  /// The BCP 47 language of the page; "en" when absent.
  public var lang: String = "en"
  /// One or two sentences for the index page.
  public var description: String?
  /// The slides that the lesson reproduces.
  public var source: String?
  /// The seed from which each cell's random stream is derived, with the cell's label.
  public var seed: UInt64 = 1
  /// Seconds that a cell may take; a cell's own `timeout` overrides it.
  public var timeout: Double = 60
  /// Mebibytes that the lesson's process may hold.
  public var memory: Int = 2048
  /// Whether cells show their source by default.
  public var echo: Bool = true
  /// Parameters that cells read with `parameter(name)` and `-P name:value` overrides; text as written.
  public var params: [String: String] = [:]
  /// Whether the page has a table of contents.
  public var toc: Bool = true

  /// Front matter that holds a title and defaults.
  public init(title: String) { self.title = title }
}

/// An executable cell.
public struct Cell: Sendable, Hashable {
  /// The label: the author's, or `cell-N` for the N-th cell without one.
  public var label: String
  /// Whether the author wrote the label.
  public var isLabelled: Bool
  /// The line of the opening fence.
  public var fenceLine: Int
  /// The line of the first line of `code`.
  public var codeLine: Int
  /// The Swift source, option lines removed.
  public var code: String
  /// The options with their defaults filled in.
  public var options: CellOptions

  /// A cell; the parser makes it.
  public init(
    label: String, isLabelled: Bool, fenceLine: Int, codeLine: Int, code: String,
    options: CellOptions
  ) {
    self.label = label
    self.isLabelled = isLabelled
    self.fenceLine = fenceLine
    self.codeLine = codeLine
    self.code = code
    self.options = options
  }
}

/// The options of a cell, `//| key: value` in Quarto's spelling.
public struct CellOptions: Sendable, Hashable {
  /// Show the source.
  public var echo: Bool = true
  /// Run the cell; a cell that does not run is not compiled either.
  public var eval: Bool = true
  /// Show the outputs.
  public var output: Bool = true
  /// Source and outputs appear on the page.
  public var include: Bool = true
  /// Fold the source behind a summary line.
  public var codeFold: Bool = false
  /// The summary line of a folded source.
  public var codeSummary: String?
  /// The caption of the cell's figure; several figures share it, with subcaptions.
  public var figCap: String?
  /// Captions of the single figures of a cell that shows several.
  public var figSubcap: [String] = []
  /// Alternative text; empty means decorative, nil means computed from the data.
  public var figAlt: String?
  /// Width in inches; nil is the figure's own.
  public var figWidth: Double?
  /// Height in inches; nil is the figure's own.
  public var figHeight: Double?
  /// The caption of the cell's table.
  public var tblCap: String?
  /// Figures side by side.
  public var layoutNcol: Int = 1
  /// Seconds that this cell may take; nil is the lesson's.
  public var timeout: Double?
  /// The seed of this cell's random stream; nil derives it from the lesson's seed and the label.
  public var seed: UInt64?
  /// Files whose content enters the cache key, relative to the lesson.
  public var depends: [String] = []

  /// The defaults.
  public init() {}
}
