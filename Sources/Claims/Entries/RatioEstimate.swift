import Distributions
import Divergences

extension Claim {
  /// 2024 deck: the density ratio from a critic, for strictly convex differentiable generators.
  static let ratioEstimate = Claim(
    id: "ratio-estimate",
    title: "The density ratio from a critic",
    source: "2024 deck, Sampling from a generative model; 2025 deck, the same",
    statement: #"""
      We have an estimation of $\frac{p(x)}{\hat p(x)}$ using $\nabla f^*(T(x))$.
      """#,
    verdict: .needsHypotheses,
    correction: #"""
      $\nabla f^*(T^{\text{opt}}) = p/\hat p$ if $f$ is differentiable and strictly convex. The gradient of $f^*$ is a ratio
      ($\ge 0$) if $f^*$ is the supremum over $u \ge 0$, not over $u \in \mathbb R$.
      """#,
    remark: #"""
      $\nabla f^*$ inverts $f'$. For total variation it is 1 on $]-\frac12, \frac12[$, for $f_\lambda$ it is $1/\lambda$ on
      $]0, \lambda[$: such a critic tells on which side of the kink the ratio is, and no more. This is why the PR-GAN trains its
      critic with another divergence.
      """#,
    restsOn: ["thm-2.2"],
    checks: [
      distinction, inversion,
      Check(
        .fact(
          #"$\nabla f^* \ge 0$ for $f^*(t) = \sup_{u \in \mathbb R}$, as printed (Pearson's $\chi^2$: $1 + t/2$)"#
        ),
        .exact, holds: false, on: .positive
      ) { level in
        "$T = \((-level).tex)$: the ratio is $\((1 - level / 2).tex)$"
      } _: { level in
        1 - level / 2 >= 0
      },
      Check(
        .fact(#"$\mathbb E_{\hat P}[\nabla f^*(T)] = 1$ for each critic"#), .exact, holds: false,
        on: FinitePair.withValues
      ) { instance in
        "$\\hat P = \(try instance.pair.modelTeX)$, $\\nabla f^*(T) = \(instance.valuesTeX)$: the mean is "
          + "$\(try mean(instance).tex)$"
      } _: { instance in
        try mean(instance) == 1
      },
    ])

  private static func mean(_ instance: FinitePair.WithValues) throws -> Rational {
    zip(try instance.pair.laws.model.weights, instance.values).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// Whether the optimal critic tells two ratios apart.
  private static let distinction: Check = {
    let generators = StandardGenerators.all
    return Check(
      .printed, .property, holds: false,
      on: Arbitrary.positive.and(.positive).and(.index(of: generators))
    ) { (ratios, index) in
      let f = generators[index]
      let critic = f.derivative(Double(ratios.0))
      return
        "\(f.name): $T^{\\text{opt}} = f'(p/\\hat p) = \(critic.tex)$ both where $p/\\hat p = \(ratios.0.tex)$ and where "
        + "$p/\\hat p = \(ratios.1.tex)$; no function of $T$ tells them apart"
    } _: { (ratios, index) in
      let f = generators[index]
      let (u, v) = (Double(ratios.0), Double(ratios.1))
      // At a kink the optimal critic is not one number.
      let isKink = [u, v].contains { f.derivative($0) != f.leftDerivative($0) }
      guard u != v, !isKink else { return nil }
      return f.derivative(u) != f.derivative(v)
    }
  }()

  /// Whether the gradient of f* inverts f' for each standard generator without kinks.
  private static let inversion: Check = {
    let generators = StandardGenerators.all.filter { $0.curvature.atoms.isEmpty }
    return Check(
      .corrected, .property, holds: true, on: Arbitrary.positive.and(.index(of: generators))
    ) { (ratio, index) in
      let f = generators[index]
      let critic = f.derivative(Double(ratio))
      return "\(f.name), $p/\\hat p = \(ratio.tex)$: $\\nabla f^*(f'(\(ratio.tex))) = "
        + "\(f.conjugateDerivative(critic).tex)$"
    } _: { (ratio, index) in
      let f = generators[index]
      let u = Double(ratio)
      // Near an end of the domain a rounding of T moves the ratio by up to 1e-10 of itself.
      return abs(f.conjugateDerivative(f.derivative(u)) - u) <= 1e-8 * u
    }
  }()
}
