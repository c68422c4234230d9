internal import RealModule

/// The uniform law on an interval, `p(x) = 1 / (upper - lower)` inside.
public struct Uniform: ContinuousDistribution, Hashable, CustomStringConvertible {
  // MARK: Parameters

  /// The lower end.
  public let lower: Double
  /// The upper end.
  public let upper: Double

  /// The uniform law between two ends.
  ///
  /// - Throws: `ParameterError` unless both ends are finite, `lower < upper`, and their distance is finite.
  public init(lower: Double, upper: Double) throws(ParameterError) {
    try requireFinite(lower, "lower", of: "Uniform")
    try requireFinite(upper, "upper", of: "Uniform")
    guard lower < upper, (upper - lower).isFinite else {
      throw ParameterError(
        "Uniform", "upper", value: "\(upper)",
        rule: "must exceed lower = \(lower) by a finite amount")
    }
    self.lower = lower
    self.upper = upper
  }

  /// For example "U(0.0, 1.0)".
  public var description: String { "U(\(lower), \(upper))" }

  // MARK: Support

  /// The interval.
  public var support: [Interval] { [Interval(lower, upper)] }

  /// The two ends.
  public var landmarks: [Double] { [lower, upper] }

  // MARK: Density

  /// The density at `x`; at the ends the value inside.
  public func density(_ x: Double) -> Double {
    lower <= x && x <= upper ? 1 / (upper - lower) : 0
  }

  /// The log-density at `x`.
  public func logDensity(_ x: Double) -> Double {
    lower <= x && x <= upper ? -.log(upper - lower) : -.infinity
  }

  // MARK: Distribution function

  /// `(x - lower) / (upper - lower)`, cut to `[0, 1]`.
  public func cumulative(_ x: Double) -> Double { min(max((x - lower) / (upper - lower), 0), 1) }

  /// `(upper - x) / (upper - lower)`, cut to `[0, 1]`.
  public func survival(_ x: Double) -> Double { min(max((upper - x) / (upper - lower), 0), 1) }

  /// The inverse of `cumulative`.
  public func quantile(_ probability: Double) -> Double {
    guard (0...1).contains(probability) else { return .nan }
    return probability == 1 ? upper : lower + probability * (upper - lower)
  }

  /// The inverse of `survival`.
  public func upperQuantile(_ tail: Double) -> Double {
    guard (0...1).contains(tail) else { return .nan }
    return tail == 1 ? lower : upper - tail * (upper - lower)
  }

  // MARK: Moments

  /// The middle.
  public var mean: Double? { lower + (upper - lower) / 2 }

  /// `(upper - lower)^2 / 12`.
  public var variance: Double? { (upper - lower) * (upper - lower) / 12 }

  // MARK: Sampling

  /// One draw, by inversion.
  public func sample(using generator: inout some RandomNumberGenerator) -> Double {
    quantile(generator.nextUniform())
  }
}
