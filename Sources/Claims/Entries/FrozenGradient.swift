import Distributions
import Divergences
import GSL

extension Claim {
  /// The PR-GAN's generator step: with a frozen ratio, the literal primal loss descends the wrong way.
  static let frozenGradient = Claim(
    id: "frozen-gradient",
    title: "The generator's step with a frozen critic",
    source:
      "Verine et al. 2023, used by the 2025 deck, Optimizing the PR-divergence with our approach",
    statement: #"""
      With the critic's ratio $r_T \approx p/\hat p$ held fixed, a gradient step of $G$ on
      $\mathbb E_z[f_\lambda(r_T(G(z)))]$ decreases $\mathcal D_{\lambda\text{-PR}}(P\|\hat P_G)$.
      """#,
    verdict: .fails,
    correction: #"""
      Descend $-\mathbb E_z[\min(\lambda\, r_T(G(z)), 1)]$. Its gradient with a fixed ratio is the true gradient of the f-divergence with
      $f''(u) = \frac\lambda u \mathbb 1_{\{u < 1/\lambda\}}$, a truncated KL.
      """#,
    remark: #"""
      $f_\lambda' \ge 0$: with the ratio fixed, the loss falls where samples move to *lower* ratios. The true gradient is
      $-\mathbb E_z[r f''(r)\, \nabla r \cdot \partial_\theta G]$. Both losses have the same value at $r_T = p/\hat p$ up to
      $\mathbb E_{\hat P}[r_T] = 1$, whose gradient is what freezing drops. Frozen and true gradient agree for reverse KL alone.
      """#,
    restsOn: ["ratio-estimate", "primal-not-bound"],
    checks: [
      sign(.printed, holds: false) { $0.literal },
      sign(.corrected, holds: true) { $0.capped },
      routes, truncated, reverse,
      sign(
        .fact("a step on the literal loss of KL, $\\mathbb E_z[r \\log r]$, decreases KL"),
        holds: false, truth: { $0.entropyTruth }
      ) {
        $0.literalEntropy
      },
    ])

  /// Laws N(0, 1) and N(theta, sd^2) and a trade-off.
  private struct Case: Sendable {
    var lambda: Double
    var theta: Double
    var sd: Double

    var tex: String {
      let variance = sd == 1 ? "1" : "\(sd.tex)^2"
      return
        "$P = \\mathcal N(0, 1)$, $\\hat P = \\mathcal N(\\theta, \(variance))$ at $\\theta = \(theta.tex)$, "
        + "$\\lambda = \(lambda.tex)$"
    }
  }

  private static let cases = [
    Case(lambda: 1, theta: 1, sd: 1), Case(lambda: 0.2, theta: 1, sd: 1),
    Case(lambda: 5, theta: 1, sd: 1), Case(lambda: 0.3, theta: 1.5, sd: 1.3),
    Case(lambda: 1, theta: 1.5, sd: 1.3), Case(lambda: 3, theta: 1.5, sd: 1.3),
  ]

  private static func sign(
    _ form: Check.Form, holds: Bool,
    truth: @escaping @Sendable (FrozenGradients) -> Double = { $0.truth.value },
    _ gradient: @escaping @Sendable (FrozenGradients) -> Estimate
  ) -> Check {
    Check(form, .quadrature, holds: holds) { _ in
      for test in cases {
        let gradients = try FrozenGradients(
          lambda: test.lambda, theta: test.theta, sd: test.sd)
        let (truth, frozen) = (truth(gradients), gradient(gradients))
        guard frozen.value * truth <= 0 else { continue }
        return .refuted(
          counterexample:
            "\(test.tex): the true derivative in $\\theta$ is $\(truth.tex)$, with the ratio held "
            + "fixed it is $\(frozen.value.tex)$: a step goes the wrong way", shrinks: 0)
      }
      return .held(cases: cases.count, detail: "\(cases.count) pairs of normal laws")
    }
  }

  /// The derivative under the integral against a central difference of alpha.
  private static let routes = Check(
    .fact(#"$\partial_\theta \mathcal D_\lambda$ by two routes"#), .quadrature, holds: true
  ) { _ in
    var largest = 0.0
    for test in cases {
      let gradients = try FrozenGradients(lambda: test.lambda, theta: test.theta, sd: test.sd)
      let difference = try gradients.difference { theta in
        let model = try Normal(mean: theta, sd: test.sd)
        let curve = PrecisionRecallCurve(target: try Normal(mean: 0, sd: 1), model: model)
        return -(try curve.alpha(test.lambda).value)
      }
      largest = max(largest, abs(difference - gradients.truth.value))
      guard largest <= 1e-6 else {
        return .refuted(
          counterexample: "\(test.tex): $\(gradients.truth.value.tex)$ and $\(difference.tex)$",
          shrinks: 0)
      }
    }
    return .held(cases: cases.count, detail: "largest difference \(largest)")
  }

  /// The corrected loss against a central difference of the truncated KL.
  private static let truncated = Check(
    .fact(#"the frozen gradient of $-\min(\lambda r, 1)$ is the true one of the truncated KL"#),
    .quadrature,
    holds: true
  ) { _ in
    var largest = 0.0
    for test in cases {
      let gradients = try FrozenGradients(lambda: test.lambda, theta: test.theta, sd: test.sd)
      let difference = try gradients.difference { theta in
        try FrozenGradients.truncatedEntropy(lambda: test.lambda, theta: theta, sd: test.sd)
      }
      largest = max(largest, abs(difference - gradients.capped.value))
      guard largest <= 1e-6 else {
        return .refuted(
          counterexample: "\(test.tex): $\(gradients.capped.value.tex)$ and $\(difference.tex)$",
          shrinks: 0)
      }
    }
    return .held(cases: cases.count, detail: "largest difference \(largest)")
  }

  /// Reverse KL of these laws has the derivative theta.
  private static let reverse = Check(
    .fact("for reverse KL the frozen gradient is the true one"), .quadrature, holds: true
  ) { _ in
    for test in cases {
      let gradients = try FrozenGradients(lambda: test.lambda, theta: test.theta, sd: test.sd)
      guard abs(gradients.literalReverse.value - test.theta) <= 1e-9 else {
        return .refuted(
          counterexample: "\(test.tex): $\(gradients.literalReverse.value.tex)$", shrinks: 0)
      }
    }
    return .held(cases: cases.count, detail: "\(cases.count) pairs of normal laws")
  }
}
