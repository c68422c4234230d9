public import Distributions
import RealModule

/// Neyman's chi-squared: `f(u) = (1 - u)^2 / u`, `D = ∫ (p - q)^2 / p`, in `[0, infinity]`.
public struct NeymanChiSquared: GeneratorFunction {
  /// Neyman's chi-squared.
  public init() {}

  /// "Neyman chi-squared".
  public var name: String { "Neyman chi-squared" }

  /// `(1 - u)^2 / u`, infinity at 0.
  @inlinable
  public func callAsFunction(_ u: Double) -> Double {
    u == .infinity ? .infinity : perspective(u, 1)
  }

  // MARK: Derivatives

  /// `1 - 1 / u^2`.
  public func derivative(_ u: Double) -> Double {
    u < 2 ? (u - 1) / u * ((u + 1) / u) : 1 - 1 / u / u
  }

  /// `1 - 1 / u^2`.
  public func leftDerivative(_ u: Double) -> Double { derivative(u) }

  /// Density `2 / t^3`.
  public var curvature: Curvature { Curvature { 2 / $0 / $0 / $0 } }

  // MARK: Conjugate

  /// `2 - 2 sqrt(1 - t)` for `t <= 1`.
  public func conjugate(_ t: Double) -> Double {
    t <= 1 ? 2 * (t / (1 + (1 - t).squareRoot())) : .infinity
  }

  /// `1 / sqrt(1 - t)` for `t < 1`.
  public func conjugateDerivative(_ t: Double) -> Double {
    t < 1 ? 1 / (1 - t).squareRoot() : .infinity
  }

  /// True: `f*(1) = 2`.
  public var conjugateIsFiniteAtEnd: Bool { true }

  // MARK: Ends

  /// Infinity.
  public var valueAtZero: Double { .infinity }

  /// 1.
  public var slopeAtInfinity: Double { 1 }

  /// 0.
  public var valueAtOne: Double { 0 }

  // MARK: Critic

  /// `1 - e^-v`.
  public func activation(_ v: Double) -> Double { bounded(-.expMinusOne(-v), below: 1) }

  // MARK: Perspective

  /// `(p - q)^2 / p`.
  @inlinable
  public func perspective(_ p: Double, _ q: Double) -> Double {
    if p == 0 { return q == 0 ? 0 : .infinity }
    return squareOver(p - q, p)
  }

  /// `(p - q)^2 / p`, exactly.
  public func perspective(_ p: Rational, _ q: Rational) -> ExtendedRational? {
    if p == 0 { return q == 0 ? .finite(0) : .infinity }
    return .finite((p - q) * (p - q) / p)
  }
}
