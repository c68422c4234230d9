import RealModule

/// A smooth window that is 1 well inside of a set of blocks, tiles of one level of a lattice, and 0 half a block outside of
/// it; the windows of all blocks of the level add up to 1.
struct LatticeWindow {
  let level: Int
  let blocks: Set<LatticeTiles.Place>

  /// The window of one block along one axis, `t` blocks from its centre.
  ///
  /// A step smoothed by a normal law: over the 32 nodes of a block this has a deviation of 2.3 nodes, so that even every
  /// second node resolves it to 1e-11, and half a block from the edge 1e-12 is left.
  private static func window(_ t: Double) -> Double {
    let scale = 7 * 2.squareRoot()
    return t.magnitude >= 1 ? 0 : 0.5 * (.erf(scale * (t + 0.5)) - .erf(scale * (t - 0.5)))
  }

  /// Multiplies the weights of a tile of this or a finer level, row by row, by the window or by 1 minus it.
  func multiply(
    _ weights: inout [Double], of tile: LatticeTiles.Place, byComplement isComplement: Bool = false
  ) {
    let side = LatticeTiles.side
    let scale = 1 / Double(1 << (tile.level - level))
    /// A node's coordinate in blocks.
    func coordinate(_ tile: Int, _ node: Int) -> Double {
      scale * (Double(tile) + (Double(node) + 0.5) / Double(side))
    }
    func near(_ tile: Int) -> ClosedRange<Int> {
      let middle = Int((scale * (Double(tile) + 0.5)).rounded(.down))
      return (middle - 1)...(middle + 1)
    }
    func windows(_ tile: Int) -> [[Double]] {
      near(tile).map { block in
        (0..<side).map { Self.window(coordinate(tile, $0) - Double(block) - 0.5) }
      }
    }
    let (across, up) = (windows(tile.x), windows(tile.y))
    var values = [Double](repeating: 0, count: side * side)
    for (vertical, y) in zip(up, near(tile.y)) {
      for (horizontal, x) in zip(across, near(tile.x))
      where blocks.contains(LatticeTiles.Place(level: level, x: x, y: y)) {
        for row in 0..<side {
          for column in 0..<side {
            values[row * side + column] += vertical[row] * horizontal[column]
          }
        }
      }
    }
    for index in weights.indices {
      weights[index] *= isComplement ? 1 - values[index] : values[index]
    }
  }
}
