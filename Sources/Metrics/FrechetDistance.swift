public import Distributions

/// FID in the plane: the Fréchet distance, squared, of the normal laws with the moments of a target and of a sample.
///
/// It is what the field computes on Inception features, here on the points themselves. A finite sample makes it too
/// large: a perfect model of a round normal law has `1.75 tr S / n` on average. The jackknife estimates that bias and the
/// standard error from the sample: the bias is `n - 1` times the mean change when one point is left out.
public struct FrechetDistance: Sendable, Hashable, Codable, CustomStringConvertible {
  /// The distance of the moments as they are: what the field reports.
  public let value: Double
  /// The jackknife's estimate of what finite samples add to its mean.
  public let bias: Double
  /// The jackknife's standard error.
  public let standardError: Double

  /// `value - bias`, which may be negative, since its mean is right.
  public var corrected: SampleEstimate {
    SampleEstimate(value - bias, standardError: standardError)
  }

  /// For example "0.0123 ± 0.0011", without correction.
  public var description: String { numberText(value, error: standardError) }

  /// The distance of a sample from a law whose moments are known.
  ///
  /// - Throws: `ParameterError` when there are fewer than 4 points or one is not finite.
  public init(
    target: some PlanarDistribution, samples: [SIMD2<Double>]
  ) throws(ParameterError) {
    try requireSamples(samples, of: "FrechetDistance", atLeast: 4)
    let (reference, moments) = (PlanarMoments(of: target), try PlanarMoments(of: samples))
    let value = reference.frechetDistance(to: moments)
    self.value = value
    let model = Self.jackknife(moments, samples) { reference.frechetDistance(to: $0) - value }
    (bias, standardError) = (model.bias, model.variance.squareRoot())
  }

  /// The distance of a sample from another one, as when the target is known by its data alone.
  ///
  /// - Throws: `ParameterError` when either has fewer than 4 points or a point is not finite.
  public init(
    targetSamples: [SIMD2<Double>], samples: [SIMD2<Double>]
  ) throws(ParameterError) {
    try requireSamples(targetSamples, "targetSamples", of: "FrechetDistance", atLeast: 4)
    try requireSamples(samples, of: "FrechetDistance", atLeast: 4)
    let reference = try PlanarMoments(of: targetSamples)
    let moments = try PlanarMoments(of: samples)
    let value = reference.frechetDistance(to: moments)
    let target = Self.jackknife(reference, targetSamples) {
      $0.frechetDistance(to: moments) - value
    }
    let model = Self.jackknife(moments, samples) { reference.frechetDistance(to: $0) - value }
    self.value = value
    bias = target.bias + model.bias
    standardError = (target.variance + model.variance).squareRoot()
  }

  /// Bias and variance from the changes of a function of the moments when each point in turn is left out.
  private static func jackknife(
    _ moments: PlanarMoments, _ samples: [SIMD2<Double>], change: (PlanarMoments) -> Double
  ) -> (bias: Double, variance: Double) {
    let n = Double(samples.count)
    var (sum, square) = (0.0, 0.0)
    for point in samples {
      let d = change(moments.without(point, of: samples.count))
      sum += d
      square += d * d
    }
    return ((n - 1) * sum / n, (n - 1) / n * max(0, square - sum * sum / n))
  }
}
