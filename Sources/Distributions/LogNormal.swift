internal import RealModule

/// The law of `exp(Z)` for a normal `Z`, `p(x) = n(log x) / x` with `n` the density of `Z`.
public struct LogNormal: ContinuousDistribution, Hashable, CustomStringConvertible {
  // MARK: Parameters

  private let logarithm: Normal
  /// The mean of the logarithm.
  public let logMean: Double

  /// The standard deviation of the logarithm.
  public var logSD: Double { logarithm.sd }

  /// The log-normal law with the mean and the standard deviation of its logarithm.
  ///
  /// - Throws: `ParameterError` unless `logMean` is finite and `logSD` is finite and positive.
  public init(logMean: Double, logSD: Double) throws(ParameterError) {
    try requireFinite(logMean, "logMean", of: "LogNormal")
    try requirePositive(logSD, "logSD", of: "LogNormal")
    self.logMean = logMean
    logarithm = try Normal(mean: logMean, sd: logSD)
  }

  /// For example "LogNormal(0.0, 1.0)".
  public var description: String { "LogNormal(\(logMean), \(logSD))" }

  // MARK: Support

  /// The half-line from 0.
  public var support: [Interval] { [Interval(0, .infinity)] }

  /// The end 0, the mode, and quantiles from 1e-16 to 1 - 1e-16.
  public var landmarks: [Double] {
    ordered(quantileLandmarks + [0, .exp(logMean - logSD * logSD)])
  }

  // MARK: Density

  /// The density at `x`.
  public func density(_ x: Double) -> Double { .exp(logDensity(x)) }

  /// The log-density at `x`.
  public func logDensity(_ x: Double) -> Double {
    guard x > 0, x < .infinity else { return -.infinity }
    let log = Double.log(x)
    return logarithm.logDensity(log) - log
  }

  // MARK: Distribution function

  /// `Phi((log x - logMean) / logSD)`.
  public func cumulative(_ x: Double) -> Double { x > 0 ? logarithm.cumulative(.log(x)) : 0 }

  /// `1 - cumulative(x)`, accurate in the upper tail.
  public func survival(_ x: Double) -> Double { x > 0 ? logarithm.survival(.log(x)) : 1 }

  /// The exponential of the normal quantile.
  public func quantile(_ probability: Double) -> Double { .exp(logarithm.quantile(probability)) }

  /// The exponential of the normal upper quantile.
  public func upperQuantile(_ tail: Double) -> Double { .exp(logarithm.upperQuantile(tail)) }

  // MARK: Moments

  /// `exp(logMean + logSD^2 / 2)`.
  public var mean: Double? { .exp(logMean + logSD * logSD / 2) }

  /// `(exp(logSD^2) - 1) exp(2 logMean + logSD^2)`.
  public var variance: Double? {
    .expMinusOne(logSD * logSD) * .exp(2 * logMean + logSD * logSD)
  }

  // MARK: Sampling

  /// One draw: the exponential of a normal one.
  public func sample(using generator: inout some RandomNumberGenerator) -> Double {
    .exp(logarithm.sample(using: &generator))
  }
}
