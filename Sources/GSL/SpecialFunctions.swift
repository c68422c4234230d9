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
}
