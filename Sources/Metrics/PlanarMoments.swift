public import Distributions
import RealModule

/// Mean and covariance of a law or a sample in the plane. The covariance may be singular, as that of a collapsed model
/// is.
public struct PlanarMoments: Sendable, Hashable, Codable {
  /// The mean.
  public let mean: SIMD2<Double>
  /// The variance of the first coordinate.
  public let xx: Double
  /// The covariance of both coordinates.
  public let xy: Double
  /// The variance of the second coordinate.
  public let yy: Double

  init(mean: SIMD2<Double>, xx: Double, xy: Double, yy: Double) {
    (self.mean, self.xx, self.xy, self.yy) = (mean, xx, xy, yy)
  }

  /// The moments of a law.
  public init(of law: some PlanarDistribution) {
    let covariance = law.covariance
    self.init(mean: law.mean, xx: covariance.xx, xy: covariance.xy, yy: covariance.yy)
  }

  /// The moments of a sample, the covariance with divisor `n - 1`.
  ///
  /// - Throws: `ParameterError` when there are fewer than two points or one is not finite.
  public init(of samples: [SIMD2<Double>]) throws(ParameterError) {
    try requireSamples(samples, of: "PlanarMoments", atLeast: 2)
    let n = Double(samples.count)
    // Relative to the first point, so that a cloud far from the origin loses nothing.
    let origin = samples[0]
    let shift = samples.reduce(SIMD2<Double>.zero) { $0 + ($1 - origin) } / n
    let mean = origin + shift
    var (xx, xy, yy) = (0.0, 0.0, 0.0)
    for point in samples {
      let d = point - mean
      xx += d.x * d.x
      xy += d.x * d.y
      yy += d.y * d.y
    }
    self.init(mean: mean, xx: xx / (n - 1), xy: xy / (n - 1), yy: yy / (n - 1))
  }

  /// The squared 2-Wasserstein distance of the two normal laws with these moments, which is what FID names:
  /// `|m - m'|^2 + tr(S + S' - 2 (S S')^(1/2))` (2025 deck, Definition 1.2, without its misnomer).
  ///
  /// With triangular factors `S = L L^T`, `S' = L' L'^T`, it is the smallest `|L - L' R|^2` over rotations R, whose angle has a
  /// closed form in the plane; nothing cancels when the laws are close, and singular covariances are no exception.
  public func frechetDistance(to other: PlanarMoments) -> Double {
    let (l, m) = (factor, other.factor)
    // K = L'^T L: the best rotation has the angle of (K11 + K22, K21 - K12).
    let along = m.a * l.a + m.b * l.b + m.c * l.c
    let across = m.c * l.b - m.b * l.c
    let size = Double.hypot(along, across)
    let (cosine, sine) = size > 0 ? (along / size, across / size) : (1, 0)
    // L' R = [[a c, -a s], [b c + c s, c c - b s]].
    let first = l.a - m.a * cosine
    let second = m.a * sine
    let third = l.b - (m.b * cosine + m.c * sine)
    let fourth = l.c - (m.c * cosine - m.b * sine)
    let d = mean - other.mean
    return d.x * d.x + d.y * d.y + first * first + second * second + third * third
      + fourth * fourth
  }

  /// The lower triangular factor `[[a, 0], [b, c]]` of the covariance.
  private var factor: (a: Double, b: Double, c: Double) {
    let a = max(0, xx).squareRoot()
    let b = a > 0 ? xy / a : 0
    return (a, b, max(0, yy - b * b).squareRoot())
  }

  /// The moments of the other points of a sample of `count` points with these moments.
  func without(_ point: SIMD2<Double>, of count: Int) -> PlanarMoments {
    let n = Double(count)
    let d = point - mean
    let scale = n / (n - 1)
    return PlanarMoments(
      mean: mean - d / (n - 1), xx: ((n - 1) * xx - scale * d.x * d.x) / (n - 2),
      xy: ((n - 1) * xy - scale * d.x * d.y) / (n - 2),
      yy: ((n - 1) * yy - scale * d.y * d.y) / (n - 2))
  }
}
