public import GSL

/// A normal law that fits a target better than its neighbours do: a local minimum of a divergence.
public struct GaussianFit: Sendable, Hashable, Codable {
  /// The law's mean.
  public var mean: Double
  /// The law's standard deviation.
  public var sd: Double
  /// The divergence there, by the exact route, with a bound on its error.
  public var value: Estimate
  /// Present when the law is one of a whole set with divergence zero; it is then the middle of that set.
  public var flatSet: FlatSet?

  /// The parameters of a normal law.
  public struct Law: Sendable, Hashable, Codable {
    /// The mean.
    public var mean: Double
    /// The standard deviation.
    public var sd: Double
  }

  /// The connected set of normal laws with divergence zero around a fit, as seen on a lattice.
  ///
  /// `D_lambda` is zero as soon as the model stays below `lambda p` everywhere (lambda >= 1) or above it
  /// (lambda <= 1), which many laws do at once.
  public struct FlatSet: Sendable, Hashable, Codable {
    /// The laws of the set with the smallest and the largest mean.
    public var leftmost, rightmost: Law
    /// The laws of the set with the smallest and the largest standard deviation.
    public var narrowest, widest: Law
    /// The number of lattice points in the set.
    public var count: Int
    /// The lattice's step in the mean.
    public var meanStep: Double
    /// The lattice's factor in the standard deviation.
    public var sdFactor: Double
    /// Whether the set goes on beyond the region that was looked at.
    public var isCutOff: Bool

    /// The range of the means in the set.
    public var mean: ClosedRange<Double> { leftmost.mean...rightmost.mean }
    /// The range of the standard deviations in the set.
    public var sd: ClosedRange<Double> { narrowest.sd...widest.sd }
  }
}

/// Why a fit has no answer.
public struct FitError: Error, Hashable, CustomStringConvertible {
  /// What went wrong and what to do.
  public var reason: String

  /// For example "KL is infinite for every normal law that was tried".
  public var description: String { reason }
}
