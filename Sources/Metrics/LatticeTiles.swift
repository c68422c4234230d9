/// Two laws at the nodes of square lattices of several steps, in masses: density times the area of a cell times the
/// window of the lattice, whose sum over the lattices is 1 everywhere.
///
/// The nodes are kept in square tiles, each with the first two columns and rows of its neighbours to the right and above,
/// so that a sum needs one tile at a time.
struct LatticeTiles {
  /// Nodes along a tile's side, without and with the neighbours'.
  static let side = 32
  static let stride = side + 2
  /// Places of a tile in the arrays.
  static let size = stride * stride

  /// The mass in a quarter of a tile that may stay unresolved.
  static let unresolvedMass = 1e-7

  /// Which tile of which lattice: steps halve from level to level, and tile (0, 0) starts at the box's corner.
  struct Place: Hashable {
    var level, x, y: Int
  }

  /// The corner where tile (0, 0) of every level starts.
  let origin: SIMD2<Double>
  /// The step of level 0.
  let step: Double
  var places: [Place] = []
  /// Masses, tile by tile and row by row.
  var target: [Double] = []
  var model: [Double] = []
  /// The windows times the cells' areas; not set at the neighbours' nodes.
  var weights: [Double] = []
  /// The logarithms of the densities.
  var logTarget: [Double] = []
  var logModel: [Double] = []

  /// The range of the ratio `model / target` over each tile and its neighbours' nodes, and the tile's sums.
  private var summaries:
    [(low: Double, high: Double, target: SIMD4<Double>, model: SIMD4<Double>)] =
      []

  init(origin: SIMD2<Double>, step: Double) {
    self.origin = origin
    self.step = step
  }

  func step(_ level: Int) -> Double { step / Double(1 << level) }

  func node(_ place: Place, _ row: Int, _ column: Int) -> SIMD2<Double> {
    let first = SIMD2(Double(place.x * Self.side + column), Double(place.y * Self.side + row))
    return origin + step(place.level) * (first + 0.5)
  }

  /// The first place in the arrays of a tile's row.
  @inline(__always)
  static func start(_ tile: Int, row: Int) -> Int { tile * size + row * stride }

  /// Sums `value(index)` over all nodes.
  @inline(__always)
  func sum(_ value: (Int) -> Double) -> LatticeSum {
    var parts = SIMD4<Double>.zero
    for tile in places.indices { parts += sum(of: tile, value) }
    return LatticeSum(all: parts.sum(), parts: 4 * parts)
  }

  /// The sums over the four sublattices of a tile.
  @inline(__always)
  private func sum(of tile: Int, _ value: (Int) -> Double) -> SIMD4<Double> {
    var sums = SIMD4<Double>.zero
    for row in Swift.stride(from: 0, to: Self.side, by: 2) {
      let lower = Self.start(tile, row: row)
      let upper = lower + Self.stride
      for column in Swift.stride(from: 0, to: Self.side, by: 2) {
        sums += SIMD4(
          value(lower + column), value(lower + column + 1), value(upper + column),
          value(upper + column + 1))
      }
    }
    return sums
  }

  /// The integral of `min(a p, b q)`, its kink corrected; needs `summarise()`.
  ///
  /// Only tiles through which the kink runs are looked at node by node.
  func overlap(_ a: Double, _ b: Double) -> LatticeSum {
    var parts = SIMD4<Double>.zero
    var kinks = LatticeSum()
    for (tile, summary) in summaries.enumerated() {
      if a <= b * summary.low {
        parts += a * summary.target
      } else if a >= b * summary.high {
        parts += b * summary.model
      } else {
        parts += sum(of: tile) { min(a * target[$0], b * model[$0]) }
        addKinkExcess(a, b, of: tile, to: &kinks)
      }
    }
    // The minimum is a p minus what a p - b q is above zero.
    kinks.parts *= 4
    return LatticeSum(all: parts.sum(), parts: 4 * parts) + kinks
  }

  /// What the sum of `max(a p - b q, 0)` is too large by, because of its kink.
  func kinkExcess(_ a: Double, _ b: Double) -> LatticeSum {
    var sum = LatticeSum()
    for (tile, summary) in summaries.enumerated()
    where a > b * summary.low && a < b * summary.high {
      addKinkExcess(a, b, of: tile, to: &sum)
    }
    sum.parts *= 4
    return sum
  }

  /// On each row and column the rule errs at a kink by `D (theta (1 - theta) / 2 - 1 / 12)`, with D the difference of both
  /// nodes' values of `g = a p - b q`, and theta the place of its zero between them (Euler-Maclaurin).
  private func addKinkExcess(_ a: Double, _ b: Double, of tile: Int, to sum: inout LatticeSum) {
    @inline(__always)
    func excess(_ first: Double, _ second: Double) -> Double {
      guard (first >= 0) != (second >= 0) else { return 0 }
      let rise = (first - second).magnitude
      return rise > 0 ? (first * second).magnitude / (2 * rise) - rise / 12 : 0
    }
    withUnsafeTemporaryAllocation(of: Double.self, capacity: Self.size) { g in
      let first = tile * Self.size
      for index in 0..<Self.size {
        g[index] = a * target[first + index] - b * model[first + index]
      }
      for row in 0..<Self.side {
        for column in 0..<Self.side {
          let index = row * Self.stride + column
          let here = g[index]
          let (across, up) = (excess(here, g[index + 1]), excess(here, g[index + Self.stride]))
          sum.all += across + up
          sum.squares += across * across + up * up
          sum.parts[2 * (row & 1) + (column & 1)] +=
            excess(here, g[index + 2]) + excess(here, g[index + 2 * Self.stride])
        }
      }
    }
  }

  /// Prepares `overlap` and `kinkExcess` when all masses are there.
  mutating func summarise() {
    summaries = places.indices.map { tile in
      var (low, high) = (Double.infinity, 0.0)
      for index in (tile * Self.size)..<((tile + 1) * Self.size)
      where target[index] > 0 || model[index] > 0 {
        let ratio = model[index] / target[index]
        low = min(low, ratio)
        high = max(high, ratio)
      }
      return (low, high, sum(of: tile) { target[$0] }, sum(of: tile) { model[$0] })
    }
  }

  /// Appends tiles with masses of zero.
  mutating func append(_ more: [Place]) {
    places += more
    let zeros = Array(repeating: 0.0, count: more.count * Self.size)
    target += zeros
    model += zeros
    weights += zeros
    logTarget += zeros
    logModel += zeros
  }

  /// Copies the first columns and rows of tiles `from...` to their neighbours of the same lattice.
  mutating func shareEdges(from first: Int) {
    var tiles: [Place: Int] = [:]
    for tile in first..<places.count { tiles[places[tile]] = tile }
    for tile in first..<places.count {
      let place = places[tile]
      if let right = tiles[Place(level: place.level, x: place.x + 1, y: place.y)] {
        for row in 0..<Self.side {
          for column in 0..<2 {
            copy(
              Self.start(right, row: row) + column,
              to: Self.start(tile, row: row) + Self.side + column)
          }
        }
      }
      if let above = tiles[Place(level: place.level, x: place.x, y: place.y + 1)] {
        for row in 0..<2 {
          for column in 0..<Self.side {
            copy(
              Self.start(above, row: row) + column,
              to: Self.start(tile, row: Self.side + row) + column)
          }
        }
      }
    }
  }

  private mutating func copy(_ source: Int, to destination: Int) {
    target[destination] = target[source]
    model[destination] = model[source]
    logTarget[destination] = logTarget[source]
    logModel[destination] = logModel[source]
  }
}
