/// What the engine itself reads in Markdown; the rest is pandoc's. Ranges are byte offsets.
enum MarkdownElement {
  /// A fenced block that is not a cell.
  case fence(Fence)
  /// A fenced block whose language is `{swift}`, or another in braces.
  case cell(Fence)
  /// An HTML comment.
  case comment(Range<Int>)
  /// A heading: its line, or two when underlined.
  case heading(Heading)
  /// The opening line of a `:::` div.
  case divOpen(Div)
  /// The closing line of a div.
  case divClose(Range<Int>)
  /// `@fig-x`, `[-@fig-x]`, `[@fig-a; @fig-b]`.
  case reference(Reference)
  /// A formula.
  case math(Math)
  /// `![caption](path){#fig-x}`.
  case image(Image)
  /// `{#tbl-x}` at the end of a table's caption, with the caption's first byte after the colon.
  case tableCaption(id: String, idOffset: Int, start: Int, attributes: Range<Int>)
  /// Something that cannot be right.
  case problem(Problem)

  struct Fence {
    /// From the first byte of the opening line to the end of the closing line, newline excluded.
    var range: Range<Int>
    /// The lines between the fences, last newline included.
    var content: Range<Int>
    /// Where the run of backticks or tildes begins.
    var offset: Int
    /// What follows it, trimmed, and where that begins.
    var info: String
    var infoOffset: Int
    /// The bytes before the fence on its line.
    var indent: Int
    /// Whether the fence stands in a quote or opens a list item, which pandoc must handle.
    var isNested: Bool
  }

  struct Heading {
    var range: Range<Int>
    var attributes: Attributes?
  }

  struct Div {
    var range: Range<Int>
    /// Where the colons begin.
    var offset: Int
    var attributes: Attributes
  }

  struct Reference {
    struct Target {
      var id: String
      var offset: Int
      /// `-@fig-x`: the number without its word.
      var isNumberOnly: Bool
    }
    var range: Range<Int>
    var targets: [Target]
    /// Whether it may also be an ordinary name after an at sign, because its prefix is unknown.
    var isDoubtful: Bool
  }

  struct Math {
    var range: Range<Int>
    var content: Range<Int>
    var isDisplay: Bool
    /// The label of a display and where it begins.
    var id: (name: String, offset: Int)?
  }

  struct Image {
    var range: Range<Int>
    var caption: Range<Int>
    var path: String
    var pathOffset: Int
    var attributes: Attributes?
    /// Whether the image is a paragraph of its own, hence a figure.
    var isFigure: Bool
  }

  struct Problem {
    enum Kind {
      case unclosedFence(isCell: Bool)
      case fenceRunsInto(nextOffset: Int, isCell: Bool)
      case nestedCell
      case unclosedComment
      case unclosedMath
      case badAttributes
      case hiddenTeX(command: String)
    }
    var kind: Kind
    var offset: Int
  }
}
