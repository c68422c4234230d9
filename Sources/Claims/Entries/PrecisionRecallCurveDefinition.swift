import Distributions
import Divergences

extension Claim {
  /// 2025 deck, Definition 1.4: complete with conventions at both ends.
  static let precisionRecallCurveDefinition = Claim(
    id: "def-1.4",
    title: "The precision–recall curve",
    source: "2025 deck, Definition 1.4 (2024 deck, Definition 1.2)",
    statement: #"""
      $\text{PRD}(P,\hat P) = \{(\alpha_\lambda,\beta_\lambda) : \lambda\in[0,\infty]\}$ with $\alpha_\lambda = \int\min(\lambda p,\hat p)\,d\mu$ and
      $\beta_\lambda = \int\min(p,\hat p/\lambda)\,d\mu$.
      """#,
    verdict: .needsHypotheses,
    correction: #"""
      At $\lambda = \infty$ and $\lambda = 0$ put $\infty\cdot 0 = 0$, $0/0 = 0$ and $x/0 = \infty$ for $x > 0$. The set is the upper frontier of Sajjadi et
      al.'s region $\text{PRD} = \{\theta(\alpha_\lambda,\beta_\lambda) : \theta\in[0,1]\}$; Theorem 2.5 calls it $\partial\text{PRD}$.
      """#,
    remark: #"""
      With these conventions both ends are limits of the curve. "$P,\hat P\ll\mu$" is no restriction, $\mu = (P+\hat P)/2$ always does, and the
      curve does not depend on $\mu$.
      """#,
    restsOn: ["def-1.3"],
    checks: [
      Check(.printed, .exact, holds: false, on: FinitePair.arbitrary) { pair in
        let term =
          zip(pair.target, pair.model).contains { $0 == 0 && $1 > 0 }
          ? "$\\alpha_\\infty$ has a term $\\min(\\infty\\cdot 0,\\, \\hat p)$ with $\\hat p > 0$"
          : "$\\beta_0$ has a term $\\min(p,\\, 0/0)$ with $p > 0$"
        return "\(try pair.tex): \(term), which the definition leaves open"
      } _: { pair in
        zip(pair.target, pair.model).allSatisfy { ($0 > 0) == ($1 > 0) }
      },
      Check(.corrected, .exact, holds: true, on: FinitePair.arbitrary) { pair in
        "\(try pair.tex): an end of the curve is not its limit"
      } _: { pair in
        let (target, model) = try pair.laws
        // Beyond all ratios both are affine in lambda and in 1 / lambda, so one more step tells the limit.
        let far = 1 + (ratios(target, model).max() ?? 0)
        let near = 1 / (1 + (ratios(model, target).max() ?? 0))
        return alpha(target, model, far) == end(model, where: target)
          && alpha(target, model, far * 2) == end(model, where: target)
          && beta(target, model, near) == end(target, where: model)
          && beta(target, model, near / 2) == end(target, where: model)
      },
      Check(
        .without(hypothesis: #"$0/0 = 0$ at $\lambda = 0$"#), .exact, holds: false,
        on: FinitePair.arbitrary
      ) { pair in
        let (target, model) = try pair.laws
        return "\(try pair.tex): with $0/0 = \\infty$ the formula gives "
          + "$\\beta_0 = \\sum p = 1$, but "
          + "$\\beta_\\lambda = \(end(target, where: model).tex)$ for all small $\\lambda > 0$"
      } _: { pair in
        let (target, model) = try pair.laws
        return end(target, where: model) == 1
      },
      Check(
        .without(hypothesis: #"$\infty\cdot 0 = 0$ at $\lambda = \infty$"#), .exact, holds: false,
        on: FinitePair.arbitrary
      ) { pair in
        let (target, model) = try pair.laws
        return "\(try pair.tex): with $\\infty\\cdot 0 = \\infty$ the formula gives "
          + "$\\alpha_\\infty = \\sum\\hat p = 1$, but $\\alpha_\\lambda = "
          + "\(end(model, where: target).tex)$ for all large $\\lambda$"
      } _: { pair in
        let (target, model) = try pair.laws
        return end(model, where: target) == 1
      },
      fact(#"$\alpha_\lambda = \lambda\beta_\lambda$"#) { target, model, lambda, _ in
        alpha(target, model, lambda) == lambda * beta(target, model, lambda)
      },
      fact(#"$\alpha_\lambda(P\|\hat P) = \beta_{1/\lambda}(\hat P\|P)$"#) {
        target, model, lambda, _ in
        alpha(target, model, lambda) == beta(model, target, 1 / lambda)
      },
      fact(
        #"$\alpha_\lambda\le\min(\lambda,1)$ rises, $\beta_\lambda\le\min(1,1/\lambda)$ falls"#
      ) {
        target, model, lambda, step in
        let alphas = [lambda, lambda + step].map { alpha(target, model, $0) }
        let betas = [lambda, lambda + step].map { beta(target, model, $0) }
        return alphas[0] <= alphas[1] && alphas[1] <= min(1, lambda + step)
          && betas[0] >= betas[1] && betas[0] <= min(1, 1 / lambda)
      },
      fact(#"$\alpha_\lambda$ is concave in $\lambda$"#) { target, model, lambda, step in
        let ends =
          alpha(target, model, lambda) + alpha(target, model, lambda + 2 * step)
        return 2 * alpha(target, model, lambda + step) >= ends
      },
      fact(
        #"$\alpha_\lambda = \tfrac12(\lambda + 1 - \int|\lambda p - \hat p|)$, $\alpha_1 = 1 - \text{TV}$"#
      ) {
        target, model, lambda, _ in
        func closed(_ lambda: Rational) -> Rational {
          zip(target, model).reduce(lambda + 1) { $0 - (lambda * $1.0 - $1.1).magnitude } / 2
        }
        let positivePart = zip(target, model).reduce(Rational(0)) { $0 + max($1.0 - $1.1, 0) }
        return alpha(target, model, lambda) == closed(lambda)
          && alpha(target, model, 1) == 1 - positivePart
      },
      fact(#"the curve does not depend on $\mu$"#) { target, model, lambda, step in
        // Densities with respect to a measure of other weights, positive wherever a law is.
        let measure = target.indices.map { step + Rational($0) }
        let integral = target.indices.reduce(Rational(0)) { sum, index in
          let mass = measure[index]
          return sum + mass * min(lambda * (target[index] / mass), model[index] / mass)
        }
        return integral == alpha(target, model, lambda)
      },
      fact("the vertices of the curve and the formula agree") { target, model, lambda, _ in
        let curve = try FinitePrecisionRecallCurve(
          target: FiniteDistribution(weights: target), model: FiniteDistribution(weights: model))
        return try curve.alpha(lambda) == alpha(target, model, lambda)
          && curve.beta(lambda) == beta(target, model, lambda)
      },
    ])

  private static func fact(
    _ text: String,
    _ property: @escaping @Sendable ([Rational], [Rational], Rational, Rational) throws -> Bool
  ) -> Check {
    let cases = FinitePair.arbitrary.and(.positive).and(.positive)
    return Check(.fact(text), .exact, holds: true, on: cases) { value in
      "\(try value.0.0.tex), $\\lambda = \(value.0.1.tex)$, step $\(value.1.tex)$"
    } _: { value in
      let (target, model) = try value.0.0.laws
      return try property(target.weights, model.weights, value.0.1, value.1)
    }
  }

  private static func alpha(_ p: [Rational], _ q: [Rational], _ lambda: Rational) -> Rational {
    zip(p, q).reduce(0) { $0 + min(lambda * $1.0, $1.1) }
  }

  private static func beta(_ p: [Rational], _ q: [Rational], _ lambda: Rational) -> Rational {
    zip(p, q).reduce(0) { $0 + min($1.0, $1.1 / lambda) }
  }

  private static func alpha(
    _ p: FiniteDistribution, _ q: FiniteDistribution, _ lambda: Rational
  ) -> Rational { alpha(p.weights, q.weights, lambda) }

  private static func beta(
    _ p: FiniteDistribution, _ q: FiniteDistribution, _ lambda: Rational
  ) -> Rational { beta(p.weights, q.weights, lambda) }

  /// The ratios `q / p` of the atoms that both laws charge.
  private static func ratios(_ p: FiniteDistribution, _ q: FiniteDistribution) -> [Rational] {
    zip(p.weights, q.weights).filter { $0 > 0 && $1 > 0 }.map { $1 / $0 }
  }

  /// The mass of `law` where `other` is positive.
  private static func end(_ law: FiniteDistribution, where other: FiniteDistribution) -> Rational {
    zip(law.weights, other.weights).reduce(0) { $0 + ($1.1 > 0 ? $1.0 : 0) }
  }
}
