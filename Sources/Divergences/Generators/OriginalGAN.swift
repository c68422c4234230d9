public import Distributions
import RealModule

/// The original GAN's objective: `f(u) = u log u - (1 + u) log(1 + u)`, `D = 2 JS - 2 log 2`, in
/// `[-2 log 2, 0]`.
///
/// Its `f(1) = -2 log 2` is an offset, so that D of equal laws is not 0. Its conjugate `-log(1 - e^t)` gives
/// the objective of the GAN with `T = log(discriminator)`.
public struct OriginalGAN: GeneratorFunction {
  /// The original GAN's objective.
  public init() {}

  /// "original GAN".
  public var name: String { "original GAN" }

  /// `u log u - (1 + u) log(1 + u)`, 0 at 0.
  @inlinable
  public func callAsFunction(_ u: Double) -> Double {
    u == .infinity ? -.infinity : perspective(u, 1)
  }

  // MARK: Derivatives

  /// `log(u / (1 + u))`.
  public func derivative(_ u: Double) -> Double {
    u < 1 ? .log(u) - .log(onePlus: u) : -.log(onePlus: 1 / u)
  }

  /// `log(u / (1 + u))`.
  public func leftDerivative(_ u: Double) -> Double { derivative(u) }

  /// Density `1 / (t (1 + t))`.
  public var curvature: Curvature { Curvature { 1 / $0 / (1 + $0) } }

  // MARK: Conjugate

  /// `-log(1 - e^t)` for `t < 0`.
  public func conjugate(_ t: Double) -> Double {
    guard t < 0 else { return .infinity }
    return t > -0.5 ? -.log(-.expMinusOne(t)) : -.log(onePlus: -.exp(t))
  }

  /// `e^t / (1 - e^t)` for `t < 0`.
  public func conjugateDerivative(_ t: Double) -> Double {
    t < 0 ? 1 / .expMinusOne(-t) : .infinity
  }

  /// False: the domain is `t < 0`.
  public var conjugateIsFiniteAtEnd: Bool { false }

  // MARK: Ends

  /// 0.
  public var valueAtZero: Double { 0 }

  /// 0.
  public var slopeAtInfinity: Double { 0 }

  /// `-2 log 2`.
  public var valueAtOne: Double { -2 * .log(2) }

  // MARK: Critic

  /// `-log(1 + e^-v)`, the logarithm of a sigmoid discriminator.
  public func activation(_ v: Double) -> Double { bounded(-softplus(-v), below: 0) }

  // MARK: Perspective

  /// `p log(p / (p + q)) + q log(q / (p + q))`.
  @inlinable
  public func perspective(_ p: Double, _ q: Double) -> Double {
    if p == 0 || q == 0 { return 0 }
    let (large, small) = (max(p, q), min(p, q))
    let sum = large + small
    if sum > 0x1p1018 { return 16 * perspective(p / 16, q / 16) }
    // What the sum lost to rounding: all of the first term where q << p.
    let rest = small - (sum - large)
    return -(large * logRatio(sum, large) + small * logRatio(sum, small) + rest)
  }

  /// `p log(p / (p + q)) + q log(q / (p + q))` of four pairs.
  @inlinable
  public func perspective(_ p: SIMD4<Double>, _ q: SIMD4<Double>) -> SIMD4<Double> {
    let (large, small) = (p.replacing(with: q, where: p .< q), q.replacing(with: p, where: p .< q))
    let sum = large + small
    guard let first = logRatio(sum, large), let second = logRatio(sum, small) else {
      return laneByLane(p, q)
    }
    return -(large * first + small * second + (small - (sum - large)))
  }

  /// Nil: the logarithm is not rational.
  public func perspective(_ p: Rational, _ q: Rational) -> ExtendedRational? { nil }
}
