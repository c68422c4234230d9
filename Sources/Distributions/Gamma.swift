internal import GSL
internal import RealModule

/// The gamma law, `p(x) = rate^shape x^(shape - 1) exp(-rate x) / Gamma(shape)` for `x > 0`.
public struct Gamma: ContinuousDistribution, Hashable, CustomStringConvertible {
  // MARK: Parameters

  /// The shape; below 1 the density has a pole at 0.
  public let shape: Double
  /// The rate, the inverse of the scale.
  public let rate: Double
  private let logNormaliser: Double

  /// The gamma law with a shape and a rate.
  ///
  /// - Throws: `ParameterError` unless both are finite and positive.
  public init(shape: Double, rate: Double) throws(ParameterError) {
    try requirePositive(shape, "shape", of: "Gamma")
    try requirePositive(rate, "rate", of: "Gamma")
    self.shape = shape
    self.rate = rate
    logNormaliser = .log(rate) - SpecialFunctions.logGamma(shape)
  }

  /// For example "Gamma(0.5, 1.0)".
  public var description: String { "Gamma(\(shape), \(rate))" }

  // MARK: Support

  /// The half-line from 0.
  public var support: [Interval] { [Interval(0, .infinity)] }

  /// The end 0, the mode, and quantiles from 1e-16 to 1 - 1e-16.
  public var landmarks: [Double] {
    ordered(quantileLandmarks + [0, max(0, (shape - 1) / rate)])
  }

  // MARK: Density

  /// The density at `x`, `.infinity` at 0 when `shape < 1`.
  public func density(_ x: Double) -> Double { .exp(logDensity(x)) }

  /// The log-density at `x`.
  public func logDensity(_ x: Double) -> Double {
    guard x >= 0, x < .infinity else { return -.infinity }
    if shape == 1 { return logNormaliser - rate * x }
    if x == 0 { return shape < 1 ? .infinity : -.infinity }
    // The plain formula cancels for a large shape.
    if shape > 10 { return .log(rate) + StandardGamma.logDensity(rate * x, shape: shape) }
    return logNormaliser + (shape - 1) * .log(rate * x) - rate * x
  }

  // MARK: Distribution function

  /// The regularised incomplete gamma function `P(shape, rate x)`.
  public func cumulative(_ x: Double) -> Double {
    StandardGamma.lower(rate * x, shape: shape)
  }

  /// `Q(shape, rate x)`.
  public func survival(_ x: Double) -> Double {
    StandardGamma.upper(rate * x, shape: shape)
  }

  /// The inverse of `cumulative`, to the last bits.
  public func quantile(_ probability: Double) -> Double {
    StandardGamma.lowerQuantile(probability, shape: shape) / rate
  }

  /// The inverse of `survival`, to the last bits.
  public func upperQuantile(_ tail: Double) -> Double {
    StandardGamma.upperQuantile(tail, shape: shape) / rate
  }

  // MARK: Moments

  /// `shape / rate`.
  public var mean: Double? { shape / rate }

  /// `shape / rate^2`.
  public var variance: Double? { shape / (rate * rate) }

  // MARK: Sampling

  /// One draw by Marsaglia and Tsang's method (ACM TOMS 26, 2000).
  public func sample(using generator: inout some RandomNumberGenerator) -> Double {
    .exp(Self.logSample(shape: shape, using: &generator)) / rate
  }

  /// The logarithm of a draw of rate 1, which does not underflow for tiny shapes.
  static func logSample(shape: Double, using generator: inout some RandomNumberGenerator) -> Double
  {
    if shape < 1 {
      let boost = Double.log(generator.nextUniform()) / shape
      return logSample(shape: shape + 1, using: &generator) + boost
    }
    let d = shape - 1.0 / 3
    let c = 1 / Double.sqrt(9 * d)
    while true {
      let z = generator.standardNormal()
      let u = generator.nextUniform()
      guard 1 + c * z > 0 else { continue }
      let logV = 3 * Double.log(onePlus: c * z)
      if .log(u) < 0.5 * z * z + d - d * .exp(logV) + d * logV { return .log(d) + logV }
    }
  }
}
