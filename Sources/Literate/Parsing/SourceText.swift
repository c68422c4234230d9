/// A text with its lines and places: offsets are UTF-8 bytes, lines and columns count from 1,
/// columns count characters.
struct SourceText {
  /// The text, line ends as `\n`.
  let text: String
  /// Its UTF-8.
  let bytes: [UInt8]
  /// Where each line begins.
  let lineStarts: [Int]

  init(_ text: String) {
    let bytes = Array(text.utf8)
    self.text = text
    self.bytes = bytes
    var starts = [0]
    for (offset, byte) in bytes.enumerated() where byte == .newline { starts.append(offset + 1) }
    if starts.count > 1, starts.last == bytes.count { starts.removeLast() }
    lineStarts = starts
  }

  var lineCount: Int { lineStarts.count }

  /// The bytes of a line (0-based), without its end.
  func line(_ index: Int) -> Range<Int> {
    let start = lineStarts[index]
    let next = index + 1 < lineStarts.count ? lineStarts[index + 1] : bytes.count
    let hasEnd = next > start && bytes[next - 1] == .newline
    return start..<(hasEnd ? next - 1 : next)
  }

  /// The index (0-based) of the line that holds an offset.
  func lineIndex(of offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// The place of an offset.
  func place(of offset: Int) -> Place {
    let index = lineIndex(of: offset)
    return Place(line: index + 1, column: self[lineStarts[index]..<offset].count + 1)
  }

  subscript(range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }
}

/// A 1-based line and character column.
struct Place: Hashable {
  var line: Int
  var column: Int
}

extension UInt8 {
  static let newline = UInt8(ascii: "\n")
  static let space = UInt8(ascii: " ")
  static let tab = UInt8(ascii: "\t")

  var isBlank: Bool { self == .space || self == .tab }
  var isSpace: Bool { isBlank || self == .newline }
  var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
  var isLowercaseLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) }
  var isUppercaseLetter: Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) }
  var isLetter: Bool { isLowercaseLetter || isUppercaseLetter }
  var isLetterOrDigit: Bool { isLetter || isDigit }
  /// ASCII punctuation: what a backslash escapes in Markdown.
  var isPunctuation: Bool { self > .space && self < 0x7F && !isLetterOrDigit }
}
