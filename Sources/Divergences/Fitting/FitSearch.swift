import GSL
import RealModule

extension GaussianFitter {
  /// All local minima, the best first; of a flat set one.
  func fits(_ objective: FitObjective) throws(FitError) -> [GaussianFit] {
    var rough: [Place] = []
    var edge = false
    for start in starts {
      guard let place = search(objective, from: Place(mean: start.mean, sd: start.sd)) else {
        continue
      }
      if grid.isAtEdge(place) {
        edge = true
      } else if !rough.contains(where: { $0.distance(to: place) < objective.roughness }) {
        rough.append(place)
      }
    }
    var found: [GaussianFit] = []
    var regions: [FlatRegion] = []
    for place in rough {
      let isZero = objective.isNearlyZero(place)
      if isZero && regions.contains(where: { $0.contains(place) }) { continue }
      guard let best = try polished(objective, place) else { continue }
      if grid.isAtEdge(best) {
        edge = true
        continue
      }
      let isKnown = found.contains {
        Place(mean: $0.mean, sd: $0.sd).distance(to: best) < objective.roughness / 4
      }
      if isKnown { continue }
      let (fit, region) = try fit(best, objective)
      found.append(fit)
      if let region { regions.append(region) }
    }
    guard !found.isEmpty else {
      throw FitError(
        reason: edge
          ? "\(objective.name) decreases towards normal laws ever wider, narrower or farther away"
          : "\(objective.name) is infinite for every normal law that was tried")
    }
    // Mirror images differ by rounding, which must not decide their order.
    return found.sorted {
      (($0.value.value * 1e9).rounded(), $0.mean) < (($1.value.value * 1e9).rounded(), $1.mean)
    }
  }

  /// The end of the simplex method on the grid, nil where the divergence is infinite at the start.
  func search(_ objective: FitObjective, from start: Place) -> Place? {
    let found = try? minimum(
      from: start.coordinates, steps: [0.3 * start.sd, 0.3],
      tolerance: objective.hasKinks ? 1e-4 : 1e-6
    ) { objective.rough(Place($0)) }
    return found.map { Place($0.point) }
  }

  /// The minimum by the exact route, for a divergence with kinks and wherever the grid's value is off; nil where the
  /// exact value is infinite.
  func polished(_ objective: FitObjective, _ place: Place) throws(FitError) -> Place? {
    if objective.hasKinks {
      if objective.isNearlyZero(place) { return place }
    } else {
      let (value, onGrid) = (try objective.exact(place).value, objective.rough(place))
      if value == .infinity { return nil }
      if abs(value - onGrid) <= 1e-9 * (1 + value) { return place }
    }
    let found = try? minimum(
      from: place.coordinates, steps: [0.02 * place.sd, 0.02], tolerance: 1e-3
    ) { point in
      let place = Place(point)
      guard grid.contains(place) else { return .infinity }
      return (try? objective.exact(place).value) ?? .infinity
    }
    return found.map { Place($0.point) } ?? place
  }

  /// The fit at a place, with the flat set around it.
  func fit(
    _ place: Place, _ objective: FitObjective
  ) throws(FitError) -> (fit: GaussianFit, region: FlatRegion?) {
    let region =
      objective.isNearlyZero(place)
      ? FlatRegion(around: place, objective, grid: grid) : nil
    let summary = region?.summary
    let place = summary?.middle ?? place
    let fit = GaussianFit(
      mean: place.mean, sd: place.sd, value: try objective.exact(place), flatSet: summary?.set)
    return (fit, region)
  }
}
