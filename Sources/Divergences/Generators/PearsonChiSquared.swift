public import Distributions

/// Pearson's chi-squared: `f(u) = (u - 1)^2`, `D = ∫ (p - q)^2 / q`, in `[0, infinity]`.
public struct PearsonChiSquared: GeneratorFunction {
  /// Pearson's chi-squared.
  public init() {}

  /// "Pearson chi-squared".
  public var name: String { "Pearson chi-squared" }

  /// `(u - 1)^2`.
  @inlinable
  public func callAsFunction(_ u: Double) -> Double { (u - 1) * (u - 1) }

  // MARK: Derivatives

  /// `2 (u - 1)`.
  public func derivative(_ u: Double) -> Double { 2 * (u - 1) }

  /// `2 (u - 1)`.
  public func leftDerivative(_ u: Double) -> Double { 2 * (u - 1) }

  /// Density 2.
  public var curvature: Curvature { Curvature { _ in 2 } }

  // MARK: Conjugate

  /// `t + t^2 / 4` from `-2` on, `-1` below: the parabola of the literature goes on below `-2` only when f is
  /// finite at negative ratios.
  public func conjugate(_ t: Double) -> Double { t > -2 ? t * (1 + t / 4) : -1 }

  /// `(1 + t / 2)+`.
  public func conjugateDerivative(_ t: Double) -> Double { max(0, 1 + t / 2) }

  /// False: the domain is the real line.
  public var conjugateIsFiniteAtEnd: Bool { false }

  // MARK: Ends

  /// 1.
  public var valueAtZero: Double { 1 }

  /// Infinity.
  public var slopeAtInfinity: Double { .infinity }

  /// 0.
  public var valueAtOne: Double { 0 }

  // MARK: Critic

  /// v.
  public func activation(_ v: Double) -> Double { v }

  // MARK: Perspective

  /// `(p - q)^2 / q`.
  @inlinable
  public func perspective(_ p: Double, _ q: Double) -> Double {
    if q == 0 { return p == 0 ? 0 : .infinity }
    return squareOver(p - q, q)
  }

  /// `(p - q)^2 / q`, exactly.
  public func perspective(_ p: Rational, _ q: Rational) -> ExtendedRational? {
    if q == 0 { return p == 0 ? .finite(0) : .infinity }
    return .finite((p - q) * (p - q) / q)
  }
}
