/// Mends pandoc's MathML where browsers show it otherwise than TeX does.
enum FormulaMarkup {
  /// The page with accents over one letter and upright words as a reader of TeX expects them.
  ///
  /// - An accent over a single letter must not stretch: it would be as wide as the letter, and Chromium does not
  ///   paint the first stretched one of a page.
  /// - `\mathrm{IS}` comes as two letters in a style that MathML Core ignores: one word is upright by itself, one
  ///   letter by its own attribute.
  static func mended(_ html: String) -> String {
    var bytes = Array(html.utf8)
    for (combining, spacing) in [("\u{302}", "\u{2C6}"), ("\u{303}", "\u{2DC}")] {
      bytes = replacing(
        "</mi><mo accent=\"true\">\(combining)</mo>",
        with: "</mi><mo accent=\"true\" stretchy=\"false\">\(spacing)</mo>", in: bytes)
    }
    return String(decoding: joiningUprightWords(bytes), as: UTF8.self)
  }

  private static func replacing(
    _ old: String, with new: String, in bytes: [UInt8]
  ) -> [UInt8] {
    let (old, new) = (Array(old.utf8), Array(new.utf8))
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      if bytes[index] == old[0], bytes[index...].starts(with: old) {
        result += new
        index += old.count
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return result
  }

  /// Makes `<mstyle mathvariant="normal"><mi>I</mi><mi>S</mi></mstyle>` one identifier, `<mi>IS</mi>`.
  private static func joiningUprightWords(_ bytes: [UInt8]) -> [UInt8] {
    let open = Array("<mstyle mathvariant=\"normal\">".utf8)
    let close = Array("</mstyle>".utf8)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      if bytes[index] == open[0], bytes[index...].starts(with: open) {
        let (word, end) = letters(in: bytes, from: index + open.count)
        if !word.isEmpty, bytes[end...].starts(with: close) {
          let tag = word.count == 1 ? "<mi mathvariant=\"normal\">" : "<mi>"
          result += Array(tag.utf8) + word + Array("</mi>".utf8)
          index = end + close.count
          continue
        }
      }
      result.append(bytes[index])
      index += 1
    }
    return result
  }

  /// The letters of a run of `<mi>x</mi>`, and where the run ends.
  private static func letters(in bytes: [UInt8], from start: Int) -> (word: [UInt8], end: Int) {
    let (open, close) = (Array("<mi>".utf8), Array("</mi>".utf8))
    var word: [UInt8] = []
    var index = start
    while bytes[index...].starts(with: open), index + open.count < bytes.count {
      let letter = bytes[index + open.count]
      let next = index + open.count + 1
      guard letter.isASCIILetter, bytes[next...].starts(with: close) else { break }
      word.append(letter)
      index = next + close.count
    }
    return (word, index)
  }
}

extension UInt8 {
  fileprivate var isASCIILetter: Bool {
    let lowercase = self | 0x20
    return lowercase >= UInt8(ascii: "a") && lowercase <= UInt8(ascii: "z")
  }
}
