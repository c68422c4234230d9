import Distributions
import Divergences
import RealModule

extension Claim {
  /// 2025 deck, the list below Definition 2.1: each is an f-divergence.
  static let usualDivergences = Claim(
    id: "f-family",
    title: "Usual divergences are f-divergences",
    source: "2025 deck, Usual divergences are f-divergences",
    statement: #"""
      Usual divergences are f-divergences: Kullback-Leibler (KL), reverse Kullback-Leibler (rKL), Jensen-Shannon (JS), total variation
      (TV), $\alpha$-divergences.
      """#,
    verdict: .holds,
    remark: #"""
      Each textbook formula equals $\mathcal D_f$ of its generator, infinite values included, and each generator is convex and
      continuous with $f(1) = 0$. The $\alpha$-family joins the others: $\alpha = 1$ is KL, $0$ rKL, $\frac12$ twice the squared Hellinger
      distance, $2$ and $-1$ half of Pearson's and Neyman's $\chi^2$.
      """#,
    restsOn: ["def-2.1"],
    checks: [
      sameValue(.printed, usual),
      isGenerator(usual),
      sameValue(.fact("the special members of the $\\alpha$-family"), alphaFamily),
    ])

  /// A generator and the formula of its divergence that is found in textbooks.
  private struct Formula: Sendable {
    var generator: any GeneratorFunction
    var value: @Sendable (_ p: [Double], _ q: [Double]) -> Double
  }

  private static let usual =
    [
      Formula(generator: TotalVariation()) { p, q in
        zip(p, q).reduce(0) { $0 + abs($1.0 - $1.1) } / 2
      },
      Formula(generator: KullbackLeibler(), value: relativeEntropy),
      Formula(generator: ReverseKullbackLeibler()) { p, q in relativeEntropy(q, p) },
      Formula(generator: JensenShannon()) { p, q in
        let middle = zip(p, q).map { ($0 + $1) / 2 }
        return (relativeEntropy(p, middle) + relativeEntropy(q, middle)) / 2
      },
    ] + [-0.5, 0.25, 0.5, 1.5, 2].compactMap(alpha)

  /// `(sum p^alpha q^(1 - alpha) - 1) / (alpha (alpha - 1))`.
  private static func alpha(_ alpha: Double) -> Formula? {
    guard let generator = try? AlphaDivergence(alpha) else { return nil }
    return Formula(generator: generator) { p, q in
      var sum = 0.0
      for (p, q) in zip(p, q) where p > 0 || q > 0 {
        if p == 0 {
          if alpha < 0 { return .infinity }
        } else if q == 0 {
          if alpha > 1 { return .infinity }
        } else {
          sum += Double.pow(p, alpha) * Double.pow(q, 1 - alpha)
        }
      }
      return (sum - 1) / (alpha * (alpha - 1))
    }
  }

  private static let alphaFamily: [Formula] = {
    func family(_ alpha: Double, _ formula: @escaping @Sendable ([Double], [Double]) -> Double)
      -> Formula?
    {
      (try? AlphaDivergence(alpha)).map { Formula(generator: $0, value: formula) }
    }
    return [
      family(1, relativeEntropy),
      family(0) { p, q in relativeEntropy(q, p) },
      family(0.5) { p, q in
        2 * zip(p, q).reduce(0) { $0 + .pow($1.0.squareRoot() - $1.1.squareRoot(), 2) }
      },
      family(2) { p, q in chiSquared(p, q) / 2 },
      family(-1) { p, q in chiSquared(q, p) / 2 },
    ].compactMap(\.self)
  }()

  private static func relativeEntropy(_ p: [Double], _ q: [Double]) -> Double {
    zip(p, q).reduce(0) { sum, atom in
      let (p, q) = atom
      if p == 0 { return sum }
      return q == 0 ? .infinity : sum + p * .log(p / q)
    }
  }

  private static func chiSquared(_ p: [Double], _ q: [Double]) -> Double {
    zip(p, q).reduce(0) { sum, atom in
      let (p, q) = atom
      if p == q { return sum }
      return q == 0 ? .infinity : sum + (p - q) * (p - q) / q
    }
  }

  private static func sameValue(_ form: Check.Form, _ formulas: [Formula]) -> Check {
    @Sendable func sides(_ pair: FinitePair, _ index: Int) throws -> (Double, Double) {
      let (target, model) = try pair.laws
      let (p, q) = (target.approximate.values, model.approximate.values)
      let value = zip(p, q).reduce(0) { $0 + formulas[index].generator.perspective($1.0, $1.1) }
      return (formulas[index].value(p, q), value)
    }
    return Check(
      form, .property, holds: true, on: FinitePair.arbitrary.and(.index(of: formulas))
    ) { (pair, index) in
      let (formula, value) = try sides(pair, index)
      return "\(try pair.tex), \(formulas[index].generator.name): the formula gives \(formula), "
        + "$\\mathcal D_f = \(value)$"
    } _: { (pair, index) in
      let (formula, value) = try sides(pair, index)
      // The textbook formulas cancel: 1e-11 is some hundred times their rounding here.
      return formula == value || abs(formula - value) <= 1e-11 * (1 + abs(value))
    }
  }

  /// Whether f is convex along random chords, 0 at 1, and at 0 the limit of its values.
  private static func isGenerator(_ formulas: [Formula]) -> Check {
    let points = Arbitrary.positive.and(.positive).and(.positive)
    return Check(
      .fact("each generator is convex and continuous with $f(1) = 0$"), .property, holds: true,
      on: points.and(.index(of: formulas))
    ) { (points, index) in
      "\(formulas[index].generator.name) between $u = \(points.0.0.tex)$ and $\(points.0.1.tex)$"
    } _: { (points, index) in
      let f = formulas[index].generator
      let (u, v, weight) = (Double(points.0.0), Double(points.0.1), Double(points.1))
      let share = 1 / (1 + weight)
      let (left, right) = (share * f(u), (1 - share) * f(v))
      let middle = f(share * u + (1 - share) * v)
      let isConvex = middle <= left + right + 1e-14 * (abs(left) + abs(right) + u + v)
      let atZero = f(0)
      let isContinuous = atZero == .infinity ? f(1e-300) > 100 : abs(f(1e-16) - atZero) < 1e-3
      return isConvex && f(1) == 0 && isContinuous
    }
  }
}
