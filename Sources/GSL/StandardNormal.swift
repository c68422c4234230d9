internal import CGSL
internal import RealModule

/// The distribution function of N(0, 1), both tails and their inverses, to about an ulp.
public enum StandardNormal {
  /// `P(Z <= z)`.
  public static func lower(_ z: Double) -> Double { upper(-z) }

  /// `P(Z > z) = erfc(z / sqrt(2)) / 2`.
  ///
  /// In the tail the rounding of `z / sqrt(2)` would be amplified by `z^2`, so what was rounded off is
  /// carried along; GSL's own function is zero from 37.5 on.
  public static func upper(_ z: Double) -> Double {
    let scaled = z * 0.707_106_781_186_547_6
    guard scaled > 2 && scaled < 28 else { return 0.5 * .erfc(scaled) }
    // The second constant is 1 / sqrt(2) minus the first, to twice the precision.
    let rest = (-scaled).addingProduct(z, 0.707_106_781_186_547_6) + z * -4.833_646_656_726_457e-17
    return 0.5 * .erfc(scaled) * (1 - 2 * scaled * rest)
  }

  /// `exp(-z^2 / 2) / sqrt(2 pi)`.
  public static func density(_ z: Double) -> Double { 0.398_942_280_401_432_7 * .exp(-0.5 * z * z) }

  /// The smallest `z` with `lower(z) >= p`; NaN outside of `[0, 1]`.
  public static func lowerQuantile(_ p: Double) -> Double {
    p <= 0.5
      ? inverse(of: p, guess: { gsl_cdf_ugaussian_Pinv(p) }, increasing: true, lower)
      : p <= 1 ? upperQuantile(1 - p) : .nan
  }

  /// The smallest `z` with `upper(z) <= q`; NaN outside of `[0, 1]`.
  public static func upperQuantile(_ q: Double) -> Double {
    q <= 0.5
      ? inverse(of: q, guess: { gsl_cdf_ugaussian_Qinv(q) }, increasing: false, upper)
      : q <= 1 ? lowerQuantile(1 - q) : .nan
  }

  private static func inverse(
    of p: Double, guess: () -> Double, increasing: Bool, _ f: (Double) -> Double
  ) -> Double {
    guard p > 0 else { return p == 0 ? (increasing ? -.infinity : .infinity) : .nan }
    if p == 0.5 { return 0 }
    return firstArgument(
      reaching: p, in: -.infinity, .infinity, startingAt: quietly(guess), increasing: increasing,
      slope: density, f)
  }
}
