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
  /// Whether the interval lies in the upper half, where masses are differences of survivals.
  private let isUpper: Bool

  /// The law of `X` given that it lies between `lower` and `upper`, which may be infinite.
  ///
  /// - Throws: `ParameterError` unless `lower < upper` and the interval has positive mass.
  public init(_ base: Base, lower: Double = -.infinity, upper: Double = .infinity)
    throws(ParameterError)
  {
    guard lower < upper else {
      throw ParameterError(
        "Truncated", "upper", value: "\(upper)", rule: "must exceed lower = \(lower)")
    }
    isUpper = base.cumulative(lower) > 0.5
    let mass =
      isUpper
      ? base.survival(lower) - base.survival(upper)
      : base.cumulative(upper) - base.cumulative(lower)
    guard mass > 0 else {
      throw ParameterError(
        "Truncated", "interval", value: "[\(lower), \(upper)]",
        rule: "must have positive mass under \(base)")
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
    let part =
      isUpper
      ? base.survival(interval.lower) - base.survival(x)
      : base.cumulative(x) - base.cumulative(interval.lower)
    return min(max(part / mass, 0), 1)
  }

  /// The base's mass between `x` and the upper end, over the interval's.
  public func survival(_ x: Double) -> Double {
    if x <= interval.lower { return 1 }
    if x >= interval.upper { return 0 }
    let part =
      isUpper || base.cumulative(x) > 0.5
      ? base.survival(x) - base.survival(interval.upper)
      : base.cumulative(interval.upper) - base.cumulative(x)
    return min(max(part / mass, 0), 1)
  }

  /// The base's quantile at the shifted probability.
  public func quantile(_ probability: Double) -> Double {
    guard (0...1).contains(probability) else { return .nan }
    if probability == 0 { return support.first?.lower ?? .nan }
    if probability == 1 { return support.last?.upper ?? .nan }
    let x =
      isUpper
      ? base.upperQuantile(base.survival(interval.lower) - probability * mass)
      : base.quantile(base.cumulative(interval.lower) + probability * mass)
    return min(max(x, interval.lower), interval.upper)
  }

  /// The base's upper quantile at the shifted tail.
  public func upperQuantile(_ tail: Double) -> Double {
    guard (0...1).contains(tail) else { return .nan }
    if tail == 0 { return support.last?.upper ?? .nan }
    if tail == 1 { return support.first?.lower ?? .nan }
    let x = base.upperQuantile(min(1, base.survival(interval.upper) + tail * mass))
    return min(max(x, interval.lower), interval.upper)
  }

  // MARK: Moments

  /// `E X`, by quadrature; nil where it does not exist.
  public var mean: Double? { moment { $0 } }

  /// `E (X - E X)^2`, by quadrature; nil where the mean does not exist.
  public var variance: Double? {
    guard let mean else { return nil }
    return moment { ($0 - mean) * ($0 - mean) } ?? .infinity
  }

  // MARK: Sampling

  /// One draw, by inversion.
  public func sample(using generator: inout some RandomNumberGenerator) -> Double {
    quantile(generator.openUniform())
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
