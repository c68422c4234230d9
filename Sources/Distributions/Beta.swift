internal import GSL
internal import RealModule

/// The beta law, `p(x) = x^(alpha - 1) (1 - x)^(beta - 1) / B(alpha, beta)` on `(0, 1)`.
public struct Beta: ContinuousDistribution, Hashable, CustomStringConvertible {
  // MARK: Parameters

  /// The exponent at 0, plus one; below 1 the density has a pole there.
  public let alpha: Double
  /// The exponent at 1, plus one; below 1 the density has a pole there.
  public let beta: Double
  private let logNormaliser: Double

  /// The beta law with its two exponents.
  ///
  /// - Throws: `ParameterError` unless both are finite and positive.
  public init(alpha: Double, beta: Double) throws(ParameterError) {
    try requirePositive(alpha, "alpha", of: "Beta")
    try requirePositive(beta, "beta", of: "Beta")
    self.alpha = alpha
    self.beta = beta
    logNormaliser = -SpecialFunctions.logBeta(alpha, beta)
  }

  /// For example "Beta(5.0, 1.0)".
  public var description: String { "Beta(\(alpha), \(beta))" }

  // MARK: Support

  /// The unit interval.
  public var support: [Interval] { [Interval(0, 1)] }

  /// Both ends, the mode or antimode, and quantiles from 1e-16 to 1 - 1e-16.
  public var landmarks: [Double] {
    let bend = (alpha - 1) / (alpha + beta - 2)
    return ordered(quantileLandmarks + [0, 1] + (bend > 0 && bend < 1 ? [bend] : []))
  }

  // MARK: Density

  /// The density at `x`, `.infinity` at a pole.
  public func density(_ x: Double) -> Double { .exp(logDensity(x)) }

  /// The log-density at `x`.
  public func logDensity(_ x: Double) -> Double {
    guard x >= 0, x <= 1 else { return -.infinity }
    // The plain formula cancels for large exponents.
    if min(alpha, beta) > 10 { return StandardBeta.logDensity(x, alpha, beta) }
    return logNormaliser + Self.power(alpha - 1, .log(x)) + Self.power(beta - 1, .log(onePlus: -x))
  }

  /// `exponent * logarithm` with `0 * infinity = 0`.
  private static func power(_ exponent: Double, _ logarithm: Double) -> Double {
    exponent == 0 ? 0 : exponent * logarithm
  }

  // MARK: Distribution function

  /// The regularised incomplete beta function `I_x(alpha, beta)`.
  public func cumulative(_ x: Double) -> Double {
    StandardBeta.lower(x, alpha, beta)
  }

  /// `1 - I_x(alpha, beta)`.
  public func survival(_ x: Double) -> Double {
    StandardBeta.upper(x, alpha, beta)
  }

  /// The inverse of `cumulative`, to the last bits.
  public func quantile(_ probability: Double) -> Double {
    StandardBeta.lowerQuantile(probability, alpha, beta)
  }

  /// The inverse of `survival`, to the last bits.
  public func upperQuantile(_ tail: Double) -> Double {
    StandardBeta.upperQuantile(tail, alpha, beta)
  }

  // MARK: Moments

  /// `alpha / (alpha + beta)`.
  public var mean: Double? { alpha / (alpha + beta) }

  /// `alpha beta / ((alpha + beta)^2 (alpha + beta + 1))`.
  public var variance: Double? {
    let sum = alpha + beta
    return (alpha / sum) * (beta / sum) / (sum + 1)
  }

  // MARK: Sampling

  /// One draw, as the share of one gamma variate in the sum of two.
  public func sample(using generator: inout some RandomNumberGenerator) -> Double {
    let first = Gamma.logSample(shape: alpha, using: &generator)
    let second = Gamma.logSample(shape: beta, using: &generator)
    return 1 / (1 + .exp(second - first))
  }
}
