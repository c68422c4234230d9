public import Distributions
import RealModule

/// Fits one normal law to a target on the real line under any divergence.
///
/// The divergence is evaluated on a quadrature prepared once for the target while the simplex method searches from
/// several starts; what it finds is then polished and reported by the exact route, with its error.
public struct GaussianFitter: Sendable {
  /// The law that is fitted.
  public let target: any ContinuousDistribution
  /// Where a search starts: means and standard deviations.
  public let starts: [(mean: Double, sd: Double)]
  let grid: FitGrid

  /// Prepares the quadrature and the starts: the components of a mixture, the law with the target's own moments,
  /// and five quantiles with three widths each.
  public init(target: any ContinuousDistribution) {
    self.target = target
    grid = FitGrid(target: target)
    var starts: [(mean: Double, sd: Double)] = []
    for law in ((target as? Mixture)?.components ?? []) + [target] {
      if let mean = law.mean, let variance = law.variance, variance.isFinite {
        starts.append((mean, variance.squareRoot()))
      }
    }
    let scale = (target.upperQuantile(0.16) - target.quantile(0.16)) / 2
    for probability in [0.03, 0.25, 0.5, 0.75, 0.97] {
      for width in [0.25, 0.6, 1.2] {
        starts.append((target.quantile(probability), width * scale))
      }
    }
    self.starts = starts
  }

  /// All local minima of `D_f(target || normal)` that the starts lead to, the best first.
  ///
  /// - Throws: `FitError` when the divergence is infinite at every start, or has no minimum in the region looked at.
  public func fits(_ f: some GeneratorFunction) throws(FitError) -> [GaussianFit] {
    try fits(FitObjective(f, grid: grid, target: target))
  }

  /// The local minimum of `D_f(target || normal)` that lies downhill of one law.
  ///
  /// - Throws: `FitError` when the divergence is infinite there, or has no minimum downhill.
  public func fit(
    _ f: some GeneratorFunction, fromMean mean: Double, sd: Double
  ) throws(FitError) -> GaussianFit {
    guard mean.isFinite, sd > 0, sd.isFinite else {
      throw FitError(reason: "mean \(mean) and sd \(sd) are of no normal law")
    }
    let objective = FitObjective(f, grid: grid, target: target)
    guard let rough = search(objective, from: Place(mean: mean, sd: sd)),
      let place = try polished(objective, rough), !grid.isAtEdge(place)
    else {
      throw FitError(
        reason: "\(f.name) has no minimum downhill of N(\(mean), \(sd)^2)")
    }
    return try fit(place, objective).fit
  }
}
