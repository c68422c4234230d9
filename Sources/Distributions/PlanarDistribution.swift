/// A probability law on the plane with a density.
///
/// Conforming files keep one order of sections: parameters, density, moments, sampling.
public protocol PlanarDistribution: Sendable {
  /// The density at a point.
  func density(_ x: SIMD2<Double>) -> Double

  /// The logarithm of the density, accurate where the density underflows.
  func logDensity(_ x: SIMD2<Double>) -> Double

  /// `E X`.
  var mean: SIMD2<Double> { get }

  /// `E (X - E X) (X - E X)^T`.
  var covariance: PlanarCovariance { get }

  /// One draw; the same generator state gives the same bits.
  func sample(using generator: inout some RandomNumberGenerator) -> SIMD2<Double>
}
