internal import Yams

/// A piece of YAML whose nodes know their offsets in the lesson, read with types.
struct YAMLValue {
  let node: Node
  /// Its key, for messages.
  let key: String
  private let origin: YAMLOrigin

  init(node: Node, key: String, origin: YAMLOrigin) {
    self.node = node
    self.key = key
    self.origin = origin
  }

  /// Where the value begins.
  var offset: Int { origin.offset(of: node) }

  /// A scalar that is not empty or null.
  func string(_ reporter: Reporter) -> String? {
    if case .scalar(let scalar) = node {
      if !isNull, !scalar.string.isEmpty { return scalar.string }
      reporter.error(at: offset, "`\(key)` is empty", hint: "write its value or leave the key out")
      return nil
    }
    return wrong("a text", reporter)
  }

  /// One text, or a list of texts.
  func strings(_ reporter: Reporter) -> [String] {
    if case .sequence(let items) = node {
      return items.compactMap {
        YAMLValue(node: $0, key: key, origin: origin).string(reporter)
      }
    }
    if case .mapping = node {
      wrong("a text or a list of texts", reporter) as Void?
      return []
    }
    return string(reporter).map { [$0] } ?? []
  }

  /// `true` or `false`.
  func bool(_ reporter: Reporter) -> Bool? {
    switch plainScalar {
    case "true", "True", "TRUE": true
    case "false", "False", "FALSE": false
    default: wrong("true or false", reporter)
    }
  }

  /// A number above zero, at most `limit`.
  func positive(_ reporter: Reporter, limit: Double, unit: String) -> Double? {
    guard let number = plainScalar.flatMap(Double.init), number > 0, number <= limit else {
      return wrong("a number of \(unit) above 0, at most \(limit.plain)", reporter)
    }
    return number
  }

  /// An integer within a range.
  func integer(_ reporter: Reporter, in range: ClosedRange<Int>, unit: String) -> Int? {
    guard let number = plainScalar.flatMap({ Int($0) }), range.contains(number) else {
      return wrong(
        "a whole number\(unit.isEmpty ? "" : " of \(unit)") from \(range.lowerBound) to \(range.upperBound)",
        reporter)
    }
    return number
  }

  /// A seed: an integer that 64 bits without a sign hold.
  func seed(_ reporter: Reporter) -> UInt64? {
    guard let number = plainScalar.flatMap({ UInt64($0) }) else {
      return wrong("a whole number from 0 to \(UInt64.max)", reporter)
    }
    return number
  }

  /// The entries of a mapping, keys with their offsets.
  func entries(_ reporter: Reporter) -> [(key: String, offset: Int, value: YAMLValue)]? {
    guard case .mapping(let mapping) = node else { return wrong("`key: value` lines", reporter) }
    return mapping.compactMap { key, value in
      guard case .scalar(let name) = key else {
        reporter.error(at: origin.offset(of: key), "a key in `\(self.key)` is not a word")
        return nil
      }
      let offset = origin.offset(of: key)
      return (
        name.string, offset,
        YAMLValue(node: value, key: name.string, origin: origin)
      )
    }
  }

  /// The items of a sequence; any other value is its only item.
  var items: [YAMLValue] {
    guard case .sequence(let items) = node else { return [self] }
    return items.map { YAMLValue(node: $0, key: key, origin: origin) }
  }

  /// Whether the value is a mapping.
  var isMapping: Bool { if case .mapping = node { true } else { false } }

  private var plainScalar: String? {
    if case .scalar(let scalar) = node { scalar.string } else { nil }
  }

  private var isNull: Bool {
    guard case .scalar(let scalar) = node, scalar.style == .plain || scalar.style == .any else {
      return false
    }
    return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
  }

  @discardableResult
  private func wrong<T>(_ allowed: String, _ reporter: Reporter) -> T? {
    let found =
      switch node {
      case .scalar(let scalar): isNull ? "nothing" : "`\(scalar.string)`"
      case .mapping: "`key: value` lines"
      case .sequence: "a list"
      case .alias: "an alias"
      }
    reporter.error(
      at: offset, "`\(key)` must be \(allowed), not \(found)",
      hint: "write `\(key): ` and \(allowed)")
    return nil
  }
}

/// Reads YAML that stands in a lesson, each of its lines at an offset of the lesson's source.
struct YAMLOrigin {
  let source: SourceText
  /// For each line of the YAML text, the offset of its first character.
  let lineOffsets: [Int]

  /// The YAML's root, nil when it is empty or wrong (reported).
  func compose(_ yaml: String, key: String, _ reporter: Reporter) -> YAMLValue? {
    do {
      guard let node = try Yams.compose(yaml: yaml) else { return nil }
      return YAMLValue(node: node, key: key, origin: self)
    } catch let error as YamlError {
      report(error, reporter)
    } catch {
      reporter.error(at: lineOffsets.first ?? 0, "this is not valid YAML")
    }
    return nil
  }

  func offset(of node: Node) -> Int {
    node.mark.map { offset(line: $0.line, scalarColumn: $0.column) } ?? lineOffsets.first ?? 0
  }

  private func offset(line: Int, scalarColumn: Int) -> Int {
    guard line >= 1, line <= lineOffsets.count else {
      return lineOffsets.last ?? 0
    }
    let start = lineOffsets[line - 1]
    let lineEnd = source.line(source.lineIndex(of: start)).upperBound
    let rest = source[start..<max(start, lineEnd)].unicodeScalars
    return start + rest.prefix(scalarColumn - 1).reduce(0) { $0 + UTF8.width($1) }
  }

  /// Where the last line that begins with a key begins; Yams tells only the first.
  private func lastOffset(ofKey key: String) -> Int? {
    for start in lineOffsets.reversed() {
      let text = source[start..<source.line(source.lineIndex(of: start)).upperBound]
      if text.drop(while: \.isWhitespace).hasPrefix(key + ":") {
        return start + text.prefix(while: \.isWhitespace).utf8.count
      }
    }
    return nil
  }

  private func report(_ error: YamlError, _ reporter: Reporter) {
    let hint =
      "YAML is `key: value`; put a value that holds `: ` or begins with a sign in double quotes"
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      reporter.error(
        at: offset(line: mark.line, scalarColumn: mark.column),
        "this is not valid YAML: \(problem)",
        hint: hint)
    case .duplicatedKeysInMapping(let keys, let context):
      let first = offset(line: context.mark.line, scalarColumn: context.mark.column)
      for key in keys {
        reporter.error(
          at: lastOffset(ofKey: key) ?? first, "`\(key)` is given twice", hint: "keep one of them")
      }
    case .reader(let problem, _, _, _):
      reporter.error(at: lineOffsets.first ?? 0, "this is not valid YAML: \(problem)", hint: hint)
    default:
      reporter.error(at: lineOffsets.first ?? 0, "this is not valid YAML", hint: hint)
    }
  }
}

extension UTF8 {
  fileprivate static func width(_ scalar: Unicode.Scalar) -> Int { String(scalar).utf8.count }
}

extension Double {
  /// The shortest decimal, without `.0`.
  var plain: String {
    let text = "\(self)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
