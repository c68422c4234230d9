/// Pandoc attributes: `{#id .class key="value"}`.
struct Attributes {
  struct Pair {
    var key: String
    var value: String
    /// Where the key begins.
    var offset: Int
  }

  /// The id and where it begins, `#` not counted.
  var id: (name: String, offset: Int)?
  var classes: [String] = []
  var pairs: [Pair] = []
  /// The bytes from `{` to past `}`.
  var range: Range<Int>

  subscript(key: String) -> String? { pairs.first { $0.key == key }?.value }

  /// Reads attributes at an offset that holds `{`; nil when they do not close or are none.
  static func read(_ bytes: [UInt8], at start: Int, end: Int) -> Attributes? {
    guard start < end, bytes[start] == UInt8(ascii: "{") else { return nil }
    var attributes = Attributes(range: start..<start)
    var index = start + 1
    while index < end {
      let byte = bytes[index]
      switch byte {
      case UInt8(ascii: "}"):
        attributes.range = start..<(index + 1)
        return attributes
      case .space, .tab, .newline:
        index += 1
      case UInt8(ascii: "#"), UInt8(ascii: "."):
        let stop = endOfWord(bytes, from: index + 1, end: end)
        guard stop > index + 1 else { return nil }
        let word = String(decoding: bytes[(index + 1)..<stop], as: UTF8.self)
        if byte == UInt8(ascii: "#") {
          attributes.id = (word, index + 1)
        } else {
          attributes.classes.append(word)
        }
        index = stop
      default:
        let stop = endOfWord(bytes, from: index, end: end)
        guard stop > index else { return nil }
        let word = String(decoding: bytes[index..<stop], as: UTF8.self)
        if stop < end, bytes[stop] == UInt8(ascii: "=") {
          guard let (value, next) = readValue(bytes, at: stop + 1, end: end) else { return nil }
          attributes.pairs.append(Pair(key: word, value: value, offset: index))
          index = next
        } else if word == "-" {
          attributes.classes.append("unnumbered")
          index = stop
        } else {
          return nil
        }
      }
    }
    return nil
  }

  private static func endOfWord(_ bytes: [UInt8], from start: Int, end: Int) -> Int {
    bytes[start..<end].firstIndex {
      $0.isSpace || $0 == UInt8(ascii: "}") || $0 == UInt8(ascii: "=")
    }
      ?? end
  }

  private static func readValue(_ bytes: [UInt8], at start: Int, end: Int) -> (String, next: Int)? {
    guard start < end else { return nil }
    let quote = bytes[start]
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
      let stop =
        bytes[start..<end].firstIndex { $0.isSpace || $0 == UInt8(ascii: "}") } ?? end
      return (String(decoding: bytes[start..<stop], as: UTF8.self), stop)
    }
    var value: [UInt8] = []
    var index = start + 1
    while index < end, bytes[index] != quote {
      // A backslash escapes the quote and itself; before a letter it is TeX's.
      if bytes[index] == UInt8(ascii: "\\"), index + 1 < end,
        bytes[index + 1] == quote || bytes[index + 1] == UInt8(ascii: "\\")
      {
        index += 1
      }
      value.append(bytes[index])
      index += 1
    }
    guard index < end else { return nil }
    return (String(decoding: value, as: UTF8.self), index + 1)
  }
}
