/// Compares a committed figure with a fresh one.
///
/// Structure, text and styles must be the same; coordinates may differ by half a unit, which is
/// what the last bits of another processor's arithmetic can do.
public enum FigureComparison {
  private static let tolerance = 0.5
  /// Factors of a scaling or rotation act on coordinates of up to a thousand units.
  private static let factorTolerance = 0.0005
  private static let reportLimit = 5

  /// What differs, in words, the first few; empty when the figures agree.
  public static func differences(committed: String, fresh: String) -> [String] {
    if committed == fresh { return [] }
    let old = tokens(of: committed)
    let new = tokens(of: fresh)
    var differences: [String] = []
    func report(_ difference: String) {
      if differences.last != difference { differences.append(difference) }
    }
    for (before, after) in zip(old, new) {
      switch (before, after) {
      case (.text(let a), .text(let b)):
        if a != b { report("text '\(a)' became '\(b)'") }
      case (.open(let a), .open(let b)) where a.name == b.name:
        compare(a, b).forEach(report)
      case (.close(let a), .close(let b)) where a == b: break
      default:
        // From here on, nothing corresponds.
        report("\(before.words) became \(after.words)")
        return limited(differences)
      }
    }
    if old.count > new.count { report("\(old[new.count].words) is missing") }
    if new.count > old.count { report("\(new[old.count].words) is new") }
    return limited(differences)
  }

  private static func limited(_ differences: [String]) -> [String] {
    guard differences.count > reportLimit else { return differences }
    return differences.prefix(reportLimit) + ["and \(differences.count - reportLimit) more"]
  }

  // MARK: - Tokens

  private enum Token {
    case open(Markup.Tag)
    case close(String)
    case text(String)

    var words: String {
      switch self {
      case .open(let tag): "<\(tag.name)>"
      case .close(let name): "the end of <\(name)>"
      case .text(let text): "text '\(text)'"
      }
    }
  }

  private static func tokens(of svg: String) -> [Token] {
    let bytes = Array(svg.utf8)
    var tokens: [Token] = []
    for piece in Markup.pieces(of: bytes) {
      switch piece {
      case .open(let tag):
        tokens.append(.open(tag))
        if tag.isSelfClosing { tokens.append(.close(tag.name)) }
      case .close(let name, _): tokens.append(.close(name))
      case .text(let range):
        let text = String(decoding: bytes[range], as: UTF8.self).unescapedFromHTML
          .split(whereSeparator: \.isWhitespace).joined(separator: " ")
        if !text.isEmpty { tokens.append(.text(text)) }
      case .other: break
      }
    }
    return tokens
  }

  // MARK: - Attributes

  private static func compare(_ old: Markup.Tag, _ new: Markup.Tag) -> [String] {
    var differences: [String] = []
    for (name, value) in old.attributes where name != "/" {
      guard let other = new[name] else {
        differences.append("<\(old.name)> lost its \(name)")
        continue
      }
      if value != other, !agrees(name, value, other) {
        differences.append(
          "\(name) of <\(old.name)> '\(shortened(value))' became '\(shortened(other))'")
      }
    }
    for (name, _) in new.attributes where name != "/" && old[name] == nil {
      differences.append("<\(new.name)> has a new \(name)")
    }
    return differences
  }

  private static let coordinates: Set = [
    "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "dx", "dy", "width", "height",
    "points", "d", "viewBox",
  ]

  private static func agrees(_ name: String, _ old: String, _ new: String) -> Bool {
    guard coordinates.contains(name) || name == "transform" else { return false }
    let before = numbersAndRest(old)
    let after = numbersAndRest(new)
    guard before.rest == after.rest, before.numbers.count == after.numbers.count else {
      return false
    }
    return zip(before.numbers, after.numbers).allSatisfy { old, new in
      let isFactor =
        ["scale", "rotate", "skewX", "skewY"].contains(old.function)
        || (old.function == "matrix" && old.position < 4)
      return abs(old.value - new.value) <= (isFactor ? factorTolerance : tolerance)
    }
  }

  private struct Number {
    var value: Double
    /// The transformation that it is an argument of, and its place there.
    var function: String
    var position: Int
  }

  /// The numbers of a value, and what stands between them.
  private static func numbersAndRest(_ value: String) -> (numbers: [Number], rest: String) {
    let bytes = Array(value.utf8)
    var numbers: [Number] = []
    var rest = ""
    var function = ""
    var position = 0
    var index = 0
    while index < bytes.count {
      let end = endOfNumber(bytes, from: index)
      if end > index, let number = Double(String(decoding: bytes[index..<end], as: UTF8.self)) {
        numbers.append(Number(value: number, function: function, position: position))
        position += 1
        rest += "#"
        index = end
        continue
      }
      let byte = bytes[index]
      if byte.isLetter {
        let wordEnd = bytes[index...].firstIndex { !$0.isLetter } ?? bytes.count
        function = String(decoding: bytes[index..<wordEnd], as: UTF8.self)
        position = 0
        rest += function
        index = wordEnd
      } else {
        // Spaces and commas separate alike.
        if byte.isSpace || byte == UInt8(ascii: ",") {
          if rest.last != " " { rest += " " }
        } else {
          rest.unicodeScalars.append(Unicode.Scalar(byte))
        }
        index += 1
      }
    }
    return (numbers, rest)
  }

  private static func endOfNumber(_ bytes: [UInt8], from start: Int) -> Int {
    func digits(from start: Int) -> Int {
      bytes[min(start, bytes.count)...].firstIndex { !$0.isDigit } ?? bytes.count
    }
    var index = start
    if index < bytes.count, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
      index += 1
    }
    let whole = digits(from: index)
    var end = whole
    if end < bytes.count, bytes[end] == UInt8(ascii: ".") { end = digits(from: end + 1) }
    guard whole > index || end > whole + 1 else { return start }
    if end < bytes.count, bytes[end] == UInt8(ascii: "e") || bytes[end] == UInt8(ascii: "E") {
      var exponent = end + 1
      if exponent < bytes.count,
        bytes[exponent] == UInt8(ascii: "-") || bytes[exponent] == UInt8(ascii: "+")
      {
        exponent += 1
      }
      let stop = digits(from: exponent)
      if stop > exponent { end = stop }
    }
    return end
  }

  private static func shortened(_ value: String) -> String {
    value.count <= 40 ? value : value.prefix(37) + "…"
  }
}
