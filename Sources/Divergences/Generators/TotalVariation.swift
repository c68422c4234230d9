public import Distributions
import RealModule

/// Total variation: `f(u) = |u - 1| / 2`, `D = ∫ |p - q| / 2`, in `[0, 1]`; the PR-divergence of lambda = 1.
public struct TotalVariation: GeneratorFunction {
  /// Total variation.
  public init() {}

  /// "total variation".
  public var name: String { "total variation" }

  /// `|u - 1| / 2`.
  @inlinable
  public func callAsFunction(_ u: Double) -> Double { abs(u - 1) / 2 }

  // MARK: Derivatives

  /// `-1/2` below 1, `1/2` from 1 on.
  public func derivative(_ u: Double) -> Double { u < 1 ? -0.5 : 0.5 }

  /// `-1/2` up to 1, `1/2` beyond.
  public func leftDerivative(_ u: Double) -> Double { u <= 1 ? -0.5 : 0.5 }

  /// One atom of mass 1 at 1.
  public var curvature: Curvature { Curvature(atoms: [.init(location: 1, mass: 1)]) }

  // MARK: Conjugate

  /// `max(t, -1/2)` for `t <= 1/2`.
  public func conjugate(_ t: Double) -> Double { t <= 0.5 ? max(t, -0.5) : .infinity }

  /// 0 below `-1/2`, 1 from there to `1/2`: a critic tells nothing of the ratio inside of the domain.
  public func conjugateDerivative(_ t: Double) -> Double {
    guard t <= 0.5 else { return .infinity }
    return t < -0.5 ? 0 : 1
  }

  /// True: `f*(1/2) = 1/2`.
  public var conjugateIsFiniteAtEnd: Bool { true }

  // MARK: Ends

  /// `1/2`.
  public var valueAtZero: Double { 0.5 }

  /// `1/2`.
  public var slopeAtInfinity: Double { 0.5 }

  /// 0.
  public var valueAtOne: Double { 0 }

  // MARK: Critic

  /// `tanh(v) / 2`.
  public func activation(_ v: Double) -> Double { .tanh(v) / 2 }

  // MARK: Perspective

  /// `|p - q| / 2`.
  @inlinable
  public func perspective(_ p: Double, _ q: Double) -> Double { abs(p - q) / 2 }

  /// `|p - q| / 2`, exactly.
  public func perspective(_ p: Rational, _ q: Rational) -> ExtendedRational? {
    .finite((p - q).magnitude / 2)
  }
}
