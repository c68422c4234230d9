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
  package init(order alpha: Double) { self.alpha = alpha }

  /// For example "alpha = 0.5".
  public var name: String { "alpha = \(alpha)" }

  /// `(u^alpha - alpha u - (1 - alpha)) / (alpha (alpha - 1))`, or its limit.
  @inlinable
  public func callAsFunction(_ u: Double) -> Double {
    u == .infinity ? .infinity : perspective(u, 1)
  }

  // MARK: Derivatives

  /// `(u^(alpha - 1) - 1) / (alpha - 1)`, or `log u`.
  public func derivative(_ u: Double) -> Double {
    guard u > 0, u < .infinity else {
      return u == 0 ? (alpha > 1 ? -1 / order : -.infinity) : slopeAtInfinity
    }
    let level = Double.log(u)
    if abs(order * level) < 1 { return expMinusOneOver(order, level) }
    return (.pow(u, order) * (1 + orderError * level) - 1) / order
  }

  /// `(u^(alpha - 1) - 1) / (alpha - 1)`, or `log u`.
  public func leftDerivative(_ u: Double) -> Double { derivative(u) }

  /// Density `t^(alpha - 2)`.
  public var curvature: Curvature { Curvature { [alpha] in .pow($0, alpha - 2) } }

  /// `alpha - 1`, rounded.
  private var order: Double { alpha - 1 }

  /// What `order` lacks to be exact.
  private var orderError: Double {
    let back = order - alpha
    return (alpha - (order - back)) + (-1 - back)
  }

  // MARK: Conjugate

  /// `((1 + (alpha - 1) t)+^(alpha / (alpha - 1)) - 1) / alpha`, or its limits `e^t - 1` and `-log(1 - t)`.
  public func conjugate(_ t: Double) -> Double {
    guard t < slopeAtInfinity else {
      return alpha < 0 && t == slopeAtInfinity ? -1 / alpha : .infinity
    }
    let base = base(t)
    if base == 0 { return -1 / alpha }
    let level = logarithm(base, t)
    if abs(alpha * level) < 1 { return expMinusOneOver(alpha, level) }
    let power: Double =
      hasSteepPower ? .exp(alpha * level) : .power(base, alpha, over: order, orderError)
    return (power - 1) / alpha
  }

  /// `(1 + (alpha - 1) t)+^(1 / (alpha - 1))`, or its limit `e^t`.
  public func conjugateDerivative(_ t: Double) -> Double {
    guard t < slopeAtInfinity else { return .infinity }
    let base = base(t)
    if base == 0 { return 0 }
    return hasSteepPower ? .exp(logarithm(base, t)) : .power(base, 1, over: order, orderError)
  }

  /// Whether alpha is negative.
  public var conjugateIsFiniteAtEnd: Bool { alpha < 0 }

  /// `1 + (alpha - 1) t` in one rounding; positive inside of the domain, however close to its end.
  private func base(_ t: Double) -> Double {
    let base = 1.0.addingProduct(order, t) + orderError * t
    return order < 0 ? max(base, 0x1p-60) : max(base, 0)
  }

  /// The logarithm of the ratio that t stands for.
  private func logarithm(_ base: Double, _ t: Double) -> Double {
    let product = order * t
    if abs(product) < 0x1p-60 { return t }
    return (abs(product) < 0.5 ? .log(onePlus: product) : .log(base)) / order
  }

  /// Whether alpha is so near to 1 that the power would amplify the rounding of its base.
  private var hasSteepPower: Bool { abs(order) < 0.125 }

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

  /// v from alpha = 1 on, below `f'(e^v) = (1 - e^(-(1 - alpha) v)) / (1 - alpha)`, which tends to it.
  public func activation(_ v: Double) -> Double {
    alpha < 1 ? bounded(expMinusOneOver(order, v), below: slopeAtInfinity) : v
  }

  // MARK: Perspective

  /// `(p^alpha q^(1 - alpha) - alpha p - (1 - alpha) q) / (alpha (alpha - 1))`, or its limits.
  @inlinable
  public func perspective(_ p: Double, _ q: Double) -> Double {
    if q == 0 { return p == 0 ? 0 : p * slopeAtInfinity }
    if p == 0 { return q * valueAtZero }
    let level = logRatio(p, q)
    if abs(level) * max(1, abs(alpha)) < 0.5 { return q * series(level) }
    // Of the two forms, the one away from its limit.
    return alpha > 0.5
      ? (powerMinusOne(p, p / q, level, alpha - 1) - (p - q)) / alpha
      : (powerMinusOne(q, p / q, level, alpha) - (p - q)) / (alpha - 1)
  }

  /// `f(e^level)` near 0: the sum over `k >= 2` of `level^k / k!` times `1 + alpha + ... + alpha^(k - 2)`, in which
  /// nothing cancels.
  @inlinable
  func series(_ level: Double) -> Double {
    var (sum, power, factor) = (0.0, level, 1.0)
    func add(_ reciprocal: Double) {
      power *= level * reciprocal
      sum += power * factor
      factor = 1 + alpha * factor
    }
    add(1.0 / 2)
    add(1.0 / 3)
    add(1.0 / 4)
    add(1.0 / 5)
    add(1.0 / 6)
    add(1.0 / 7)
    add(1.0 / 8)
    add(1.0 / 9)
    add(1.0 / 10)
    add(1.0 / 11)
    add(1.0 / 12)
    add(1.0 / 13)
    add(1.0 / 14)
    add(1.0 / 15)
    return sum
  }

  /// `mass (ratio^order - 1) / order`, where level is the logarithm of the ratio, also where only the ratio or
  /// its power overflows.
  @inlinable
  func powerMinusOne(
    _ mass: Double, _ ratio: Double, _ level: Double, _ order: Double
  ) -> Double {
    if abs(order * level) < 2 { return mass * expMinusOneOver(order, level) }
    let power: Double = ratio.isNormal ? .pow(ratio, order) : .exp(order * level)
    if power.isFinite { return mass * ((power - 1) / order) }
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

extension Double {
  /// `base^(numerator / (denominator + rest))` for a rest below the last place, with the exponent's rounding made
  /// good.
  fileprivate static func power(
    _ base: Double, _ numerator: Double, over denominator: Double, _ rest: Double
  ) -> Double {
    let exponent = numerator / denominator
    let error = (numerator.addingProduct(-exponent, denominator) - exponent * rest) / denominator
    let power = Double.pow(base, exponent)
    return base < .infinity ? power * (1 + error * .log(base)) : power
  }
}
