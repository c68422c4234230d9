internal import CGSL

/// Brent's method for a root in a bracket, allocated once and reused.
public struct RootFinder: ~Copyable {
  private let pointer: UnsafeMutablePointer<gsl_root_fsolver>

  /// A solver; throws only when memory runs out.
  public init() throws(GSLError) {
    guard let pointer = quietly({ gsl_root_fsolver_alloc(cgsl_root_brent()) }) else {
      throw GSLError(
        call: "RootFinder", arguments: "", code: .init(rawValue: 8), reason: "not enough memory")
    }
    self.pointer = pointer
  }

  deinit { gsl_root_fsolver_free(pointer) }

  /// A root of a continuous `f` between `a` and `b`, where `f` has opposite signs.
  ///
  /// The value is the end of the last bracket with the smaller `|f|`, the error that bracket's width:
  /// the default tolerance leaves a few units in the last place. An infinite value of `f` counts by
  /// its sign.
  ///
  /// - Throws: `GSLError` when `a >= b`, an end is not finite, the signs agree, `f` returns NaN, or the
  ///   iterations run out.
  public mutating func root(
    between a: Double, and b: Double, relativeTolerance: Double = 4 * Double.ulpOfOne,
    absoluteTolerance: Double = 0, iterations: Int = 100, _ f: (Double) -> Double
  ) throws(GSLError) -> Estimate {
    func arguments() -> String { "between: \(a), and: \(b), iterations: \(iterations)" }
    try require(
      a < b && a.isFinite && b.isFinite, "root", arguments(),
      "the bracket's ends must be finite and increasing")
    try require(iterations > 0, "root", arguments(), "at least one iteration is needed")
    try require(
      relativeTolerance >= 0 && absoluteTolerance >= 0, "root", arguments(),
      "a tolerance must not be negative")
    let finder = pointer
    var bracket = (lower: a, upper: b, root: a)
    let (outcome, offence) = withFunction({ clamp(f($0)) }) { function in
      var status = quietly { gsl_root_fsolver_set(finder, function, a, b) }
      var iteration = 0
      while status == GSL_SUCCESS {
        bracket = (finder.pointee.x_lower, finder.pointee.x_upper, finder.pointee.root)
        let tolerance = max(absoluteTolerance, relativeTolerance * abs(bracket.root))
        if bracket.upper - bracket.lower <= max(tolerance, .leastNonzeroMagnitude) { break }
        if iteration == iterations { return Int32(GSL_EMAXITER) }
        // Brent's steps are superlinear near a simple root; at a root many orders of magnitude below
        // the bracket or of high order, halving the set of floating-point numbers is what ends.
        if iteration == 50 {
          bisect(function, &bracket)
          break
        }
        iteration += 1
        status = gsl_root_fsolver_iterate(finder)
      }
      return status
    }
    try refuse(offence, "root", arguments())
    if outcome == GSL_EINVAL {
      throw GSLError(
        call: "root", arguments: arguments(), code: .invalid,
        reason: "the function has the same sign at both ends")
    }
    try check(outcome, "root", arguments())
    return Estimate(bracket.root, error: bracket.upper - bracket.lower)
  }
}

/// A root of `f` between `a` and `b` with a solver of its own; see `RootFinder.root`.
public func root(
  between a: Double, and b: Double, relativeTolerance: Double = 4 * Double.ulpOfOne,
  absoluteTolerance: Double = 0, iterations: Int = 100, _ f: (Double) -> Double
) throws(GSLError) -> Estimate {
  var finder = try RootFinder()
  return try finder.root(
    between: a, and: b, relativeTolerance: relativeTolerance, absoluteTolerance: absoluteTolerance,
    iterations: iterations, f)
}

/// Bisects in the order of the floating-point numbers, 64 steps at most, until the ends are neighbours.
private func bisect(
  _ function: UnsafeMutablePointer<gsl_function>,
  _ bracket: inout (lower: Double, upper: Double, root: Double)
) {
  func f(_ x: Double) -> Double { function.pointee.function(x, function.pointee.params) }
  var (low, high) = (ordinal(bracket.lower), ordinal(bracket.upper))
  let lowerIsNegative = f(bracket.lower) < 0
  while high - 1 > low {
    let middle = midpoint(low, high)
    let value = f(number(middle))
    if value == 0 {
      (low, high) = (middle, middle)
    } else if (value < 0) == lowerIsNegative {
      low = middle
    } else {
      high = middle
    }
  }
  bracket = (number(low), number(high), number(high))
}

/// Only the sign of an infinite value matters to a bracket, and Brent's interpolation needs numbers.
@inline(__always)
func clamp(_ value: Double) -> Double {
  value.isInfinite ? (value > 0 ? 1e300 : -1e300) : value
}
