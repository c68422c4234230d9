internal import CGSL
internal import RealModule

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
  ///
  /// Where only one parameter is large, GSL subtracts two large logarithms; here they are one.
  public static func logBeta(_ a: Double, _ b: Double) -> Double {
    let (small, large) = (min(a, b), max(a, b))
    guard small > 0, small < 10, large >= 10, large < .infinity else {
      return quietly { gsl_sf_lnbeta(a, b) }
    }
    return quietly {
      gsl_sf_lngamma(small) + small - (large - 0.5) * .log(onePlus: small / large)
        - small * .log(small + large)
        + .log(gsl_sf_gammastar(large) / gsl_sf_gammastar(small + large))
    }
  }
}
