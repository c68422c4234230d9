internal import RealModule

/// The Cauchy law, `p(x) = 1 / (pi scale (1 + z^2))` with `z = (x - location) / scale`.
public struct Cauchy: ContinuousDistribution, Hashable, CustomStringConvertible {
  // MARK: Parameters

  /// The median.
  public let location: Double
  /// Half the distance of the quartiles.
  public let scale: Double

  /// The Cauchy law with a location and a scale.
  ///
  /// - Throws: `ParameterError` unless `location` is finite and `scale` is finite and positive.
  public init(location: Double, scale: Double) throws(ParameterError) {
    try requireFinite(location, "location", of: "Cauchy")
    try requirePositive(scale, "scale", of: "Cauchy")
    self.location = location
    self.scale = scale
  }

  /// For example "Cauchy(0.0, 1.0)".
  public var description: String { "Cauchy(\(location), \(scale))" }

  // MARK: Support

  /// The real line.
  public var support: [Interval] { [Interval(-.infinity, .infinity)] }

  /// Quantiles from 1e-16 to 1 - 1e-16.
  public var landmarks: [Double] { ordered(quantileLandmarks) }

  // MARK: Density

  /// The density at `x`.
  public func density(_ x: Double) -> Double {
    let z = (x - location) / scale
    return 1 / (.pi * scale * (1 + z * z))
  }

  /// The log-density at `x`.
  public func logDensity(_ x: Double) -> Double {
    let z = ((x - location) / scale).magnitude
    return -.log(.pi * scale) - (z < 1e100 ? .log(onePlus: z * z) : 2 * .log(z))
  }

  // MARK: Distribution function

  /// `1/2 + atan(z) / pi`, accurate in the lower tail.
  public func cumulative(_ x: Double) -> Double { Self.lowerTail((x - location) / scale) }

  /// `1/2 - atan(z) / pi`, accurate in the upper tail.
  public func survival(_ x: Double) -> Double { Self.lowerTail((location - x) / scale) }

  private static func lowerTail(_ z: Double) -> Double {
    z < -1 ? .atan(-1 / z) / .pi : 0.5 + .atan(z) / .pi
  }

  /// `location - scale / tan(pi probability)`.
  public func quantile(_ probability: Double) -> Double {
    location + scale * Self.standardQuantile(probability)
  }

  /// `location + scale / tan(pi tail)`.
  public func upperQuantile(_ tail: Double) -> Double {
    location - scale * Self.standardQuantile(tail)
  }

  private static func standardQuantile(_ probability: Double) -> Double {
    guard (0...1).contains(probability) else { return .nan }
    if probability == 0 { return -.infinity }
    if probability == 1 { return .infinity }
    return probability < 0.25
      ? -1 / .tan(.pi * probability)
      : probability > 0.75 ? 1 / .tan(.pi * (1 - probability)) : .tan(.pi * (probability - 0.5))
  }

  // MARK: Moments

  /// The mean does not exist.
  public var mean: Double? { nil }

  /// The variance does not exist.
  public var variance: Double? { nil }

  // MARK: Sampling

  /// One draw, by inversion.
  public func sample(using generator: inout some RandomNumberGenerator) -> Double {
    quantile(generator.nextUniform())
  }
}
