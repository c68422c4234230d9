internal import CGSL

/// The special functions and distribution functions that the families need.
///
/// A value outside of a function's domain is NaN, as in the C library; nothing here aborts.
public enum SpecialFunctions {
  /// `log Gamma(x)` for `x > 0`.
  public static func logGamma(_ x: Double) -> Double {
    _ = abortHandlerIsOff
    return gsl_sf_lngamma(x)
  }

  /// `log B(a, b)` for positive `a`, `b`.
  public static func logBeta(_ a: Double, _ b: Double) -> Double {
    _ = abortHandlerIsOff
    return gsl_sf_lnbeta(a, b)
  }

  /// `erfc(x)`, accurate in the upper tail.
  public static func complementaryError(_ x: Double) -> Double {
    _ = abortHandlerIsOff
    return gsl_sf_erfc(x)
  }

  /// The standard normal's quantile.
  public static func normalQuantile(_ probability: Double) -> Double {
    _ = abortHandlerIsOff
    return gsl_cdf_ugaussian_Pinv(probability)
  }

  /// `P(a, x)`, the regularised lower incomplete gamma function.
  public static func lowerGamma(_ a: Double, _ x: Double) -> Double {
    _ = abortHandlerIsOff
    return gsl_cdf_gamma_P(x, a, 1)
  }

  /// `Q(a, x)`, the regularised upper incomplete gamma function.
  public static func upperGamma(_ a: Double, _ x: Double) -> Double {
    _ = abortHandlerIsOff
    return gsl_cdf_gamma_Q(x, a, 1)
  }

  /// `I_x(a, b)`, the regularised incomplete beta function.
  public static func lowerBeta(_ a: Double, _ b: Double, _ x: Double) -> Double {
    _ = abortHandlerIsOff
    return gsl_cdf_beta_P(x, a, b)
  }

  /// `1 - I_x(a, b)`, accurate where it is small.
  public static func upperBeta(_ a: Double, _ b: Double, _ x: Double) -> Double {
    _ = abortHandlerIsOff
    return gsl_cdf_beta_Q(x, a, b)
  }

  /// The distribution function of Student's t with `degrees` degrees of freedom.
  public static func studentT(_ x: Double, degrees: Double) -> Double {
    _ = abortHandlerIsOff
    return gsl_cdf_tdist_P(x, degrees)
  }

  /// The quantile of the gamma law of shape `a` and rate 1, a start to be polished.
  public static func gammaQuantile(_ probability: Double, shape a: Double) -> Double {
    _ = abortHandlerIsOff
    return gsl_cdf_gamma_Pinv(probability, a, 1)
  }

  /// The quantile of the beta law, a start to be polished.
  public static func betaQuantile(_ probability: Double, _ a: Double, _ b: Double) -> Double {
    _ = abortHandlerIsOff
    return gsl_cdf_beta_Pinv(probability, a, b)
  }

  /// The quantile of Student's t, a start to be polished.
  public static func studentTQuantile(_ probability: Double, degrees: Double) -> Double {
    _ = abortHandlerIsOff
    return gsl_cdf_tdist_Pinv(probability, degrees)
  }
}
