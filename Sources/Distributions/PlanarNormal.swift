internal import RealModule

/// The normal law in the plane, `p(x) = exp(-|L^-1 (x - mean)|^2 / 2) / (2 pi det L)` with `L L^T` the covariance.
public struct PlanarNormal: PlanarDistribution, Hashable, CustomStringConvertible {
  // MARK: Parameters

  /// The mean.
  public let mean: SIMD2<Double>
  /// The covariance matrix.
  public let covariance: PlanarCovariance
  private let logPeak: Double

  /// The normal law with a mean and a covariance.
  ///
  /// - Throws: `ParameterError` unless the mean is finite.
  public init(mean: SIMD2<Double>, covariance: PlanarCovariance) throws(ParameterError) {
    try requireFinite(mean.x, "mean.x", of: "PlanarNormal")
    try requireFinite(mean.y, "mean.y", of: "PlanarNormal")
    self.mean = mean
    self.covariance = covariance
    logPeak = -.log(2 * .pi) - .log(covariance.factor.a) - .log(covariance.factor.c)
  }

  /// The round normal law with standard deviation `sd` in every direction.
  ///
  /// - Throws: `ParameterError` unless the mean is finite and `sd` finite and positive.
  public init(mean: SIMD2<Double>, sd: Double) throws(ParameterError) {
    try requirePositive(sd, "sd", of: "PlanarNormal")
    try self.init(mean: mean, covariance: PlanarCovariance(xx: sd * sd, xy: 0, yy: sd * sd))
  }

  /// For example "N((0.0, 1.0), [[1.0, 0.0], [0.0, 1.0]])".
  public var description: String { "N((\(mean.x), \(mean.y)), \(covariance))" }

  // MARK: Density

  /// The density at a point.
  public func density(_ x: SIMD2<Double>) -> Double { .exp(logDensity(x)) }

  /// The log-density at a point.
  public func logDensity(_ x: SIMD2<Double>) -> Double {
    let d = x - mean
    let u = d.x / covariance.factor.a
    let v = (d.y - covariance.factor.b * u) / covariance.factor.c
    return logPeak - 0.5 * (u * u + v * v)
  }

  // MARK: Level sets

  /// The ellipse of the points at `radius` standard deviations from the mean, a closed line of `count` pieces.
  ///
  /// It holds the mass `1 - exp(-radius^2 / 2)`: 0.39 for radius 1, 0.86 for radius 2.
  public func ellipse(radius: Double, count: Int = 120) -> [SIMD2<Double>] {
    (0...max(count, 3)).map { step in
      let angle = 2 * .pi * Double(step) / Double(max(count, 3))
      let (u, v) = (radius * Double.cos(angle), radius * Double.sin(angle))
      let factor = covariance.factor
      return mean + SIMD2(factor.a * u, factor.b * u + factor.c * v)
    }
  }

  // MARK: Sampling

  /// One draw, `mean + L z` with two standard normal numbers z.
  public func sample(using generator: inout some RandomNumberGenerator) -> SIMD2<Double> {
    let (u, v) = (generator.standardNormal(), generator.standardNormal())
    let factor = covariance.factor
    return mean + SIMD2(factor.a * u, factor.b * u + factor.c * v)
  }
}

extension PlanarNormal: Codable {
  private enum CodingKeys: String, CodingKey {
    case mean, covariance
  }

  /// Reads mean and covariance; throws what the initialisers refuse.
  public init(from decoder: any Decoder) throws {
    let parameters = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      mean: parameters.decode(SIMD2<Double>.self, forKey: .mean),
      covariance: parameters.decode(PlanarCovariance.self, forKey: .covariance))
  }

  /// Writes mean and covariance.
  public func encode(to encoder: any Encoder) throws {
    var parameters = encoder.container(keyedBy: CodingKeys.self)
    try parameters.encode(mean, forKey: .mean)
    try parameters.encode(covariance, forKey: .covariance)
  }
}
