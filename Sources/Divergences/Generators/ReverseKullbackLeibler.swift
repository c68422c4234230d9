public import Distributions
public import RealModule

/// Reverse Kullback-Leibler, KL of the model against the target: `f(u) = -log u`, `D = ∫ q log(q / p)`, in
/// `[0, infinity]`.
public struct ReverseKullbackLeibler: GeneratorFunction {
  /// Reverse Kullback-Leibler.
  public init() {}

  /// "reverse KL".
  public var name: String { "reverse KL" }

  /// `-log u`, infinity at 0.
  @inlinable
  public func callAsFunction(_ u: Double) -> Double { -.log(u) }

  // MARK: Derivatives

  /// `-1 / u`.
  public func derivative(_ u: Double) -> Double { -1 / u }

  /// `-1 / u`.
  public func leftDerivative(_ u: Double) -> Double { -1 / u }

  /// Density `1 / t^2`.
  public var curvature: Curvature { Curvature { 1 / $0 / $0 } }

  // MARK: Conjugate

  /// `-1 - log(-t)` for `t < 0`.
  public func conjugate(_ t: Double) -> Double { t < 0 ? -1 - .log(-t) : .infinity }

  /// `-1 / t` for `t < 0`.
  public func conjugateDerivative(_ t: Double) -> Double { t < 0 ? -1 / t : .infinity }

  /// False: the domain is `t < 0`.
  public var conjugateIsFiniteAtEnd: Bool { false }

  // MARK: Ends

  /// Infinity.
  public var valueAtZero: Double { .infinity }

  /// 0.
  public var slopeAtInfinity: Double { 0 }

  /// 0.
  public var valueAtOne: Double { 0 }

  // MARK: Critic

  /// `-e^-v`.
  public func activation(_ v: Double) -> Double { bounded(-.exp(-v), below: 0) }

  // MARK: Perspective

  /// `q log(q / p)`.
  @inlinable
  public func perspective(_ p: Double, _ q: Double) -> Double {
    if q == 0 { return 0 }
    return p == 0 ? .infinity : q * logRatio(q, p)
  }

  /// `q log(q / p)` of four pairs.
  @inlinable
  public func perspective(_ p: SIMD4<Double>, _ q: SIMD4<Double>) -> SIMD4<Double> {
    logRatio(q, p).map { q * $0 } ?? laneByLane(p, q)
  }

  /// Nil: the logarithm is not rational.
  public func perspective(_ p: Rational, _ q: Rational) -> ExtendedRational? { nil }
}
