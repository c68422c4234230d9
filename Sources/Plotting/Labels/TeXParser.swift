/// Reads the TeX that labels need into runs of text.
///
/// Letters, digits, operators with their spaces, `^` and `_`, groups, accents, `\frac` (set on one
/// line), fonts (`\mathrm`, `\mathcal`, `\mathbb`, ...), and the symbols of `TeXSymbols`.
struct TeXParser {
  private let label: String
  private var rest: Substring
  /// Nothing stands before that an operator could join: a minus is then a sign.
  private var startsOperand = true
  private var depth = 0

  init(_ formula: String, of label: String) {
    self.label = label
    rest = formula[...]
  }

  /// The whole formula.
  mutating func runs() throws(PlotError) -> [Run] {
    try list(Face())
  }

  /// How letters are set where the parser stands.
  private struct Face {
    var scale = 1.0
    var rise = 0.0
    var letters = Letters.italic

    enum Letters { case italic, upright, calligraphic, blackboard }

    func script(up: Bool) -> Face {
      Face(scale: scale * 0.7, rise: rise + (up ? 0.36 : -0.18) * scale, letters: letters)
    }

    func run(_ text: String, isItalic: Bool = false) -> Run {
      Run(text: text, isItalic: isItalic, scale: scale, rise: rise)
    }
  }

  private func error(_ detail: String) -> PlotError { .invalidLabel(label: label, detail: detail) }

  /// Atoms up to the end or a closing brace.
  private mutating func list(_ face: Face) throws(PlotError) -> [Run] {
    var result: [Run] = []
    while let next = rest.first, next != "}" {
      result += try scripted(face)
    }
    if depth == 0 && !rest.isEmpty { throw error("a } closes nothing") }
    return result
  }

  /// An atom and the scripts that hang on it, the second set back over the first.
  private mutating func scripted(_ face: Face) throws(PlotError) -> [Run] {
    var result = try atom(face)
    var first: Double?
    while let mark = rest.first, mark == "^" || mark == "_" {
      rest.removeFirst()
      let before = startsOperand
      var script = try argument(face.script(up: mark == "^"), of: String(mark))
      startsOperand = before
      let width = script.reduce(0) { $0 + $1.kern + $1.width(isBold: false) }
      if let first, !script.isEmpty {
        // Two scripts on one letter stand a little further apart.
        let apart = (mark == "^" ? 0.1 : -0.1) * face.scale
        for index in script.indices { script[index].rise += apart }
        script[0].kern -= first
        if width < first { script.append(Run(text: "", kern: first - width)) }
      }
      first = max(first ?? 0, width)
      result += script
    }
    return result
  }

  /// A group, or the next single atom, with spaces as the text of the argument wants them.
  private mutating func argument(_ face: Face, of command: String) throws(PlotError) -> [Run] {
    skipSpaces()
    guard let next = rest.first, next != "}" else { throw error("\(command) lacks its argument") }
    startsOperand = true
    return try atom(face)
  }

  private mutating func atom(_ face: Face) throws(PlotError) -> [Run] {
    guard let character = rest.popFirst() else { return [] }
    switch character {
    case "{":
      guard depth < 40 else { throw error("its groups are nested too deeply") }
      depth += 1
      startsOperand = true
      let group = try list(face)
      guard rest.popFirst() == "}" else { throw error("a { is never closed") }
      depth -= 1
      startsOperand = false
      return group
    case "\\": return try command(face)
    case "^", "_":
      // A script on nothing: the loop in `scripted` reads it.
      rest = [character] + rest
      return []
    case "'": return [operand(face, "\u{2032}")]
    case "~": return [face.run("\u{2002}")]
    case _ where character.isWhitespace: return []
    case _ where character.isLetter: return [letter(character, face)]
    case "-": return [binary(face, "\u{2212}")]
    case "+", "*": return [binary(face, character == "*" ? "\u{2217}" : "+")]
    case "=", "<", ">": return [relation(face, String(character))]
    case ",", ";":
      startsOperand = true
      return [face.run("\(character)\(Self.thin)")]
    case "(", "[", "|":
      startsOperand = character != "|"
      return [face.run(String(character))]
    default: return [operand(face, String(character))]
    }
  }

  private mutating func command(_ face: Face) throws(PlotError) -> [Run] {
    guard let first = rest.popFirst() else { throw error("a \\ stands at the end") }
    guard first.isLetter else {
      switch first {
      case ",", ":", ";", " ": return [face.run(Self.thin)]
      case "!": return []
      case "|": return [operand(face, "\u{2016}")]
      case "{", "}", "%", "#", "&", "_", "$": return [operand(face, String(first))]
      default: throw error("unknown TeX command \\\(first)")
      }
    }
    var name = String(first)
    while let next = rest.first, next.isLetter, next.isASCII { name.append(rest.removeFirst()) }

    if let accent = TeXSymbols.accents[name] { return try accented(accent, face, name) }
    if let letter = TeXSymbols.greek[name] {
      let isItalic = letter.first.map { $0.isLowercase } ?? false
      return [operand(face, letter, isItalic: isItalic && face.letters == .italic)]
    }
    if let symbol = TeXSymbols.ordinary[name] { return [operand(face, symbol)] }
    if let symbol = TeXSymbols.relations[name] { return [relation(face, symbol)] }
    if let symbol = TeXSymbols.binaries[name] { return [binary(face, symbol)] }
    if let symbol = TeXSymbols.large[name] {
      startsOperand = true
      return [face.run(symbol)]
    }
    if TeXSymbols.functions.contains(name) {
      skipSpaces()
      let hugs = rest.first.map { "([{_^,)}".contains($0) } ?? true
      startsOperand = true
      return [face.run(name + (hugs ? "" : Self.thin))]
    }
    return try structure(name, face)
  }

  /// Commands that take arguments or change what follows.
  private mutating func structure(_ name: String, _ face: Face) throws(PlotError) -> [Run] {
    var inner = face
    switch name {
    case "text", "mathrm", "operatorname", "textrm", "mathsf", "mathtt", "textit", "mathit",
      "mathbf", "boldsymbol":
      if name == "text" || name == "textrm" { return [face.run(try verbatim(name))] }
      inner.letters =
        name == "mathit" || name == "textit" || name == "boldsymbol" ? .italic : .upright
      return try argument(inner, of: "\\\(name)")
    case "mathcal", "mathscr":
      inner.letters = .calligraphic
      return try argument(inner, of: "\\\(name)")
    case "mathbb":
      inner.letters = .blackboard
      return try argument(inner, of: "\\\(name)")
    case "frac", "tfrac", "dfrac":
      let numerator = try argument(face, of: "\\\(name)")
      let denominator = try argument(face, of: "\\\(name)")
      startsOperand = false
      return parenthesized(numerator, face) + [face.run("/")] + parenthesized(denominator, face)
    case "sqrt":
      let radicand = try argument(face, of: "\\sqrt")
      return [face.run("\u{221A}")] + parenthesized(radicand, face)
    case "left", "right", "big", "Big", "bigl", "bigr", "displaystyle", "textstyle", "limits":
      if rest.first == "." { rest.removeFirst() }
      return []
    case "quad": return [face.run("\u{2003}")]
    default: throw error("unknown TeX command \\\(name)")
    }
  }

  /// A fraction's part in parentheses if it is a sum or a product with spaces.
  private func parenthesized(_ runs: [Run], _ face: Face) -> [Run] {
    let isCompound = runs.contains { $0.text.contains(Self.thin) }
    return isCompound ? [face.run("(")] + runs + [face.run(")")] : runs
  }

  private mutating func accented(_ mark: String, _ face: Face, _ name: String)
    throws(PlotError) -> [Run]
  {
    var base = try argument(face, of: "\\\(name)")
    guard let index = base.firstIndex(where: { !$0.text.isEmpty }) else {
      throw error("\\\(name) lacks its argument")
    }
    if mark == "\u{0305}" {
      for index in base.indices {
        base[index].text = base[index].text.map { "\($0)\(mark)" }.joined()
      }
    } else {
      let text = base[index].text
      base[index].text = "\(text.prefix(1))\(mark)\(text.dropFirst())"
    }
    startsOperand = false
    return base
  }

  private mutating func verbatim(_ name: String) throws(PlotError) -> String {
    skipSpaces()
    guard rest.popFirst() == "{", let end = rest.firstIndex(of: "}") else {
      throw error("\\\(name) needs its text in braces")
    }
    let text = String(rest[..<end])
    rest = rest[rest.index(after: end)...]
    startsOperand = false
    return text
  }

  private mutating func letter(_ character: Character, _ face: Face) -> Run {
    startsOperand = false
    switch face.letters {
    case .italic: return face.run(String(character), isItalic: true)
    case .upright: return face.run(String(character))
    case .calligraphic:
      var run = face.run(String(character), isItalic: true)
      run.isSerif = true
      return run
    case .blackboard: return face.run(TeXSymbols.blackboard(character))
    }
  }

  private mutating func operand(_ face: Face, _ text: String, isItalic: Bool = false) -> Run {
    startsOperand = false
    return face.run(text, isItalic: isItalic)
  }

  /// `a - b` has spaces, the minus of `-b` has none, and neither has one in a script.
  private mutating func binary(_ face: Face, _ text: String) -> Run {
    let isSign = startsOperand || face.scale < 1
    startsOperand = true
    return face.run(isSign ? text : Self.thin + text + Self.thin)
  }

  private mutating func relation(_ face: Face, _ text: String) -> Run {
    startsOperand = true
    return face.run(face.scale < 1 ? text : Self.thin + text + Self.thin)
  }

  private mutating func skipSpaces() {
    while rest.first?.isWhitespace == true { rest.removeFirst() }
  }

  private static let thin = "\u{2009}"
}
