import Distributions
import Divergences

extension Claim {
  /// 2025 deck, Definition 2.3: the generator of the PR-divergence.
  static let precisionRecallGenerator = Claim(
    id: "def-2.3",
    title: "The generator of the PR-divergence",
    source: "2025 deck, Definition 2.3",
    statement: #"""
      $f_\lambda(u) = \max(\lambda u, 1) - \max(\lambda, 1)$ for $\lambda \in [0, \infty[$ and
      $f_\infty(u) = \mathbb 1_{\{u = 0\}}$: convex functions with $f_\lambda(1) = 0$.
      """#,
    verdict: .holds,
    remark: #"""
      $f_\infty$ is not the limit of $f_\lambda$, for $f_\lambda(0) = 1 - \max(\lambda, 1) \to -\infty$, but of the generator
      $\tilde f_\lambda(u) = \min(\lambda, 1) - \min(\lambda u, 1) = f_\lambda(u) - \lambda(u - 1)$, which has the same divergence.
      """#,
    checks: [
      Check(.printed, .exact, holds: true, on: Arbitrary.slope.and(triple)) { (lambda, points) in
        "$\\lambda = \(lambda.tex)$, \(tex(points))"
      } _: { (lambda, points) in
        let ((u, v), weight) = points
        let share = 1 / (1 + weight)
        let chord = share * value(lambda, u - 1) + (1 - share) * value(lambda, v - 1)
        let middle = share * (u - 1) + (1 - share) * (v - 1)
        return value(lambda, middle) <= chord && value(lambda, 1) == 0
      },
      limit(.fact(#"$f_\lambda(u) \to f_\infty(u)$"#), holds: false) { lambda, u in
        value(.finite(lambda), u)
      },
      limit(.fact(#"$\tilde f_\lambda(u) \to f_\infty(u)$"#), holds: true) { lambda, u in
        value(.finite(lambda), u) - lambda * (u - 1)
      },
    ])

  /// Two points of `[1, infinity)`, of which 1 is taken, and a positive weight.
  private static let triple = Arbitrary.atLeastOne.and(.atLeastOne).and(.positive)

  private static func tex(_ points: ((Rational, Rational), Rational)) -> String {
    "between $u = \((points.0.0 - 1).tex)$ and $\((points.0.1 - 1).tex)$"
  }

  /// `f_lambda(u)` as printed.
  private static func value(_ lambda: ExtendedRational, _ u: Rational) -> Rational {
    guard case .finite(let lambda) = lambda else { return u == 0 ? 1 : 0 }
    return max(lambda * u, 1) - max(lambda, 1)
  }

  /// Whether `function(lambda, u)` is `f_infinity(u)` for `lambda = max(1, 1 / u)`, beyond which it no longer changes.
  private static func limit(
    _ form: Check.Form, holds: Bool,
    _ function: @escaping @Sendable (_ lambda: Rational, _ u: Rational) -> Rational
  ) -> Check {
    Check(form, .exact, holds: holds, on: Arbitrary.atLeastOne.and(.atLeastOne)) {
      (factor, shifted) in
      let u = shifted - 1
      let lambda = factor * max(1, u == 0 ? 1 : 1 / u)
      return "$u = \(u.tex)$, $\\lambda = \(lambda.tex)$: $\(function(lambda, u).tex)$, "
        + "but $f_\\infty(u) = \(value(.infinity, u).tex)$"
    } _: { (factor, shifted) in
      let u = shifted - 1
      let lambda = factor * max(1, u == 0 ? 1 : 1 / u)
      return function(lambda, u) == value(.infinity, u)
    }
  }
}
