import Distributions
import GSL
import RealModule

/// A normal law as a point of the plane in which fits are searched.
struct Place: Hashable {
  var mean: Double
  var logSD: Double

  init(mean: Double, sd: Double) {
    self.mean = mean
    logSD = .log(sd)
  }

  init(_ coordinates: [Double]) {
    mean = coordinates[0]
    logSD = coordinates[1]
  }

  var sd: Double { .exp(logSD) }
  var coordinates: [Double] { [mean, logSD] }

  /// The larger change of both parameters, the mean's in standard deviations.
  func distance(to other: Place) -> Double {
    max(abs(mean - other.mean) / min(sd, other.sd), abs(logSD - other.logSD))
  }
}

/// A divergence of normal models from one target: fast on a grid, exact where it matters.
struct FitObjective {
  /// The divergence's name.
  let name: String
  /// Whether f has kinks, which the grid sees only roughly.
  let hasKinks: Bool
  /// The value on the grid; infinite beyond the region looked at.
  let rough: (Place) -> Double
  /// The value with its error.
  let exact: (Place) throws(FitError) -> Estimate

  /// Whether no minimum can be told from this one by its value.
  func isNearlyZero(_ place: Place) -> Bool { rough(place) <= 1e-14 }

  /// How far apart two ends of a search on the grid may be that lead to the same minimum.
  var roughness: Double { hasKinks ? 0.02 : 1e-3 }

  init(_ f: some GeneratorFunction, grid: FitGrid, target: any ContinuousDistribution) {
    name = f.name
    hasKinks = !f.curvature.atoms.isEmpty
    // The PR-divergence, of which total variation is one, has faster and sharper routes of its own.
    let tradeOff =
      f is TotalVariation ? 1 : (f as? PrecisionRecallDivergence).map(\.lambda) ?? .infinity
    rough = { place in
      guard grid.contains(place) else { return .infinity }
      return tradeOff.isFinite
        ? grid.divergence(lambda: tradeOff, mean: place.mean, sd: place.sd)
        : grid.divergence(f, mean: place.mean, sd: place.sd)
    }
    exact = { place throws(FitError) in
      do {
        let pair = DensityPair(
          target: target, model: try Normal(mean: place.mean, sd: place.sd))
        return tradeOff.isFinite
          ? try pair.curve.divergence(tradeOff) : try f.divergence(pair)
      } catch {
        throw FitError(reason: "\(f.name) cannot be computed at \(place): \(error)")
      }
    }
  }
}

extension FitGrid {
  /// Whether a model lies in the region that is searched: it must overlap what the grid covers, and be neither finer
  /// than the grid nor much wider than the target.
  func contains(_ place: Place) -> Bool {
    abs(place.mean - middle) <= 4 * spread
      && place.logSD >= .log(finest / 20) && place.logSD <= .log(20 * spread)
  }

  /// Whether a model lies so close to the edge of the region that the minimum must be beyond.
  func isAtEdge(_ place: Place) -> Bool {
    !contains(Place(mean: middle + (place.mean - middle) * 1.02, sd: place.sd))
      || !contains(Place(mean: place.mean, sd: place.sd * 1.02))
      || !contains(Place(mean: place.mean, sd: place.sd / 1.02))
  }
}
