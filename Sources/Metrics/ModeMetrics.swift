public import Distributions
import GSL
import RealModule

/// What a sample does with the modes of a mixture: which it covers, how much of it is near one, how evenly it is spread.
///
/// Distances are in standard deviations of the mode, `sqrt((x - m)^T S^-1 (x - m))`, and each point belongs to the mode
/// that is nearest in them. (PacGAN and VEEGAN count within 3 deviations, others within 4: both are here.)
public struct ModeMetrics: Sendable, Hashable, Codable, CustomStringConvertible {
  /// The number of points.
  public let sampleCount: Int
  /// For each mode, the points within 4 deviations of it, and of no other mode nearer.
  public let counts: [Int]
  /// For each mode, all points that are nearer to it than to another, however far.
  public let nearestCounts: [Int]
  /// The points within 4 deviations that a covered mode needs.
  public let minimumCount: Int
  /// The modes with at least `minimumCount` points within 4 deviations.
  public let modesCovered: Int
  /// The standard error of `modesCovered`: `sqrt(sum p_k (1 - p_k))` with p_k the probability that another sample
  /// covers mode k, by the binomial law of its count.
  public let modesCoveredError: Double
  /// The fraction of points within 3 deviations of a mode; 0.98889 for the target itself with modes far apart.
  public let highQualityFraction3Sigma: SampleEstimate
  /// The fraction of points within 4 deviations of a mode; 0.99966 for the target itself with modes far apart.
  public let highQualityFraction4Sigma: SampleEstimate
  /// `KL(m || w) = sum m_k log(m_k / w_k)` of the points' shares m of the modes and the target's weights w.
  public let reverseKullbackLeibler: ModeCountDivergence
  /// `KL(w || m) = sum w_k log(w_k / m_k)`, infinite when a mode has no point.
  public let kullbackLeibler: ModeCountDivergence

  /// Compares a sample with the modes of `target`.
  ///
  /// - Parameter minimumCount: the points that a covered mode needs. Usual is 20 of 2500 for 8 modes and 10 of 2500
  ///   for 25: the share must stay below that of an even spread.
  /// - Throws: `ParameterError` when there are no points, one is not finite, or `minimumCount` is not positive.
  public init(
    samples: [SIMD2<Double>], target: PlanarMixture, minimumCount: Int = 20
  ) throws(ParameterError) {
    try requireSamples(samples, of: "ModeMetrics")
    guard minimumCount > 0 else {
      throw ParameterError(
        "ModeMetrics", "minimumCount", value: "\(minimumCount)", rule: "must be positive")
    }
    let modes = target.components.map(ModeDistance.init)
    var near = modes.map { _ in 0 }
    var all = near
    var (within3, within4) = (0, 0)
    for point in samples {
      var (nearest, least) = (0, Double.infinity)
      for index in modes.indices {
        let square = modes[index].squared(to: point)
        if square < least { (nearest, least) = (index, square) }
      }
      all[nearest] += 1
      if least <= 9 { within3 += 1 }
      if least <= 16 {
        within4 += 1
        near[nearest] += 1
      }
    }
    sampleCount = samples.count
    counts = near
    nearestCounts = all
    self.minimumCount = minimumCount
    modesCovered = near.count { $0 >= minimumCount }
    modesCoveredError = near.reduce(0) { sum, count in
      let p = Self.probability(of: minimumCount, of: samples.count, observed: count)
      return sum + p * (1 - p)
    }.squareRoot()
    highQualityFraction3Sigma = SampleEstimate(successes: within3, of: samples.count)
    highQualityFraction4Sigma = SampleEstimate(successes: within4, of: samples.count)
    reverseKullbackLeibler = ModeCountDivergence(reverseOf: all, weights: target.weights)
    kullbackLeibler = ModeCountDivergence(of: all, weights: target.weights)
  }

  /// The probability that a binomial count whose rate is that of `observed` reaches `minimum`.
  private static func probability(of minimum: Int, of count: Int, observed: Int) -> Double {
    guard minimum <= count, observed > 0 else { return 0 }
    guard observed < count else { return 1 }
    return StandardBeta.lower(
      Double(observed) / Double(count), Double(minimum), Double(count - minimum + 1))
  }

  /// For example "8 of 8 modes, 0.832 ± 0.012 within 4 sigma, 0.801 ± 0.012 within 3, reverse KL 0.0012 ± 0.0009".
  public var description: String {
    "\(modesCovered) of \(counts.count) modes, \(highQualityFraction4Sigma) within 4 sigma, "
      + "\(highQualityFraction3Sigma) within 3, reverse KL \(reverseKullbackLeibler)"
  }
}

/// The distance from a mode in its standard deviations.
struct ModeDistance {
  private let mean: SIMD2<Double>
  private let slope, scaleX, scaleY: Double

  init(_ mode: PlanarNormal) {
    let factor = mode.covariance.factor
    mean = mode.mean
    slope = factor.b / factor.a
    (scaleX, scaleY) = (1 / factor.a, 1 / factor.c)
  }

  @inline(__always)
  func squared(to point: SIMD2<Double>) -> Double {
    let d = point - mean
    let u = d.x * scaleX
    let v = (d.y - slope * d.x) * scaleY
    return u * u + v * v
  }
}
