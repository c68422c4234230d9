public import Distributions

/// The precision–recall curve of a known target P and a sample of a model Q, by square bins.
///
/// With `p_c` the exact mass of P in a bin c and `N_c` of the sample's n points in it,
/// `alpha_lambda = sum min(lambda p_c, N_c / n)` and `beta_lambda = alpha_lambda / lambda`. Two effects bend it:
///
/// - binning can only raise it: within a bin the two laws count as proportional (data processing);
/// - a finite sample can only lower its mean, since the minimum is concave.
///
/// Each is estimated from the sample itself, see `BinnedEstimate`. Bins of two thirds of a mode's standard deviation and
/// 100 000 points leave both at a few percent.
public struct SamplePrecisionRecallCurve: Sendable {
  /// The side of a bin.
  public let binWidth: Double
  /// The number of points.
  public let sampleCount: Int
  private let bins, finer: BinnedSample

  /// Counts the sample in bins whose corners are whole multiples of `binWidth`.
  ///
  /// - Throws: `ParameterError` when there are fewer than 8 points, one is not finite, or `binWidth` is not positive or so
  ///   small that the target would need more than a million bins.
  public init(
    target: PlanarMixture, samples: [SIMD2<Double>], binWidth: Double
  ) throws(ParameterError) {
    try requireSamples(samples, of: "SamplePrecisionRecallCurve", atLeast: 8)
    func refused(_ rule: String) -> ParameterError {
      ParameterError("SamplePrecisionRecallCurve", "binWidth", value: "\(binWidth)", rule: rule)
    }
    guard binWidth > 0, binWidth.isFinite else { throw refused("must be finite and positive") }
    guard let masses = CellMasses(of: target, binWidth: binWidth, limit: 1_000_000),
      let finer = CellMasses(of: target, binWidth: binWidth / 2, limit: 4_100_000)
    else { throw refused("must be wider: the target would need more than a million bins") }
    self.binWidth = binWidth
    sampleCount = samples.count
    bins = BinnedSample(samples, masses: masses)
    self.finer = BinnedSample(samples, masses: finer)
  }

  /// The precision `alpha_lambda`; 1 at infinity, where the density of a mixture of normal laws is positive.
  ///
  /// - Throws: `ParameterError` when lambda is negative or NaN.
  public func alpha(_ lambda: Double) throws(ParameterError) -> BinnedEstimate {
    try point(lambda).precision
  }

  /// The recall `beta_lambda`; at 0 the target's mass in the bins that have points.
  ///
  /// - Throws: `ParameterError` when lambda is negative or NaN.
  public func beta(_ lambda: Double) throws(ParameterError) -> BinnedEstimate {
    try point(lambda).recall
  }

  /// Precision and recall at lambda.
  ///
  /// - Throws: `ParameterError` when lambda is negative or NaN.
  public func point(_ lambda: Double) throws(ParameterError) -> SamplePrecisionRecallPoint {
    guard lambda >= 0 else {
      throw ParameterError(
        "SamplePrecisionRecallCurve", "lambda", value: "\(lambda)",
        rule: "must be in [0, infinity]")
    }
    return point(valid: lambda)
  }

  func point(valid lambda: Double) -> SamplePrecisionRecallPoint {
    if lambda == .infinity {
      return SamplePrecisionRecallPoint(lambda: lambda, precision: .exactly(1), recall: .exactly(0))
    }
    if lambda <= 1 {
      // Of the quotient by lambda only its being larger than p_c matters, at lambda = 0 too.
      let recall = overlap(target: 1, model: min(1 / lambda, 1e100))
      return SamplePrecisionRecallPoint(
        lambda: lambda, precision: recall.scaled(by: lambda), recall: recall)
    }
    let precision = overlap(target: lambda, model: 1)
    return SamplePrecisionRecallPoint(
      lambda: lambda, precision: precision, recall: precision.scaled(by: 1 / lambda))
  }

  /// The points at many lambdas.
  ///
  /// - Throws: `ParameterError` when one is negative or NaN.
  public func points(
    _ lambdas: [Double]
  ) throws(ParameterError) -> [SamplePrecisionRecallPoint] {
    var points: [SamplePrecisionRecallPoint] = []
    for lambda in lambdas { points.append(try point(lambda)) }
    return points
  }

  private func overlap(target a: Double, model b: Double) -> BinnedEstimate {
    let (here, fine) = (bins.overlap(target: a, model: b), finer.overlap(target: a, model: b))
    // The part of order h^2 of a bin's width h is four thirds of what halving h takes away.
    let fall = (here.value - here.samplingBias) - (fine.value - fine.samplingBias)
    return BinnedEstimate(
      here.value, standardError: here.standardError, samplingBias: here.samplingBias,
      binningBias: max(0, fall * 4 / 3))
  }
}

/// A point of a precision–recall curve estimated from a sample.
public struct SamplePrecisionRecallPoint: Sendable, Hashable, Codable, CustomStringConvertible {
  /// The trade-off in `[0, infinity]`.
  public let lambda: Double
  /// `alpha_lambda`.
  public let precision: BinnedEstimate
  /// `beta_lambda`.
  public let recall: BinnedEstimate

  /// For example "lambda 20: precision 0.640 ± 0.002, recall 0.032 ± 0.0001".
  public var description: String { "lambda \(lambda): precision \(precision), recall \(recall)" }
}

/// A number estimated from counts in bins, with its standard error and both of its biases.
public struct BinnedEstimate: Sendable, Hashable, Codable, CustomStringConvertible {
  /// The value of the counts as they are.
  public let value: Double
  /// The jackknife's standard error: the standard deviation over samples of the same size.
  public let standardError: Double
  /// An estimate of what the finite sample does to the mean: not positive.
  ///
  /// With `v(n)` the value of all n points and `v(n/2)`, `v(n/4)` the exact averages over all ways to choose a half and
  /// a quarter of them, the steps `v(n) - v(n/2)` and `v(n/2) - v(n/4)` have a ratio between `sqrt(2)`, for a model equal to
  /// the target, and 2, for laws that differ: what is left is the first step over that ratio minus 1. In bins whose
  /// minimum is reached by fewer than 8 points, where no power law holds yet, it is the first step itself.
  public let samplingBias: Double
  /// An estimate of what the binning adds: not negative.
  ///
  /// Four thirds of what bins of half the side take away, since the effect is of second order in the side.
  public let binningBias: Double

  init(_ value: Double, standardError: Double, samplingBias: Double, binningBias: Double) {
    self.value = value
    self.standardError = standardError
    self.samplingBias = samplingBias
    self.binningBias = binningBias
  }

  static func exactly(_ value: Double) -> BinnedEstimate {
    BinnedEstimate(value, standardError: 0, samplingBias: 0, binningBias: 0)
  }

  func scaled(by factor: Double) -> BinnedEstimate {
    BinnedEstimate(
      value * factor, standardError: standardError * factor,
      samplingBias: samplingBias * factor, binningBias: binningBias * factor)
  }

  /// The value without both biases.
  public var corrected: SampleEstimate {
    SampleEstimate(value - samplingBias - binningBias, standardError: standardError)
  }

  /// For example "0.640 ± 0.002", without correction.
  public var description: String { numberText(value, error: standardError) }
}
