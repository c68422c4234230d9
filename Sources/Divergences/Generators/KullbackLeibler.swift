public import Distributions
public import RealModule

/// Kullback-Leibler: `f(u) = u log u`, `D = ∫ p log(p / q)`, in `[0, infinity]`.
public struct KullbackLeibler: GeneratorFunction {
  /// Kullback-Leibler.
  public init() {}

  /// "KL".
  public var name: String { "KL" }

  /// `u log u`, 0 at 0.
  @inlinable
  public func callAsFunction(_ u: Double) -> Double { u == 0 ? 0 : u * .log(u) }

  // MARK: Derivatives

  /// `1 + log u`.
  public func derivative(_ u: Double) -> Double { 1 + .log(u) }

  /// `1 + log u`.
  public func leftDerivative(_ u: Double) -> Double { 1 + .log(u) }

  /// Density `1 / t`.
  public var curvature: Curvature { Curvature { 1 / $0 } }

  // MARK: Conjugate

  /// `e^(t - 1)`.
  public func conjugate(_ t: Double) -> Double { t < 0 ? .exp(t) / .exp(1) : .exp(t - 1) }

  /// `e^(t - 1)`.
  public func conjugateDerivative(_ t: Double) -> Double { conjugate(t) }

  /// False: the domain is the real line.
  public var conjugateIsFiniteAtEnd: Bool { false }

  // MARK: Ends

  /// 0.
  public var valueAtZero: Double { 0 }

  /// Infinity.
  public var slopeAtInfinity: Double { .infinity }

  /// 0.
  public var valueAtOne: Double { 0 }

  // MARK: Critic

  /// v.
  public func activation(_ v: Double) -> Double { v }

  // MARK: Perspective

  /// `p log(p / q)`.
  @inlinable
  public func perspective(_ p: Double, _ q: Double) -> Double {
    if p == 0 { return 0 }
    return q == 0 ? .infinity : p * logRatio(p, q)
  }

  /// `p log(p / q)` of four pairs.
  @inlinable
  public func perspective(_ p: SIMD4<Double>, _ q: SIMD4<Double>) -> SIMD4<Double> {
    logRatio(p, q).map { p * $0 } ?? laneByLane(p, q)
  }

  /// Nil: the logarithm is not rational.
  public func perspective(_ p: Rational, _ q: Rational) -> ExtendedRational? { nil }
}
