import Distributions

/// The maximum of `c x` subject to `A x <= b`, `x >= 0`, for `b >= 0`, by the simplex method in exact fractions.
///
/// Bland's rule picks the pivots, so that it ends even where vertices coincide. Nil when unbounded.
func maximum(
  of objective: [Rational], subjectTo rows: [(coefficients: [Rational], bound: Rational)]
) -> Rational? {
  let (variables, slacks) = (objective.count, rows.count)
  // One line for each row, with its slack variable, and the bound last.
  var table = rows.enumerated().map { index, row in
    row.coefficients + (0..<slacks).map { $0 == index ? 1 : 0 } + [row.bound]
  }
  var costs = objective.map { -$0 } + [Rational](repeating: 0, count: slacks + 1)
  var basis = Array(variables..<(variables + slacks))
  let last = variables + slacks
  while let entering = (0..<last).first(where: { costs[$0] < 0 }) {
    let candidates = table.indices.filter { table[$0][entering] > 0 }
    guard
      let leaving = candidates.min(by: { a, b in
        let (first, second) = (
          table[a][last] / table[a][entering], table[b][last] / table[b][entering]
        )
        return first == second ? basis[a] < basis[b] : first < second
      })
    else { return nil }
    let pivot = table[leaving][entering]
    table[leaving] = table[leaving].map { $0 / pivot }
    let pivotRow = table[leaving]
    func eliminate(_ row: [Rational]) -> [Rational] {
      let factor = row[entering]
      return factor == 0 ? row : zip(row, pivotRow).map { $0 - factor * $1 }
    }
    for row in table.indices where row != leaving { table[row] = eliminate(table[row]) }
    costs = eliminate(costs)
    basis[leaving] = entering
  }
  return costs[last]
}
