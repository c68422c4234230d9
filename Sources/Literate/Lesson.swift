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
  /// Everything that a reference can name, in the order of the file.
  public var anchors: [Anchor]
  /// Who refers to which of them, in the order of the file.
  public var references: [Reference]
  /// The claims of the ledger that its theorem blocks name, in the order of the file.
  public var ledgerClaims: [LedgerClaim]

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
    path: String, name: String, source: String, frontMatter: FrontMatter, blocks: [Block],
    anchors: [Anchor] = [], references: [Reference] = [], ledgerClaims: [LedgerClaim] = []
  ) {
    self.path = path
    self.name = name
    self.source = source
    self.frontMatter = frontMatter
    self.blocks = blocks
    self.anchors = anchors
    self.references = references
    self.ledgerClaims = ledgerClaims
  }
}

/// A claim of the ledger that a theorem block names.
public struct LedgerClaim: Sendable, Hashable {
  /// The claim's id in the ledger.
  public var claim: String
  /// The label of the block.
  public var label: String
  /// 1-based line of the attribute.
  public var line: Int
  /// 1-based column of the attribute.
  public var column: Int

  /// A block's claim; the parser makes it.
  public init(claim: String, label: String, line: Int, column: Int) {
    self.claim = claim
    self.label = label
    self.line = line
    self.column = column
  }
}

/// A place that refers to a label.
public struct Reference: Sendable, Hashable {
  /// Where a reference stands.
  public enum Origin: Sendable, Hashable {
    /// `@label` in prose.
    case prose
    /// The `uses` or `of` of a theorem block, with that block's label.
    case statement(String?)
    /// The label as a string in a cell, with the cell's label: what it verifies.
    case cell(String)
  }

  /// The label that is meant.
  public var target: String
  /// Who refers to it.
  public var origin: Origin
  /// 1-based line.
  public var line: Int

  /// A reference; the parser makes it.
  public init(target: String, origin: Origin, line: Int) {
    self.target = target
    self.origin = origin
    self.line = line
  }
}

/// Something with a label that prose can refer to with `@label`.
public struct Anchor: Sendable, Hashable {
  /// What is labelled; the raw value is the label's prefix.
  public enum Kind: String, Sendable, CaseIterable {
    case figure = "fig"
    case table = "tbl"
    case equation = "eq"
    case section = "sec"
    case theorem = "thm"
    case definition = "def"
    case lemma = "lem"
    case proposition = "prp"
    case corollary = "cor"
    case remark = "rem"
    case example = "exm"
    case exercise = "exr"

    /// Whether the kind is a block with a statement; these share one counter.
    public var isTheorem: Bool {
      switch self {
      case .figure, .table, .equation, .section: false
      default: true
      }
    }

    /// Whether the kind states something that can be true or false.
    public var isClaim: Bool {
      switch self {
      case .theorem, .lemma, .proposition, .corollary: true
      default: false
      }
    }
  }

  /// The label, e.g. "thm-ends".
  public var id: String
  /// What it is.
  public var kind: Kind
  /// Its number among its kind; nil for sections, which are numbered on the page.
  public var number: Int?
  /// The title of a theorem block, as written.
  public var title: String?
  /// 1-based line of the label.
  public var line: Int
  /// 1-based column of the label.
  public var column: Int

  /// An anchor; the parser makes it.
  public init(
    id: String, kind: Kind, number: Int?, title: String? = nil, line: Int, column: Int
  ) {
    self.id = id
    self.kind = kind
    self.number = number
    self.title = title
    self.line = line
    self.column = column
  }
}

/// The lesson's metadata.
public struct FrontMatter: Sendable, Hashable {
  /// The title; required.
  public var title: String
  /// An optional second line.
  public var subtitle: String?
  /// Authors in order.
  public var authors: [Author] = []
  /// The date as written.
  public var date: String?
  /// The BCP 47 language of the page; "en" when absent.
  public var lang: String = "en"
  /// One or two sentences for the index page.
  public var description: String?
  /// Words for the page's metadata.
  public var keywords: [String] = []
  /// The slides that the lesson reproduces.
  public var source: String?
  /// The lesson's place in the course: `lesson.id`.
  public var lessonID: String?
  /// For whom it is, e.g. "master".
  public var level: String?
  /// Minutes that it takes to teach.
  public var minutes: Int?
  /// What to know beforehand.
  public var prerequisites: [String] = []
  /// What a student can do afterwards.
  public var objectives: [String] = []
  /// The seed from which each cell's random stream is derived, with the cell's label.
  public var seed: UInt64 = 1
  /// Seconds that a cell may take; a cell's own `timeout` overrides it.
  public var timeout: Double = 60
  /// Mebibytes that the lesson's process may hold.
  public var memory: Int = 2048
  /// Whether cells show their source by default.
  public var echo: Bool = true
  /// Whether cells fold their source by default.
  public var codeFold: Bool = false
  /// Parameters that cells read with `parameter(name)` and `-P name:value` overrides; text as written.
  public var params: [String: String] = [:]
  /// Whether the page has a table of contents.
  public var toc: Bool = true

  /// Front matter that holds a title and defaults.
  public init(title: String) { self.title = title }

  /// Someone who wrote the lesson.
  public struct Author: Sendable, Hashable {
    /// The name as printed.
    public var name: String
    /// Where they work.
    public var affiliation: String?

    /// An author.
    public init(name: String, affiliation: String? = nil) {
      self.name = name
      self.affiliation = affiliation
    }
  }
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
  /// The line of the closing fence.
  public var endLine: Int
  /// Spaces before the opening fence: more than none inside a list item.
  public var indent: Int

  /// A cell; the parser makes it.
  public init(
    label: String, isLabelled: Bool, fenceLine: Int, codeLine: Int, code: String,
    options: CellOptions, endLine: Int? = nil, indent: Int = 0
  ) {
    self.label = label
    self.isLabelled = isLabelled
    self.fenceLine = fenceLine
    self.codeLine = codeLine
    self.code = code
    self.options = options
    self.endLine = endLine ?? codeLine + code.utf8.count { $0 == 10 } + 1
    self.indent = indent
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
