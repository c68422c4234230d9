internal import CGSL

/// A minimum of a function: its place, the value there, and how wide the last bracket was.
public struct Minimum: Sendable, Hashable {
  /// The place of the minimum.
  public var x: Double
  /// The function's value at `x`.
  public var value: Double
  /// Half the width of the last bracket round `x`; near a smooth minimum about the square root of the rounding error.
  public var error: Double
}

/// A minimum of `f` between `lower` and `upper` by Brent's method (golden section and parabolas).
///
/// - Parameter start: a point strictly between the ends with `f` below its value at both ends; when absent, or when
///   `f` is not lower there, the lowest of 33 equally spaced points is taken, ends included, and an end is returned when it is the lowest.
/// - Throws: `GSLError` when `lower > upper`, an end is not finite, or `f` is not finite somewhere.
public func minimum(
  between lower: Double, and upper: Double, startingAt start: Double? = nil,
  _ f: (Double) -> Double
) throws(GSLError) -> Minimum {
  _ = abortHandlerIsOff
  let place = "between \(lower) and \(upper)"
  guard lower <= upper, lower.isFinite, upper.isFinite else {
    throw GSLError("minimum", place, .domain)
  }
  var (left, middle, right) = (lower, start ?? .nan, upper)
  if !(lower < middle && middle < upper && f(middle) < f(lower) && f(middle) < f(upper)) {
    let points = (0...32).map { lower + (upper - lower) * Double($0) / 32 }
    let values = points.map(f)
    if let bad = values.firstIndex(where: { !$0.isFinite }) {
      throw GSLError("minimum", place, .notFinite(at: points[bad]))
    }
    let best = values.indices.min { values[$0] < values[$1] }!
    let spacing = (upper - lower) / 32
    guard best > 0, best < 32, values[best] < values[best - 1], values[best] < values[best + 1]
    else {
      return Minimum(x: points[best], value: values[best], error: spacing)
    }
    (left, middle, right) = (points[best - 1], points[best], points[best + 1])
  }
  guard let minimiser = gsl_min_fminimizer_alloc(cgsl_min_brent()) else {
    throw GSLError("minimum", place, .status(0, "no memory"))
  }
  defer { gsl_min_fminimizer_free(minimiser) }
  var trouble: Double?
  let found: (Minimum, CInt) = withIntegrand(f, trouble: &trouble) { function in
    var status = gsl_min_fminimizer_set(minimiser, function, middle, left, right)
    var rounds = 0
    while Int(status) == GSL_SUCCESS, rounds < 200 {
      status = gsl_min_fminimizer_iterate(minimiser)
      let width =
        gsl_min_fminimizer_x_upper(minimiser) - gsl_min_fminimizer_x_lower(minimiser)
      if width <= 1e-9 * max(gsl_min_fminimizer_x_minimum(minimiser).magnitude, 1e-300) { break }
      rounds += 1
    }
    let width = gsl_min_fminimizer_x_upper(minimiser) - gsl_min_fminimizer_x_lower(minimiser)
    return (
      Minimum(
        x: gsl_min_fminimizer_x_minimum(minimiser),
        value: gsl_min_fminimizer_f_minimum(minimiser), error: width / 2), status
    )
  }
  if let trouble { throw GSLError("minimum", place, .notFinite(at: trouble)) }
  switch GSLError.Reason(status: found.1) {
  // Any other status than these two means that the bracket cannot be narrowed further.
  case .domain?: throw GSLError("minimum", place, .domain)
  case .divergent?: throw GSLError("minimum", place, .divergent)
  default: return found.0
  }
}
