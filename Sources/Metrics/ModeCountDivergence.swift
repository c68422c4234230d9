import RealModule

/// A Kullback-Leibler divergence of counts from known weights, with the bias of plugging in the counts subtracted.
///
/// Of n points with shares m of K modes, the plug-in value is too large by about `(K - 1) / 2n` even when the model
/// is perfect. What is subtracted, and the standard error:
///
/// - reverse, `KL(m || w)`: bias `d / 2n` with `d = K' - 1` and K' the number of modes that have points (Miller 1955, Madow);
///   variance `V / n` of the logarithm `l_k = log(m_k / w_k)`, with `V = sum m_k l_k^2 - (sum m_k l_k)^2`;
/// - forward, `KL(w || m)`: bias `sum w_k (1 - m_k) / (2 n m_k)`; variance `V / n` with `V = sum w_k^2 / m_k - 1`, and
///   `d = K - 1`. All are infinite when a mode has no point.
///
/// V is too large by `d / n`, which is subtracted, as far as V allows; and when m = w, where V vanishes, the plug-in value is
/// a chi-squared number over 2n with variance `d / 2n^2`, which is added. What remains of the bias is of the order of
/// `sum 1 / (n m_k)^2`. A value may be negative: its mean is right.
public struct ModeCountDivergence: Sendable, Hashable, Codable, CustomStringConvertible {
  /// The divergence of the counts as they are.
  public let plugIn: Double
  /// What is subtracted from it.
  public let bias: Double
  /// `plugIn - bias`, and its standard error.
  public let estimate: SampleEstimate

  /// `plugIn - bias`.
  public var value: Double { estimate.value }

  /// The standard error of `value`.
  public var standardError: Double { estimate.standardError }

  /// For example "0.0012 ± 0.0009".
  public var description: String { estimate.description }

  /// `KL(m || w)` of the shares of `counts`, whose sum is positive, from `weights`, all positive.
  init(reverseOf counts: [Int], weights: [Double]) {
    let n = Double(counts.reduce(0, +))
    var (first, second) = (0.0, 0.0)
    for (count, weight) in zip(counts, weights) where count > 0 {
      let share = Double(count) / n
      let l = Double.log(share / weight)
      first += share * l
      second += share * l * l
    }
    let degrees = Double(counts.count { $0 > 0 } - 1)
    plugIn = first
    bias = degrees / (2 * n)
    estimate = SampleEstimate(
      plugIn - bias,
      standardError: Self.standardError(second - first * first, degrees: degrees, count: n))
  }

  /// `KL(w || m)` of `weights`, all positive, from the shares of `counts`, whose sum is positive.
  init(of counts: [Int], weights: [Double]) {
    guard counts.allSatisfy({ $0 > 0 }) else {
      (plugIn, bias) = (.infinity, 0)
      estimate = SampleEstimate(.infinity, standardError: .infinity)
      return
    }
    let n = Double(counts.reduce(0, +))
    var (value, bias, square) = (0.0, 0.0, 0.0)
    for (count, weight) in zip(counts, weights) {
      let share = Double(count) / n
      value += weight * .log(weight / share)
      bias += weight * (1 - share) / (2 * n * share)
      square += weight * weight / share
    }
    plugIn = value
    self.bias = bias
    estimate = SampleEstimate(
      value - bias,
      standardError: Self.standardError(square - 1, degrees: Double(counts.count - 1), count: n))
  }

  private static func standardError(_ v: Double, degrees: Double, count n: Double) -> Double {
    ((max(0, v - degrees / n) + degrees / (2 * n)) / n).squareRoot()
  }
}
