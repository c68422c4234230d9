public import Distributions
import RealModule

/// The squared Hellinger distance: `f(u) = (sqrt(u) - 1)^2`, `D = ∫ (sqrt(p) - sqrt(q))^2`, in `[0, 2]`.
///
/// Twice the `1 - ∫ sqrt(p q)` that some authors call by the same name.
public struct SquaredHellinger: GeneratorFunction {
  /// The squared Hellinger distance.
  public init() {}

  /// "squared Hellinger".
  public var name: String { "squared Hellinger" }

  /// `(sqrt(u) - 1)^2`.
  @inlinable
  public func callAsFunction(_ u: Double) -> Double {
    u == .infinity ? .infinity : perspective(u, 1)
  }

  // MARK: Derivatives

  /// `1 - 1 / sqrt(u)`.
  public func derivative(_ u: Double) -> Double {
    let root = u.squareRoot()
    return u < 2 ? (u - 1) / (u + root) : 1 - 1 / root
  }

  /// `1 - 1 / sqrt(u)`.
  public func leftDerivative(_ u: Double) -> Double { derivative(u) }

  /// Density `1 / (2 t^(3/2))`.
  public var curvature: Curvature { Curvature { 0.5 / $0 / $0.squareRoot() } }

  // MARK: Conjugate

  /// `t / (1 - t)` for `t < 1`.
  public func conjugate(_ t: Double) -> Double { t < 1 ? t / (1 - t) : .infinity }

  /// `1 / (1 - t)^2` for `t < 1`.
  public func conjugateDerivative(_ t: Double) -> Double {
    t < 1 ? 1 / (1 - t) / (1 - t) : .infinity
  }

  /// False: the domain is `t < 1`.
  public var conjugateIsFiniteAtEnd: Bool { false }

  // MARK: Ends

  /// 1.
  public var valueAtZero: Double { 1 }

  /// 1.
  public var slopeAtInfinity: Double { 1 }

  /// 0.
  public var valueAtOne: Double { 0 }

  // MARK: Critic

  /// `1 - e^-v`.
  public func activation(_ v: Double) -> Double { bounded(-.expMinusOne(-v), below: 1) }

  // MARK: Perspective

  /// `(sqrt(p) - sqrt(q))^2`, by the difference of p and q, which is exact near equality.
  @inlinable
  public func perspective(_ p: Double, _ q: Double) -> Double {
    let roots = p.squareRoot() + q.squareRoot()
    if roots == 0 { return 0 }
    let difference = (p - q) / roots
    return difference * difference
  }

  /// Nil: the root is not rational.
  public func perspective(_ p: Rational, _ q: Rational) -> ExtendedRational? { nil }
}
