/// A sum over a lattice together with those over its four sublattices of twice the step, which share no node: each of
/// them estimates the same integral.
struct LatticeSum {
  /// The integral's estimate by all nodes.
  var all = 0.0
  /// Those by the sublattices of even and odd rows and columns.
  var parts = SIMD4<Double>.zero

  /// The sum of the squares of the corrections for kinks.
  var squares = 0.0

  static func + (a: LatticeSum, b: LatticeSum) -> LatticeSum {
    LatticeSum(all: a.all + b.all, parts: a.parts + b.parts, squares: a.squares + b.squares)
  }

  static func * (factor: Double, a: LatticeSum) -> LatticeSum {
    LatticeSum(all: factor * a.all, parts: factor * a.parts, squares: factor * factor * a.squares)
  }

  /// A bound on the error of `all`: the farthest of the coarser estimates from it, plus three times the root of `squares`.
  ///
  /// The rule's error falls at least with the square of the step, so that each coarser estimate is expected to be four
  /// times as far from the truth. All four may be near by accident; what the corrections for kinks leave is about as large
  /// as their sum would be if each had a random sign, of which three standard deviations are taken.
  var error: Double {
    let difference = parts - all
    return pointwiseMax(difference, -difference).max() + 3 * squares.squareRoot()
  }
}
