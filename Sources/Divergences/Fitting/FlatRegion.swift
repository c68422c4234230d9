import RealModule

/// The normal laws around a place at which a divergence is zero, on a lattice.
struct FlatRegion {
  private let origin: Place
  private let meanStep: Double
  private let logStep: Double
  private let points: Set<SIMD2<Int>>
  private let isCutOff: Bool
  private let objective: FitObjective

  /// The connected lattice points with a rough value of zero up to rounding, on a lattice fine enough to show a small set; nil when
  /// the place is alone.
  init?(around place: Place, _ objective: FitObjective, grid: FitGrid) {
    let isZero = { objective.isNearlyZero($0) }
    var (meanStep, logStep) = (grid.spread / 100, 0.05)
    var found = Self.flood(place, meanStep, logStep, grid, isZero)
    for _ in 0..<4 where found.points.count < 60 {
      meanStep /= 4
      logStep /= 4
      found = Self.flood(place, meanStep, logStep, grid, isZero)
    }
    guard found.points.count > 1 else { return nil }
    origin = place
    (self.meanStep, self.logStep, self.objective) = (meanStep, logStep, objective)
    (points, isCutOff) = found
  }

  private static func flood(
    _ origin: Place, _ meanStep: Double, _ logStep: Double, _ grid: FitGrid,
    _ isZero: (Place) -> Bool
  ) -> (points: Set<SIMD2<Int>>, isCutOff: Bool) {
    var seen: Set<SIMD2<Int>> = [.zero]
    var queue: [SIMD2<Int>] = [.zero]
    var isCutOff = false
    var next = 0
    while next < queue.count {
      let here = queue[next]
      next += 1
      for step: SIMD2<Int> in [[1, 0], [-1, 0], [0, 1], [0, -1]] {
        let neighbour = here &+ step
        guard seen.insert(neighbour).inserted else { continue }
        let place = origin.moved(neighbour, meanStep, logStep)
        if !grid.contains(place) || queue.count >= limit {
          isCutOff = true
        } else if isZero(place) {
          queue.append(neighbour)
        }
      }
    }
    return (Set(queue), isCutOff)
  }

  /// No set of interest has more points; one that has is reported as cut off.
  private static let limit = 100_000

  /// Whether a place with divergence zero belongs to this set: it lies in a lattice cell with a corner in the set, or
  /// all laws on the straight way to the origin have divergence zero.
  func contains(_ place: Place) -> Bool {
    let x = ((place.mean - origin.mean) / meanStep).rounded(.down)
    let y = ((place.logSD - origin.logSD) / logStep).rounded(.down)
    if x.magnitude < 1e9, y.magnitude < 1e9 {
      let corner = SIMD2(Int(x), Int(y))
      let cell: [SIMD2<Int>] = [[0, 0], [1, 0], [0, 1], [1, 1]]
      if cell.contains(where: { points.contains(corner &+ $0) }) { return true }
    }
    return (1..<50).allSatisfy { step in
      let part = Double(step) / 50
      return objective.isNearlyZero(
        Place([
          origin.mean + part * (place.mean - origin.mean),
          origin.logSD + part * (place.logSD - origin.logSD),
        ]))
    }
  }

  /// The set's middle, where that belongs to it, and its extent; nil when only rounding makes its members zero.
  var summary: (middle: Place?, set: GaussianFit.FlatSet)? {
    // Beyond the edge of the set the divergence rises from zero as slowly as the mass of a far tail.
    let places = points.map { origin.moved($0, meanStep, logStep) }
      .filter { objective.rough($0) == 0 }
      .sorted { ($0.mean, $0.logSD) < ($1.mean, $1.logSD) }
    guard places.count > 1 else { return nil }
    let count = Double(places.count)
    let middle = Place([
      places.reduce(0) { $0 + $1.mean } / count, places.reduce(0) { $0 + $1.logSD } / count,
    ])
    func law(_ place: Place) -> GaussianFit.Law { .init(mean: place.mean, sd: place.sd) }
    let set = GaussianFit.FlatSet(
      leftmost: law(places[0]), rightmost: law(places[places.count - 1]),
      narrowest: law(places.min { $0.logSD < $1.logSD }!),
      widest: law(places.max { $0.logSD < $1.logSD }!),
      count: places.count, meanStep: meanStep, sdFactor: .exp(logStep), isCutOff: isCutOff)
    return (objective.rough(middle) == 0 ? middle : nil, set)
  }
}

extension Place {
  /// The lattice point at a number of steps from here.
  fileprivate func moved(_ steps: SIMD2<Int>, _ meanStep: Double, _ logStep: Double) -> Place {
    Place([mean + Double(steps.x) * meanStep, logSD + Double(steps.y) * logStep])
  }
}
