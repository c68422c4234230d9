import Testing

@testable import Plotting

@Suite struct RichTextTests {
  /// The label, and its runs: italic in slashes, scripts as _{} and ^{}.
  static let translations: [(String, String)] = [
    ("plain text", "plain text"),
    ("costs \\$5, not #5", "costs $5, not #5"),
    ("$\\lambda p$", "/λp/"),
    ("target $p$", "target /p/"),
    ("$\\hat p$", "/p\u{302}/"),
    ("$\\widehat{P}$", "/P\u{302}/"),
    ("$\\hat{p}_\\lambda$", "/p\u{302}/_{/λ/}"),
    ("$\\alpha_\\lambda$", "/α/_{/λ/}"),
    ("$\\bar\\beta$", "/β\u{304}/"),
    ("$\\beta_0$", "/β/_{0}"),
    ("$\\alpha_\\infty$", "/α/_{∞}"),
    ("$\\min(\\lambda p,\\hat p)$", "min(/λp/,\u{2009}/p\u{302}/)"),
    ("$\\min \\lambda$", "min\u{2009}/λ/"),
    ("$x^2$", "/x/^{2}"),
    ("$10^{-2}$", "10^{\u{2212}2}"),
    ("$a \\le b$", "/a/\u{2009}≤\u{2009}/b/"),
    ("$a - b$", "/a/\u{2009}\u{2212}\u{2009}/b/"),
    ("$-b$", "\u{2212}/b/"),
    ("$(-b)$", "(\u{2212}/b/)"),
    ("$a = -b$", "/a/\u{2009}=\u{2009}\u{2212}/b/"),
    ("$a \\cdot b$", "/a/\u{2009}·\u{2009}/b/"),
    ("$\\int p$", "∫/p/"),
    ("$\\mathcal D$", "[/D/]"),
    ("$\\mathbb R$", "ℝ"),
    ("$\\mathbb{E}$", "𝔼"),
    ("$\\mathcal D_{\\lambda\\text{-PR}}(P\\|\\hat P)$", "[/D/]_{/λ/-PR}(/P/‖/P\u{302}/)"),
    ("$\\frac{1}{2}$", "1/2"),
    ("$\\frac{a}{b + c}$", "/a//(/b/\u{2009}+\u{2009}/c/)"),
    ("$\\Delta x$", "Δ/x/"),
    ("$f'$", "/f/\u{2032}"),
    ("$\\{x\\}$", "{/x/}"),
    ("line\nbreak\u{0}", "line break "),
  ]

  @Test(arguments: translations)
  func `TeX becomes runs`(label: String, expected: String) throws {
    let text = try RichText(label)
    let written = text.runs.map { run in
      let words = run.isItalic ? "/\(run.text)/" : run.text
      let font = run.isSerif ? "[\(words)]" : words
      return run.rise > 0 ? "^{\(font)}" : run.rise < 0 ? "_{\(font)}" : font
    }.joined()
    #expect(written.replacing("}_{", with: "").replacing("}^{", with: "") == expected)
  }

  @Test(arguments: [
    ("$\\foo$", "unknown TeX command \\foo"), ("$\\1$", "unknown TeX command \\1"),
    ("$x", "no $ closes"), ("$x^$", "^ lacks its argument"), ("$x_}$", "_ lacks its argument"),
    ("${x$", "{ is never closed"), ("$x}$", "} closes nothing"), ("$\\hat$", "lacks its argument"),
    ("$\\hat{}$", "lacks its argument"), ("$\\text x$", "in braces"),
    ("$" + String(repeating: "{", count: 60) + "$", "too deeply"),
    (String(repeating: "x", count: 301), "longer than 300"),
  ])
  func `what cannot be read is named`(label: String, message: String) {
    let error = #expect(throws: PlotError.self) { try RichText(label) }
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "none")")
  }

  @Test func `a superscript stands over its subscript`() throws {
    let both = try RichText("$x_0^{22}$")
    let wide = try RichText("$x^{22}$")
    #expect(abs(both.width - wide.width) < 1e-12)
    #expect(try abs(RichText("$x_{22}^0 y$").width - RichText("$x_{22} y$").width) < 1e-12)
  }

  @Test func `every symbol of the tables can be written`() throws {
    let tables = [
      TeXSymbols.greek, TeXSymbols.ordinary, TeXSymbols.relations, TeXSymbols.binaries,
      TeXSymbols.large,
    ]
    for (name, symbol) in tables.joined() {
      #expect(try RichText("$a\\\(name) b$").plain.contains(symbol), "\(name)")
    }
    for name in TeXSymbols.accents.keys { #expect(try RichText("$\\\(name) x$").runs.count == 1) }
  }
}
