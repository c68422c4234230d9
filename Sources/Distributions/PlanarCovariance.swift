internal import RealModule

/// A symmetric positive definite matrix `[[xx, xy], [xy, yy]]`, the covariance of a law in the plane.
public struct PlanarCovariance: Sendable, Hashable, CustomStringConvertible {
  /// The variance of the first coordinate.
  public let xx: Double
  /// The covariance of both coordinates.
  public let xy: Double
  /// The variance of the second coordinate.
  public let yy: Double
  /// The lower triangular L with `L L^T` equal to the matrix: `[[a, 0], [b, c]]` with a and c positive.
  public let factor: Factor

  /// A lower triangular matrix `[[a, 0], [b, c]]`.
  public struct Factor: Sendable, Hashable {
    /// The entries.
    public let a, b, c: Double
  }

  /// The matrix with the given entries.
  ///
  /// - Throws: `ParameterError` unless the entries are finite and the matrix is positive definite beyond rounding.
  public init(xx: Double, xy: Double, yy: Double) throws(ParameterError) {
    func refused(_ name: String, _ value: Double, _ rule: String) -> ParameterError {
      ParameterError("PlanarCovariance", name, value: "\(value)", rule: rule)
    }
    guard xx > 0, xx.isFinite else { throw refused("xx", xx, "must be finite and positive") }
    guard yy > 0, yy.isFinite else { throw refused("yy", yy, "must be finite and positive") }
    guard xy.isFinite else { throw refused("xy", xy, "must be finite") }
    let a = xx.squareRoot()
    let b = xy / a
    let rest = yy - b * b
    guard rest > 4 * .ulpOfOne * yy else {
      throw refused(
        "xy", xy,
        "must be smaller than sqrt(xx yy) = \(a * yy.squareRoot()), so that the matrix "
          + "[[\(xx), \(xy)], [\(xy), \(yy)]] is positive definite")
    }
    (self.xx, self.xy, self.yy) = (xx, xy, yy)
    factor = Factor(a: a, b: b, c: rest.squareRoot())
  }

  /// The matrix with standard deviations `major` along `angle` (radians from the first axis) and `minor` across.
  ///
  /// - Throws: `ParameterError` unless all are finite and both deviations positive.
  public init(major: Double, minor: Double, angle: Double = 0) throws(ParameterError) {
    try requirePositive(major, "major", of: "PlanarCovariance")
    try requirePositive(minor, "minor", of: "PlanarCovariance")
    try requireFinite(angle, "angle", of: "PlanarCovariance")
    let (c, s) = (Double.cos(angle), Double.sin(angle))
    let (u, v) = (major * major, minor * minor)
    try self.init(
      xx: c * c * u + s * s * v, xy: c * s * (u - v), yy: s * s * u + c * c * v)
  }

  /// For example "[[1.0, 0.5], [0.5, 2.0]]".
  public var description: String { "[[\(xx), \(xy)], [\(xy), \(yy)]]" }

  /// The square roots of the eigenvalues: the standard deviations along the principal axes.
  public var principalDeviations: (major: Double, minor: Double) {
    let middle = xx / 2 + yy / 2
    let radius = Double.hypot(xx / 2 - yy / 2, xy)
    // The product of the eigenvalues is (a c)^2: this way the smaller one does not cancel.
    let major = (middle + radius).squareRoot()
    return (major, factor.a * factor.c / major)
  }

  /// The direction of the major axis, in radians from the first axis, in `(-pi / 2, pi / 2]`; 0 for a multiple of the
  /// identity.
  public var angle: Double { Double.atan2(y: 2 * xy, x: xx - yy) / 2 }
}

extension PlanarCovariance: Codable {
  private enum CodingKeys: String, CodingKey {
    case xx, xy, yy
  }

  /// Reads the three entries; throws what `init(xx:xy:yy:)` refuses.
  public init(from decoder: any Decoder) throws {
    let entries = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      xx: entries.decode(Double.self, forKey: .xx), xy: entries.decode(Double.self, forKey: .xy),
      yy: entries.decode(Double.self, forKey: .yy))
  }

  /// Writes the three entries.
  public func encode(to encoder: any Encoder) throws {
    var entries = encoder.container(keyedBy: CodingKeys.self)
    try entries.encode(xx, forKey: .xx)
    try entries.encode(xy, forKey: .xy)
    try entries.encode(yy, forKey: .yy)
  }
}
