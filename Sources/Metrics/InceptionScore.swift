public import Distributions
import RealModule

/// The Inception Score of a sample in the plane, with the target's posterior over its modes as the classifier:
/// `exp(E KL(P(mode | x) || m))` with m the sample's mean posterior (2025 deck, Definition 1.1, with the model's own
/// label marginal).
///
/// Its logarithm is the mutual information of point and mode, `H(m) - E H(P(mode | x))`, so that the score lies between 1
/// and the number of modes. Estimating m by the same points makes the logarithm too small by about
/// `sum_k Var(P(k | x)) / (2 n m_k)`.
public struct InceptionScore: Sendable, Hashable, Codable, CustomStringConvertible {
  /// The score of all points, with the standard error of the delta method.
  public let score: SampleEstimate
  /// The estimated bias of `score`, not positive; the splits' is larger as many times as there are splits.
  public let bias: Double
  /// The scores of the splits, equal parts in the sample's order.
  public let splits: [Double]

  /// The mean over the splits, which is what the field reports, usually of 10.
  public var splitMean: Double { splits.reduce(0, +) / Double(splits.count) }

  /// The standard deviation over the splits, divisor their number, as the field reports it.
  public var splitDeviation: Double {
    let mean = splitMean
    return (splits.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(splits.count)).squareRoot()
  }

  /// For example "7.81 ± 0.02".
  public var description: String { score.description }

  /// Scores a sample.
  ///
  /// - Parameter splits: the number of parts; points left over by equal parts count in `score` alone.
  /// - Throws: `ParameterError` when a point is not finite, or there are fewer than two points for each split.
  public init(
    samples: [SIMD2<Double>], target: PlanarMixture, splits: Int = 10
  ) throws(ParameterError) {
    guard splits > 0 else {
      throw ParameterError(
        "InceptionScore", "splits", value: "\(splits)", rule: "must be positive")
    }
    try requireSamples(samples, of: "InceptionScore", atLeast: 2 * splits)
    let classifier = ModeClassifier(target)
    let count = target.components.count
    var posteriors: [Double] = []
    posteriors.reserveCapacity(samples.count * count)
    for point in samples { classifier.appendPosterior(of: point, to: &posteriors) }
    let all = LabelStatistics(posteriors[...], labels: count)
    let value = Double.exp(all.information)
    score = SampleEstimate(value, standardError: value * all.standardError)
    bias = value * all.bias
    let size = samples.count / splits
    self.splits = (0..<splits).map { split in
      .exp(
        LabelStatistics(
          posteriors[(split * size * count)..<((split + 1) * size * count)], labels: count
        )
        .information)
    }
  }
}

/// The posterior over a mixture's components.
struct ModeClassifier {
  private let components: [PlanarNormal]
  private let logWeights: [Double]

  init(_ mixture: PlanarMixture) {
    components = mixture.components
    logWeights = mixture.weights.map { .log($0) }
  }

  /// Appends `w_k p_k(x) / p(x)` for each k, right where every density underflows.
  func appendPosterior(of point: SIMD2<Double>, to posteriors: inout [Double]) {
    let start = posteriors.count
    var largest = -Double.infinity
    for (logWeight, component) in zip(logWeights, components) {
      let term = logWeight + component.logDensity(point)
      largest = max(largest, term)
      posteriors.append(term)
    }
    var sum = 0.0
    for index in start..<posteriors.count {
      // So far out that even the logarithms overflow, all that is known is that no mode stands out.
      posteriors[index] = largest.isFinite ? .exp(posteriors[index] - largest) : 1
      sum += posteriors[index]
    }
    for index in start..<posteriors.count { posteriors[index] /= sum }
  }
}

/// Mutual information of point and label over rows of posteriors.
private struct LabelStatistics {
  var information = 0.0
  var standardError = 0.0
  var bias = 0.0

  init(_ posteriors: ArraySlice<Double>, labels: Int) {
    let count = posteriors.count / labels
    let n = Double(count)
    var mean = [Double](repeating: 0, count: labels)
    var squares = mean
    for (offset, p) in posteriors.enumerated() {
      mean[offset % labels] += p / n
      squares[offset % labels] += p * p / n
    }
    let logs = mean.map { $0 > 0 ? Double.log($0) : 0 }
    // The influence of a point is its own divergence from the marginal.
    var (sum, square) = (0.0, 0.0)
    for row in 0..<count {
      var divergence = 0.0
      for label in 0..<labels {
        let p = posteriors[posteriors.startIndex + row * labels + label]
        if p > 0 { divergence += p * (.log(p) - logs[label]) }
      }
      sum += divergence
      square += divergence * divergence
    }
    information = max(0, sum / n)
    standardError = (max(0, square / n - sum * sum / n / n) / n).squareRoot()
    for label in 0..<labels where mean[label] > 0 {
      bias -= max(0, squares[label] - mean[label] * mean[label]) / (2 * n * mean[label])
    }
  }
}
