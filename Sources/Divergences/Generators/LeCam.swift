public import Distributions

/// Le Cam's distance: `f(u) = (u - 1)^2 / (2 (u + 1))`, `D = ∫ (p - q)^2 / (2 (p + q))`, in `[0, 1]`.
///
/// With this normalisation disjoint laws are at distance 1. Twice it is the triangular discrimination.
public struct LeCam: GeneratorFunction {
  /// Le Cam's distance.
  public init() {}

  /// "Le Cam".
  public var name: String { "Le Cam" }

  /// `(u - 1)^2 / (2 (u + 1))`.
  @inlinable
  public func callAsFunction(_ u: Double) -> Double {
    u == .infinity ? .infinity : perspective(u, 1)
  }

  // MARK: Derivatives

  /// `1/2 - 2 / (1 + u)^2`.
  public func derivative(_ u: Double) -> Double {
    u < 3 ? (u - 1) / (u + 1) * ((u + 3) / (u + 1)) / 2 : 0.5 - 2 / (1 + u) / (1 + u)
  }

  /// `1/2 - 2 / (1 + u)^2`.
  public func leftDerivative(_ u: Double) -> Double { derivative(u) }

  /// Density `4 / (1 + t)^3`.
  public var curvature: Curvature { Curvature { 4 / (1 + $0) / (1 + $0) / (1 + $0) } }

  // MARK: Conjugate

  /// `2 - t - 2 sqrt(1 - 2 t)` for `-3/2 <= t <= 1/2`, `-1/2` below.
  public func conjugate(_ t: Double) -> Double {
    if t <= -1.5 { return -0.5 }
    guard t <= 0.5 else { return .infinity }
    let root = (1 - 2 * t).squareRoot()
    return t * (3 - root) / (1 + root)
  }

  /// `2 / sqrt(1 - 2 t) - 1` for `-3/2 <= t < 1/2`, 0 below.
  public func conjugateDerivative(_ t: Double) -> Double {
    if t <= -1.5 { return 0 }
    return t < 0.5 ? max(0, 2 / (1 - 2 * t).squareRoot() - 1) : .infinity
  }

  /// True: `f*(1/2) = 3/2`.
  public var conjugateIsFiniteAtEnd: Bool { true }

  // MARK: Ends

  /// `1/2`.
  public var valueAtZero: Double { 0.5 }

  /// `1/2`.
  public var slopeAtInfinity: Double { 0.5 }

  /// 0.
  public var valueAtOne: Double { 0 }

  // MARK: Critic

  /// `1/2 - log(1 + e^-v)`.
  public func activation(_ v: Double) -> Double { bounded(0.5 - softplus(-v), below: 0.5) }

  // MARK: Perspective

  /// `(p - q)^2 / (2 (p + q))`.
  @inlinable
  public func perspective(_ p: Double, _ q: Double) -> Double {
    let sum = p + q
    if sum == 0 { return 0 }
    let difference = p - q
    if sum == .infinity { return difference / 4 * (difference / (p / 2 + q / 2)) }
    return difference * (difference / sum) / 2
  }

  /// `(p - q)^2 / (2 (p + q))`, exactly.
  public func perspective(_ p: Rational, _ q: Rational) -> ExtendedRational? {
    let sum = p + q
    return .finite(sum == 0 ? 0 : (p - q) * (p - q) / (2 * sum))
  }
}
