public import Distributions
public import RealModule

/// Jeffreys' divergence, KL both ways: `f(u) = (u - 1) log u`, `D = ∫ (p - q) log(p / q)`, in `[0, infinity]`.
public struct Jeffreys: GeneratorFunction {
  /// Jeffreys' divergence.
  public init() {}

  /// "Jeffreys".
  public var name: String { "Jeffreys" }

  /// `(u - 1) log u`, infinity at 0.
  @inlinable
  public func callAsFunction(_ u: Double) -> Double { (u - 1) * .log(u) }

  // MARK: Derivatives

  /// `log u + 1 - 1 / u`.
  public func derivative(_ u: Double) -> Double {
    u < 2 ? .log(u) + (u - 1) / u : .log(u) + 1 - 1 / u
  }

  /// `log u + 1 - 1 / u`.
  public func leftDerivative(_ u: Double) -> Double { derivative(u) }

  /// Density `1 / t + 1 / t^2`.
  public var curvature: Curvature { Curvature { 1 / $0 + 1 / $0 / $0 } }

  // MARK: Conjugate

  /// `W + 1 / W + t - 2` where `W + log W = 1 - t`, Lambert's function of `e^(1 - t)`.
  public func conjugate(_ t: Double) -> Double {
    let w = wrightOmega(1 - t)
    if abs(t) < 1 { return (w - 1) * (w - 1) / w + t }
    return t < 0 ? 1 / w - 1 - .log(w) : .exp(t - 1 + w) + w + (t - 2)
  }

  /// `1 / W` where `W + log W = 1 - t`.
  public func conjugateDerivative(_ t: Double) -> Double {
    let w = wrightOmega(1 - t)
    return t < 1 ? 1 / w : .exp(t - 1 + w)
  }

  /// False: the domain is the real line.
  public var conjugateIsFiniteAtEnd: Bool { false }

  // MARK: Ends

  /// Infinity.
  public var valueAtZero: Double { .infinity }

  /// Infinity.
  public var slopeAtInfinity: Double { .infinity }

  /// 0.
  public var valueAtOne: Double { 0 }

  // MARK: Critic

  /// v.
  public func activation(_ v: Double) -> Double { v }

  // MARK: Perspective

  /// `(p - q) log(p / q)`.
  @inlinable
  public func perspective(_ p: Double, _ q: Double) -> Double {
    if p == q { return 0 }
    return p == 0 || q == 0 ? .infinity : (p - q) * logRatio(p, q)
  }

  /// `(p - q) log(p / q)` of four pairs.
  @inlinable
  public func perspective(_ p: SIMD4<Double>, _ q: SIMD4<Double>) -> SIMD4<Double> {
    logRatio(p, q).map { (p - q) * $0 } ?? laneByLane(p, q)
  }

  /// Nil: the logarithm is not rational.
  public func perspective(_ p: Rational, _ q: Rational) -> ExtendedRational? { nil }
}

/// The positive w with `w + log w = a`, by the quartic iteration of Fritsch, Shafer and Crowley (1973).
func wrightOmega(_ a: Double) -> Double {
  if a < -38 { return .exp(a) }
  if a > 1e17 { return a }
  var w = a < -1 ? .exp(a) : a > 2 ? a - .log(a) : 0.5671 + 0.3619 * a + 0.0737 * a * a
  for _ in 0..<3 {
    let residual = a - w - .log(w)
    let next = 1 + w
    let quadratic = 2 * next * (next + 2 * residual / 3)
    let step = residual / next * (quadratic - residual) / (quadratic - 2 * residual)
    w += w * step
    if abs(step) < 1e-5 { break }
  }
  return w
}
