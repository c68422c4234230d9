public import Distributions
import RealModule

/// Jensen-Shannon with equal weights: `f(u) = (u log u - (1 + u) log((1 + u) / 2)) / 2`,
/// `D = KL(P || M) / 2 + KL(Q || M) / 2` with `M = (P + Q) / 2`, in `[0, log 2]`.
///
/// The 2025 deck prints under this name the conjugate of `OriginalGAN`.
public struct JensenShannon: GeneratorFunction {
  /// Jensen-Shannon.
  public init() {}

  /// "Jensen-Shannon".
  public var name: String { "Jensen-Shannon" }

  /// `(u log u - (1 + u) log((1 + u) / 2)) / 2`, `log(2) / 2` at 0.
  @inlinable
  public func callAsFunction(_ u: Double) -> Double {
    u == .infinity ? .infinity : perspective(u, 1)
  }

  // MARK: Derivatives

  /// `log(2 u / (1 + u)) / 2`.
  public func derivative(_ u: Double) -> Double {
    if u < 0.5 { return (.log(2 * u) - .log(onePlus: u)) / 2 }
    if u > 2 { return slopeAtInfinity - .log(onePlus: 1 / u) / 2 }
    return .log(onePlus: (u - 1) / (u + 1)) / 2
  }

  /// `log(2 u / (1 + u)) / 2`.
  public func leftDerivative(_ u: Double) -> Double { derivative(u) }

  /// Density `1 / (2 t (1 + t))`.
  public var curvature: Curvature { Curvature { 0.5 / $0 / (1 + $0) } }

  // MARK: Conjugate

  /// `-log(2 - e^(2 t)) / 2` for `t < log(2) / 2`.
  public func conjugate(_ t: Double) -> Double {
    guard t < slopeAtInfinity else { return .infinity }
    // The first keeps the distance to the end, the second that to 0, where the value is 0.
    return t > 0.25
      ? -slopeAtInfinity - .log(-.expMinusOne(-2 * distanceToEnd(t))) / 2
      : -.log(onePlus: -.expMinusOne(2 * t)) / 2
  }

  /// `e^(2 t) / (2 - e^(2 t))` for `t < log(2) / 2`.
  public func conjugateDerivative(_ t: Double) -> Double {
    t < slopeAtInfinity ? 1 / .expMinusOne(2 * distanceToEnd(t)) : .infinity
  }

  /// `log(2) / 2 - t` with the bits of the end that its double lacks.
  private func distanceToEnd(_ t: Double) -> Double { slopeAtInfinity - t + 0x1.abc9e3b39803fp-57 }

  /// False: the domain is `t < log(2) / 2`.
  public var conjugateIsFiniteAtEnd: Bool { false }

  // MARK: Ends

  /// `log(2) / 2`.
  public var valueAtZero: Double { .log(2) / 2 }

  /// `log(2) / 2`.
  public var slopeAtInfinity: Double { .log(2) / 2 }

  /// 0.
  public var valueAtOne: Double { 0 }

  // MARK: Critic

  /// `(log 2 - log(1 + e^-v)) / 2`.
  public func activation(_ v: Double) -> Double {
    bounded(slopeAtInfinity - softplus(-v) / 2, below: slopeAtInfinity)
  }

  // MARK: Perspective

  /// `(p log(2 p / (p + q)) + q log(2 q / (p + q))) / 2`.
  @inlinable
  public func perspective(_ p: Double, _ q: Double) -> Double {
    let sum = p + q
    if sum == 0 { return 0 }
    if sum > 0x1p1020 { return 16 * perspective(p / 16, q / 16) }
    // p and q are the shares 1 + s and 1 - s of half the sum: the two terms cancel near s = 0.
    let s = (p - q) / sum
    let x = s * s
    if x < 0.08 { return sum / 4 * x * Self.series(SIMD4(repeating: x))[0] }
    let atTarget = p == 0 ? 0 : p * logRatio(2 * p, sum)
    let atModel = q == 0 ? 0 : q * logRatio(2 * q, sum)
    return (atTarget + atModel) / 2
  }

  /// `((1 + s) log(1 + s) + (1 - s) log(1 - s)) / x` for `x = s^2`: the sum of `x^(k - 1) / (k (2 k - 1))`.
  @inlinable
  static func series(_ x: SIMD4<Double>) -> SIMD4<Double> {
    let (x2, x4) = (x * x, x * x * (x * x))
    let (pair1, pair2) = (1 + 1.0 / 6 * x, 1.0 / 15 + 1.0 / 28 * x)
    let (pair3, pair4) = (1.0 / 45 + 1.0 / 66 * x, 1.0 / 91 + 1.0 / 120 * x)
    let (pair5, pair6) = (1.0 / 153 + 1.0 / 190 * x, 1.0 / 231 + 1.0 / 276 * x)
    let pair7 = 1.0 / 325 + 1.0 / 378 * x
    let (quad1, quad2) = (pair1 + pair2 * x2, pair3 + pair4 * x2)
    let (quad3, quad4) = (pair5 + pair6 * x2, pair7)
    return quad1 + x4 * (quad2 + x4 * (quad3 + x4 * quad4))
  }

  /// `(p log(2 p / (p + q)) + q log(2 q / (p + q))) / 2` of four pairs.
  @inlinable
  public func perspective(_ p: SIMD4<Double>, _ q: SIMD4<Double>) -> SIMD4<Double> {
    let sum = p + q
    guard let atTarget = logRatio(2 * p, sum), let atModel = logRatio(2 * q, sum) else {
      return laneByLane(p, q)
    }
    let s = (p - q) / sum
    let x = s * s
    let direct = (p * atTarget + q * atModel) / 2
    return direct.replacing(with: sum / 4 * x * Self.series(x), where: x .< 0.08)
  }

  /// Nil: the logarithm is not rational.
  public func perspective(_ p: Rational, _ q: Rational) -> ExtendedRational? { nil }
}
