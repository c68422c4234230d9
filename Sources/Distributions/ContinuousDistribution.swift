/// A closed interval of the extended real line; an end may be infinite.
public struct Interval: Sendable, Hashable {
  /// The lower end, `-.infinity` when unbounded.
  public var lower: Double
  /// The upper end, `.infinity` when unbounded.
  public var upper: Double

  /// The interval `[lower, upper]`; `lower <= upper` is the caller's duty.
  public init(_ lower: Double, _ upper: Double) {
    precondition(lower <= upper, "an interval's lower end must not exceed its upper end")
    self.lower = lower
    self.upper = upper
  }
}

/// A probability law on the real line with a density.
///
/// Conforming files keep one order of sections: parameters, support, density, distribution function,
/// moments, sampling.
public protocol ContinuousDistribution: Sendable {
  /// `{x : p(x) > 0}` up to null sets, as disjoint intervals in increasing order.
  var support: [Interval] { get }

  /// Points in increasing order that a numerical method must know: where the density has a kink, a jump
  /// or a pole, and quantiles that place every component at its own scale, however small its weight.
  var landmarks: [Double] { get }

  /// The density `p(x)`, zero off the support, `.infinity` at a pole.
  func density(_ x: Double) -> Double

  /// `log p(x)`, `-.infinity` off the support; accurate where the density underflows.
  func logDensity(_ x: Double) -> Double

  /// The distribution function `P(X <= x)`, accurate in the lower tail.
  func cumulative(_ x: Double) -> Double

  /// `P(X > x)`, accurate in the upper tail, where `1 - cumulative(x)` is not.
  func survival(_ x: Double) -> Double

  /// The smallest `x` with `cumulative(x) >= probability`, for a probability in `[0, 1]`; NaN outside.
  func quantile(_ probability: Double) -> Double

  /// The `x` with `survival(x) = tail`; accurate where `quantile(1 - tail)` is not.
  func upperQuantile(_ tail: Double) -> Double

  /// `E X`, or nil where the integral does not exist.
  var mean: Double? { get }

  /// `E (X - E X)^2`, `.infinity` where it diverges, nil where the mean does not exist.
  var variance: Double? { get }

  /// One draw; the same generator state gives the same bits.
  func sample(using generator: inout some RandomNumberGenerator) -> Double
}
