internal import GSL
internal import RealModule

/// Student's t law, `p(x) = (1 + z^2 / n)^(-(n + 1) / 2) / (scale sqrt(n) B(n / 2, 1 / 2))` with `z = (x - location) / scale`.
public struct StudentT: ContinuousDistribution, Hashable, CustomStringConvertible {
  // MARK: Parameters

  /// The degrees of freedom `n`.
  public let degreesOfFreedom: Double
  /// The median.
  public let location: Double
  /// The scale.
  public let scale: Double
  private let logNormaliser: Double

  /// Student's t law with its degrees of freedom, a location and a scale.
  ///
  /// - Throws: `ParameterError` unless `location` is finite and the others are finite and positive.
  public init(
    degreesOfFreedom: Double, location: Double = 0, scale: Double = 1
  ) throws(ParameterError) {
    try requirePositive(degreesOfFreedom, "degreesOfFreedom", of: "StudentT")
    try requireFinite(location, "location", of: "StudentT")
    try requirePositive(scale, "scale", of: "StudentT")
    self.degreesOfFreedom = degreesOfFreedom
    self.location = location
    self.scale = scale
    logNormaliser =
      -.log(scale) - .log(degreesOfFreedom) / 2
      - SpecialFunctions.logBeta(degreesOfFreedom / 2, 0.5)
  }

  /// For example "t(3.0; 0.0, 1.0)".
  public var description: String { "t(\(degreesOfFreedom); \(location), \(scale))" }

  // MARK: Support

  /// The real line.
  public var support: [Interval] { [Interval(-.infinity, .infinity)] }

  /// Quantiles from 1e-16 to 1 - 1e-16.
  public var landmarks: [Double] { ordered(quantileLandmarks) }

  // MARK: Density

  /// The density at `x`.
  public func density(_ x: Double) -> Double { .exp(logDensity(x)) }

  /// The log-density at `x`.
  public func logDensity(_ x: Double) -> Double {
    let z = (x - location) / scale
    let n = degreesOfFreedom
    // Past 1e100, 1 is nothing beside z^2 / n, and z^2 would overflow.
    let logarithm =
      z.magnitude < 1e100
      ? Double.log(onePlus: z * z / n) : 2 * .log(z.magnitude) - .log(n)
    return logNormaliser - (n + 1) / 2 * logarithm
  }

  // MARK: Distribution function

  /// The distribution function, by the incomplete beta function.
  public func cumulative(_ x: Double) -> Double {
    StandardStudentT.lower((x - location) / scale, degreesOfFreedom: degreesOfFreedom)
  }

  /// `1 - cumulative(x)`, accurate in the upper tail.
  public func survival(_ x: Double) -> Double {
    StandardStudentT.upper((x - location) / scale, degreesOfFreedom: degreesOfFreedom)
  }

  /// The inverse of `cumulative`, to the last bits.
  public func quantile(_ probability: Double) -> Double {
    location
      + scale * StandardStudentT.lowerQuantile(probability, degreesOfFreedom: degreesOfFreedom)
  }

  /// The inverse of `survival`, to the last bits.
  public func upperQuantile(_ tail: Double) -> Double {
    location + scale * StandardStudentT.upperQuantile(tail, degreesOfFreedom: degreesOfFreedom)
  }

  // MARK: Moments

  /// The location for more than one degree of freedom, nil otherwise.
  public var mean: Double? { degreesOfFreedom > 1 ? location : nil }

  /// `scale^2 n / (n - 2)` for `n > 2`, `.infinity` for `1 < n <= 2`, nil otherwise.
  public var variance: Double? {
    let n = degreesOfFreedom
    return n > 2 ? scale * scale * n / (n - 2) : n > 1 ? .infinity : nil
  }

  // MARK: Sampling

  /// One draw: a normal over the root of a chi-square per degree of freedom.
  public func sample(using generator: inout some RandomNumberGenerator) -> Double {
    let z = generator.standardNormal()
    let half = degreesOfFreedom / 2
    let logChi = Gamma.logSample(shape: half, using: &generator) - .log(half)
    return location + scale * z * .exp(-logChi / 2)
  }
}
