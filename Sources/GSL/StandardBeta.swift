internal import CGSL
internal import RealModule

/// The beta distribution: density `x^(a - 1) (1 - x)^(b - 1) / B(a, b)` on `[0, 1]`, for `a, b > 0`.
///
/// NaN when a parameter is not positive or `x` is NaN.
public enum StandardBeta {
  /// `log` of the density; `-.infinity` off the support, `.infinity` at a pole.
  public static func logDensity(_ x: Double, _ a: Double, _ b: Double) -> Double {
    guard a > 0, b > 0, !x.isNaN else { return .nan }
    if x < 0 || x > 1 { return -.infinity }
    if x == 0 || x == 1 {
      let exponent = x == 0 ? a : b
      if exponent != 1 { return exponent < 1 ? .infinity : -.infinity }
      return .log(x == 0 ? b : a)
    }
    if a < 10 || b < 10 {
      return quietly { (a - 1) * .log(x) + (b - 1) * .log(onePlus: -x) - logBeta(a, b) }
    }
    // Round the point a / (a + b), where the two large terms of the plain formula cancel.
    let centre = a / (a + b)
    let deviation = (-a).addingProduct(x, a + b)
    return quietly {
      let stars = gsl_sf_gammastar(a + b) / (gsl_sf_gammastar(a) * gsl_sf_gammastar(b))
      return a * negativePhi(deviation / a) + b * negativePhi(-deviation / b)
        + 0.5 * .log(centre * b / (2 * .pi)) + .log(stars) - .log(x) - .log(onePlus: -x)
    }
  }

  /// `log B(a, b)`; where only one parameter is large, as one logarithm of a ratio of gamma functions,
  /// which in GSL's function cancel.
  static func logBeta(_ a: Double, _ b: Double) -> Double {
    let (small, large) = (min(a, b), max(a, b))
    guard small < 10, large >= 10 else { return quietly { gsl_sf_lnbeta(a, b) } }
    return quietly {
      gsl_sf_lngamma(small) + small - (large - 0.5) * .log(onePlus: small / large)
        - small * .log(small + large)
        + .log(gsl_sf_gammastar(large) / gsl_sf_gammastar(small + large))
    }
  }

  /// `P(X <= x)`, the regularized incomplete beta function `I_x(a, b)`.
  public static func lower(_ x: Double, _ a: Double, _ b: Double) -> Double {
    guard a > 0, b > 0, !x.isNaN else { return .nan }
    if x <= 0 { return 0 }
    if x >= 1 { return 1 }
    return large(a, b) ? tails(x, a, b).lower : quietly { gsl_cdf_beta_P(x, a, b) }
  }

  /// `P(X > x)`.
  public static func upper(_ x: Double, _ a: Double, _ b: Double) -> Double {
    guard a > 0, b > 0, !x.isNaN else { return .nan }
    if x <= 0 { return 1 }
    if x >= 1 { return 0 }
    return large(a, b) ? tails(x, a, b).upper : quietly { gsl_cdf_beta_Q(x, a, b) }
  }

  /// Whether GSL's prefactor `exp(a log x + b log(1 - x) - log B(a, b))` would cancel; the continued
  /// fraction takes some `sqrt(a + b)` steps, too many for still larger parameters.
  private static func large(_ a: Double, _ b: Double) -> Bool { a + b > 100 && a + b < 1e10 }

  /// Both tails by the continued fraction of the smaller one, with a prefactor from the density.
  private static func tails(_ x: Double, _ a: Double, _ b: Double) -> (lower: Double, upper: Double)
  {
    let prefactor = Double.exp(logDensity(x, a, b) + .log(x) + .log(onePlus: -x))
    if a * (1 - x) >= b * x {
      let tail = min(1, prefactor / continuedFraction(x, 1 - x, a, b))
      return (tail, 1 - tail)
    }
    let tail = min(1, prefactor / continuedFraction(1 - x, x, b, a))
    return (1 - tail, tail)
  }

  /// The continued fraction of DiDonato and Morris (1992), equation 9, by Lentz's method; `y = 1 - x`.
  private static func continuedFraction(_ x: Double, _ y: Double, _ a: Double, _ b: Double)
    -> Double
  {
    let excess = a * y - b * x + 1
    var value = a * excess / (a + 1)
    var (c, d) = (value, 0.0)
    for m in 1...1_000_000 {
      let m = Double(m)
      let step = m * (b - m) * x / (a + 2 * m - 1)
      let numerator = (a + m - 1) * (a + b + m - 1) / (a + 2 * m - 1) * x * step
      let denominator = m + step + (a + m) * (excess + m * (1 + y)) / (a + 2 * m + 1)
      d = 1 / (denominator + numerator * d)
      c = denominator + numerator / c
      value *= c * d
      if (c * d - 1).magnitude <= .ulpOfOne { break }
    }
    return value
  }

  /// The smallest `x` with `lower(x) >= p`; NaN outside of `[0, 1]`.
  public static func lowerQuantile(_ p: Double, _ a: Double, _ b: Double) -> Double {
    if p > 0.5 { return p <= 1 ? upperQuantile(1 - p, a, b) : .nan }
    guard p > 0 else { return p == 0 ? 0 : .nan }
    return firstArgument(
      reaching: p, in: 0, 1, startingAt: lowerGuess(p, a, b), increasing: true,
      slope: { .exp(logDensity($0, a, b)) }, { lower($0, a, b) })
  }

  /// The smallest `x` with `upper(x) <= q`; NaN outside of `[0, 1]`.
  public static func upperQuantile(_ q: Double, _ a: Double, _ b: Double) -> Double {
    if q > 0.5 { return q <= 1 ? lowerQuantile(1 - q, a, b) : .nan }
    guard q > 0 else { return q == 0 ? 1 : .nan }
    return firstArgument(
      reaching: q, in: 0, 1, startingAt: 1 - lowerGuess(q, b, a), increasing: false,
      slope: { .exp(logDensity($0, a, b)) }, { upper($0, a, b) })
  }

  /// The leading term `x^a / (a B(a, b))` of the lower tail, or the mean where that is no small number.
  private static func lowerGuess(_ p: Double, _ a: Double, _ b: Double) -> Double {
    let x = quietly { Double.exp((Double.log(p) + Double.log(a) + logBeta(a, b)) / a) }
    return x < a / (a + b) ? x : a / (a + b)
  }
}
