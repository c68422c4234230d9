import GSL

/// A sum over a square lattice together with those over its four sublattices of twice the step, which share no node:
/// each of them estimates the same integral.
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

/// The two laws at the nodes of a square lattice, in masses: density times the area of a cell.
struct LatticeMasses {
  let columns, rows: Int
  /// Row by row.
  var target, model: [Double]

  /// Sums `value(index)` over the nodes.
  @inline(__always)
  func sum(_ value: (Int) -> Double) -> LatticeSum {
    var parts = SIMD4<Double>.zero
    for row in 0..<rows {
      let start = row * columns
      var (even, odd) = (0.0, 0.0)
      var index = start
      while index + 1 < start + columns {
        even += value(index)
        odd += value(index + 1)
        index += 2
      }
      if index < start + columns { even += value(index) }
      if row % 2 == 0 { parts += SIMD4(even, odd, 0, 0) } else { parts += SIMD4(0, 0, even, odd) }
    }
    return LatticeSum(all: parts.sum(), parts: 4 * parts)
  }

  /// What the lattice's sum of `max(a p - b q, 0)` is too large by, because of its kink.
  ///
  /// On each row and column the trapezoidal rule errs at a kink by `D (theta (1 - theta) / 2 - 1 / 12)`, with D the
  /// difference of both nodes' values of `g = a p - b q`, and theta the place of its zero between them (Euler-Maclaurin).
  func kinkExcess(_ a: Double, _ b: Double) -> LatticeSum {
    let count = columns * rows
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: count) { g in
      for index in 0..<count { g[index] = a * target[index] - b * model[index] }
      var all = 0.0
      var parts = SIMD4<Double>.zero
      @inline(__always)
      func excess(_ first: Double, _ second: Double) -> Double {
        let rise = (first - second).magnitude
        return rise > 0 ? (first * second).magnitude / (2 * rise) - rise / 12 : 0
      }
      for row in 0..<rows {
        for column in 0..<columns {
          let index = row * columns + column
          let here = g[index]
          let isAbove = here >= 0
          let part = 2 * (row & 1) + (column & 1)
          if column + 1 < columns, (g[index + 1] >= 0) != isAbove {
            all += excess(here, g[index + 1])
          }
          if column + 2 < columns, (g[index + 2] >= 0) != isAbove {
            parts[part] += excess(here, g[index + 2])
          }
          if row + 1 < rows, (g[index + columns] >= 0) != isAbove {
            all += excess(here, g[index + columns])
          }
          if row + 2 < rows, (g[index + 2 * columns] >= 0) != isAbove {
            parts[part] += excess(here, g[index + 2 * columns])
          }
        }
      }
      return LatticeSum(all: all, parts: 4 * parts)
    }
  }
}
