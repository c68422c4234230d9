/// Compares a committed figure with a fresh one.
///
/// Structure, text and styles must be the same; coordinates may differ by half a unit, which is
/// what the last bits of another processor's arithmetic can do. Paths of straight lines are compared
/// by where they run, however many corners draw them.
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
    let before = PlacingNumbers(old, attribute: name)
    let after = PlacingNumbers(new, attribute: name)
    if name == "d", let lines = PathLines(before), let others = PathLines(after),
      lines.agrees(with: others, within: tolerance)
    {
      return true
    }
    guard before.rest == after.rest, before.values.count == after.values.count else { return false }
    return zip(before.values, after.values).allSatisfy { old, new in
      let limit = old.role == .factor ? factorTolerance : tolerance
      return old.role == new.role && abs(old.value - new.value) <= limit
    }
  }

  private static func shortened(_ value: String) -> String {
    value.count <= 40 ? value : value.prefix(37) + "…"
  }
}
