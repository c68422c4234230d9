import Distributions
import GSL
import RealModule

extension Claim {
  /// 2025 deck, Definition 1.2: the formula is the square of the distance that the text names.
  static let frechetInceptionDistance = Claim(
    id: "def-1.2",
    title: "Fréchet Inception Distance",
    source: "2025 deck, Definition 1.2",
    statement: #"""
      The FID is "the Wasserstein-2 distance between two multivariate Gaussians":
      $\text{FID} = \|\mu-\hat\mu\|^2 + \operatorname{Tr}\bigl(\Sigma + \hat\Sigma - 2(\Sigma\hat\Sigma)^{1/2}\bigr)$.
      """#,
    verdict: .fails,
    correction: #"""
      $\text{FID} = W_2^2\bigl(\mathcal N(\mu,\Sigma),\mathcal N(\hat\mu,\hat\Sigma)\bigr)$: the formula is the **square** of the distance. $(\Sigma\hat\Sigma)^{1/2}$ is the root
      whose eigenvalues are not negative; in the plane its trace is $\sqrt{\operatorname{Tr}\,\Sigma\hat\Sigma + 2\sqrt{\det\Sigma\hat\Sigma}}$.
      """#,
    remark: #"""
      With $T$ symmetric positive definite and $\hat\Sigma = T\Sigma T$, the map $x\mapsto Tx$ costs $\operatorname{Tr}(\Sigma+\hat\Sigma-2\Sigma T)$, and
      $2x\cdot y \le x^\top Tx + y^\top T^{-1}y$ shows that no coupling costs less; $(\Sigma T)^2 = \Sigma\hat\Sigma$.
      """#,
    checks: [
      Check(.printed, .exact, holds: false, on: LineGaussians.arbitrary) { pair in
        let squared = pair.frechet
        return "\(pair.tex): the formula gives $\(squared)$, but $W_2 = \(rootTeX(squared))$"
      } _: { pair in
        pair.frechet * pair.frechet == pair.squaredDistance
      },
      Check(.corrected, .exact, holds: true, on: PlaneGaussians.arbitrary) { pair in
        "\(pair.tex): the formula is not the cost of the optimal map"
      } _: { pair in
        let (covariance, map) = (pair.target, pair.map)
        let root = covariance * map
        let product = covariance * (map * root)
        let costs = transportCosts(pair)
        let rootOfDeterminant = covariance.determinant * map.determinant
        return costs.map == costs.bound && root * root == product
          && root.trace >= 0 && root.determinant >= 0
          && rootOfDeterminant * rootOfDeterminant == product.determinant
          && root.trace * root.trace == product.trace + 2 * rootOfDeterminant
          && formula(pair, root: root) == costs.map
      },
      Check(
        .without(hypothesis: "the root has no negative eigenvalue"), .exact, holds: false,
        on: PlaneGaussians.arbitrary
      ) { pair in
        let root = negative(pair.target * pair.map)
        return "\(pair.tex): $R = \(root.tex)$ also has $R^2 = \\Sigma\\hat\\Sigma$, and gives "
          + "$\(formula(pair, root: root).tex)$ where $W_2^2 = \(transportCosts(pair).map.tex)$"
      } _: { pair in
        formula(pair, root: negative(pair.target * pair.map)) == transportCosts(pair).map
      },
      Check(
        .fact("the product of two covariances has real eigenvalues >= 0 and is diagonalizable"),
        .exact, holds: true, on: PlaneGaussians.arbitrary.and(PlaneGaussians.arbitrary)
      ) { (first, second) in
        "$A = \(first.target.tex)$, $B = \(second.target.tex)$"
      } _: { (first, second) in
        let product = first.target * second.target
        let discriminant = product.trace * product.trace - 4 * product.determinant
        guard product.trace >= 0, product.determinant >= 0, discriminant >= 0 else { return false }
        let half = product.trace / 2
        return discriminant > 0 || product == Matrix2(half, 0, 0, half)
      },
      Check(
        .fact("the trace of the root by two routes"), .quadrature, holds: true,
        on: PlaneGaussians.arbitrary.and(PlaneGaussians.arbitrary)
      ) { (first, second) in
        "$\\Sigma = \(first.target.tex)$, $\\hat\\Sigma = \(second.target.tex)$"
      } _: { (first, second) in
        let closed = closedTrace(first.target, second.target)
        // Rounding of a sum under a square root near zero costs half of the digits.
        let bound = 1e-7 * (1 + closed)
        return (closed - symmetricTrace(first.target, second.target)).magnitude <= bound
      },
      Check(.fact("on the line the quantile coupling costs FID"), .quadrature, holds: true) { _ in
        try quantileCoupling()
      },
    ])

  /// The cost of `x -> T x`, and the lower bound of Kantorovich's dual with the potentials of T.
  private static func transportCosts(_ pair: PlaneGaussians) -> (map: Rational, bound: Rational) {
    let (covariance, map, image) = (pair.target, pair.map, pair.model)
    let second = pair.squaredShift + covariance.trace + image.trace
    // Positive definite, so regular.
    let inverse = map.inverse ?? .identity
    let dual = (covariance * map).trace + (image * inverse).trace
    return (second - 2 * (map * covariance).trace, second - dual)
  }

  private static func formula(_ pair: PlaneGaussians, root: Matrix2) -> Rational {
    pair.squaredShift + pair.target.trace + pair.model.trace - 2 * root.trace
  }

  private static func negative(_ x: Matrix2) -> Matrix2 { Matrix2(-x.a, -x.b, -x.c, -x.d) }

  /// `sqrt(tr X + 2 sqrt(det X))` of the product X.
  private static func closedTrace(_ first: Matrix2, _ second: Matrix2) -> Double {
    let product = first * second
    return (Double(product.trace) + 2 * Double(product.determinant).squareRoot()).squareRoot()
  }

  /// The trace of `(A^(1/2) B A^(1/2))^(1/2)`: eigenvalues of a symmetric matrix.
  private static func symmetricTrace(_ first: Matrix2, _ second: Matrix2) -> Double {
    let rootOfDeterminant = Double(first.determinant).squareRoot()
    let scale = (Double(first.trace) + 2 * rootOfDeterminant).squareRoot()
    guard scale > 0 else { return 0 }
    let (a, b) = ((Double(first.a) + rootOfDeterminant) / scale, Double(first.b) / scale)
    let d = (Double(first.d) + rootOfDeterminant) / scale
    let (s, t, u) = (Double(second.a), Double(second.b), Double(second.d))
    // The entries of R B R with R = (a, b; b, d).
    let x = a * (a * s + b * t) + b * (a * t + b * u)
    let y = b * (a * s + b * t) + d * (a * t + b * u)
    let z = b * (b * s + d * t) + d * (b * t + d * u)
    let radius = Double.hypot((x - z) / 2, y)
    let center = (x + z) / 2
    return max(0, center + radius).squareRoot() + max(0, center - radius).squareRoot()
  }

  /// `int_0^1 (F^-1(u) - G^-1(u))^2 du` against the formula.
  private static func quantileCoupling() throws -> Check.Finding {
    var worst = 0.0
    var cases = 0
    for (shift, first, second) in [(2.0, 1.0, 1.0), (0, 1, 3), (1.5, 0.5, 2), (-4, 2, 0.25)] {
      let target = try Normal(mean: 0, sd: first)
      let model = try Normal(mean: shift, sd: second)
      let cost = try integrate(from: 0, to: 1) { u in
        let difference = target.quantile(u) - model.quantile(u)
        return difference * difference
      }
      let formula = shift * shift + first * first + second * second - 2 * first * second
      guard (cost.value - formula).magnitude <= cost.error + 1e-12 * formula else {
        return .refuted(
          counterexample: "N(0, \(first)^2), N(\(shift), \(second)^2): cost \(cost), \(formula)",
          shrinks: 0)
      }
      worst = max(worst, cost.error)
      cases += 1
    }
    return .held(cases: cases, detail: "\(cases) pairs, quadrature error at most \(worst)")
  }

  private static func rootTeX(_ square: Int) -> String {
    let root = Int(Double(square).squareRoot().rounded())
    return root * root == square ? "\(root)" : "\\sqrt{\(square)}"
  }
}
