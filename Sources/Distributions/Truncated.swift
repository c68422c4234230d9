internal import GSL
internal import RealModule

/// The law of `X` given that `X` lies in an interval.
public struct Truncated<Base: ContinuousDistribution>: ContinuousDistribution,
  CustomStringConvertible
{
  // MARK: Parameters

  /// The law of `X`.
  public let base: Base
  /// The interval that `X` is known to lie in.
  public let interval: Interval
  /// The mass of the interval under the base.
  public let mass: Double

  /// The law of `X` given that it lies between `lower` and `upper`, which may be infinite.
  ///
  /// - Throws: `ParameterError` unless `lower < upper` and the interval's mass is positive and no
  ///   less than 1e-307, below which a `Double` loses its digits.
  public init(_ base: Base, lower: Double = -.infinity, upper: Double = .infinity)
    throws(ParameterError)
  {
    for (name, end) in [("lower", lower), ("upper", upper)] where end.isNaN {
      throw ParameterError("Truncated", name, value: "nan", rule: "must be a number")
    }
    guard lower < upper else {
      throw ParameterError(
        "Truncated", "upper", value: "\(upper)", rule: "must exceed lower = \(lower)")
    }
    let mass = base.mass(from: lower, to: upper)
    guard mass >= .leastNormalMagnitude else {
      throw ParameterError(
        "Truncated", "interval", value: "[\(lower), \(upper)]",
        rule: "must have positive mass under \(base), of at least 1e-307")
    }
    self.base = base
    self.mass = mass
    interval = Interval(lower, upper)
  }

  /// For example "N(0.0, 1.0^2) on [0.0, inf]".
  public var description: String { "\(base) on [\(interval.lower), \(interval.upper)]" }

  // MARK: Support

  /// The part of the base's support inside of the interval.
  public var support: [Interval] {
    base.support.compactMap {
      let lower = max($0.lower, interval.lower)
      let upper = min($0.upper, interval.upper)
      return lower < upper ? Interval(lower, upper) : nil
    }
  }

  /// The interval's ends, the base's landmarks inside, and quantiles from 1e-16 to 1 - 1e-16.
  public var landmarks: [Double] {
    ordered(
      (base.landmarks + quantileLandmarks + [interval.lower, interval.upper]).filter {
        interval.lower <= $0 && $0 <= interval.upper
      })
  }

  // MARK: Density

  /// The base's density over the interval's mass.
  public func density(_ x: Double) -> Double {
    interval.lower <= x && x <= interval.upper ? base.density(x) / mass : 0
  }

  /// The log-density at `x`.
  public func logDensity(_ x: Double) -> Double {
    interval.lower <= x && x <= interval.upper ? base.logDensity(x) - .log(mass) : -.infinity
  }

  // MARK: Distribution function

  /// The base's mass between the lower end and `x`, over the interval's.
  public func cumulative(_ x: Double) -> Double {
    if x <= interval.lower { return 0 }
    if x >= interval.upper { return 1 }
    return min(base.mass(from: interval.lower, to: x) / mass, 1)
  }

  /// The base's mass between `x` and the upper end, over the interval's.
  public func survival(_ x: Double) -> Double {
    if x <= interval.lower { return 1 }
    if x >= interval.upper { return 0 }
    return min(base.mass(from: x, to: interval.upper) / mass, 1)
  }

  /// The base's quantile at the shifted probability, polished.
  public func quantile(_ probability: Double) -> Double {
    if probability > 0.5 { return upperQuantile(1 - probability) }
    return inverted(probability, isUpper: false, near: start(below: probability))
  }

  /// The base's upper quantile at the shifted tail, polished.
  public func upperQuantile(_ tail: Double) -> Double {
    if tail > 0.5 { return quantile(1 - tail) }
    return inverted(tail, isUpper: true, near: start(below: 1 - tail))
  }

  private func start(below probability: Double) -> Double {
    let before = base.survival(interval.lower)
    return before <= 0.5
      ? base.upperQuantile(before - probability * mass)
      : base.quantile(min(base.cumulative(interval.lower) + probability * mass, 1))
  }

  // MARK: Moments

  /// `E X`, by quadrature; nil where it does not exist.
  public var mean: Double? { tailExponent > 1 ? moment { $0 } : nil }

  /// `E (X - E X)^2`, by quadrature; `.infinity` where it diverges, nil where the mean does not exist.
  public var variance: Double? {
    guard let mean else { return nil }
    return tailExponent > 2 ? moment { ($0 - mean) * ($0 - mean) } : .infinity
  }

  /// The least `a` for which a tail falls like `|x|^-a`, `.infinity` when all fall faster or end.
  private var tailExponent: Double {
    let slack = 1e-6
    var exponent = Double.infinity
    if support.last?.upper == .infinity {
      let x = upperQuantile(1e-200) * 1e20
      exponent = x < .infinity ? .log10(1e-200 / survival(x)) / 20 : 0
    }
    if support.first?.lower == -.infinity {
      let x = quantile(1e-200) * 1e20
      exponent = min(exponent, x > -.infinity ? .log10(1e-200 / cumulative(x)) / 20 : 0)
    }
    return exponent - slack
  }

  // MARK: Sampling

  /// One draw, by inversion.
  public func sample(using generator: inout some RandomNumberGenerator) -> Double {
    quantile(generator.nextUniform())
  }
}

extension ContinuousDistribution {
  /// The law given that `X` lies between `lower` and `upper`.
  ///
  /// - Throws: `ParameterError` unless `lower < upper` and the interval has positive mass.
  public func truncated(from lower: Double = -.infinity, to upper: Double = .infinity)
    throws(ParameterError) -> Truncated<Self>
  {
    try Truncated(self, lower: lower, upper: upper)
  }
}
