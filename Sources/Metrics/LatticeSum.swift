/// A sum over a lattice together with those over its four sublattices of twice the step, which share no node: each of
/// them estimates the same integral.
struct LatticeSum {
  /// The integral's estimate by all nodes.
  var all = 0.0
  /// Those by the sublattices of even and odd rows and columns.
  var parts = SIMD4<Double>.zero

  static func + (a: LatticeSum, b: LatticeSum) -> LatticeSum {
    LatticeSum(all: a.all + b.all, parts: a.parts + b.parts)
  }

  static func * (factor: Double, a: LatticeSum) -> LatticeSum {
    LatticeSum(all: factor * a.all, parts: factor * a.parts)
  }

  /// The farthest of the coarser estimates from the value.
  ///
  /// The rule's error falls at least with the square of the step, so that each of them is expected to be four times as
  /// far from the truth as the value is; and all four are near the value by accident only together.
  var spread: Double {
    let difference = parts - all
    return pointwiseMax(difference, -difference).max()
  }
}
