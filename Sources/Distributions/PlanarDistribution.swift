import RealModule

/// A model of points in the plane whose density is known: a mixture, or a trained normalizing flow.
public protocol PlanarDensity: Sendable {
  /// The logarithm of the density, accurate where the density underflows; negative infinity where it vanishes.
  func logDensity(_ x: SIMD2<Double>) -> Double

  /// The logarithms of the density at many points, in their order: one call where a batch costs less.
  func logDensities(_ points: [SIMD2<Double>]) -> [Double]

  /// One draw; the same generator state gives the same bits.
  func sample(using generator: inout some RandomNumberGenerator) -> SIMD2<Double>

  /// Many draws: one call where a batch costs less.
  func samples(
    count: Int, using generator: inout some RandomNumberGenerator
  ) -> [SIMD2<Double>]
}

extension PlanarDensity {
  /// The density at a point.
  public func density(_ x: SIMD2<Double>) -> Double { .exp(logDensity(x)) }

  /// The logarithms of the density, point by point.
  public func logDensities(_ points: [SIMD2<Double>]) -> [Double] { points.map(logDensity) }

  /// Draws one after the other.
  public func samples(
    count: Int, using generator: inout some RandomNumberGenerator
  ) -> [SIMD2<Double>] {
    (0..<count).map { _ in sample(using: &generator) }
  }
}

/// A probability law on the plane with a density and known moments.
///
/// Conforming files keep one order of sections: parameters, density, moments, sampling.
public protocol PlanarDistribution: PlanarDensity {
  /// The density at a point.
  func density(_ x: SIMD2<Double>) -> Double

  /// `E X`.
  var mean: SIMD2<Double> { get }

  /// `E (X - E X) (X - E X)^T`.
  var covariance: PlanarCovariance { get }
}
