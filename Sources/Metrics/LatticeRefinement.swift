import Distributions
import RealModule

/// Evaluates two densities on a lattice over a box, and again with half the step wherever they vary too fast for it, until
/// both are resolved everywhere or the nodes are used up.
struct LatticeRefinement<Model: PlanarDensity> {
  let target: PlanarMixture
  let model: Model
  /// Some draws of the model, to find what lies between the nodes.
  let draws: [SIMD2<Double>]
  let nodeLimit: Int

  private(set) var tiles: LatticeTiles
  private var windows: [LatticeWindow] = []
  private var logDraws: [Double]

  private static var side: Int { LatticeTiles.side }

  init(
    target: PlanarMixture, model: Model, origin: SIMD2<Double>, step: Double, columns: Int,
    rows: Int, draws: [SIMD2<Double>], nodeLimit: Int
  ) throws(ParameterError) {
    (self.target, self.model) = (target, model)
    (self.draws, self.nodeLimit) = (draws, nodeLimit)
    tiles = LatticeTiles(origin: origin, step: step)
    logDraws = model.logDensities(draws)
    var next: [LatticeTiles.Place] = []
    for y in 0..<rows {
      for x in 0..<columns { next.append(LatticeTiles.Place(level: 0, x: x, y: y)) }
    }
    for level in 0... {
      let first = tiles.places.count
      try append(next)
      guard level < 12 else { return }
      let blocks = unresolved(from: first)
      guard !blocks.isEmpty else { return }
      let window = LatticeWindow(level: level, blocks: blocks)
      next = finer(blocks)
      windows.append(window)
      fade(from: first, window)
    }
  }

  /// Evaluates both densities at the nodes of new tiles, those that the windows leave a weight.
  private mutating func append(_ candidates: [LatticeTiles.Place]) throws(ParameterError) {
    var places: [LatticeTiles.Place] = []
    var nodes: [SIMD2<Double>] = []
    var weights: [Double] = []
    for place in candidates {
      let area = tiles.step(place.level) * tiles.step(place.level)
      var own = Array(repeating: 1.0, count: Self.side * Self.side)
      for window in windows { window.multiply(&own, of: place) }
      guard own.contains(where: { $0 > 1e-13 }) else { continue }
      places.append(place)
      weights += own.map { area * $0 }
      for row in 0..<Self.side {
        for column in 0..<Self.side { nodes.append(tiles.node(place, row, column)) }
      }
    }
    let (logTarget, logModel) = (target.logDensities(nodes), model.logDensities(nodes))
    for (node, value) in zip(nodes, logModel) where !(value < .infinity) {
      throw ParameterError(
        "PlanarDensityPair", "model's log-density at (\(node.x), \(node.y))", value: "\(value)",
        rule: "must be a number below infinity; a model whose training diverged gives such values")
    }
    let first = tiles.places.count
    tiles.append(places)
    var source = 0
    for tile in first..<tiles.places.count {
      for row in 0..<Self.side {
        let start = LatticeTiles.start(tile, row: row)
        for index in start..<(start + Self.side) {
          tiles.weights[index] = weights[source]
          tiles.logTarget[index] = logTarget[source]
          tiles.logModel[index] = logModel[source]
          tiles.target[index] = weights[source] * .exp(logTarget[source])
          tiles.model[index] = weights[source] * .exp(logModel[source])
          source += 1
        }
      }
    }
    tiles.shareEdges(from: first)
  }

  /// Multiplies the masses of tiles `from first` by 1 minus a window.
  private mutating func fade(from first: Int, _ window: LatticeWindow) {
    for tile in first..<tiles.places.count {
      var weights = Array(repeating: 1.0, count: Self.side * Self.side)
      window.multiply(&weights, of: tiles.places[tile], byComplement: true)
      for row in 0..<Self.side {
        for column in 0..<Self.side {
          let index = LatticeTiles.start(tile, row: row) + column
          let factor = weights[row * Self.side + column]
          tiles.weights[index] *= factor
          tiles.target[index] *= factor
          tiles.model[index] *= factor
        }
      }
    }
    tiles.shareEdges(from: first)
  }

  /// The tiles of half the step that the window of `blocks` reaches.
  private func finer(_ blocks: Set<LatticeTiles.Place>) -> [LatticeTiles.Place] {
    var found: Set<LatticeTiles.Place> = []
    for block in blocks {
      for x in (2 * block.x - 1)...(2 * block.x + 2) {
        for y in (2 * block.y - 1)...(2 * block.y + 2) {
          found.insert(LatticeTiles.Place(level: block.level + 1, x: x, y: y))
        }
      }
    }
    return found.sorted { ($0.y, $0.x) < ($1.y, $1.x) }
  }

  /// A quarter of a tile in which a law is not resolved.
  private struct Fault {
    var tile: Int
    /// 0 for the left or lower half, 1 for the right or upper one.
    var x, y: Int
    /// How much mass is concerned.
    var size: Double
  }

  /// The blocks to refine for the faults in tiles `from first`, the largest when the nodes do not suffice for all.
  ///
  /// The window of a block falls off from its middle on, so that a fault needs the three neighbours of its quarter too.
  private func unresolved(from first: Int) -> Set<LatticeTiles.Place> {
    let missed = missed(from: first)
    var faults: [Fault] = []
    for tile in first..<tiles.places.count {
      for (y, x) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
        let isMissed = missed[tile]?.contains(2 * y + x) ?? false
        let size = isMissed ? .infinity : roughness(of: tile, x, y)
        if size > 0 { faults.append(Fault(tile: tile, x: x, y: y, size: size)) }
      }
    }
    // Equal faults keep their order, so that the result does not depend on hashing.
    faults.sort { ($1.size, $0.tile, $0.y, $0.x) < ($0.size, $1.tile, $1.y, $1.x) }
    let left = nodeLimit / (Self.side * Self.side) - tiles.places.count
    var blocks: Set<LatticeTiles.Place> = []
    var needed: Set<LatticeTiles.Place> = []
    for fault in faults {
      let place = tiles.places[fault.tile]
      var more: Set<LatticeTiles.Place> = []
      for x in (place.x - 1 + fault.x)...(place.x + fault.x) {
        for y in (place.y - 1 + fault.y)...(place.y + fault.y) {
          more.insert(LatticeTiles.Place(level: place.level, x: x, y: y))
        }
      }
      guard !more.isSubset(of: blocks) else { continue }
      let wanted = needed.union(finer(more))
      guard wanted.count <= left else { break }
      (blocks, needed) = (blocks.union(more), wanted)
    }
    return blocks
  }

  /// How much of a law's mass in a quarter of a tile is not resolved, 0 where both laws are.
  ///
  /// The second differences of a normal log-density of deviation s are `(h / s)^2` everywhere: three nodes and more in each
  /// deviation are wanted, on the average over the mass.
  private func roughness(of tile: Int, _ x: Int, _ y: Int) -> Double {
    max(
      roughness(of: tile, x, y, tiles.target, tiles.logTarget),
      roughness(of: tile, x, y, tiles.model, tiles.logModel))
  }

  private func roughness(
    of tile: Int, _ x: Int, _ y: Int, _ masses: [Double], _ logs: [Double]
  ) -> Double {
    var (sum, across, up) = (0.0, 0.0, 0.0)
    /// The middle node's mass times the second difference, 0 where a node is absent or its density vanishes.
    func bend(_ first: Int, _ stride: Int) -> Double {
      let (middle, last) = (first + stride, first + 2 * stride)
      guard masses[first] > 0, masses[middle] > 0, masses[last] > 0 else { return 0 }
      return masses[middle] * (logs[first] - 2 * logs[middle] + logs[last]).magnitude
    }
    forEachNode(of: tile, x, y) { index in
      sum += masses[index]
      across += bend(index, 1)
      up += bend(index, LatticeTiles.stride)
    }
    let worst = max(across, up)
    return worst > max(LatticeTiles.unresolvedMass, 0.1 * sum) ? worst : 0
  }

  private func forEachNode(of tile: Int, _ x: Int, _ y: Int, _ body: (Int) -> Void) {
    let half = Self.side / 2
    for row in (y * half)..<((y + 1) * half) {
      let start = LatticeTiles.start(tile, row: row) + x * half
      for index in start..<(start + half) { body(index) }
    }
  }

  /// The quarters of tiles, `2 y + x`, with a draw of the model or a mode of the target that is denser than all their
  /// nodes.
  private func missed(from first: Int) -> [Int: Set<Int>] {
    guard let level = tiles.places.last?.level else { return [:] }
    var tileOf: [LatticeTiles.Place: Int] = [:]
    for tile in first..<tiles.places.count { tileOf[tiles.places[tile]] = tile }
    var missed: [Int: Set<Int>] = [:]
    func look(_ point: SIMD2<Double>, _ logDensity: Double, _ nodes: [Double]) {
      let scaled = (point - tiles.origin) / (tiles.step(level) * Double(Self.side))
      guard scaled.x.magnitude < 1e9, scaled.y.magnitude < 1e9 else { return }
      let corner = scaled.rounded(.down)
      guard
        let tile = tileOf[LatticeTiles.Place(level: level, x: Int(corner.x), y: Int(corner.y))]
      else { return }
      let (x, y) = (scaled.x - corner.x < 0.5 ? 0 : 1, scaled.y - corner.y < 0.5 ? 0 : 1)
      var densest = -Double.infinity
      forEachNode(of: tile, x, y) { densest = max(densest, nodes[$0]) }
      if logDensity > densest + 0.1 { missed[tile, default: []].insert(2 * y + x) }
    }
    for (point, value) in zip(draws, logDraws) { look(point, value, tiles.logModel) }
    for law in target.components {
      look(law.mean, target.logDensity(law.mean), tiles.logTarget)
    }
    return missed
  }
}
