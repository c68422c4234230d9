/// Makes a figure's SVG part of a page.
enum SVGEmbedding {
  /// The SVG as an inline element.
  ///
  /// - Parameters:
  ///   - idPrefix: put before each id, so that two figures on a page do not share one.
  ///   - label: the alternative text; empty means decorative.
  ///   - width: the greatest width in CSS pixels; nil is the figure's own.
  static func html(_ svg: String, idPrefix: String, label: String, width: Double?) -> String {
    let bytes = Array(svg.utf8)
    var html = ""
    var isInside = false
    var isStyle = false
    for piece in Markup.pieces(of: bytes) {
      switch piece {
      case .open(let tag):
        if !isInside {
          guard tag.name == "svg" else { continue }
          isInside = true
          html += root(tag, label: label, width: width)
        } else {
          isStyle = tag.name == "style"
          html += open(tag, idPrefix: idPrefix)
        }
      case .close(let name, _):
        isStyle = false
        if isInside { html += "</\(name)>" }
      case .text(let range):
        guard isInside else { continue }
        let text = String(decoding: bytes[range], as: UTF8.self)
        html += isStyle ? prefixed(text, by: idPrefix) : text
      case .other(let range):
        let text = String(decoding: bytes[range], as: UTF8.self)
        if isInside, text.hasPrefix("<![CDATA[") {
          html += text.dropFirst(9).dropLast(3).escapedForHTML
        }
      }
    }
    return html.trimmedEnd
  }

  private static func root(_ tag: Markup.Tag, label: String, width: Double?) -> String {
    var html = "<svg"
    let own = tag["width"].flatMap(pixels)
    let height = tag["height"].flatMap(pixels)
    for (name, value) in tag.attributes {
      let isOurs =
        ["width", "height", "role", "style"].contains(name) || name.hasPrefix("aria-")
      if !isOurs { html += " \(name)=\"\(value.escapedForHTML)\"" }
    }
    if tag["viewBox"] == nil, let own, let height {
      html += " viewBox=\"0 0 \(own.plain) \(height.plain)\""
    }
    html +=
      label.isEmpty
      ? " aria-hidden=\"true\"" : " role=\"img\" aria-label=\"\(label.escapedForHTML)\""
    if let width = width ?? own { html += " style=\"max-width: \(width.plain)px\"" }
    return html + ">"
  }

  /// A length in CSS pixels.
  static func pixels(_ length: String) -> Double? {
    let unitStart = length.lastIndex { $0.isNumber }.map { length.index(after: $0) }
    guard let unitStart, let number = Double(length[..<unitStart]) else { return nil }
    switch length[unitStart...] {
    case "", "px": return number
    case "pt": return (number * 4 / 3 * 100).rounded() / 100
    case "in": return number * 96
    case "cm": return (number * 96 / 2.54 * 100).rounded() / 100
    case "mm": return (number * 96 / 25.4 * 100).rounded() / 100
    default: return nil
    }
  }

  private static func open(_ tag: Markup.Tag, idPrefix: String) -> String {
    var html = "<\(tag.name)"
    for (name, value) in tag.attributes {
      let own =
        switch name {
        case "id", "aria-labelledby", "aria-describedby": idPrefix + value
        case _ where name.hasSuffix("href") && value.hasPrefix("#"):
          "#" + idPrefix + value.dropFirst()
        default: prefixed(value, by: idPrefix)
        }
      html += " \(name)=\"\(own.escapedForHTML)\""
    }
    return html + (tag.isSelfClosing ? "/>" : ">")
  }

  /// References within the figure, `url(#a)`.
  private static func prefixed(_ value: String, by prefix: String) -> String {
    guard value.contains("url(#") else { return value }
    var result = ""
    var rest = value[...]
    while let hash = rest.firstIndex(of: "#") {
      let before = rest[..<hash]
      result += before + "#"
      if before.hasSuffix("url(") { result += prefix }
      rest = rest[rest.index(after: hash)...]
    }
    return result + rest
  }
}

extension String {
  fileprivate var trimmedEnd: String {
    var text = self[...]
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
