/// Finds references, formulas and images within a paragraph, past code, links, tags and escapes.
struct InlineScanner {
  private let source: SourceText
  private let range: Range<Int>
  private var index: Int
  private var elements: [MarkdownElement] = []

  private var bytes: [UInt8] { source.bytes }
  private var end: Int { range.upperBound }

  /// The elements of one paragraph, in order.
  static func elements(of source: SourceText, in range: Range<Int>) -> [MarkdownElement] {
    var scanner = InlineScanner(source: source, range: range, index: range.lowerBound)
    scanner.scan()
    return scanner.elements
  }

  private mutating func scan() {
    scanTableCaption()
    while index < end {
      switch bytes[index] {
      case UInt8(ascii: "\\"): scanBackslash()
      case UInt8(ascii: "`"): scanCode()
      case UInt8(ascii: "$"): scanMath()
      case UInt8(ascii: "<"): scanMarkup()
      case UInt8(ascii: "!"): scanImage()
      case UInt8(ascii: "["): scanBracket()
      case UInt8(ascii: "]"): scanLinkEnd()
      case UInt8(ascii: "@"): scanReference()
      default: index += 1
      }
    }
  }

  private func byte(_ offset: Int) -> UInt8? { offset < end ? bytes[offset] : nil }

  // MARK: - What is skipped

  private mutating func scanBackslash() {
    guard let next = byte(index + 1) else {
      index += 1
      return
    }
    guard next.isLetter else {
      index += next.isPunctuation ? 2 : 1
      return
    }
    let start = index
    index += 1
    while let letter = byte(index), letter.isLetter { index += 1 }
    let command = source[(start + 1)..<index]
    // Pandoc reads these as raw TeX, which an HTML page leaves out without a word.
    if ["begin", "ref", "eqref", "cite", "label"].contains(command),
      byte(index) == UInt8(ascii: "{")
    {
      elements.append(.problem(.init(kind: .hiddenTeX(command: command), offset: start)))
    }
  }

  private mutating func scanCode() {
    let tick = UInt8(ascii: "`")
    let length = runLength(of: tick, at: index)
    var close = index + length
    while close < end {
      guard bytes[close] == tick else {
        close += 1
        continue
      }
      let run = runLength(of: tick, at: close)
      if run == length {
        index = close + run
        skipAttributes()
        return
      }
      close += run
    }
    index += length
  }

  private func runLength(of character: UInt8, at start: Int) -> Int {
    (bytes[start..<end].firstIndex { $0 != character } ?? end) - start
  }

  private mutating func skipAttributes() {
    if let attributes = Attributes.read(bytes, at: index, end: end) {
      index = attributes.range.upperBound
    }
  }

  private mutating func scanMarkup() {
    if bytes[index..<end].starts(with: "<!--".utf8) {
      if let close = source.firstOffset(of: "-->", from: index + 4, to: end) {
        elements.append(.comment(index..<(close + 3)))
        index = close + 3
      } else {
        elements.append(.problem(.init(kind: .unclosedComment, offset: index)))
        index = end
      }
      return
    }
    guard let next = byte(index + 1), next.isLetterOrDigit || next == UInt8(ascii: "/") else {
      index += 1
      return
    }
    var quote: UInt8?
    var close = index + 1
    while close < end {
      let byte = bytes[close]
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: ">") {
        index = close + 1
        return
      } else if byte == UInt8(ascii: "<") {
        break
      }
      close += 1
    }
    index += 1
  }

  /// `](url "title")` and `]{.class}`; the text before was read like any other.
  private mutating func scanLinkEnd() {
    index += 1
    if byte(index) == UInt8(ascii: "("), let close = closingParenthesis(from: index) {
      index = close + 1
    }
    skipAttributes()
  }

  private func closingParenthesis(from open: Int) -> Int? {
    var depth = 0
    var offset = open
    while offset < end {
      switch bytes[offset] {
      case UInt8(ascii: "\\"): offset += 1
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"):
        depth -= 1
        if depth == 0 { return offset }
      default: break
      }
      offset += 1
    }
    return nil
  }

  // MARK: - Formulas

  private mutating func scanMath() {
    let dollar = UInt8(ascii: "$")
    let start = index
    if byte(start + 1) == dollar {
      guard let close = closingDollars(from: start + 2) else {
        elements.append(.problem(.init(kind: .unclosedMath, offset: start)))
        index = start + 2
        return
      }
      var math = MarkdownElement.Math(
        range: start..<(close + 2), content: (start + 2)..<close, isDisplay: true)
      index = close + 2
      let brace = bytes[index..<end].firstIndex { !$0.isSpace } ?? end
      if let attributes = Attributes.read(bytes, at: brace, end: end), let id = attributes.id {
        math.id = id
        math.range = start..<attributes.range.upperBound
        index = attributes.range.upperBound
      }
      elements.append(.math(math))
      return
    }
    index += 1
    guard let first = byte(index), !first.isSpace else { return }
    var close = index
    while close < end {
      if bytes[close] == UInt8(ascii: "\\") {
        close += 2
        continue
      }
      if bytes[close] == dollar, !bytes[close - 1].isSpace, byte(close + 1)?.isDigit != true {
        elements.append(
          .math(.init(range: start..<(close + 1), content: index..<close, isDisplay: false)))
        index = close + 1
        return
      }
      close += 1
    }
  }

  private func closingDollars(from start: Int) -> Int? {
    var offset = start
    while offset + 1 < end {
      if bytes[offset] == UInt8(ascii: "\\") {
        offset += 2
      } else if bytes[offset] == UInt8(ascii: "$"), bytes[offset + 1] == UInt8(ascii: "$") {
        return offset > start ? offset : nil
      } else {
        offset += 1
      }
    }
    return nil
  }

  // MARK: - Images

  private mutating func scanImage() {
    let start = index
    index += 1
    guard byte(index) == UInt8(ascii: "["), let close = closingBracket(from: index),
      byte(close + 1) == UInt8(ascii: "("), let paren = closingParenthesis(from: close + 1)
    else { return }
    let caption = (index + 1)..<close
    let (path, pathOffset) = destination(in: (close + 2)..<paren)
    index = paren + 1
    let attributes = Attributes.read(bytes, at: index, end: end)
    index = attributes?.range.upperBound ?? index
    let isAlone =
      bytes[range.lowerBound..<start].allSatisfy(\.isSpace)
      && bytes[index..<end].allSatisfy(\.isSpace)
    elements.append(
      .image(
        .init(
          range: start..<index, caption: caption, path: path, pathOffset: pathOffset,
          attributes: attributes, isFigure: isAlone && !caption.isEmpty)))
    elements += InlineScanner.elements(of: source, in: caption)
  }

  private func closingBracket(from open: Int) -> Int? {
    var depth = 0
    var offset = open
    while offset < end {
      switch bytes[offset] {
      case UInt8(ascii: "\\"): offset += 1
      case UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "]"):
        depth -= 1
        if depth == 0 { return offset }
      default: break
      }
      offset += 1
    }
    return nil
  }

  /// The path of `(path "title")` or `(<path with spaces> "title")`.
  private func destination(in range: Range<Int>) -> (String, Int) {
    let start = bytes[range].firstIndex { !$0.isSpace } ?? range.upperBound
    if byte(start) == UInt8(ascii: "<"),
      let close = bytes[start..<range.upperBound].firstIndex(of: UInt8(ascii: ">"))
    {
      return (source[(start + 1)..<close], start + 1)
    }
    let stop =
      source.firstOffset(of: " \"", from: start, to: range.upperBound)
      ?? source.firstOffset(of: " '", from: start, to: range.upperBound) ?? range.upperBound
    let last = bytes[start..<stop].lastIndex { !$0.isSpace }.map { $0 + 1 } ?? start
    return (source[start..<last], start)
  }

  // MARK: - References

  private mutating func scanReference() {
    let start = index
    index += 1
    if start > range.lowerBound {
      let before = bytes[start - 1]
      if before.isLetterOrDigit || before == UInt8(ascii: "/") { return }
    }
    guard let (target, next, isDoubtful) = target(at: start, isNumberOnly: false) else { return }
    index = next
    elements.append(
      .reference(.init(range: start..<next, targets: [target], isDoubtful: isDoubtful)))
  }

  /// `[-@fig-x]` and `[@fig-a; @fig-b]`.
  private mutating func scanBracket() {
    let start = index
    index += 1
    var targets: [MarkdownElement.Reference.Target] = []
    var offset = start + 1
    while true {
      while let byte = byte(offset), byte.isSpace { offset += 1 }
      let isNumberOnly = byte(offset) == UInt8(ascii: "-")
      if isNumberOnly { offset += 1 }
      guard let (target, next, isDoubtful) = target(at: offset, isNumberOnly: isNumberOnly),
        !isDoubtful
      else { return }
      targets.append(target)
      offset = next
      while let byte = byte(offset), byte.isSpace { offset += 1 }
      if byte(offset) == UInt8(ascii: "]") { break }
      guard byte(offset) == UInt8(ascii: ";") else { return }
      offset += 1
    }
    index = offset + 1
    elements.append(.reference(.init(range: start..<index, targets: targets, isDoubtful: false)))
  }

  private func target(
    at offset: Int, isNumberOnly: Bool
  ) -> (MarkdownElement.Reference.Target, next: Int, isDoubtful: Bool)? {
    guard byte(offset) == UInt8(ascii: "@"), byte(offset + 1)?.isLetter == true else { return nil }
    var stop = offset + 1
    while let byte = byte(stop),
      byte.isLetterOrDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    {
      stop += 1
    }
    while !bytes[stop - 1].isLetterOrDigit { stop -= 1 }
    var name = source[(offset + 1)..<stop]
    guard let hyphen = name.firstIndex(of: "-") else { return nil }
    // `@Fig-x` begins a sentence.
    let prefix = name[..<hyphen].lowercased()
    let isKnown = Anchor.Kind(rawValue: prefix) != nil
    if isKnown { name = prefix + name[hyphen...] }
    return (.init(id: name, offset: offset, isNumberOnly: isNumberOnly), stop, !isKnown)
  }

  // MARK: - Captions of hand-written tables

  /// `: Caption {#tbl-x}` or `Table: Caption {#tbl-x}`, the last lines of a paragraph.
  private mutating func scanTableCaption() {
    let last = bytes[range].lastIndex { !$0.isSpace } ?? range.lowerBound
    guard last > range.lowerBound, bytes[last] == UInt8(ascii: "}"),
      let brace = bytes[range].lastIndex(of: UInt8(ascii: "{")),
      let attributes = Attributes.read(bytes, at: brace, end: last + 1), let id = attributes.id,
      id.name.hasPrefix("tbl-")
    else { return }
    var line = source.lineIndex(of: brace)
    while source.lineStarts[line] >= range.lowerBound
      || line == source.lineIndex(of: range.lowerBound)
    {
      let start = max(source.lineStarts[line], range.lowerBound)
      for marker in [": ", "Table: ", "table: "]
      where bytes[start..<end].starts(with: marker.utf8) {
        elements.append(
          .tableCaption(
            id: id.name, idOffset: id.offset, start: start + marker.utf8.count,
            attributes: attributes.range))
        return
      }
      if line == 0 { return }
      line -= 1
    }
  }
}

extension InlineScanner {
  private init(source: SourceText, range: Range<Int>, index: Int) {
    self.source = source
    self.range = range
    self.index = index
  }
}
