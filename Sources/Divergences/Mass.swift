import Distributions
import GSL

extension ContinuousDistribution {
  /// `P(lower < X < upper)` from the distribution function or the survival function, whichever cancels less.
  func mass(from lower: Double, to upper: Double) -> Estimate {
    if lower == -.infinity {
      let value = upper == .infinity ? 1 : cumulative(upper)
      return Estimate(value, error: upper == .infinity ? 0 : tailAccuracy * value)
    }
    if upper == .infinity {
      let value = survival(lower)
      return Estimate(value, error: tailAccuracy * value)
    }
    let below = cumulative(lower)
    let (larger, smaller) =
      below < 0.5 ? (cumulative(upper), below) : (survival(lower), survival(upper))
    return Estimate(max(0, larger - smaller), error: tailAccuracy * (larger + smaller))
  }
}

/// The relative accuracy that is asked of every distribution function and every survival function.
private let tailAccuracy = 1e-14
