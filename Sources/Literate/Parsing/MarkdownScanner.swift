/// Finds, line by line, the elements of Markdown that the engine handles itself.
///
/// Block structure first (fences, comments, divs, headings), then each paragraph's inlines.
struct MarkdownScanner {
  private let source: SourceText
  private var elements: [MarkdownElement] = []
  /// Where the paragraph that is being read begins.
  private var paragraphStart: Int?
  private var isInList = false
  private var line: Int

  private var bytes: [UInt8] { source.bytes }

  /// The elements from a line (0-based) to the end, in order.
  static func elements(of source: SourceText, fromLine: Int = 0) -> [MarkdownElement] {
    var scanner = MarkdownScanner(source: source, line: fromLine)
    scanner.scan()
    return scanner.elements
  }

  private init(source: SourceText, line: Int) {
    self.source = source
    self.line = line
  }

  private mutating func scan() {
    while line < source.lineCount {
      let range = source.line(line)
      let start = bytes[range].firstIndex { !$0.isBlank } ?? range.upperBound
      if start == range.upperBound {
        endParagraph(at: range.lowerBound)
        line += 1
      } else if !scanBlock(range, start: start) {
        if paragraphStart == nil { paragraphStart = range.lowerBound }
        line += 1
      }
    }
    endParagraph(at: bytes.count)
  }

  /// Reads a block that begins on this line and moves past it; false when it is a paragraph's line.
  private mutating func scanBlock(_ range: Range<Int>, start: Int) -> Bool {
    if scanFence(range) { return true }
    let indent = start - range.lowerBound
    if paragraphStart == nil, isInList, indent == 0, Self.listMarkerEnd(bytes, range, start) == nil
    {
      isInList = false
    }
    if indent >= 4 || bytes[range.lowerBound..<start].contains(.tab) {
      guard paragraphStart == nil, !isInList else { return false }
      line += 1  // Indented code.
      return true
    }
    if Self.listMarkerEnd(bytes, range, start) != nil {
      isInList = true
      return false
    }
    switch bytes[start] {
    case UInt8(ascii: "<"): return scanMarkup(range, start: start)
    case UInt8(ascii: ":"): return scanDiv(range, start: start)
    case UInt8(ascii: "#"): return scanHeading(range, start: start)
    case UInt8(ascii: "="), UInt8(ascii: "-"): return scanUnderline(range, start: start)
    default: return false
    }
  }

  private mutating func endParagraph(at end: Int) {
    guard let start = paragraphStart else { return }
    paragraphStart = nil
    elements += InlineScanner.elements(of: source, in: start..<end)
  }

  private mutating func report(_ kind: MarkdownElement.Problem.Kind, at offset: Int) {
    elements.append(.problem(.init(kind: kind, offset: offset)))
  }

  // MARK: - Fences

  private struct Opening {
    var offset: Int
    var character: UInt8
    var length: Int
    var info: Range<Int>
    var quoteDepth: Int
    var isNested: Bool
  }

  /// A fence's opening on a line, after quote marks and list markers.
  private func opening(on range: Range<Int>) -> Opening? {
    var index = range.lowerBound
    var quoteDepth = 0
    var isNested = false
    while index < range.upperBound {
      if bytes[index].isBlank {
        index += 1
      } else if bytes[index] == UInt8(ascii: ">") {
        quoteDepth += 1
        isNested = true
        index += 1
      } else if let next = Self.listMarkerEnd(bytes, range, index) {
        isNested = true
        index = next
      } else {
        break
      }
    }
    guard index < range.upperBound else { return nil }
    let character = bytes[index]
    guard character == UInt8(ascii: "`") || character == UInt8(ascii: "~") else { return nil }
    let runEnd = bytes[index..<range.upperBound].firstIndex { $0 != character } ?? range.upperBound
    guard runEnd - index >= 3 else { return nil }
    let info = trimmed(runEnd..<range.upperBound)
    if character == UInt8(ascii: "`"), bytes[info].contains(character) { return nil }
    return Opening(
      offset: index, character: character, length: runEnd - index, info: info,
      quoteDepth: quoteDepth, isNested: isNested)
  }

  private mutating func scanFence(_ range: Range<Int>) -> Bool {
    guard let opening = opening(on: range) else { return false }
    let indent = opening.offset - range.lowerBound
    let isBraced = Self.isLanguage(bytes[opening.info])
    let info = source[opening.info]
    var last = line + 1
    var interruption: Int?
    while last < source.lineCount, !closes(opening, on: source.line(last)) {
      // A cell inside an open fence of the same kind would take that fence's end for its own.
      if let inner = self.opening(on: source.line(last)), inner.character == opening.character,
        inner.length >= opening.length, !inner.isNested, Self.isLanguage(bytes[inner.info])
      {
        interruption = inner.offset
        break
      }
      last += 1
    }
    let isOpen = last == source.lineCount || interruption != nil
    if isOpen, indent > 3 || opening.isNested {
      if isBraced { report(.nestedCell, at: opening.offset) }
      return false
    }
    endParagraph(at: range.lowerBound)
    if isBraced, indent > 3 || opening.isNested { report(.nestedCell, at: opening.offset) }
    if let interruption {
      report(.fenceRunsInto(nextOffset: interruption, isCell: isBraced), at: opening.offset)
    } else if isOpen {
      report(.unclosedFence(isCell: isBraced), at: opening.offset)
    }
    let contentStart = min(range.upperBound + 1, bytes.count)
    let contentEnd = last < source.lineCount ? source.line(last).lowerBound : bytes.count
    let end = isOpen ? contentEnd : source.line(last).upperBound
    let fence = MarkdownElement.Fence(
      range: range.lowerBound..<max(end, range.upperBound),
      content: contentStart..<max(contentStart, contentEnd), offset: opening.offset, info: info,
      infoOffset: opening.info.lowerBound, indent: indent, isNested: opening.isNested)
    elements.append(isBraced && indent <= 3 && !opening.isNested ? .cell(fence) : .fence(fence))
    line = isOpen ? last : last + 1
    return true
  }

  private func closes(_ opening: Opening, on range: Range<Int>) -> Bool {
    var index = range.lowerBound
    var depth = 0
    while index < range.upperBound {
      if bytes[index].isBlank {
        index += 1
      } else if bytes[index] == UInt8(ascii: ">"), depth < opening.quoteDepth {
        depth += 1
        index += 1
      } else {
        break
      }
    }
    // At the margin a fence is closed at the margin; inside a list, anywhere.
    let isAtMargin = opening.quoteDepth == 0 && !opening.isNested
    let openIndent = opening.offset - source.line(source.lineIndex(of: opening.offset)).lowerBound
    if isAtMargin, openIndent <= 3, index - range.lowerBound > 3 { return false }
    let runEnd =
      bytes[index..<range.upperBound].firstIndex { $0 != opening.character } ?? range.upperBound
    return runEnd - index >= opening.length
      && bytes[runEnd..<range.upperBound].allSatisfy(\.isBlank)
  }

  /// `{swift}`, `{python}`: a language to run, unlike pandoc's `{.swift}` and `{=html}`.
  private static func isLanguage(_ info: ArraySlice<UInt8>) -> Bool {
    guard info.first == UInt8(ascii: "{"), let letter = info.dropFirst().first else { return false }
    return letter.isLetter
  }

  /// Past a list marker (`-`, `*`, `+`, `1.`, `1)`) and the blank after it.
  private static func listMarkerEnd(_ bytes: [UInt8], _ range: Range<Int>, _ start: Int) -> Int? {
    var index = start
    switch bytes[index] {
    case UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+"):
      index += 1
    case let byte where byte.isDigit:
      while index < range.upperBound, bytes[index].isDigit, index - start < 9 { index += 1 }
      guard index < range.upperBound,
        bytes[index] == UInt8(ascii: ".") || bytes[index] == UInt8(ascii: ")")
      else { return nil }
      index += 1
    default: return nil
    }
    guard index < range.upperBound, bytes[index].isBlank else { return nil }
    return index + 1
  }

  // MARK: - HTML

  private mutating func scanMarkup(_ range: Range<Int>, start: Int) -> Bool {
    let rest = bytes[start...]
    if rest.starts(with: "<!--".utf8) {
      // One without end is left to the inline scanner, which reports it.
      guard let end = source.firstOffset(of: "-->", from: start + 4) else { return false }
      endParagraph(at: range.lowerBound)
      elements.append(.comment(start..<(end + 3)))
      resume(after: end + 3)
      return true
    }
    for name in ["script", "style", "pre", "textarea"] {
      let tag = "<" + name
      guard rest.starts(with: tag.utf8), start + tag.utf8.count < bytes.count,
        !bytes[start + tag.utf8.count].isLetterOrDigit,
        let end = source.firstOffset(of: "</\(name)", from: start)
      else { continue }
      endParagraph(at: range.lowerBound)
      resume(after: end + name.utf8.count + 2)
      return true
    }
    return false
  }

  /// Goes on after a block that ended within a line; what is left of the line begins a paragraph.
  private mutating func resume(after offset: Int) {
    let index = source.lineIndex(of: max(0, offset - 1))
    let rest = offset..<max(offset, source.line(index).upperBound)
    if bytes[rest].contains(where: { !$0.isBlank }) { paragraphStart = offset }
    line = index + 1
  }

  // MARK: - Divs and headings

  private mutating func scanDiv(_ range: Range<Int>, start: Int) -> Bool {
    let colon = UInt8(ascii: ":")
    let runEnd = bytes[start..<range.upperBound].firstIndex { $0 != colon } ?? range.upperBound
    guard runEnd - start >= 3 else { return false }
    var rest = trimmed(runEnd..<range.upperBound)
    if rest.isEmpty {
      endParagraph(at: range.lowerBound)
      elements.append(.divClose(range))
      line += 1
      return true
    }
    while rest.upperBound > rest.lowerBound, bytes[rest.upperBound - 1] == colon {
      rest = rest.lowerBound..<(rest.upperBound - 1)
    }
    rest = trimmed(rest)
    var attributes: Attributes?
    if bytes[rest.lowerBound] == UInt8(ascii: "{") {
      attributes = Attributes.read(bytes, at: rest.lowerBound, end: rest.upperBound)
      if attributes?.range.upperBound != rest.upperBound { attributes = nil }
      if attributes == nil { report(.badAttributes, at: rest.lowerBound) }
    } else if !bytes[rest].contains(where: \.isSpace) {
      attributes = Attributes(classes: [source[rest]], range: rest)
    } else {
      return false
    }
    endParagraph(at: range.lowerBound)
    elements.append(
      .divOpen(
        .init(range: range, offset: start, attributes: attributes ?? Attributes(range: rest))))
    line += 1
    return true
  }

  private mutating func scanHeading(_ range: Range<Int>, start: Int) -> Bool {
    let hash = UInt8(ascii: "#")
    let runEnd = bytes[start..<range.upperBound].firstIndex { $0 != hash } ?? range.upperBound
    guard runEnd - start <= 6, runEnd == range.upperBound || bytes[runEnd].isBlank else {
      return false
    }
    endParagraph(at: range.lowerBound)
    appendHeading(range, text: runEnd..<range.upperBound)
    line += 1
    return true
  }

  /// A line of `===` or `---` under a single line of text makes that a heading.
  private mutating func scanUnderline(_ range: Range<Int>, start: Int) -> Bool {
    let marks = trimmed(start..<range.upperBound)
    guard bytes[marks].allSatisfy({ $0 == bytes[start] }) else { return false }
    guard let paragraph = paragraphStart, line > 0, paragraph == source.lineStarts[line - 1] else {
      if paragraphStart == nil, marks.count >= 3 {
        line += 1  // A rule.
        return true
      }
      return false
    }
    paragraphStart = nil
    appendHeading(paragraph..<range.upperBound, text: source.line(line - 1))
    line += 1
    return true
  }

  private mutating func appendHeading(_ range: Range<Int>, text: Range<Int>) {
    let text = trimmed(text)
    var attributes: Attributes?
    if let brace = bytes[text].lastIndex(of: UInt8(ascii: "{")) {
      attributes = Attributes.read(bytes, at: brace, end: text.upperBound)
      if attributes?.range.upperBound != text.upperBound { attributes = nil }
    }
    elements.append(.heading(.init(range: range, attributes: attributes)))
    elements += InlineScanner.elements(
      of: source, in: text.lowerBound..<(attributes?.range.lowerBound ?? text.upperBound))
  }

  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    guard let first = bytes[range].firstIndex(where: { !$0.isBlank }),
      let last = bytes[range].lastIndex(where: { !$0.isBlank })
    else { return range.upperBound..<range.upperBound }
    return first..<(last + 1)
  }
}

extension SourceText {
  /// The first offset at or after `start` where an ASCII text stands.
  func firstOffset(of needle: String, from start: Int, to end: Int? = nil) -> Int? {
    let wanted = Array(needle.utf8)
    let end = end ?? bytes.count
    guard let first = wanted.first, end - start >= wanted.count else { return nil }
    for offset in start...(end - wanted.count)
    where bytes[offset] == first && bytes[offset...].starts(with: wanted) {
      return offset
    }
    return nil
  }
}
