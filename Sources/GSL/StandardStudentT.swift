internal import CGSL
internal import RealModule

/// Student's t with `nu > 0` degrees of freedom: density proportional to `(1 + t^2 / nu)^(-(nu + 1) / 2)`.
///
/// GSL's own `gsl_cdf_tdist` is off by 1e-6 in the tails (Cornish-Fisher expansion for `nu > 30`), so all
/// is written with the incomplete beta function. NaN when `nu` is not positive or `t` is NaN.
public enum StandardStudentT {
  /// `log` of the density.
  public static func logDensity(_ t: Double, degreesOfFreedom nu: Double) -> Double {
    guard nu > 0, !t.isNaN else { return .nan }
    let ratio = abs(t) / nu.squareRoot()
    // For a huge ratio the square overflows, and the 1 does not matter.
    let logTerm = ratio < 1e100 ? Double.log(onePlus: ratio * ratio) : 2 * .log(ratio)
    return -0.5 * (nu + 1) * logTerm - logNormalizer(nu)
  }

  /// `log(sqrt(nu) B(nu / 2, 1 / 2))`, minus the log density at zero.
  public static func logNormalizer(_ nu: Double) -> Double {
    StandardBeta.logBeta(nu / 2, 0.5) + 0.5 * .log(nu)
  }

  /// `P(T <= t)`.
  public static func lower(_ t: Double, degreesOfFreedom nu: Double) -> Double {
    upper(-t, degreesOfFreedom: nu)
  }

  /// `P(T > t)`.
  public static func upper(_ t: Double, degreesOfFreedom nu: Double) -> Double {
    guard nu > 0, !t.isNaN else { return .nan }
    let tail = min(oneTail(abs(t), nu), 0.5)
    return t >= 0 ? tail : 1 - tail
  }

  /// The smallest `t` with `lower(t) >= p`; NaN outside of `[0, 1]`.
  public static func lowerQuantile(_ p: Double, degreesOfFreedom nu: Double) -> Double {
    if p > 0.5 { return p <= 1 ? upperQuantile(1 - p, degreesOfFreedom: nu) : .nan }
    guard p > 0 else { return p == 0 ? -.infinity : .nan }
    if p == 0.5 { return 0 }
    return firstArgument(
      reaching: p, in: -.infinity, 0, startingAt: -tailGuess(p, nu), increasing: true,
      slope: { .exp(logDensity($0, degreesOfFreedom: nu)) }, { lower($0, degreesOfFreedom: nu) })
  }

  /// The smallest `t` with `upper(t) <= q`; NaN outside of `[0, 1]`.
  public static func upperQuantile(_ q: Double, degreesOfFreedom nu: Double) -> Double {
    if q > 0.5 { return q <= 1 ? lowerQuantile(1 - q, degreesOfFreedom: nu) : .nan }
    guard q > 0 else { return q == 0 ? .infinity : .nan }
    if q == 0.5 { return 0 }
    return firstArgument(
      reaching: q, in: 0, .infinity, startingAt: tailGuess(q, nu), increasing: false,
      slope: { .exp(logDensity($0, degreesOfFreedom: nu)) }, { upper($0, degreesOfFreedom: nu) })
  }

  /// `P(T > t)` for `t >= 0`.
  private static func oneTail(_ t: Double, _ nu: Double) -> Double {
    if nu > 1e5 { return nearlyNormalTail(t, nu) }
    let ratio = t / nu.squareRoot()
    if ratio > 1e9 {
      // (1 + ratio^2) is ratio^2 to the last bit: the tail is its power law.
      return .exp(-nu * .log(ratio) - logNormalizer(nu) + 0.5 * .log(nu) - .log(nu))
    }
    let square = ratio * ratio
    return quietly {
      square < 1 || nu > 1000
        ? 0.5 * gsl_cdf_beta_Q(square / (1 + square), 0.5, nu / 2)
        : 0.5 * gsl_cdf_beta_P(1 / (1 + square), nu / 2, 0.5)
    }
  }

  /// `P(T > t)` for many degrees of freedom, where GSL's incomplete beta function loses its digits.
  ///
  /// With `t^2 = nu (exp(w^2 / nu) - 1)` the density in `w` is `exp(-w^2 / 2) sqrt(s / (1 - exp(-s)))`
  /// up to the normalizer, where `s = w^2 / nu`; the root's series `1 + s/4 + s^2/96 - s^3/384` is
  /// integrated term by term, with the moments `m_k` of the normal tail.
  private static func nearlyNormalTail(_ t: Double, _ nu: Double) -> Double {
    let w = (nu * .log(onePlus: t / nu * t)).squareRoot()
    let edge = Double.exp(-0.5 * w * w)
    let m0 = StandardNormal.upper(w) * (2 * Double.pi).squareRoot()
    guard m0 > 0 else { return 0 }
    let m2 = w * edge + m0
    let m4 = w * w * w * edge + 3 * m2
    let m6 = w * w * w * w * w * edge + 5 * m4
    let series = m0 + m2 / (4 * nu) + m4 / (96 * nu * nu) - m6 / (384 * nu * nu * nu)
    return .exp(-logNormalizer(nu)) * series
  }

  /// Where the tail's power law, or the normal quantile where that is larger, puts `P(T > t) = q`.
  private static func tailGuess(_ q: Double, _ nu: Double) -> Double {
    let power = Double.exp(
      (-Double.log(q) - logNormalizer(nu) - 0.5 * Double.log(nu)) / nu + 0.5 * Double.log(nu))
    return power > nu.squareRoot() && power.isFinite ? power : StandardNormal.upperQuantile(q)
  }
}
