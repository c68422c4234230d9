internal import RealModule

/// The Laplace law, `p(x) = exp(-|x - location| / scale) / (2 scale)`.
public struct Laplace: ContinuousDistribution, Hashable, CustomStringConvertible {
  // MARK: Parameters

  /// The median and mean.
  public let location: Double
  /// The mean absolute deviation.
  public let scale: Double

  /// The Laplace law with a location and a scale.
  ///
  /// - Throws: `ParameterError` unless `location` is finite and `scale` is finite and positive.
  public init(location: Double, scale: Double) throws(ParameterError) {
    try requireFinite(location, "location", of: "Laplace")
    try requirePositive(scale, "scale", of: "Laplace")
    self.location = location
    self.scale = scale
  }

  /// For example "Laplace(0.0, 1.0)".
  public var description: String { "Laplace(\(location), \(scale))" }

  // MARK: Support

  /// The real line.
  public var support: [Interval] { [Interval(-.infinity, .infinity)] }

  /// The kink and quantiles from 1e-16 to 1 - 1e-16.
  public var landmarks: [Double] { ordered(quantileLandmarks + [location]) }

  // MARK: Density

  /// The density at `x`.
  public func density(_ x: Double) -> Double {
    .exp(-(x - location).magnitude / scale) / (2 * scale)
  }

  /// The log-density at `x`.
  public func logDensity(_ x: Double) -> Double {
    -(x - location).magnitude / scale - .log(2 * scale)
  }

  // MARK: Distribution function

  /// `exp(z) / 2` below the location, `1 - exp(-z) / 2` above.
  public func cumulative(_ x: Double) -> Double { Self.lowerTail((x - location) / scale) }

  /// `1 - cumulative(x)`, accurate in the upper tail.
  public func survival(_ x: Double) -> Double { Self.lowerTail((location - x) / scale) }

  private static func lowerTail(_ z: Double) -> Double {
    z <= 0 ? 0.5 * .exp(z) : 1 - 0.5 * .exp(-z)
  }

  /// The inverse of `cumulative`.
  public func quantile(_ probability: Double) -> Double {
    location + scale * Self.standardQuantile(probability)
  }

  /// The inverse of `survival`.
  public func upperQuantile(_ tail: Double) -> Double {
    location - scale * Self.standardQuantile(tail)
  }

  private static func standardQuantile(_ probability: Double) -> Double {
    guard (0...1).contains(probability) else { return .nan }
    return probability <= 0.5 ? .log(2 * probability) : -.log(2 * (1 - probability))
  }

  // MARK: Moments

  /// The location.
  public var mean: Double? { location }

  /// `2 scale^2`.
  public var variance: Double? { 2 * scale * scale }

  // MARK: Sampling

  /// One draw, by inversion.
  public func sample(using generator: inout some RandomNumberGenerator) -> Double {
    quantile(generator.nextUniform())
  }
}
