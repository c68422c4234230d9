import RealModule

/// The logarithm of a power and a power of the logarithm, `constant + slope x + logSlope log x`, through three points.
struct PowerLaw {
  var constant, slope, logSlope: Double

  /// Where to put the three points, as parts of the way to the furthest; the second choice shows what the first is
  /// worth.
  static let fractions: [[Double]] = [[1, 0.75, 0.5], [0.97, 0.66, 0.35]]

  /// The fit at `start + fraction (end - start)`, or where rounding puts these points; nil where the function is not
  /// finite.
  init?(
    from start: Double, to end: Double, _ fractions: [Double],
    rounded: (Double) -> Double = { $0 }, _ function: (Double) -> Double
  ) {
    guard end > start else { return nil }
    let points = fractions.map { start + $0 * (end - start) }
    let (x, y) = (points.map(rounded), points.map(function))
    guard y.allSatisfy(\.isFinite) else { return nil }
    let (u, v) = (x[0] - x[1], x[1] - x[2])
    let (a, b) = (Double.log(x[0] / x[1]), Double.log(x[1] / x[2]))
    let determinant = u * b - v * a
    slope = ((y[0] - y[1]) * b - (y[1] - y[2]) * a) / determinant
    logSlope = (u * (y[1] - y[2]) - v * (y[0] - y[1])) / determinant
    constant = y[0] - slope * x[0] - logSlope * .log(x[0])
  }

  func callAsFunction(_ x: Double) -> Double { constant + slope * x + logSlope * .log(x) }
}
