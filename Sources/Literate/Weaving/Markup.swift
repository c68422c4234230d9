/// A piece of HTML or SVG, split without judging it.
enum Markup {
  case open(Tag)
  case close(name: String, range: Range<Int>)
  case text(Range<Int>)
  /// A comment, declaration, or processing instruction.
  case other(Range<Int>)

  struct Tag {
    var name: String
    var attributes: [(name: String, value: String)]
    var isSelfClosing: Bool
    var range: Range<Int>

    subscript(name: String) -> String? { attributes.first { $0.name == name }?.value }
  }

  /// The pieces in order; their ranges cover the bytes without a gap.
  static func pieces(of bytes: [UInt8]) -> [Markup] {
    var pieces: [Markup] = []
    var index = 0
    var textStart = 0
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "<"), let (piece, next) = tag(bytes, at: index) else {
        index += 1
        continue
      }
      if textStart < index { pieces.append(.text(textStart..<index)) }
      pieces.append(piece)
      index = next
      textStart = next
    }
    if textStart < bytes.count { pieces.append(.text(textStart..<bytes.count)) }
    return pieces
  }

  private static func tag(_ bytes: [UInt8], at start: Int) -> (Markup, next: Int)? {
    guard start + 1 < bytes.count else { return nil }
    let rest = bytes[start...]
    for (opening, closing) in [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">")]
    where rest.starts(with: opening.utf8) {
      let end = end(of: Array(closing.utf8), in: bytes, from: start + opening.utf8.count)
      return (.other(start..<end), end)
    }
    if bytes[start + 1] == UInt8(ascii: "/") {
      let end = end(of: [UInt8(ascii: ">")], in: bytes, from: start)
      let name = bytes[(start + 2)..<end].prefix { !$0.isSpace && $0 != UInt8(ascii: ">") }
      return (.close(name: String(decoding: name, as: UTF8.self), range: start..<end), end)
    }
    guard bytes[start + 1].isLetter else { return nil }
    return openTag(bytes, at: start)
  }

  private static func end(of needle: [UInt8], in bytes: [UInt8], from start: Int) -> Int {
    guard start + needle.count <= bytes.count else { return bytes.count }
    for offset in start...(bytes.count - needle.count)
    where bytes[offset] == needle[0] && bytes[offset...].starts(with: needle) {
      return offset + needle.count
    }
    return bytes.count
  }

  private static func openTag(_ bytes: [UInt8], at start: Int) -> (Markup, next: Int)? {
    func isNameByte(_ byte: UInt8) -> Bool {
      !byte.isSpace && byte != UInt8(ascii: ">") && byte != UInt8(ascii: "/")
        && byte != UInt8(ascii: "=")
    }
    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
    var index = start + 1
    while index < bytes.count, isNameByte(bytes[index]) { index += 1 }
    var tag = Tag(
      name: text((start + 1)..<index), attributes: [], isSelfClosing: false, range: start..<start)
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: ">") {
        tag.isSelfClosing = bytes[index - 1] == UInt8(ascii: "/")
        tag.range = start..<(index + 1)
        return (.open(tag), index + 1)
      }
      guard isNameByte(byte) else {
        index += 1
        continue
      }
      let nameStart = index
      while index < bytes.count, isNameByte(bytes[index]) { index += 1 }
      let name = text(nameStart..<index)
      guard index + 1 < bytes.count, bytes[index] == UInt8(ascii: "=") else {
        tag.attributes.append((name, ""))
        continue
      }
      index += 1
      let quote = bytes[index]
      if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
        let close = bytes[(index + 1)...].firstIndex(of: quote) ?? bytes.count
        tag.attributes.append((name, text((index + 1)..<close).unescapedFromHTML))
        index = min(close + 1, bytes.count)
      } else {
        let valueStart = index
        while index < bytes.count, !bytes[index].isSpace, bytes[index] != UInt8(ascii: ">") {
          index += 1
        }
        tag.attributes.append((name, text(valueStart..<index).unescapedFromHTML))
      }
    }
    return nil
  }

  /// The text that a reader sees: tags dropped, TeX annotations too, entities resolved.
  static func plainText(_ html: String) -> String {
    let bytes = Array(html.utf8)
    var text = ""
    var skipping = 0
    for piece in pieces(of: bytes) {
      switch piece {
      case .open(let tag) where tag.name == "annotation": skipping += 1
      case .close("annotation", _): skipping -= 1
      case .text(let range) where skipping == 0:
        text += String(decoding: bytes[range], as: UTF8.self).unescapedFromHTML
      default: break
      }
    }
    return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
