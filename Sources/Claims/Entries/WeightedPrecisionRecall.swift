import Distributions
import Divergences
import GSL

extension Claim {
  /// 2025 deck, Theorem 2.6: true with f'' as a measure, for f finite on the positive axis.
  static let weightedPrecisionRecall = Claim(
    id: "thm-2.6",
    title: "f-divergences as mixtures of PR-divergences",
    source: "2025 deck, Theorem 2.6",
    statement: #"""
      For any $P, \hat P$ supported on all $\mathcal X$ and any $\lambda \in [0, \infty]$,
      $\mathcal D_f(P\|\hat P) = \int_0^\infty \frac{1}{\lambda^3} f''\bigl(\frac 1\lambda\bigr)
      \mathcal D_{\lambda\text{-PR}}(P\|\hat P)\, d\lambda$: a weighted average of PR-divergences.
      """#,
    verdict: .needsHypotheses,
    correction: #"""
      $\mathcal D_f(P\|\hat P)$ $= \int_{(0,\infty)} t\, \mathcal D_{(1/t)\text{-PR}}(P\|\hat P)\, f''(dt)$ with $f''$ the Stieltjes measure of
      $f'_+$, for $f$ finite on $(0, \infty)$ and any $P, \hat P$. It is the integral as printed where $f''$ has no atoms.
      """#,
    remark: #"""
      $t\,\mathcal D_{1/t} = \mathbb E_{\hat P}[\max(r, t)] + P(\hat p = 0) - \max(1, t)$, and
      $f(u) - f'(1)(u - 1) = \int_1^\infty (u - t)_+ f''(dt) + \int_0^1 (t - u)_+ f''(dt)$; then Tonelli. "Any $\lambda$" is void: $\lambda$
      is the variable of integration. The weights are positive, with an infinite sum for KL, JS, $\chi^2$: no average.
      """#,
    restsOn: ["def-2.1", "def-2.3"],
    checks: [
      printed,
      atoms(.corrected) { _ in true },
      atoms(.without(hypothesis: #"full support"#)) { pair in
        zip(pair.target, pair.model).contains { $0 == 0 || $1 == 0 }
      },
      notFinite, rational, quadrature, line, average,
    ])

  /// The density of f'' of a piecewise linear f is zero almost everywhere.
  private static let printed = Check(
    .printed, .exact, holds: false, on: FinitePair.arbitrary.and(PiecewiseLinearGenerator.arbitrary)
  ) { (pair, f) in
    let (target, model) = try pair.laws
    return
      "\(try pair.tex), $f(u) = \(f.tex)$: $\\mathcal D_f = \(f.divergence(target, model).tex)$, but "
      + "$f'' = 0$ almost everywhere, and so is the integral"
  } _: { (pair, f) in
    guard zip(pair.target, pair.model).allSatisfy({ $0 > 0 && $1 > 0 }) else { return nil }
    let (target, model) = try pair.laws
    return f.divergence(target, model) == 0
  }

  private static func atoms(
    _ form: Check.Form, isMeant: @escaping @Sendable (FinitePair) -> Bool
  ) -> Check {
    Check(
      form, .exact, holds: true, on: FinitePair.arbitrary.and(PiecewiseLinearGenerator.arbitrary)
    ) { (pair, f) in
      let mixture = try PrecisionRecallMixture(pair)
      return "\(try pair.tex), $f(u) = \(f.tex)$: "
        + "$\\mathcal D_f = \(f.divergence(mixture.target, mixture.model).tex)$, the mixture is "
        + "$\(mixture.value(f).tex)$"
    } _: { (pair, f) in
      guard isMeant(pair) else { return nil }
      let mixture = try PrecisionRecallMixture(pair)
      return f.divergence(mixture.target, mixture.model) == mixture.value(f)
    }
  }

  /// `f = 0` on `[1/2, 2]` and infinite outside.
  private static let notFinite = Check(
    .without(hypothesis: #"$f$ finite on $(0, \infty)$"#), .exact, holds: false,
    on: FinitePair.arbitrary
  ) { pair in
    "\(try pair.tex), $f = 0$ on $[\\tfrac12, 2]$, $+\\infty$ outside: a ratio lies outside, so that "
      + "$\\mathcal D_f = \\infty$, but $f'' = 0$ on $(\\tfrac12, 2)$ and the integral is 0"
  } _: { pair in
    let (target, model) = try pair.laws
    return zip(target.weights, model.weights).allSatisfy { $0 <= 2 * $1 && $1 <= 2 * $0 }
  }

  private static let rational = Check(
    .fact(#"as printed for $\chi^2$ (Pearson, Neyman) and Le Cam, both sides in fractions"#),
    .exact, holds: true, on: FinitePair.arbitrary.and(.index(of: RationalGenerator.all))
  ) { (pair, index) in
    let mixture = try PrecisionRecallMixture(pair)
    let generator = RationalGenerator.all[index]
    let left = try generator.f.exactDivergence(target: mixture.target, model: mixture.model)
    return
      "\(try pair.tex), \(generator.f.name): $\\mathcal D_f = \(left?.tex ?? "?")$, the integral is "
      + "$\(mixture.value(generator).tex)$"
  } _: { (pair, index) in
    let mixture = try PrecisionRecallMixture(pair)
    let generator = RationalGenerator.all[index]
    return try generator.f.exactDivergence(target: mixture.target, model: mixture.model)
      == mixture.value(generator)
  }

  private static let quadrature: Check = {
    let generators = StandardGenerators.all
    @Sendable func sides(
      _ pair: FinitePair, _ index: Int
    ) throws -> (left: Estimate, right: Estimate)? {
      let mixture = try PrecisionRecallMixture(pair)
      let f = generators[index]
      let left = try f.divergence(target: mixture.target, model: mixture.model)
      guard left.value < .infinity else { return nil }
      let right = try mixture.quadrature(f)
      return (Estimate(left.value - f.valueAtOne, error: left.error), right)
    }
    return Check(
      .fact("for every standard generator, by quadrature"), .quadrature, holds: true,
      on: FinitePair.arbitrary.and(.index(of: generators))
    ) { (pair, index) in
      guard let (left, right) = try sides(pair, index) else { return "" }
      return "\(try pair.tex), \(generators[index].name): "
        + "$\\mathcal D_f = \(left.value.tex)$, the integral is $\(right.value.tex)$"
    } _: { (pair, index) in
      guard let (left, right) = try sides(pair, index) else { return nil }
      return abs(left.value - right.value) <= left.error + right.error + 1e-8 * (1 + left.value)
    }.thinned(by: 10)
  }()

  /// Quadrature over x on the left, over the level t of masses between crossings on the right.
  private static let line: Check = {
    let generators = StandardGenerators.all
    @Sendable func sides(
      _ pair: LinePair, _ index: Int
    ) throws -> (left: Estimate, right: Estimate) {
      let (target, model) = try pair.laws
      let densities = DensityPair(target: target, model: model)
      let f = generators[index]
      let left = try f.divergence(densities)
      return (
        Estimate(left.value - f.valueAtOne, error: left.error),
        try f.mixtureOfPrecisionRecallDivergences(densities)
      )
    }
    return Check(
      .fact("on the line, infinite values and singular parts included"), .quadrature, holds: true,
      on: LinePair.arbitrary.and(.index(of: generators))
    ) { (pair, index) in
      let (left, right) = try sides(pair, index)
      return
        "\(pair.tex), \(generators[index].name): $\\mathcal D_f = \(left.value.tex)$, the integral is "
        + "$\(right.value.tex)$"
    } _: { (pair, index) in
      let (left, right) = try sides(pair, index)
      return left.value == right.value || left.agrees(with: right)
    }.thinned(by: 20)
  }()

  /// The weight of `lambda` in `[1/R, R]` is `∫ t f''(dt) = [t f'(t) - f(t)]` over `[1/R, R]`.
  private static let average: Check = {
    let generators: [any GeneratorFunction] = [
      KullbackLeibler(), ReverseKullbackLeibler(), JensenShannon(), PearsonChiSquared(),
      NeymanChiSquared(), SquaredHellinger(), TotalVariation(),
    ]
    @Sendable func weight(_ f: any GeneratorFunction, _ range: Double) throws -> Double {
      let curvature = f.curvature
      let density = try integrate(from: 1 / range, to: range, breaks: [1]) {
        $0 * curvature.density($0)
      }
      return curvature.atoms.reduce(density.value) { $0 + $1.location * $1.mass }
    }
    return Check(
      .fact("the weights sum to 1: an average"), .quadrature, holds: false,
      on: .index(of: generators)
    ) { index in
      let f = generators[index]
      return "\(f.name): the weight of $\\lambda \\in [\\tfrac1R, R]$ is "
        + "$\(try weight(f, 10).tex)$, $\(try weight(f, 1000).tex)$, $\(try weight(f, 1e5).tex)$ for "
        + "$R = 10, 10^3, 10^5$ (for total variation it is 1)"
    } _: { index in
      try weight(generators[index], 1e5) <= 1 + 1e-9
    }
  }()
}
