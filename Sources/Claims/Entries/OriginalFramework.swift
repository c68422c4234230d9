import Distributions
import Divergences
import RealModule

extension Claim {
  /// 2025 deck, "We recover the original GAN framework": up to a factor and a constant.
  static let originalFramework = Claim(
    id: "gan-recovered",
    title: "The original GAN as a dual form",
    source: "2025 deck, We recover the original GAN framework",
    statement: #"""
      With $T(x) = \log D(x)$, $D(x) \in [0, 1]$, the dual form is
      $\max_D \mathbb E_{P}[\log D(x)] + \mathbb E_{\hat P_G}[\log(1 - D(x))]$: the original GAN, for the Jensen-Shannon divergence.
      """#,
    verdict: .needsHypotheses,
    correction: #"""
      With $D(x) \in\, ]0, 1[$ and the generator of the original GAN. The maximum is
      $2\,\text{JS}(P\|\hat P_G) - 2\log 2$, at $D^* = p/(p + \hat p)$: minimised by the same $G$ as JS.
      """#,
    remark: #"""
      $-f^*(\log D) = \log(1 - D)$ for $f^*(t) = -\log(1 - e^t)$. With $D = 0$ or 1 a logarithm is $-\infty$, which the supremum
      approaches where $p = 0$ or $\hat p = 0$ and does not reach.
      """#,
    restsOn: ["js-conjugate", "thm-2.2"],
    checks: [
      check(.printed, holds: false, #"= \text{JS}"#) { sides in
        abs(sides.best - sides.jensenShannon) <= 1e-13
      },
      check(.corrected, holds: true, #"= 2\text{JS} - 2\log 2"#) { sides in
        abs(sides.best - 2 * sides.jensenShannon + 2 * .log(2)) <= 1e-13
          && sides.value <= sides.best + 1e-13
      },
      check(
        .fact(#"$-\mathbb E_{\hat P}[f^*(\log D)] = \mathbb E_{\hat P}[\log(1 - D)]$"#),
        holds: true, ""
      ) {
        sides in abs(sides.value - sides.dual) <= 1e-12 * (1 + abs(sides.dual))
      },
    ])

  private struct Sides {
    /// The GAN's objective of the drawn discriminator, and of `p / (p + q)`.
    var value = 0.0
    var best = 0.0
    /// The dual form of the drawn discriminator.
    var dual = 0.0
    var jensenShannon = 0.0
  }

  private static func check(
    _ form: Check.Form, holds: Bool, _ relation: String,
    _ property: @escaping @Sendable (Sides) -> Bool
  ) -> Check {
    @Sendable func sides(_ instance: FinitePair.WithValues) throws -> Sides {
      let (target, model) = try instance.pair.laws
      var sides = Sides()
      let atoms = zip(target.approximate.values, model.approximate.values)
      for ((p, q), odds) in zip(atoms, instance.values) {
        let share = Double(odds / (1 + odds))
        let other = Double(1 / (1 + odds))
        sides.value += p * .log(share) + q * .log(other)
        sides.dual += p * .log(share) - q * OriginalGAN().conjugate(.log(share))
        if p > 0 { sides.best += p * .log(p / (p + q)) }
        if q > 0 { sides.best += q * .log(q / (p + q)) }
        sides.jensenShannon += JensenShannon().perspective(p, q)
      }
      return sides
    }
    return Check(form, .property, holds: holds, on: FinitePair.withValues) { instance in
      let sides = try sides(instance)
      return
        "\(try instance.pair.tex): $\\text{JS} = \(sides.jensenShannon.tex)$, but the maximum over $D$ is "
        + "$\(sides.best.tex)$"
    } _: { instance in
      property(try sides(instance))
    }
  }
}
