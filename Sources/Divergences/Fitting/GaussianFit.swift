public import GSL

/// A normal law that fits a target better than its neighbours do: a local minimum of a divergence.
public struct GaussianFit: Sendable, Hashable, Codable {
  /// The law's mean.
  public var mean: Double
  /// The law's standard deviation.
  public var sd: Double
  /// The divergence there, by the exact route, with a bound on its error.
  public var value: Estimate
  /// Present when the law is one of a whole set of minima with the value zero.
  public var flatSet: FlatSet?

  /// The normal laws around a fit that have divergence zero as well, as seen on a lattice.
  ///
  /// `D_lambda` is zero as soon as the model stays below `lambda p` everywhere (lambda >= 1) or above it
  /// (lambda <= 1), which many laws do at once.
  public struct FlatSet: Sendable, Hashable, Codable {
    /// The smallest and the largest mean in the set.
    public var mean: ClosedRange<Double>
    /// The smallest and the largest standard deviation in the set.
    public var sd: ClosedRange<Double>
    /// The number of lattice points in the set.
    public var count: Int
    /// The lattice's step in the mean.
    public var meanStep: Double
    /// The lattice's factor in the standard deviation.
    public var sdFactor: Double
    /// Whether the set goes on beyond the region that was looked at.
    public var isCutOff: Bool
  }
}

/// Why a fit has no answer.
public struct FitError: Error, Hashable, CustomStringConvertible {
  /// What went wrong and what to do.
  public var reason: String

  /// For example "the KL divergence is infinite for every normal law that was tried".
  public var description: String { reason }
}
