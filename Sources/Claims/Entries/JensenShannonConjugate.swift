import Distributions
import Divergences
import RealModule

extension Claim {
  /// Both decks: the conjugate printed for Jensen-Shannon is that of the original GAN's generator.
  static let jensenShannonConjugate = Claim(
    id: "js-conjugate",
    title: "The conjugate of the Jensen-Shannon generator",
    source:
      "2025 deck, Training a generative model with f-divergences, Using the dual variational form",
    statement: #"""
      $f^*(t) = f^*_{\text{JS}}(t) = -\log(1 - \exp(t))$ for the Jensen-Shannon divergence.
      """#,
    verdict: .fails,
    correction: #"""
      It is the conjugate ($t < 0$) of the original GAN's $f(u) = u\log u - (1 + u)\log(1 + u)$ with $f(1) = -2\log 2$ and
      $\mathcal D_f = 2\,\text{JS} - 2\log 2$. For Jensen-Shannon itself, $f^*(t) = -\frac12\log(2 - e^{2t})$, $t < \frac12\log 2$; for twice
      Jensen-Shannon, $-\log(2 - e^t)$, $t < \log 2$.
      """#,
    remark: #"""
      The three generators differ by a factor and by a constant, which a minimisation over $G$ does not see and the conjugate does:
      $(f + c)^* = f^* - c$, $(cf)^*(t) = c f^*(t/c)$. Nowozin et al. 2016 list "Jensen-Shannon" and "GAN" in two rows of one table.
      """#,
    checks: [
      check(.printed, holds: false, JensenShannon().callAsFunction, "f", end: 1) { s in
        -.log(onePlus: -s)
      },
      check(.fact("as printed, for twice Jensen-Shannon"), holds: false, twice, "2f", end: 1) {
        s in -.log(onePlus: -s)
      },
      check(.corrected, holds: true, OriginalGAN().callAsFunction, "f", end: 1) { s in
        -.log(onePlus: -s)
      },
      check(
        .fact(#"Jensen-Shannon: $-\frac12\log(2 - e^{2t})$"#), holds: true,
        JensenShannon().callAsFunction, "f",
        end: .sqrt(2)
      ) { s in -.log(2 - s * s) / 2 },
      check(
        .fact(#"twice Jensen-Shannon: $-\log(2 - e^t)$"#), holds: true, twice, "2f", end: 2
      ) { s in -.log(2 - s) },
      Check(
        .fact(#"$\mathcal D_{\text{GAN}} = 2\,\text{JS} - 2\log 2$"#), .property, holds: true,
        on: FinitePair.arbitrary
      ) { pair in
        try pair.tex
      } _: { pair in
        let (target, model) = try pair.laws
        let (p, q) = (target.approximate.values, model.approximate.values)
        let difference = zip(p, q).reduce(2 * Double.log(2)) { sum, atom in
          let (p, q) = atom
          return sum + OriginalGAN().perspective(p, q) - 2 * JensenShannon().perspective(p, q)
        }
        return abs(difference) < 1e-14
      },
    ])

  private static let twice: @Sendable (Double) -> Double = { 2 * JensenShannon()($0) }

  /// Compares a formula of `s = e^t` with the supremum of `t u - f(u)`, searched in u.
  private static func check(
    _ form: Check.Form, holds: Bool, _ f: @escaping @Sendable (Double) -> Double, _ symbol: String,
    end: Double,
    _ formula: @escaping @Sendable (_ s: Double) -> Double
  ) -> Check {
    // t = log s with s in (0, end), at any distance from both ends.
    @Sendable func s(_ x: Rational) -> Double { end / (1 + Double(x)) }
    return Check(form, .property, holds: holds, on: .positive) { x in
      "$t = -\\log \((1 + x).tex)$: the formula gives $\(formula(s(x)).tex)$, but "
        + "the supremum of $t u - \(symbol)(u)$ is $\(supremum(f, .log(s(x))).tex)$"
    } _: { x in
      let value = formula(s(x))
      return abs(value - supremum(f, .log(s(x)))) <= 1e-11 * (1 + abs(value))
    }
  }

  /// `sup over u > 0 of t u - f(u)` by a ternary search over log u: the function is concave in u.
  private static func supremum(_ f: (Double) -> Double, _ t: Double) -> Double {
    func value(_ level: Double) -> Double {
      let u = Double.exp(level)
      return t * u - f(u)
    }
    var (lower, upper) = (-45.0, 25.0)
    while upper - lower > 1e-7 {
      let (left, right) = (lower + (upper - lower) / 3, upper - (upper - lower) / 3)
      if value(left) < value(right) { lower = left } else { upper = right }
    }
    return value((lower + upper) / 2)
  }
}
