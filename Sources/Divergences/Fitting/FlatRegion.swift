import RealModule

/// The normal laws around a place at which a divergence is zero, on a lattice.
struct FlatRegion {
  private let origin: Place
  private let meanStep: Double
  private let logStep = 0.05
  private var points: Set<SIMD2<Int>> = []
  private var isCutOff = false

  /// The connected lattice points with a rough value of zero; nil when that is the place alone.
  init?(around place: Place, _ objective: FitObjective, grid: FitGrid) {
    origin = place
    meanStep = grid.spread / 100
    var seen: Set<SIMD2<Int>> = [.zero]
    var queue: [SIMD2<Int>] = [.zero]
    var next = 0
    while next < queue.count {
      let here = queue[next]
      next += 1
      for step: SIMD2<Int> in [[1, 0], [-1, 0], [0, 1], [0, -1]] {
        let neighbour = here &+ step
        guard seen.insert(neighbour).inserted else { continue }
        let place = self.place(neighbour)
        if !grid.contains(place) || queue.count >= Self.limit {
          isCutOff = true
        } else if objective.rough(place) <= FitObjective.zero {
          queue.append(neighbour)
        }
      }
    }
    guard queue.count > 1 else { return nil }
    points = Set(queue)
  }

  /// No set of interest has more points; one that has is reported as cut off.
  private static let limit = 100_000

  private func place(_ point: SIMD2<Int>) -> Place {
    Place([origin.mean + Double(point.x) * meanStep, origin.logSD + Double(point.y) * logStep])
  }

  /// Whether a place lies in a lattice cell with a corner in the set.
  func contains(_ place: Place) -> Bool {
    let x = ((place.mean - origin.mean) / meanStep).rounded(.down)
    let y = ((place.logSD - origin.logSD) / logStep).rounded(.down)
    guard x.magnitude < 1e9, y.magnitude < 1e9 else { return false }
    let corner = SIMD2(Int(x), Int(y))
    let cell: [SIMD2<Int>] = [[0, 0], [1, 0], [0, 1], [1, 1]]
    return cell.contains { points.contains(corner &+ $0) }
  }

  /// The set's extent.
  var summary: GaussianFit.FlatSet {
    let places = points.map(place)
    let (means, sds) = (places.map(\.mean), places.map(\.sd))
    return GaussianFit.FlatSet(
      mean: means.min()!...means.max()!, sd: sds.min()!...sds.max()!, count: points.count,
      meanStep: meanStep, sdFactor: .exp(logStep), isCutOff: isCutOff)
  }
}
