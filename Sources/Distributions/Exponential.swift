internal import RealModule

/// The exponential law, `p(x) = rate exp(-rate x)` for `x >= 0`.
public struct Exponential: ContinuousDistribution, Hashable, CustomStringConvertible {
  // MARK: Parameters

  /// The rate, the inverse of the mean.
  public let rate: Double

  /// The exponential law with a rate.
  ///
  /// - Throws: `ParameterError` unless `rate` is finite and positive.
  public init(rate: Double) throws(ParameterError) {
    try requirePositive(rate, "rate", of: "Exponential")
    self.rate = rate
  }

  /// For example "Exp(2.0)".
  public var description: String { "Exp(\(rate))" }

  // MARK: Support

  /// The half-line from 0.
  public var support: [Interval] { [Interval(0, .infinity)] }

  /// The jump at 0 and quantiles from 1e-16 to 1 - 1e-16.
  public var landmarks: [Double] { ordered(quantileLandmarks + [0]) }

  // MARK: Density

  /// The density at `x`.
  public func density(_ x: Double) -> Double { x >= 0 ? rate * .exp(-rate * x) : 0 }

  /// The log-density at `x`.
  public func logDensity(_ x: Double) -> Double { x >= 0 ? .log(rate) - rate * x : -.infinity }

  // MARK: Distribution function

  /// `1 - exp(-rate x)`, accurate near 0.
  public func cumulative(_ x: Double) -> Double { x > 0 ? -.expMinusOne(-rate * x) : 0 }

  /// `exp(-rate x)`.
  public func survival(_ x: Double) -> Double { x > 0 ? .exp(-rate * x) : 1 }

  /// `-log(1 - probability) / rate`.
  public func quantile(_ probability: Double) -> Double {
    guard (0...1).contains(probability) else { return .nan }
    return -.log(onePlus: -probability) / rate
  }

  /// `-log(tail) / rate`.
  public func upperQuantile(_ tail: Double) -> Double {
    guard (0...1).contains(tail) else { return .nan }
    return -.log(tail) / rate
  }

  // MARK: Moments

  /// `1 / rate`.
  public var mean: Double? { 1 / rate }

  /// `1 / rate^2`.
  public var variance: Double? { 1 / (rate * rate) }

  // MARK: Sampling

  /// One draw, by inversion.
  public func sample(using generator: inout some RandomNumberGenerator) -> Double {
    upperQuantile(generator.nextUniform())
  }
}
