internal import GSL
internal import RealModule

/// The normal law, `p(x) = exp(-z^2 / 2) / (sd sqrt(2 pi))` with `z = (x - mean) / sd`.
public struct Normal: ContinuousDistribution, Hashable, CustomStringConvertible {
  // MARK: Parameters

  let center: Double
  /// The standard deviation.
  public let sd: Double
  let peak: Double
  let logPeak: Double

  /// The normal law with a mean and a standard deviation.
  ///
  /// - Throws: `ParameterError` unless `mean` is finite and `sd` is finite and positive.
  public init(mean: Double, sd: Double) throws(ParameterError) {
    try requireFinite(mean, "mean", of: "Normal")
    try requirePositive(sd, "sd", of: "Normal")
    center = mean
    self.sd = sd
    peak = 1 / (sd * .sqrt(2 * .pi))
    logPeak = -.log(sd) - .log(2 * .pi) / 2
  }

  /// For example "N(-2.0, 0.7^2)".
  public var description: String { "N(\(center), \(sd)^2)" }

  // MARK: Support

  /// The real line.
  public var support: [Interval] { [Interval(-.infinity, .infinity)] }

  /// Quantiles from 1e-16 to 1 - 1e-16.
  public var landmarks: [Double] { ordered(quantileLandmarks) }

  // MARK: Density

  /// The density at `x`.
  public func density(_ x: Double) -> Double {
    let z = (x - center) / sd
    return peak * .exp(-0.5 * z * z)
  }

  /// The log-density at `x`.
  public func logDensity(_ x: Double) -> Double {
    let z = (x - center) / sd
    return logPeak - 0.5 * z * z
  }

  // MARK: Distribution function

  /// `Phi(z)`.
  public func cumulative(_ x: Double) -> Double { StandardNormal.upper((center - x) / sd) }

  /// `1 - Phi(z)`, accurate in the upper tail.
  public func survival(_ x: Double) -> Double { StandardNormal.upper((x - center) / sd) }

  /// `mean + sd * Phi^-1(probability)`.
  public func quantile(_ probability: Double) -> Double {
    center + sd * StandardNormal.lowerQuantile(probability)
  }

  /// `mean - sd * Phi^-1(tail)`.
  public func upperQuantile(_ tail: Double) -> Double {
    center + sd * StandardNormal.upperQuantile(tail)
  }

  // MARK: Moments

  /// The mean.
  public var mean: Double? { center }

  /// The variance, `sd^2`.
  public var variance: Double? { sd * sd }

  // MARK: Sampling

  /// One draw, by inversion.
  public func sample(using generator: inout some RandomNumberGenerator) -> Double {
    center + sd * generator.standardNormal()
  }
}

extension RandomNumberGenerator {
  /// A draw of N(0, 1), by inversion of one uniform number.
  mutating func standardNormal() -> Double { StandardNormal.lowerQuantile(nextUniform()) }
}
