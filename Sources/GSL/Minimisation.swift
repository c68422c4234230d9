internal import CGSL

/// The least value of a function on an interval, and where it is taken.
public struct Minimum: Sendable, Hashable {
  /// The argument of the least value that was found, with the width of the last bracket.
  ///
  /// A smooth function is flat at its minimum, so the argument is known to about `sqrt(ulp)` only.
  public var argument: Estimate
  /// The function's value there.
  public var value: Double
}

/// A local minimum of `f` on `[a, b]` by Brent's method: the least value when `f` is unimodal there.
///
/// A golden-section phase first looks for an interior point below both ends; where there is none, as for
/// a monotone `f`, the answer is the lower end.
///
/// - Throws: `GSLError` when `a >= b`, an end is not finite, `f` returns NaN, or there is no iteration.
public func minimum(
  between a: Double, and b: Double, relativeTolerance: Double = 4e-8, iterations: Int = 200,
  _ f: (Double) -> Double
) throws(GSLError) -> Minimum {
  func arguments() -> String { "between: \(a), and: \(b), iterations: \(iterations)" }
  try require(
    a < b && a.isFinite && b.isFinite, "minimum", arguments(),
    "the interval's ends must be finite and increasing")
  try require(iterations > 0, "minimum", arguments(), "at least one iteration is needed")

  let (found, offence) = withFunction({ clamp(f($0)) }) { function in
    search(function, a, b, relativeTolerance: relativeTolerance, iterations: iterations)
  }
  try refuse(offence, "minimum", arguments())
  switch found {
  case .success(let minimum): return minimum
  case .failure(let status):
    try check(status.code, "minimum", arguments())
    return Minimum(argument: Estimate(a, error: .infinity), value: .nan)
  }
}

/// A GSL status other than success.
private struct Status: Error { var code: Int32 }

private func search(
  _ function: UnsafeMutablePointer<gsl_function>, _ a: Double, _ b: Double,
  relativeTolerance: Double, iterations: Int
) -> Result<Minimum, Status> {
  func f(_ x: Double) -> Double { function.pointee.function(x, function.pointee.params) }
  let golden = (3 - 5.0.squareRoot()) / 2
  var (lower, upper) = (a, b)
  var (atLower, atUpper) = (f(a), f(b))
  var middle = a + golden * (b - a)
  var atMiddle = f(middle)
  // Walk towards the lower end until a point lies below both, or the end itself is the minimum.
  while !(atMiddle < atLower && atMiddle < atUpper) {
    let tolerance = relativeTolerance * max(abs(lower), abs(upper)) + .leastNormalMagnitude
    if upper - lower <= tolerance || middle <= lower || middle >= upper {
      let (x, value) = atLower <= atUpper ? (lower, atLower) : (upper, atUpper)
      return .success(Minimum(argument: Estimate(x, error: upper - lower), value: value))
    }
    if atLower <= atUpper {
      (upper, atUpper) = (middle, atMiddle)
      middle = lower + golden * (upper - lower)
    } else {
      (lower, atLower) = (middle, atMiddle)
      middle = upper - golden * (upper - lower)
    }
    atMiddle = f(middle)
  }

  guard let minimizer = quietly({ gsl_min_fminimizer_alloc(cgsl_min_brent()) }) else {
    return .failure(Status(code: 8))
  }
  defer { gsl_min_fminimizer_free(minimizer) }
  var status = gsl_min_fminimizer_set_with_values(
    minimizer, function, middle, atMiddle, lower, atLower, upper, atUpper)
  var iteration = 0
  while status == GSL_SUCCESS {
    let width = minimizer.pointee.x_upper - minimizer.pointee.x_lower
    let scale = max(abs(minimizer.pointee.x_lower), abs(minimizer.pointee.x_upper))
    if width <= relativeTolerance * scale + .leastNormalMagnitude { break }
    if iteration == iterations { break }
    iteration += 1
    status = gsl_min_fminimizer_iterate(minimizer)
  }
  // A flat bottom ends the progress (GSL_FAILURE, GSL_EROUND); the bracket's width says how well.
  return .success(
    Minimum(
      argument: Estimate(
        minimizer.pointee.x_minimum,
        error: minimizer.pointee.x_upper - minimizer.pointee.x_lower),
      value: minimizer.pointee.f_minimum))
}
