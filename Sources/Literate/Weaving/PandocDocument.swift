/// One document for pandoc: the lesson's prose with marks where the engine puts its own HTML, and
/// below it every other piece of Markdown that the page needs.
struct PandocDocument {
  /// What stands behind a mark.
  enum Slot {
    case cell(Int)
    case statementOpen(Statement)
    case statementClose(Statement)
    case detailsOpen(Details)
    case detailsClose
    case code(String, isSwift: Bool)
    case references([MarkdownElement.Reference.Target])
    case equationOpen(id: String)
    case equationClose(id: String)
    case image(FigureImage)
    case tableCaption(id: String)
    case bodyEnd
    case fragmentStart(Fragment)
    case fragmentEnd

    /// Whether the mark is a paragraph of its own.
    var isBlock: Bool {
      switch self {
      case .cell, .statementOpen, .statementClose, .detailsOpen, .detailsClose, .code, .image: true
      default: false
      }
    }
  }

  enum Details { case solution, hint }

  /// An image that is a figure.
  struct FigureImage {
    var id: String?
    var path: String
    var place: Place
    var caption: Fragment
    var alt: String
    var width: String?
  }

  /// A piece of Markdown outside of the prose; its HTML is found by its number.
  struct Fragment: Hashable {
    fileprivate var number: Int
  }

  /// A formula as written, and its place in the lesson's file.
  struct Formula {
    var tex: String
    var place: Place
    var label: String?
  }

  private(set) var slots: [Slot] = []
  private(set) var formulas: [Formula] = []
  /// The labels that each statement rests on.
  private(set) var uses: [String: [String]] = [:]
  /// Titles and sources of statements, by their text.
  private(set) var texts: [String: Fragment] = [:]
  private var body = ""
  private var fragments = ""
  private var fragmentCount = 0
  private var openDivs: [Slot?] = []
  /// Where the text of the last opened div begins, when it opened in the text that is being rewritten.
  private var statementStart: Int?

  // MARK: - Filling

  /// Adds prose whose first line is a line (1-based) of the lesson.
  mutating func addProse(_ text: String, line: Int) {
    body += rewritten(text) { Place(line: $0.line + line - 1, column: $0.column) } + "\n"
  }

  /// Adds the place of a cell.
  mutating func addCell(_ index: Int, indent: Int) {
    body += block(.cell(index), indent: indent)
  }

  /// Adds Markdown that stands within a line: a caption, a title, a table's cell.
  mutating func addInline(_ markdown: String, place: Place? = nil, label: String? = nil) -> Fragment
  {
    let line = markdown.split(whereSeparator: \.isNewline).joined(separator: " ")
    let fragment = nextFragment()
    let text = rewritten(line, label: label) { _ in place ?? Place(line: 0, column: 0) }
    fragments +=
      "\n\n" + mark(.fragmentStart(fragment))
      + text.split(whereSeparator: \.isNewline)
      .joined(separator: " ") + mark(.fragmentEnd) + "\n\n"
    return fragment
  }

  /// Adds Markdown of any shape, such as a cell's output.
  mutating func addBlock(_ markdown: String, place: Place? = nil, label: String? = nil) -> Fragment
  {
    let fragment = nextFragment()
    let outer = openDivs
    openDivs = []
    var text = rewritten(Self.closed(markdown), label: label) { _ in
      place ?? Place(line: 0, column: 0)
    }
    while let slot = openDivs.popLast() {
      text += slot.map { block($0, indent: 0) } ?? "\n\n:::\n\n"
    }
    openDivs = outer
    fragments +=
      "\n\n" + mark(.fragmentStart(fragment)) + "\n\n" + text + "\n\n" + mark(.fragmentEnd) + "\n\n"
    return fragment
  }

  /// The whole document.
  mutating func markdown() -> String {
    while let slot = openDivs.popLast() {
      body += slot.map { block($0, indent: 0) } ?? "\n\n:::\n\n"
    }
    return body + "\n\n" + mark(.bodyEnd) + "\n\n" + fragments
  }

  // MARK: - Rewriting

  private mutating func nextFragment() -> Fragment {
    fragmentCount += 1
    return Fragment(number: fragmentCount)
  }

  private mutating func mark(_ slot: Slot) -> String {
    slots.append(slot)
    return Placeholder.mark(slots.count - 1)
  }

  private mutating func block(_ slot: Slot, indent: Int) -> String {
    "\n\n" + String(repeating: " ", count: indent) + mark(slot) + "\n\n"
  }

  /// A fence or comment without end must not swallow what follows.
  private static func closed(_ markdown: String) -> String {
    for element in MarkdownScanner.elements(of: SourceText(markdown)) {
      guard case .problem(let problem) = element else { continue }
      switch problem.kind {
      case .unclosedFence, .fenceRunsInto, .unclosedComment:
        return markdown.escapedForMarkdown
      default: continue
      }
    }
    return markdown
  }

  private mutating func rewritten(
    _ text: String, label: String? = nil, place: (Place) -> Place
  ) -> String {
    let source = SourceText(Placeholder.removingMarks(from: text))
    statementStart = nil
    var output = ""
    var index = 0
    func copy(to end: Int) {
      if index < end { output += source[index..<end] }
      index = max(index, end)
    }
    for element in MarkdownScanner.elements(of: source) {
      let range = element.range
      guard range.lowerBound >= index else { continue }
      switch element {
      case .fence(let fence):
        guard !fence.isNested, !fence.info.hasPrefix("{=") else { continue }
        copy(to: range.lowerBound)
        output += block(code(fence, in: source), indent: fence.indent)
      case .comment:
        copy(to: range.lowerBound)
      case .heading:
        copy(to: range.lowerBound)
        output += "\n\n"
        continue
      case .divOpen(let div):
        copy(to: range.lowerBound)
        output += open(div, in: source)
        statementStart = range.upperBound
      case .divClose:
        copy(to: range.lowerBound)
        var slot = openDivs.popLast() ?? nil
        if case .statementClose(var statement) = slot, let start = statementStart {
          statement.isEmpty = source.bytes[start..<range.lowerBound].allSatisfy(\.isSpace)
          slot = .statementClose(statement)
        }
        output += slot.map { block($0, indent: 0) } ?? "\n\n:::\n\n"
      case .reference(let reference):
        guard !reference.isDoubtful else { continue }
        copy(to: range.lowerBound)
        output += mark(.references(reference.targets))
      case .math(let math):
        formulas.append(
          Formula(
            tex: source[math.content], place: place(source.place(of: range.lowerBound)),
            label: label))
        guard let id = math.id?.name else { continue }
        copy(to: range.lowerBound)
        output += mark(.equationOpen(id: id)) + "$$" + source[math.content] + "$$"
        output += mark(.equationClose(id: id))
      case .image(let image):
        guard image.isFigure else { continue }
        copy(to: range.lowerBound)
        output += block(figure(image, in: source, place: place), indent: 0)
      case .tableCaption(let id, _, let start, let attributes):
        copy(to: start)
        output += mark(.tableCaption(id: id))
        copy(to: attributes.lowerBound)
        index = attributes.upperBound
        continue
      case .cell, .problem:
        continue
      }
      index = range.upperBound
    }
    copy(to: source.bytes.count)
    return output
  }

  private func code(_ fence: MarkdownElement.Fence, in source: SourceText) -> Slot {
    let lines = source[fence.content].split(separator: "\n", omittingEmptySubsequences: false)
    let code = lines.map { line -> Substring in
      let indent = line.prefix(fence.indent).prefix { $0 == " " }.count
      return line.dropFirst(indent)
    }.joined(separator: "\n")
    let words = fence.info.split { $0 == " " || $0 == "{" || $0 == "}" || $0 == "." }
    return .code(code, isSwift: words.first?.lowercased() == "swift")
  }

  private mutating func open(_ div: MarkdownElement.Div, in source: SourceText) -> String {
    let classes = div.attributes.classes
    if let statement = Statement(div.attributes) {
      openDivs.append(.statementClose(statement))
      if let id = statement.id { uses[id] = statement.uses }
      for text in [statement.title, statement.source].compactMap(\.self) where texts[text] == nil {
        texts[text] = addInline(text)
      }
      return block(.statementOpen(statement), indent: 0)
    }
    if let details: Details =
      classes.contains("solution") ? .solution : classes.contains("hint") ? .hint : nil
    {
      openDivs.append(.detailsClose)
      return block(.detailsOpen(details), indent: 0)
    }
    openDivs.append(nil)
    return "\n\n" + source[div.range] + "\n\n"
  }

  private mutating func figure(
    _ image: MarkdownElement.Image, in source: SourceText, place: (Place) -> Place
  ) -> Slot {
    let captionPlace = place(source.place(of: image.caption.lowerBound))
    let caption = source[image.caption]
    let alt = image.attributes?["fig-alt"] ?? image.attributes?["alt"]
    return .image(
      FigureImage(
        id: image.attributes?.id?.name, path: image.path,
        place: place(source.place(of: image.pathOffset)),
        caption: addInline(caption, place: captionPlace), alt: alt ?? caption,
        width: image.attributes?["width"]))
  }
}

extension MarkdownElement {
  /// The bytes that the element covers.
  var range: Range<Int> {
    switch self {
    case .fence(let fence), .cell(let fence): fence.range
    case .comment(let range), .divClose(let range): range
    case .heading(let heading): heading.range
    case .divOpen(let div): div.range
    case .reference(let reference): reference.range
    case .math(let math): math.range
    case .image(let image): image.range
    case .tableCaption(_, _, let start, _): start..<start
    case .problem(let problem): problem.offset..<problem.offset
    }
  }
}

/// Pandoc's HTML, taken apart again.
struct PandocOutput {
  /// The lesson's prose.
  private(set) var body: [UInt8] = []
  /// Footnotes, which pandoc puts at the very end.
  private(set) var footnotes: [UInt8] = []
  private var fragments: [PandocDocument.Fragment: [UInt8]] = [:]

  init(html: String, slots: [PandocDocument.Slot]) {
    let bytes = Array(html.utf8)
    var index = 0
    var open: (fragment: PandocDocument.Fragment, start: Int)?
    var end: Int?
    while let (number, range) = Placeholder.next(in: bytes, from: index) {
      index = range.upperBound
      guard slots.indices.contains(number) else { continue }
      switch slots[number] {
      case .bodyEnd:
        body = Self.paragraphTrimmed(bytes[..<range.lowerBound])
        end = range.upperBound
      case .fragmentStart(let fragment):
        open = (fragment, range.upperBound)
      case .fragmentEnd:
        if let (fragment, start) = open {
          fragments[fragment] = Self.paragraphTrimmed(bytes[start..<range.lowerBound])
        }
        open = nil
        end = range.upperBound
      default: break
      }
    }
    guard let end else {
      body = bytes
      return
    }
    footnotes = Self.paragraphTrimmed(bytes[end...])
  }

  subscript(fragment: PandocDocument.Fragment) -> [UInt8]? { fragments[fragment] }

  /// Without the half of a `<p></p>` that stood round a mark.
  private static func paragraphTrimmed(_ slice: ArraySlice<UInt8>) -> [UInt8] {
    var slice = slice
    func trim() {
      while let byte = slice.first, byte.isSpace { slice.removeFirst() }
      while let byte = slice.last, byte.isSpace { slice.removeLast() }
    }
    trim()
    if slice.starts(with: "</p>".utf8) { slice.removeFirst(4) }
    if slice.count >= 3, slice.suffix(3).elementsEqual("<p>".utf8) { slice.removeLast(3) }
    trim()
    return Array(slice)
  }
}
