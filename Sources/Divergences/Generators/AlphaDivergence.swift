public import Distributions
public import RealModule

/// The alpha-divergences: `f(u) = (u^alpha - alpha u - (1 - alpha)) / (alpha (alpha - 1))`, for every real alpha.
///
/// The limits alpha = 1 and alpha = 0 are KL and reverse KL, as `u log u - u + 1` and `u - 1 - log u`. Moreover
/// alpha = 2 is half of Pearson's chi-squared, 1/2 twice the squared Hellinger distance, -1 half of Neyman's
/// chi-squared; exchanging the laws turns alpha into `1 - alpha`. Here `f(1) = f'(1) = 0` and `f''(1) = 1`.
public struct AlphaDivergence: GeneratorFunction {
  /// The order alpha.
  public let alpha: Double

  /// The divergence of order alpha.
  ///
  /// - Throws: `ParameterError` when alpha is infinite or NaN.
  public init(_ alpha: Double) throws(ParameterError) {
    guard alpha.isFinite else {
      throw ParameterError("AlphaDivergence", "alpha", value: "\(alpha)", rule: "must be finite")
    }
    self.alpha = alpha
  }

  /// The caller vouches for a finite order.
  init(order alpha: Double) { self.alpha = alpha }

  /// For example "alpha = 0.5".
  public var name: String { "alpha = \(alpha)" }

  /// `(u^alpha - alpha u - (1 - alpha)) / (alpha (alpha - 1))`, or its limit.
  @inlinable
  public func callAsFunction(_ u: Double) -> Double {
    u == .infinity ? .infinity : perspective(u, 1)
  }

  // MARK: Derivatives

  /// `(u^(alpha - 1) - 1) / (alpha - 1)`, or `log u`.
  public func derivative(_ u: Double) -> Double { expMinusOneOver(alpha - 1, .log(u)) }

  /// `(u^(alpha - 1) - 1) / (alpha - 1)`, or `log u`.
  public func leftDerivative(_ u: Double) -> Double { derivative(u) }

  /// Density `t^(alpha - 2)`.
  public var curvature: Curvature { Curvature { [alpha] in .pow($0, alpha - 2) } }

  // MARK: Conjugate

  /// `((1 + (alpha - 1) t)+^(alpha / (alpha - 1)) - 1) / alpha`, or its limits `e^t - 1` and `-log(1 - t)`.
  public func conjugate(_ t: Double) -> Double {
    let level = logOfRatio(t)
    // Where alpha > 1 and t is too low for any positive ratio.
    if level == -.infinity { return -1 / alpha }
    if level == .infinity { return alpha < 0 && t <= slopeAtInfinity ? -1 / alpha : .infinity }
    return expMinusOneOver(alpha, level)
  }

  /// `(1 + (alpha - 1) t)+^(1 / (alpha - 1))`, or its limit `e^t`.
  public func conjugateDerivative(_ t: Double) -> Double { .exp(logOfRatio(t)) }

  /// Whether alpha is negative.
  public var conjugateIsFiniteAtEnd: Bool { alpha < 0 }

  /// The logarithm of the ratio u with `f'(u) = t`: infinite beyond the range of f'.
  private func logOfRatio(_ t: Double) -> Double {
    let order = alpha - 1
    let product = order * t
    if order < 0 && t >= slopeAtInfinity { return .infinity }
    if order > 0 && product <= -1 { return -.infinity }
    if abs(product) < 0x1p-60 { return t }
    // Near the end of the domain the distance to the end is exact, `1 + product` is not.
    if order < 0 && product < -0.5 { return .log((slopeAtInfinity - t) * -order) / order }
    return .log(onePlus: product) / order
  }

  // MARK: Ends

  /// `1 / alpha` for positive alpha, otherwise infinity.
  @inlinable
  public var valueAtZero: Double { alpha > 0 ? 1 / alpha : .infinity }

  /// `1 / (1 - alpha)` for alpha below 1, otherwise infinity.
  @inlinable
  public var slopeAtInfinity: Double { alpha < 1 ? 1 / (1 - alpha) : .infinity }

  /// 0.
  public var valueAtOne: Double { 0 }

  // MARK: Critic

  /// v from alpha = 1 on, `1 / (1 - alpha) - log(1 + e^-v)` below.
  public func activation(_ v: Double) -> Double {
    alpha < 1 ? bounded(slopeAtInfinity - softplus(-v), below: slopeAtInfinity) : v
  }

  // MARK: Perspective

  /// `(p^alpha q^(1 - alpha) - alpha p - (1 - alpha) q) / (alpha (alpha - 1))`, or its limits.
  @inlinable
  public func perspective(_ p: Double, _ q: Double) -> Double {
    if q == 0 { return p == 0 ? 0 : p * slopeAtInfinity }
    if p == 0 { return q * valueAtZero }
    let level = logRatio(p, q)
    if abs(level) * max(1, abs(alpha)) < 0.5 {
      // The sum over k >= 2 of level^k / k! times 1 + alpha + ... + alpha^(k - 2): nothing cancels.
      var (sum, power, factor) = (0.0, level, 1.0)
      for k in stride(from: 2.0, through: 15, by: 1) {
        power *= level / k
        sum += power * factor
        factor = 1 + alpha * factor
      }
      return q * sum
    }
    // Of the two forms, related by the exchange of the laws, the one away from its limit.
    return alpha > 0.5
      ? (powerMinusOne(p, -level, 1 - alpha) - (q - p)) / -alpha
      : (powerMinusOne(q, level, alpha) - (p - q)) / (alpha - 1)
  }

  /// `mass (e^(order level) - 1) / order`, also where only the exponential overflows.
  @inlinable
  func powerMinusOne(_ mass: Double, _ level: Double, _ order: Double) -> Double {
    let factor = expMinusOneOver(order, level)
    if factor.isFinite { return mass * factor }
    return .exp(order * level + .log(mass)) / order
  }

  /// The same in exact fractions for an integer alpha other than 0 and 1, up to 1000 in magnitude; beyond that
  /// the powers would fill the memory.
  public func perspective(_ p: Rational, _ q: Rational) -> ExtendedRational? {
    guard let order = Int(exactly: alpha), order != 0, order != 1, abs(order) <= 1000 else {
      return nil
    }
    if q == 0 {
      if p == 0 { return .finite(0) }
      return order > 1 ? .infinity : .finite(p / Rational(1 - order))
    }
    if p == 0 { return order < 0 ? .infinity : .finite(q / Rational(order)) }
    let ratio = order > 0 ? p / q : q / p
    let power = q * Self.power(ratio, abs(order))
    return .finite(
      (power - Rational(order) * p - Rational(1 - order) * q) / Rational(order * (order - 1)))
  }

  private static func power(_ base: Rational, _ exponent: Int) -> Rational {
    guard exponent > 1 else { return exponent == 0 ? 1 : base }
    let root = power(base, exponent / 2)
    return exponent.isMultiple(of: 2) ? root * root : root * root * base
  }
}
