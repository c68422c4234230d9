import Distributions

extension Claim {
  /// 2025 deck, "All f-divergences are not equal": the expectation misses the target's mass outside of the model.
  static let expectationForm = Claim(
    id: "expectation-form",
    title: "An f-divergence as an expectation",
    source: "2025 deck, Effect of the f-divergence on the learned distribution",
    statement: #"""
      $\mathcal D_f(P\|\hat P) = \mathbb E_{x\sim\hat P}\bigl[f\bigl(\frac{p(x)}{\hat p(x)}\bigr)\bigr]$.
      """#,
    verdict: .needsHypotheses,
    correction: #"""
      True if $P \ll \hat P$ or $f'(\infty) = 0$; in general
      $\mathcal D_f(P\|\hat P) = \mathbb E_{x\sim\hat P}[f(p/\hat p)]$ $+\, f'(\infty)\, P(\hat p = 0)$.
      """#,
    remark: #"""
      Samples of the model say nothing of the target's mass where the model has none: an estimate from them alone cannot see dropped
      modes, unless the generator gives these no weight.
      """#,
    restsOn: ["def-2.1"],
    checks: [
      check(.printed, holds: false) { _, _ in true },
      check(.corrected, holds: true) { isContinuous, slope in isContinuous || slope == 0 },
      check(.without(hypothesis: #"$P \ll \hat P$, with $f'(\infty) \ne 0$"#), holds: false) {
        _, slope in slope != 0
      },
    ])

  /// Compares both sides where `isMeant(P << Q, f'(infinity))`; half of the generators are tilted to slope 0.
  private static func check(
    _ form: Check.Form, holds: Bool, isMeant: @escaping @Sendable (Bool, Rational) -> Bool
  ) -> Check {
    let cases = FinitePair.arbitrary.and(PiecewiseLinearGenerator.arbitrary).and(
      .index(of: [0, 1]))
    @Sendable func sides(
      _ pair: FinitePair, _ drawn: PiecewiseLinearGenerator, _ isTilted: Bool
    ) throws -> (f: PiecewiseLinearGenerator, divergence: Rational, mean: Rational)? {
      var f = drawn
      if isTilted { f.tilt -= f.slopeAtInfinity }
      let (target, model) = try pair.laws
      let isContinuous = ExactDivergence.isAbsolutelyContinuous(target, model)
      guard isMeant(isContinuous, f.slopeAtInfinity) else { return nil }
      let mean = ExactDivergence.sum(target, model) { p, q in q > 0 ? q * f(p / q) : 0 }
      return (f, f.divergence(target, model), mean)
    }
    return Check(form, .exact, holds: holds, on: cases) { (instance, isTilted) in
      guard let sides = try sides(instance.0, instance.1, isTilted == 1) else { return "" }
      return "\(try instance.0.tex), $f(u) = \(sides.f.tex)$: "
        + "$\\mathcal D_f = \(sides.divergence.tex)$, the expectation is $\(sides.mean.tex)$"
    } _: { (instance, isTilted) in
      try sides(instance.0, instance.1, isTilted == 1).map { $0.divergence == $0.mean }
    }
  }
}
