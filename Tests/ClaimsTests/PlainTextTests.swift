import Claims
import Testing

@Suite struct PlainTextTests {
  static let texts: [(String, String)] = [
    ("Words *only*, `code`", "Words only, code"),
    ("$\\tfrac{1}{2}$", "1/2"), ("$\\tfrac12$", "1/2"), ("$\\frac{a+b}{c}$", "(a+b)/c"),
    ("$\\hat P$, $\\lambda = 2$", "P\u{302}, λ = 2"),
    ("$\\beta_\\lambda = 1$", "β_λ = 1"), ("$x_1^2$", "x₁²"), ("$\\lambda^{-1}$", "λ⁻¹"),
    ("$\\mathcal D_{\\lambda\\text{-PR}}(\\hat P\\|P)$", "D_{λ-PR}(P\u{302}‖P)"),
    ("$\\min(1, \\lambda)$", "min(1, λ)"), ("$p \\le 1/2$", "p ≤ 1/2"),
    ("$\\int_0^\\infty f$", "∫₀^∞ f"), ("$\\bar\\alpha - 1$", "α\u{304} − 1"),
    ("$\\frac{p}{q}\\dfrac{c}{M}$", "p/q c/M"), ("$\\sqrt{2\\pi}$", "√(2π)"),
    ("$\\{x : x > 0\\}$", "{x : x > 0}"), ("$\\max r$", "max r"),
    ("$a$ and $\\unknown b$", "a and unknown b"), ("cut $off", "cut off"), ("$\\$", ""),
  ]

  @Test(arguments: texts)
  func `formulas become readable`(text: (String, String)) {
    #expect(plainText(text.0) == text.1)
  }

  @Test(arguments: Ledger.claims.map(\.id))
  func `the ledger's texts use no command that it does not know`(id: String) throws {
    let claim = try #require(Ledger.claim(id))
    for text in [claim.statement, claim.correction ?? "", claim.remark, claim.title, claim.source] {
      let plain = plainText(text)
      #expect(!plain.contains("\\ ") && !plain.contains("$"), "\(plain)")
      for command in ["mathbb", "mathrm", "tfrac", "widehat", "operatorname", "left(", "right)"] {
        #expect(!plain.contains(command), "\(plain)")
      }
    }
  }
}
