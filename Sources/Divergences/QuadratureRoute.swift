import Distributions
import GSL
import RealModule

extension PrecisionRecallCurve {
  /// `∫ min(lambda p, q)` at a finite positive lambda by adaptive quadrature of the minimum, in panels that end at
  /// every crossing, landmark and end of a support.
  ///
  /// The minimum is taken pointwise, so that a crossing that was missed costs accuracy here and not correctness.
  func quadrature(at lambda: Double) -> Estimate {
    let (target, model) = (ratio.target, ratio.model)
    let level = Double.log(lambda)
    let crossings = ratio.division(at: lambda, .ofPoint).crossings.map(\.x)
    let limit = min(1, lambda)
    let negligible = limit * 1e-18
    let accuracy = max(ratio.measuredTarget.accuracy, ratio.measuredModel.accuracy)
    guard var workspace = try? QuadratureWorkspace() else {
      return Estimate(limit / 2, error: limit / 2)
    }
    var sum = Estimate(0, error: 0)
    for run in ratio.runs {
      guard let first = run.panels.first, let last = run.panels.last else { continue }
      let ends = (run.panels + crossings.filter { first < $0 && $0 < last }).sorted()
      for (lower, upper) in [(run.lower, first), (last, run.upper)] where lower < upper {
        sum.error += bound(from: lower, to: upper, lambda: lambda)
      }
      for (lower, upper) in zip(ends, ends.dropFirst()) where lower < upper {
        func logMinimum(_ x: Double) -> Double {
          min(level + target.logDensity(x), model.logDensity(x))
        }
        let integral = try? workspace.integrate(
          from: lower, to: upper, absoluteTolerance: negligible, relativeTolerance: 1e-13
        ) { .exp(logMinimum($0)) }
        if let integral, integral.error.isFinite {
          sum.value += integral.value
          // Beside GSL's estimate: the points are rounded to doubles, and so are the densities there.
          let ends = [logMinimum(lower), logMinimum(upper)].map { max(-700, min($0, 700)) }
          let rounding =
            max(lower.magnitude, upper.magnitude).ulp * (1 + (ends[1] - ends[0]).magnitude)
            / (upper - lower) + accuracy + 4 * .ulpOfOne * max(ends[0].magnitude, ends[1].magnitude)
          // Once below the absolute tolerance GSL looks no further, and its estimate means little.
          sum.error += max(integral.error, negligible) + integral.value * rounding
        } else {
          let bound = bound(from: lower, to: upper, lambda: lambda)
          sum.value += bound / 2
          sum.error += bound / 2
        }
      }
    }
    return Estimate(min(limit, sum.value), error: min(limit, sum.error))
  }

  /// What `∫ min(lambda p, q)` over an interval cannot exceed.
  private func bound(from lower: Double, to upper: Double, lambda: Double) -> Double {
    let (target, model) = (
      ratio.measuredTarget.mass(from: lower, to: upper),
      ratio.measuredModel.mass(from: lower, to: upper)
    )
    return min(lambda * (target.value + target.error), model.value + model.error)
  }
}
