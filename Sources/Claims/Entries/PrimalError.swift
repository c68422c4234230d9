import Distributions
import Divergences
import RealModule

extension Claim {
  /// The error of the primal estimate from the gap of the auxiliary dual form.
  static let primalError = Claim(
    id: "primal-error",
    title: "The error of the primal estimate",
    source:
      "Verine et al. 2023, used by the 2025 deck, Optimizing the PR-divergence with our approach",
    statement: #"""
      If $g$ is $\mu$-strongly convex and $f$ is $\sigma$-Lipschitz on a range that contains $p/\hat p$ and $r_T$, then a gap
      $\mathcal D_g - \mathcal D^{\text{dual}}_{g,T} \le \varepsilon$ implies
      $|\mathcal D_f - \mathbb E_{\hat P}[f(r_T)]| \le \sigma\sqrt{2\varepsilon/\mu}$.
      """#,
    verdict: .holds,
    remark: #"""
      $\varepsilon \ge \mathbb E_{\hat P}[\text{Breg}_g(r, r_T)] \ge \frac\mu2 \mathbb E_{\hat P}[(r - r_T)^2]$, then Cauchy–Schwarz. For
      $f_\lambda$ and Pearson's $\chi^2$ the bound is $\lambda\sqrt\varepsilon$, and it is sharp. KL is not strongly convex on
      $(0, \infty)$, but $\text{Breg}_{\text{KL}}(r, s) \ge \frac{3(r - s)^2}{2(r + 2s)}$ gives
      $\lambda\sqrt{\frac23\varepsilon(1 + 2\,\mathbb E_{\hat P}[r_T])}$.
      """#,
    restsOn: ["bregman-gap"],
    checks: [
      check(
        .printed, .exact, holds: true, #"\chi^2"#, bound: #"\lambda^2\varepsilon"#
      ) { sides in sides.squaredError <= sides.squaredBound },
      check(
        .fact("for KL, with the mean of the estimated ratio in the bound"), .property, holds: true,
        "KL",
        bound: ""
      ) { sides in
        let bound = 2 * sides.entropyGap * (1 + 2 * sides.meanRatio) / 3
        return sides.error <= sides.lambda * bound.squareRoot() * (1 + 1e-9) + 1e-9
      },
      check(
        .without(hypothesis: #"strong convexity (KL with $\mu = 1$)"#), .property, holds: false,
        "KL",
        bound: #"2\lambda^2\varepsilon"#
      ) { sides in
        sides.error <= sides.lambda * (2 * sides.entropyGap).squareRoot() * (1 + 1e-9) + 1e-9
      },
      sharp,
    ])

  private struct Sides {
    var lambda = 0.0
    /// The squares of the error and of its bound for Pearson's chi-squared.
    var squaredError: Rational = 0
    var squaredBound: Rational = 0
    var error = 0.0
    /// The gap of KL, and `E_Q r_T`.
    var entropyGap = 0.0
    var meanRatio = 0.0
  }

  private static func generator(_ lambda: Rational, _ u: Rational) -> Rational {
    max(lambda * u, 1) - max(lambda, 1)
  }

  private static func sides(
    _ instance: FinitePair.WithValues, _ lambda: Rational
  ) throws -> Sides? {
    let (target, model) = try instance.pair.laws
    guard ExactDivergence.isAbsolutelyContinuous(target, model) else { return nil }
    var (error, gap, mean): (Rational, Rational, Rational) = (0, 0, 0)
    var sides = Sides()
    for ((p, q), estimate) in zip(zip(target.weights, model.weights), instance.values) where q > 0 {
      let ratio = p / q
      error += q * (generator(lambda, ratio) - generator(lambda, estimate))
      gap += q * (ratio - estimate) * (ratio - estimate)
      mean += q * estimate
      let (r, s) = (Double(ratio), Double(estimate))
      sides.entropyGap += Double(q) * ((r == 0 ? 0 : r * .log(r / s)) - r + s)
    }
    sides.lambda = Double(lambda)
    sides.squaredError = error * error
    sides.squaredBound = lambda * lambda * gap
    sides.error = abs(Double(error))
    sides.meanRatio = Double(mean)
    // Rounding may leave a gap of 0 slightly negative.
    sides.entropyGap = max(0, sides.entropyGap)
    return sides
  }

  private static func check(
    _ form: Check.Form, _ evidence: Evidence, holds: Bool, _ name: String, bound: String,
    _ property: @escaping @Sendable (Sides) -> Bool
  ) -> Check {
    Check(form, evidence, holds: holds, on: FinitePair.withValues.and(.positive)) {
      (instance, lambda) in
      guard let sides = try sides(instance, lambda) else { return "" }
      let gap = name == "KL" ? ", the gap of KL is $\\varepsilon = \(sides.entropyGap.tex)$" : ""
      return
        "\(try instance.pair.tex), $r_T = \(instance.valuesTeX)$, $\\lambda = \(lambda.tex)$\(gap): the "
        + "error's square is $\(sides.squaredError.tex)$, beyond $\(bound)$"
    } _: { (instance, lambda) in
      try sides(instance, lambda).map(property)
    }
  }

  /// A ratio that is too great by the same c everywhere, beyond the kink: the error is `lambda c`, the gap `c^2`.
  private static let sharp = Check(
    .fact(#"the bound is reached: $r_T = p/\hat p + c$, $\lambda \ge \max \hat p/p$"#), .exact,
    holds: true,
    on: FinitePair.arbitrary.and(Arbitrary.positive.and(.atLeastOne))
  ) { (pair, numbers) in
    "\(try pair.tex), $c = \(numbers.0.tex)$"
  } _: { (pair, numbers) in
    let (target, model) = try pair.laws
    let atoms = zip(target.weights, model.weights)
    guard atoms.allSatisfy({ $0 > 0 && $1 > 0 }) else { return nil }
    let lambda = numbers.1 * atoms.reduce(1) { max($0, $1.1 / $1.0) }
    var error: Rational = 0
    for (p, q) in atoms {
      error += q * (generator(lambda, p / q + numbers.0) - generator(lambda, p / q))
    }
    return error == lambda * numbers.0
  }
}
