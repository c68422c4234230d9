import Distributions

extension Claim {
  /// Both decks, slide Framework: one symbol for two spaces.
  static let latentSpace = Claim(
    id: "latent-space",
    title: "The latent space",
    source: "2025 deck, slide Framework, item 1 (2024 deck, the same)",
    statement: #"""
      "Consider a distribution $Q$ in a latent space $\mathcal X\subset\mathbb R^m$, usually $\mathcal N(0, I_m)$", after
      "target distribution $P$ in $\mathcal X\subset\mathbb R^d$".
      """#,
    verdict: .misprint,
    correction: ##"""
      $Q$ lives in $\mathcal Z\subset\mathbb R^m$. When $m < d$ and $G$ is Lipschitz, $\hat P_G = G\#Q$ lives on a set of volume 0: against a target with
      a density, $\alpha_\lambda = \beta_\lambda = 0$ and $\mathcal D_{\lambda\text{-PR}} = \min(1,\lambda)$ for every $\lambda$, whatever $G$ has learnt.
      """##,
    remark: #"""
      A Lipschitz image of $\mathbb R^m$ has Hausdorff dimension at most $m$, hence volume 0 in $\mathbb R^d$. The formulas stay right with
      $\mu = (P+\hat P)/2$, but every model of this kind gets the same worst value.
      """#,
    restsOn: ["def-1.4"],
    checks: [
      Check(.corrected, .exhaustive, holds: true) { _ in zigzag() },
      Check(
        .fact(
          #"disjoint laws have $\alpha_\lambda = 0$, $\mathcal D_{\lambda\text{-PR}} = \min(1,\lambda)$"#
        ),
        .exact, holds: true, on: FinitePair.arbitrary.and(.positive)
      ) { (pair, lambda) in
        "\(try pair.tex) moved apart, $\\lambda = \(lambda.tex)$"
      } _: { (pair, lambda) in
        let p = normalized(pair.target) + pair.model.map { _ in 0 }
        let q = pair.target.map { _ in 0 } + normalized(pair.model)
        // D_lambda with its part where q = 0, of slope lambda: sum max(lambda p, q) - max(lambda, 1).
        let divergence = zip(p, q).reduce(-max(lambda, 1)) { $0 + max(lambda * $1.0, $1.1) }
        let alpha = zip(p, q).reduce(Rational(0)) { $0 + min(lambda * $1.0, $1.1) }
        return alpha == 0 && divergence == min(1, lambda)
      },
    ])

  /// A curve through the centres of all 16 cells of a 4 × 4 grid, seen in finer and finer grids: the recall of a
  /// generator with m = 1 against the uniform law of the square (d = 2).
  private static func zigzag() -> Check.Finding {
    let rows = 4
    var recalls: [Rational] = []
    for refinement in [1, 3, 9, 27] {
      let side = rows * refinement
      let center = refinement / 2
      var visited: Set<Int> = []
      for row in 0..<rows {
        let y = row * refinement + center
        for x in center...(side - 1 - center) { visited.insert(y * side + x) }
        guard row + 1 < rows else { continue }
        let x = row % 2 == 0 ? side - 1 - center : center
        for step in y...(y + refinement) { visited.insert(step * side + x) }
      }
      recalls.append(Rational(visited.count) / Rational(side * side))
    }
    // A curve of length L meets at most a multiple of L n of the n^2 cells of side 1 / n.
    guard recalls[0] == 1, zip(recalls, recalls.dropFirst()).allSatisfy({ $1 < $0 / 2 }) else {
      return .refuted(counterexample: "recalls $\(recalls)$", shrinks: 0)
    }
    return .held(
      cases: recalls.count,
      detail: "a curve through all 16 cells of a square covers "
        + recalls.map(\.description).joined(separator: ", ") + " of it in grids 3 times finer each")
  }
}
