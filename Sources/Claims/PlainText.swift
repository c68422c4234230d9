/// Markdown with `$TeX$` as a terminal shows it: `$\tfrac12$` as 1/2, `$\hat P_\lambda$` as P̂_λ.
///
/// It knows the commands that the ledger's texts use; an unknown one stays as its name.
public func plainText(_ markdown: String) -> String {
  var text = ""
  let pieces = markdown.split(separator: "$", omittingEmptySubsequences: false)
  for (index, piece) in pieces.enumerated() {
    if index.isMultiple(of: 2) {
      text += piece.replacing("*", with: "").replacing("`", with: "")
    } else {
      var reader = TeXReader(text: Array(piece))
      text += reader.read()
    }
  }
  return text.trimmed
}

extension String {
  fileprivate var trimmed: String {
    split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

/// Reads one formula.
private struct TeXReader {
  let text: [Character]
  private var index = 0

  init(text: [Character]) { self.text = text }

  /// Everything up to the closing brace or the end.
  mutating func read() -> String {
    var result = ""
    var wasFraction = false
    while index < text.count, text[index] != "}" {
      let start = index
      let atom = atom()
      let isFraction = Self.fractions.contains { text[start...].starts(with: "\\\($0)") }
      if isFraction || wasFraction, let last = result.last, let first = atom.first,
        last.isLetter || last.isNumber || last == ")", first.isLetter || first.isNumber
      {
        result += " "
      }
      wasFraction = isFraction
      result += atom
    }
    return result
  }

  private mutating func atom() -> String {
    let character = text[index]
    index += 1
    switch character {
    case "{":
      let inner = read()
      index += 1
      return inner
    case "\\": return command()
    case "_", "^":
      let argument = argument()
      let script = argument.trimmed
      // A space that the argument's last command kept stands behind the script.
      let space = argument.hasSuffix(" ") ? " " : ""
      let letters = character == "_" ? Self.subscripts : Self.superscripts
      let small = script.compactMap { letters[$0] }
      if !script.isEmpty, small.count == script.count { return String(small) + space }
      return (script.count == 1 ? "\(character)\(script)" : "\(character){\(script)}") + space
    case "-": return "−"
    case "~": return " "
    case "&": return ""
    case "'": return "′"
    default: return String(character)
    }
  }

  private mutating func command() -> String {
    guard index < text.count else { return "" }
    let start = index
    while index < text.count, text[index].isASCII, text[index].isLetter { index += 1 }
    guard index > start else {
      index += 1
      return Self.punctuation[text[start]] ?? String(text[start])
    }
    let name = String(text[start..<index])
    // TeX drops the space that ends a command's name; before a relation or operator it is worth keeping.
    let hadSpace = index < text.count && text[index].isWhitespace
    while index < text.count, text[index].isWhitespace { index += 1 }
    let space = hadSpace && index < text.count && "=<>+-|/".contains(text[index]) ? " " : ""
    switch name {
    case _ where Self.fractions.contains(name):
      let (above, below) = (argument(), argument())
      return "\(Self.grouped(above))/\(Self.grouped(below))"
    case "sqrt":
      let root = argument()
      return root.count == 1 || root.allSatisfy(\.isNumber) ? "√\(root)" : "√(\(root))"
    case "hat", "widehat": return accented(with: "\u{302}")
    case "tilde", "widetilde": return accented(with: "\u{303}")
    case "bar", "overline": return accented(with: "\u{304}")
    case "mathcal", "mathbf", "mathit", "boldsymbol", "mathsf": return argument()
    case "mathbb": return Self.doubleStruck(argument())
    case "text", "mathrm", "operatorname", "textit", "textbf":
      return argument().replacing("−", with: "-")
    case "left", "right", "big", "Big", "bigl", "bigr", "Bigl", "Bigr", "displaystyle", "limits",
      "bigg", "Bigg", "middle":
      return ""
    case "begin", "end":
      _ = argument()
      return ""
    default:
      guard let symbol = Self.symbols[name] else {
        return name + (hadSpace ? " " : "")
      }
      let next = index < text.count ? text[index] : " "
      if next == "_" || next == "^" {
        guard symbol.hasSuffix(" ") else { return symbol }
        // The body of a sum or integral begins behind its bounds.
        var whole = symbol.trimmed
        while index < text.count, text[index] == "_" || text[index] == "^" { whole += atom() }
        return whole.trimmed + " "
      }
      let isFollowed = next.isLetter || next == "\\" && !text[index...].starts(with: "\\left")
      if name.count > 2, symbol == name, isFollowed, !text[index...].starts(with: "\\!") {
        return symbol + " "
      }
      return symbol + space
    }
  }

  /// The next group or character.
  private mutating func argument() -> String {
    while index < text.count, text[index].isWhitespace { index += 1 }
    return index < text.count ? atom() : ""
  }

  private mutating func accented(with mark: Character) -> String {
    let base = argument()
    return base.trimmed + String(mark) + (base.hasSuffix(" ") ? " " : "")
  }

  private static func grouped(_ text: String) -> String {
    let isPlain = text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "." || $0 == "_" }
    return isPlain ? text : "(\(text))"
  }

  private static func doubleStruck(_ text: String) -> String {
    ["R": "ℝ", "E": "E", "P": "P", "N": "ℕ", "Q": "ℚ", "Z": "ℤ", "1": "1"][text] ?? text
  }

  private static let fractions = ["frac", "tfrac", "dfrac"]
  private static let punctuation: [Character: String] = [
    "|": "‖", ",": " ", ";": " ", ":": " ", " ": " ", "!": "", "\\": "; ", "{": "{", "}": "}",
  ]

  private static let subscripts: [Character: Character] = Dictionary(
    uniqueKeysWithValues: zip("0123456789+−ijkn", "₀₁₂₃₄₅₆₇₈₉₊₋ᵢⱼₖₙ"))
  private static let superscripts: [Character: Character] = Dictionary(
    uniqueKeysWithValues: zip("0123456789+−nt*′", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿᵗ*′"))

  private static let symbols: [String: String] = [
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε",
    "eta": "η", "theta": "θ", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "pi": "π",
    "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "varphi": "φ", "chi": "χ", "psi": "ψ",
    "omega": "ω", "Delta": "Δ", "Sigma": "Σ", "Phi": "Φ", "Omega": "Ω", "zeta": "ζ", "xi": "ξ",
    "infty": "∞", "in": " ∈ ", "notin": " ∉ ", "le": " ≤ ", "leq": " ≤ ", "ge": " ≥ ",
    "geq": " ≥ ", "ne": " ≠ ", "neq": " ≠ ", "approx": " ≈ ", "equiv": " ≡ ", "sim": " ~ ",
    "propto": " ∝ ", "ll": " ≪ ", "gg": " ≫ ", "not": "not ", "to": " → ", "mapsto": " ↦ ",
    "rightarrow": " → ", "Rightarrow": " ⇒ ", "Leftrightarrow": " ⇔ ", "iff": " ⇔ ",
    "implies": " ⇒ ", "times": " × ", "cdot": "·", "pm": " ± ", "circ": "∘", "ast": "*",
    "subset": " ⊂ ", "subseteq": " ⊆ ", "cup": " ∪ ", "cap": " ∩ ", "setminus": " \\ ",
    "emptyset": "∅", "forall": "∀ ", "exists": "∃ ", "colon": ": ", "mid": " | ", "vert": "|",
    "Vert": "‖", "|": "‖", "parallel": "‖", "nabla": "∇", "partial": "∂", "int": "∫ ",
    "sum": "Σ ", "prod": "Π ", "ldots": "…", "dots": "…", "cdots": "…", "quad": " ", "qquad": " ",
    "max": "max", "min": "min", "sup": "sup", "inf": "inf", "log": "log ", "exp": "exp",
    "ln": "ln ", "lim": "lim ", "liminf": "lim inf ", "limsup": "lim sup ", "det": "det",
    "lfloor": "⌊", "rfloor": "⌋", "langle": "⟨", "rangle": "⟩", "ell": "ℓ", "top": "ᵀ",
    "star": "*", "prime": "′", "uparrow": "↑", "downarrow": "↓", "nearrow": "↗",
    "searrow": "↘", "neg": "¬", "wedge": " ∧ ", "vee": " ∨ ",
  ]
}
