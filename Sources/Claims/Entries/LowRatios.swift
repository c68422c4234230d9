import Distributions
import Divergences

extension Claim {
  /// 2025 deck, "Penalizing low values of p / q favors high precision": a statement about f'', not about f.
  static let lowRatios = Claim(
    id: "low-ratios",
    title: "Penalising low ratios favours precision",
    source: "2025 deck, Effect of the f-divergence on the learned distribution",
    statement: #"""
      Penalizing low values of $\frac{p(x)}{\hat p(x)}$ (a large $f$ near 0) favors high precision.
      """#,
    verdict: .needsHypotheses,
    correction: #"""
      The weight of low ratios is $f''$ there, $w(\lambda) = \lambda^{-3} f''(1/\lambda)$ at large $\lambda$, not $f(0)$. If $f'' = 0$ beyond
      $1/\Lambda$, then $\alpha_\lambda(P\|\hat P_1) \ge \alpha_\lambda(P\|\hat P_2)$ for all $\lambda \ge \Lambda$ implies
      $\mathcal D_f(P\|\hat P_1) \le \mathcal D_f(P\|\hat P_2)$.
      """#,
    remark: #"""
      $f$ and $f + c(1 - u)$ give the same divergence, whatever $c$: $f(0)$ may be any number. The weight is the same for both: $1/\lambda$
      for reverse KL, $1/\lambda^2$ for KL. A divergence of low ratios alone does not see dropped modes.
      """#,
    restsOn: ["thm-2.6", "expectation-form"],
    checks: [
      valueAtZero,
      ordering(.corrected, holds: true, onlyLowRatios: true),
      ordering(
        .without(hypothesis: #"$f'' = 0$ on high ratios"#), holds: false, onlyLowRatios: false),
      droppedModes,
      weights,
    ])

  /// Reads "penalises more" as f(0): the same f with and without a tilt.
  private static let valueAtZero: Check = {
    @Sendable func tilted(_ f: PiecewiseLinearGenerator) -> PiecewiseLinearGenerator {
      var other = f
      other.tilt -= 1
      return other
    }
    return Check(
      .printed, .exact, holds: false,
      on: FinitePair.arbitrary.and(PiecewiseLinearGenerator.arbitrary)
    ) { (pair, f) in
      let (target, model) = try pair.laws
      let value = f.divergence(target, model).tex
      return
        "\(try pair.tex): $f(u) = \(f.tex)$ and $g(u) = f(u) + (1 - u)$ have $f(0) = \(f(0).tex)$, "
        + "$g(0) = \(tilted(f)(0).tex)$, but $\\mathcal D_f = \\mathcal D_g = \(value)$: $g$ penalises no more"
    } _: { (pair, f) in
      let (target, model) = try pair.laws
      // A model with mass where p = 0: there the ratio is 0.
      let isLow = zip(target.weights, model.weights).contains { $0 == 0 && $1 > 0 }
      guard isLow else { return nil }
      return tilted(f).divergence(target, model) > f.divergence(target, model)
    }
  }()

  /// Whether more precision at every lambda from the greatest kink's on means less divergence, for two models.
  private static func ordering(
    _ form: Check.Form, holds: Bool, onlyLowRatios: Bool
  ) -> Check {
    @Sendable func generator(_ f: PiecewiseLinearGenerator) -> PiecewiseLinearGenerator {
      guard onlyLowRatios else { return f }
      var f = f
      for index in f.kinks.indices where f.kinks[index].location > 1 {
        f.kinks[index].location = 1 / f.kinks[index].location
      }
      return f
    }
    return Check(
      form, .exact, holds: holds, on: FiniteFamily.two.and(PiecewiseLinearGenerator.arbitrary)
    ) { (family, drawn) in
      let f = generator(drawn)
      let (target, models) = try family.laws
      let values = models.map { f.divergence(target, $0).tex }
      return
        "\(try family.tex), $f(u) = \(f.tex)$: $\\hat P_1$ has at least the precision of $\\hat P_2$ for every "
        + "$\\lambda \\ge \(lowest(f).tex)$, but $\\mathcal D_f = \(values[0]) > \(values[1])$"
    } _: { (family, drawn) in
      let f = generator(drawn)
      let (target, models) = try family.laws
      guard models.count == 2 else { return nil }
      let curves = try models.map { try FinitePrecisionRecallCurve(target: target, model: $0) }
      // Alpha is piecewise linear in lambda with its kinks at the vertices.
      let points = curves.flatMap { $0.vertices.map(\.lambda) } + [.finite(lowest(f))]
      for lambda in points where lambda >= .finite(lowest(f)) {
        guard try curves[0].alpha(lambda) >= curves[1].alpha(lambda) else { return nil }
      }
      return f.divergence(target, models[0]) <= f.divergence(target, models[1])
    }
  }

  /// `Lambda`, from which on the weight of a low-ratio generator may be positive; 1 for the others.
  private static func lowest(_ f: PiecewiseLinearGenerator) -> Rational {
    f.kinks.filter { $0.location <= 1 }.map { 1 / $0.location }.min() ?? 1
  }

  /// The target conditioned on a part of at least the greatest kink's mass.
  private static let droppedModes = Check(
    .fact(
      #"$\mathcal D_f(P\|P(\cdot|A)) = 0$ if $f'' = 0$ beyond $P(A)$"#), .exact, holds: true,
    on: FinitePair.arbitrary.and(PiecewiseLinearGenerator.arbitrary)
  ) { (pair, f) in
    "\(try pair.tex), $f(u) = \(f.tex)$"
  } _: { (pair, drawn) in
    // A is where the model has mass; the kinks are scaled below its probability.
    let (target, part) = try pair.laws
    let mass = zip(target.weights, part.weights).reduce(0) { $1.1 > 0 ? $0 + $1.0 : $0 }
    guard mass > 0 else { return nil }
    let model = try FiniteDistribution(
      weights: zip(target.weights, part.weights).map { $1 > 0 ? $0 / mass : 0 })
    var f = drawn
    for index in f.kinks.indices {
      f.kinks[index].location *= mass / max(1, drawn.kinks.map(\.location).max() ?? 1)
    }
    return f.divergence(target, model) == 0
  }

  private static let weights = Check(
    .fact(
      #"$w(\lambda)$ is $1/\lambda^2$ for KL, $1/\lambda$ for reverse KL, $2$ for Neyman's $\chi^2$, $2/\lambda^3$ for Pearson's"#
    ),
    .property, holds: true, on: .positive
  ) { lambda in
    "$\\lambda = \(lambda.tex)$"
  } _: { lambda in
    let x = Double(lambda)
    let expected: [(any GeneratorFunction, Double)] = [
      (KullbackLeibler(), 1 / (x * x)), (ReverseKullbackLeibler(), 1 / x),
      (NeymanChiSquared(), 2), (PearsonChiSquared(), 2 / (x * x * x)),
    ]
    return expected.allSatisfy { f, weight in
      abs(f.curvature.weight(lambda: x) - weight) <= 1e-13 * weight
    }
  }
}
