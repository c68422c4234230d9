extension StringProtocol {
  /// The text with `&`, `<`, `>` and `"` escaped, for element content and attribute values.
  var escapedForHTML: String {
    var escaped = ""
    escaped.reserveCapacity(utf8.count)
    for scalar in unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  /// The text of HTML's five basic entities and of numeric ones.
  var unescapedFromHTML: String {
    let scalars = unicodeScalars
    guard scalars.contains("&") else { return String(self) }
    var text = String.UnicodeScalarView()
    var rest = scalars[...]
    while let scalar = rest.first {
      if scalar == "&", let semicolon = rest.prefix(12).firstIndex(of: ";"),
        let meant = Self.character(
          ofEntity: String(String.UnicodeScalarView(rest[..<semicolon].dropFirst())))
      {
        text.append(meant)
        rest = rest[semicolon...].dropFirst()
      } else {
        text.append(scalar)
        rest = rest.dropFirst()
      }
    }
    return String(text)
  }

  private static func character(ofEntity name: some StringProtocol) -> Unicode.Scalar? {
    switch name {
    case "amp": return "&"
    case "lt": return "<"
    case "gt": return ">"
    case "quot": return "\""
    case "apos": return "'"
    default:
      guard name.first == "#" else { return nil }
      let digits = name.dropFirst()
      let isHex = digits.first == "x" || digits.first == "X"
      let code = isHex ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits, radix: 10)
      return code.flatMap(Unicode.Scalar.init)
    }
  }

  /// Markdown that reads as this text: every sign escaped, `$formulas$` left alone.
  var escapedForMarkdown: String {
    let source = SourceText(String(self))
    var escaped: [UInt8] = []
    var index = 0
    func append(to end: Int) {
      while index < end {
        let byte = source.bytes[index]
        if byte.isPunctuation { escaped.append(UInt8(ascii: "\\")) }
        escaped.append(byte == .newline ? .space : byte)
        index += 1
      }
    }
    for element in InlineScanner.elements(of: source, in: 0..<source.bytes.count) {
      guard case .math(let math) = element, math.range.lowerBound >= index else { continue }
      append(to: math.range.lowerBound)
      escaped += source.bytes[math.range]
      index = math.range.upperBound
    }
    append(to: source.bytes.count)
    return String(decoding: escaped, as: UTF8.self)
  }
}
