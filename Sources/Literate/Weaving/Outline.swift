/// The headings of the prose: numbered, on levels from 2 down, with the table of contents.
struct Outline {
  struct Entry {
    var id: String
    /// "2.1", empty when the heading is not numbered.
    var number: String
    /// 2 for the lesson's highest headings.
    var level: Int
    /// The heading's HTML; marks not yet resolved.
    var title: [UInt8]
  }

  private(set) var entries: [Entry] = []
  /// The prose with its headings rewritten.
  private(set) var html: [UInt8] = []

  init(_ body: [UInt8]) {
    struct Heading {
      var tag: Markup.Tag
      var level: Int
      var content: Range<Int>
      var end: Int
    }
    var headings: [Heading] = []
    var open: (tag: Markup.Tag, level: Int)?
    for piece in Markup.pieces(of: body) {
      switch piece {
      case .open(let tag):
        if let level = Self.level(tag.name) { open = (tag, level) }
      case .close(let name, let range):
        guard let (tag, level) = open, Self.level(name) == level else { continue }
        headings.append(
          Heading(
            tag: tag, level: level, content: tag.range.upperBound..<range.lowerBound,
            end: range.upperBound))
        open = nil
      default: break
      }
    }
    let top = headings.map(\.level).min() ?? 2
    var counters: [Int] = []
    var index = 0
    for heading in headings {
      let level = min(6, heading.level - top + 2)
      let depth = level - 1
      var number = ""
      if !(heading.tag["class"] ?? "").split(separator: " ").contains("unnumbered") {
        while counters.count > depth { counters.removeLast() }
        while counters.count < depth { counters.append(0) }
        counters[depth - 1] += 1
        number = counters.map(String.init).joined(separator: ".")
      }
      let id = heading.tag["id"] ?? ""
      let title = Array(body[heading.content])
      entries.append(Entry(id: id, number: number, level: level, title: title))
      html += body[index..<heading.tag.range.lowerBound]
      html += "<h\(level) id=\"\(id.escapedForHTML)\">".utf8
      if !number.isEmpty { html += "<span class=\"number\">\(number)</span> ".utf8 }
      html += title
      html += "</h\(level)>".utf8
      index = heading.end
    }
    html += body[index...]
  }

  private static func level(_ name: String) -> Int? {
    guard name.utf8.count == 2, name.first == "h", let level = name.last?.wholeNumberValue,
      (1...6).contains(level)
    else { return nil }
    return level
  }
}
