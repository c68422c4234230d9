internal import CGSL
internal import RealModule

/// The gamma distribution with rate 1: density `x^(a - 1) exp(-x) / Gamma(a)` for `x > 0`, `a > 0`.
///
/// NaN when `shape` is not positive or `x` is NaN.
public enum StandardGamma {
  /// `log` of the density; `-.infinity` off the support, `.infinity` at the pole of a shape below 1.
  ///
  /// For a large shape the plain formula cancels; there it is written round the mode with Temme's
  /// `phi(d) = d - log(1 + d)` and the regulated gamma function.
  public static func logDensity(_ x: Double, shape a: Double) -> Double {
    guard a > 0, !x.isNaN else { return .nan }
    if x < 0 || x == .infinity { return -.infinity }
    if x == 0 { return a < 1 ? .infinity : a == 1 ? 0 : -.infinity }
    if a < 10 { return quietly { (a - 1) * .log(x) - x - gsl_sf_lngamma(a) } }
    let deviation = (x - a) / a
    return quietly {
      a * negativePhi(deviation) - .log(x) + 0.5 * .log(a / (2 * .pi)) - .log(gsl_sf_gammastar(a))
    }
  }

  /// `P(X <= x)`.
  public static func lower(_ x: Double, shape a: Double) -> Double {
    guard a > 0, !x.isNaN else { return .nan }
    if x <= 0 { return 0 }
    if x == .infinity { return 1 }
    if a >= TemmeExpansion.smallestShape, let expansion = TemmeExpansion(x, shape: a) {
      return expansion.lower
    }
    // So far from a large shape the smaller tail underflows.
    if a > 20_000 { return x < a ? 0 : 1 }
    return quietly { gsl_cdf_gamma_P(x, a, 1) }
  }

  /// `P(X > x)`.
  public static func upper(_ x: Double, shape a: Double) -> Double {
    guard a > 0, !x.isNaN else { return .nan }
    if x <= 0 { return 1 }
    if x == .infinity { return 0 }
    if a >= TemmeExpansion.smallestShape, let expansion = TemmeExpansion(x, shape: a) {
      return expansion.upper
    }
    if a > 20_000 { return x < a ? 1 : 0 }
    return quietly { gsl_cdf_gamma_Q(x, a, 1) }
  }

  /// The smallest `x` with `lower(x) >= p`; NaN outside of `[0, 1]`.
  public static func lowerQuantile(_ p: Double, shape a: Double) -> Double {
    if p > 0.5 { return p <= 1 ? upperQuantile(1 - p, shape: a) : .nan }
    guard p > 0 else { return p == 0 ? 0 : .nan }
    // GSL's inverse is off by many orders for a small shape: there P(a, x) = x^a / Gamma(a + 1).
    let leading = quietly { Double.exp((Double.log(p) + gsl_sf_lngamma(a + 1)) / a) }
    let guess =
      a >= TemmeExpansion.smallestShape
      ? nearMode(StandardNormal.lowerQuantile(p), shape: a)
      : a < 1 || p < 1e-10 ? leading : quietly { gsl_cdf_gamma_Pinv(p, a, 1) }
    return firstArgument(
      reaching: p, in: 0, .infinity, startingAt: guess, increasing: true,
      slope: { .exp(logDensity($0, shape: a)) }, { lower($0, shape: a) })
  }

  /// The smallest `x` with `upper(x) <= q`; NaN outside of `[0, 1]`.
  public static func upperQuantile(_ q: Double, shape a: Double) -> Double {
    if q > 0.5 { return q <= 1 ? lowerQuantile(1 - q, shape: a) : .nan }
    guard q > 0 else { return q == 0 ? .infinity : .nan }
    let guess =
      a >= TemmeExpansion.smallestShape
      ? nearMode(StandardNormal.upperQuantile(q), shape: a)
      : quietly { gsl_cdf_gamma_Qinv(q, a, 1) }
    return firstArgument(
      reaching: q, in: 0, .infinity, startingAt: guess,
      increasing: false, slope: { .exp(logDensity($0, shape: a)) }, { upper($0, shape: a) })
  }

  /// The quantile of a large shape by two terms of its normal expansion.
  private static func nearMode(_ z: Double, shape a: Double) -> Double {
    max(0, a + z * .sqrt(a) + (z * z - 1) / 3)
  }
}

/// `log(1 + d) - d`, accurate for small `d`.
@inline(__always)
func negativePhi(_ d: Double) -> Double {
  d > -1 ? gsl_sf_log_1plusx_mx(d) : -.infinity
}
