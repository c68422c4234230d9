/// Colours Swift source: a lexer that knows nesting comments, raw strings and interpolation.
///
/// Classes: `k` keyword, `t` type, `f` call, `n` number, `s` string, `c` comment, `a` attribute or
/// directive. Taking the tags away and unescaping gives the source back, whatever it is.
public enum SwiftHighlighter {
  /// The code as HTML: escaped text in a few classes of `<span>`.
  public static func html(_ code: String) -> String {
    var lexer = SwiftLexer(code)
    lexer.scanAll()
    return lexer.html
  }
}

struct SwiftLexer {
  private let scalars: [Unicode.Scalar]
  private var index = 0
  private(set) var html = ""

  init(_ code: String) {
    scalars = Array(code.unicodeScalars)
    html.reserveCapacity(code.utf8.count * 2)
  }

  mutating func scanAll() {
    while index < scalars.count { scanToken() }
  }

  private func at(_ offset: Int) -> Unicode.Scalar? {
    index + offset < scalars.count ? scalars[index + offset] : nil
  }

  private mutating func emit(_ end: Int, _ style: String?) {
    guard end > index else { return }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars[index..<end])
    let escaped = String(text).escapedForHTML
    if let style { html += "<span class=\"\(style)\">\(escaped)</span>" } else { html += escaped }
    index = end
  }

  private mutating func scanToken() {
    let scalar = scalars[index]
    switch scalar {
    case "/" where at(1) == "/":
      emit(endOfLine(from: index), "c")
    case "/" where at(1) == "*":
      emit(endOfComment(), "c")
    case "\"":
      scanString(hashes: 0)
    case "#":
      scanHash()
    case "@":
      emit(endOfName(from: index + 1), at(1).map(Self.isNameStart) == true ? "a" : nil, orOne: true)
    case "`":
      let close = scalars[(index + 1)...].firstIndex { $0 == "`" || $0 == "\n" }
      if let close, scalars[close] == "`" { emit(close + 1, nil) } else { emit(index + 1, nil) }
    case "$" where at(1).map(Self.isNamePart) == true:
      emit(endOfName(from: index + 1), nil)
    case "0"..."9":
      emit(endOfNumber(), "n")
    case _ where Self.isNameStart(scalar):
      scanName()
    default:
      emit(index + 1, nil)
    }
  }

  private mutating func emit(_ end: Int, _ style: String?, orOne: Bool) {
    emit(orOne ? max(end, index + 1) : end, style)
  }

  // MARK: - Names

  private static func isNameStart(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar.properties.isXIDStart
  }

  private static func isNamePart(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar.properties.isXIDContinue
  }

  private func endOfName(from start: Int) -> Int {
    guard start < scalars.count else { return scalars.count }
    return scalars[start...].firstIndex { !Self.isNamePart($0) } ?? scalars.count
  }

  private mutating func scanName() {
    let end = endOfName(from: index)
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars[index..<end])
    let name = String(text)
    let isMember =
      index > 0 && scalars[index - 1] == "." && (index < 2 || scalars[index - 2] != ".")
    let next = end < scalars.count ? scalars[end] : nil
    if Self.keywords.contains(name), !isMember || Self.memberKeywords.contains(name) {
      emit(end, "k")
    } else if scalars[index].properties.isUppercase {
      emit(end, "t")
    } else if next == "(" || (next == " " && opensClosure(from: end) && isMember) {
      emit(end, "f")
    } else {
      emit(end, nil)
    }
  }

  private func opensClosure(from start: Int) -> Bool {
    scalars[start...].first { $0 != " " } == "{"
  }

  // MARK: - Comments, directives, numbers

  private func endOfLine(from start: Int) -> Int {
    scalars[start...].firstIndex { $0 == "\n" || $0 == "\r" } ?? scalars.count
  }

  private func endOfComment() -> Int {
    var depth = 0
    var offset = index
    while offset + 1 < scalars.count {
      if scalars[offset] == "/", scalars[offset + 1] == "*" {
        depth += 1
        offset += 2
      } else if scalars[offset] == "*", scalars[offset + 1] == "/" {
        depth -= 1
        offset += 2
        if depth == 0 { return offset }
      } else {
        offset += 1
      }
    }
    return scalars.count
  }

  /// `#if`, `#expect`, or a raw string's `#"`.
  private mutating func scanHash() {
    var hashes = 0
    while at(hashes) == "#" { hashes += 1 }
    if at(hashes) == "\"" {
      scanString(hashes: hashes)
    } else {
      let end = endOfName(from: index + 1)
      emit(max(end, index + 1), end > index + 1 ? "a" : nil)
    }
  }

  private func endOfNumber() -> Int {
    var offset = index + 1
    if scalars[index] == "0", let radix = at(1), "xob".unicodeScalars.contains(radix) {
      offset += 1
    }
    while offset < scalars.count {
      let scalar = scalars[offset]
      let isSign =
        (scalar == "+" || scalar == "-") && "eEpP".unicodeScalars.contains(scalars[offset - 1])
        && at(1) != "x"
      let isPoint =
        scalar == "." && offset + 1 < scalars.count && ("0"..."9").contains(scalars[offset + 1])
      guard isSign || isPoint || scalar == "_" || scalar.properties.isXIDContinue else { break }
      offset += 1
    }
    return offset
  }

  // MARK: - Strings

  /// A string with its interpolations, whose code is coloured as code.
  private mutating func scanString(hashes: Int) {
    let isMultiline = at(hashes + 1) == "\"" && at(hashes + 2) == "\""
    let quotes = isMultiline ? 3 : 1
    var offset = index + hashes + quotes
    // `""` is empty; `""` followed by a third quote begins three lines or more.
    while offset < scalars.count {
      let scalar = scalars[offset]
      if !isMultiline, scalar == "\n" { break }
      if scalar == "\\", has("#", hashes, at: offset + 1) {
        let after = offset + 1 + hashes
        if after < scalars.count, scalars[after] == "(" {
          emit(after + 1, "s")
          scanInterpolation(isMultiline: isMultiline)
          offset = index
          continue
        }
        offset = min(after + 1, scalars.count)
      } else if scalar == "\"", has("\"", quotes, at: offset), has("#", hashes, at: offset + quotes)
      {
        emit(offset + quotes + hashes, "s")
        return
      } else {
        offset += 1
      }
    }
    emit(min(offset, scalars.count), "s")
  }

  private func has(_ scalar: Unicode.Scalar, _ count: Int, at offset: Int) -> Bool {
    offset + count <= scalars.count
      && scalars[offset..<(offset + count)].allSatisfy { $0 == scalar }
  }

  /// From after `\(` to before its `)`, or to the end of the line if it never comes.
  private mutating func scanInterpolation(isMultiline: Bool) {
    var depth = 0
    while index < scalars.count {
      switch scalars[index] {
      case "(": depth += 1
      case ")":
        if depth == 0 { return }
        depth -= 1
      case "\n" where !isMultiline: return
      default: break
      }
      scanToken()
    }
  }

  // MARK: - Words

  private static let memberKeywords: Set = ["self", "init", "Type"]

  private static let keywords: Set = [
    "actor", "any", "as", "associatedtype", "async", "await", "borrowing", "break", "case", "catch",
    "class", "consume", "consuming", "continue", "convenience", "copy", "default", "defer",
    "deinit",
    "didSet", "discard", "do", "each", "else", "enum", "extension", "fallthrough", "false",
    "fileprivate", "final", "for", "func", "get", "guard", "if", "import", "in", "indirect",
    "infix",
    "init", "inout", "internal", "is", "isolated", "lazy", "let", "macro", "mutating", "nil",
    "nonisolated", "nonmutating", "open", "operator", "optional", "override", "package", "postfix",
    "precedencegroup", "prefix", "private", "protocol", "public", "repeat", "required", "rethrows",
    "return", "self", "Self", "sending", "set", "some", "static", "struct", "subscript", "super",
    "switch", "throw", "throws", "true", "try", "typealias", "unowned", "unsafe", "var", "weak",
    "where", "while", "willSet", "yield", "_",
  ]
}
