/// What TeX commands stand for.
enum TeXSymbols {
  /// Combining marks set over the first letter of the argument.
  static let accents = [
    "hat": "\u{0302}", "widehat": "\u{0302}", "bar": "\u{0304}", "overline": "\u{0305}",
    "tilde": "\u{0303}", "widetilde": "\u{0303}", "dot": "\u{0307}", "ddot": "\u{0308}",
    "check": "\u{030C}", "vec": "\u{20D7}",
  ]

  static let greek = [
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ϵ", "varepsilon": "ε",
    "zeta": "ζ", "eta": "η", "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ",
    "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ",
    "tau": "τ", "upsilon": "υ", "phi": "ϕ", "varphi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
    "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ",
    "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
  ]

  static let ordinary = [
    "infty": "∞", "partial": "∂", "nabla": "∇", "ell": "ℓ", "emptyset": "∅", "varnothing": "∅",
    "forall": "∀", "exists": "∃", "prime": "′", "ldots": "…", "dots": "…", "cdots": "⋯",
    "langle": "⟨", "rangle": "⟩", "lVert": "‖", "rVert": "‖", "Vert": "‖", "vert": "|",
    "lvert": "|", "rvert": "|", "backslash": "\\", "lbrace": "{", "rbrace": "}", "degree": "°",
    "neg": "¬", "top": "⊤", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉",
    "sharp": "♯", "star": "⋆",
  ]

  static let relations = [
    "le": "≤", "leq": "≤", "leqslant": "≤", "ge": "≥", "geq": "≥", "geqslant": "≥", "ne": "≠",
    "neq": "≠", "approx": "≈", "sim": "∼", "propto": "∝", "equiv": "≡", "in": "∈", "notin": "∉",
    "subset": "⊂", "subseteq": "⊆", "to": "→", "rightarrow": "→", "leftarrow": "←",
    "Rightarrow": "⇒", "implies": "⇒", "mapsto": "↦", "ll": "≪", "gg": "≫", "mid": "|",
    "parallel": "‖", "perp": "⊥", "colon": ":",
  ]

  static let binaries = [
    "cdot": "·", "times": "×", "pm": "±", "mp": "∓", "cup": "∪", "cap": "∩", "circ": "∘",
    "ast": "∗", "wedge": "∧", "vee": "∨", "setminus": "∖", "div": "÷",
  ]

  static let large = [
    "int": "∫", "sum": "∑", "prod": "∏", "bigcup": "⋃", "bigcap": "⋂",
  ]

  static let functions: Set<String> = [
    "min", "max", "log", "ln", "exp", "sup", "inf", "arg", "lim", "sin", "cos", "tan", "tanh",
    "det", "dim", "Pr", "argmin", "argmax", "sgn",
  ]

  /// The letter with its stem doubled; what has no such form stays as it is.
  static func blackboard(_ letter: Character) -> String {
    let exceptions: [Character: String] = [
      "C": "ℂ", "H": "ℍ", "N": "ℕ", "P": "ℙ", "Q": "ℚ", "R": "ℝ", "Z": "ℤ", "1": "𝟙",
    ]
    if let exception = exceptions[letter] { return exception }
    guard let code = letter.unicodeScalars.first?.value, letter.isASCII,
      let scalar = (65...90).contains(code)
        ? Unicode.Scalar(0x1D538 + code - 65) : Unicode.Scalar(code)
    else { return String(letter) }
    return String(Character(scalar))
  }
}
