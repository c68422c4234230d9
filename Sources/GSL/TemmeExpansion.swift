import RealModule

/// Temme's uniform expansion of the incomplete gamma function for a large shape `a` (DLMF 8.12).
///
/// With `eta^2 / 2 = d - log(1 + d)`, `d = (x - a) / a` and the sign of `d`,
/// `Q(a, x) = erfc(eta sqrt(a / 2)) / 2 + S` and `P(a, x) = erfc(-eta sqrt(a / 2)) / 2 - S`, where
/// `S = exp(-a eta^2 / 2) / sqrt(2 pi a) * sum_k c_k(eta) a^-k`. GSL's own choice of methods loses
/// digits in places from shapes of some hundred on, and all of them from some ten thousand on.
struct TemmeExpansion {
  private let eta: Double
  private let scaled: Double
  private let correction: Double

  /// Shapes from which five terms in `1 / a` reach the last bit.
  static let smallestShape = 200.0

  /// The expansion at `x`, nil when `x` is too far from `a` for the Taylor series of the coefficients.
  init?(_ x: Double, shape a: Double) {
    let d = (x - a) / a
    let phi = -negativePhi(d)
    eta = d < 0 ? -Double.sqrt(2 * phi) : Double.sqrt(2 * phi)
    guard eta.magnitude <= 0.35 else { return nil }
    scaled = eta * .sqrt(a)
    var sum = 0.0
    for row in Self.coefficients.reversed() {
      var value = 0.0
      for coefficient in row.reversed() { value = value * eta + coefficient }
      sum = sum / a + value
    }
    correction = .exp(-a * phi) / .sqrt(2 * .pi * a) * sum
  }

  /// `P(a, x)`.
  var lower: Double { max(0, StandardNormal.lower(scaled) - correction) }

  /// `Q(a, x)`.
  var upper: Double { max(0, StandardNormal.upper(scaled) + correction) }

  // Taylor coefficients of c_0 to c_4, computed in fractions: mu = lambda - 1 from
  // mu mu' = eta (1 + mu), then c_0 = 1/mu - 1/eta, c_k = c_(k-1)' / eta + (-1)^k g_k / mu with
  // Stirling's g_k.
  private static let coefficients: [[Double]] = [
    [
      -0.3333333333333333, 0.08333333333333333, -0.014814814814814815, 0.0011574074074074073,
      0.0003527336860670194, -0.0001787551440329218, 3.919263178522438e-05, -2.185448510679992e-06,
      -1.85406221071516e-06, 8.296711340953087e-07, -1.7665952736826078e-07, 6.707853543401498e-09,
      1.0261809784240309e-08, -4.382036018453353e-09, 9.14769958223679e-10, -2.5514193994946248e-11,
      -5.830772132550426e-11, 2.4361948020667415e-11, -5.0276692801141755e-12,
      1.1004392031956135e-13,
    ],
    [
      -0.001851851851851852, -0.003472222222222222, 0.0026455026455026454, -0.0009902263374485596,
      0.00020576131687242798, -4.018775720164609e-07, -1.8098550334489977e-05, 7.64916091608111e-06,
      -1.6120900894563446e-06, 4.647127802807434e-09, 1.378633446915721e-07, -5.752545603517705e-08,
      1.1951628599778148e-08, -1.7543241719747647e-11, -1.0091543710600413e-09,
      4.162792991842583e-10, -8.56390702649298e-11,
    ],
    [
      0.004133597883597883, -0.0026813271604938273, 0.0007716049382716049, 2.0093878600823047e-06,
      -0.0001073665322636516, 5.2923448829120125e-05, -1.2760635188618728e-05,
      3.423578734096138e-08, 1.3721957309062934e-06, -6.298992138380055e-07, 1.4280614206064242e-07,
      -2.0477098421990866e-10, -1.409252991086752e-08, 6.228974084922022e-09,
    ],
    [
      0.0006494341563786008, 0.00022947209362139917, -0.0004691894943952557, 0.00026772063206283885,
      -7.561801671883977e-05, -2.396505113867297e-07, 1.1082654115347302e-05,
      -5.6749528269915965e-06, 1.4230900732435883e-06, -2.7861080291528143e-11,
    ],
    [
      -0.0008618882909167117, 0.0007840392217200666, -0.0002990724803031902,
      -1.4638452578843418e-06, 6.641498215465122e-05, -3.968365047179435e-05,
    ],
  ]
}
