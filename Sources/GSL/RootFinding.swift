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
    absoluteTolerance: Double = 0, iterations: Int = 200, _ f: (Double) -> Double
  ) throws(GSLError) -> Estimate {
    func arguments() -> String { "between: \(a), and: \(b), iterations: \(iterations)" }
    try require(
      a < b && a.isFinite && b.isFinite, "root", arguments(),
      "the bracket's ends must be finite and increasing")
    try require(iterations > 0, "root", arguments(), "at least one iteration is needed")
    try require(
      relativeTolerance >= 0 && absoluteTolerance >= 0, "root", arguments(),
      "a tolerance must not be negative")
    let solver = pointer
    let (outcome, offence) = withFunction({ clamp(f($0)) }) { function in
      var status = quietly { gsl_root_fsolver_set(solver, function, a, b) }
      var iteration = 0
      while status == GSL_SUCCESS {
        let lower = solver.pointee.x_lower
        let upper = solver.pointee.x_upper
        let tolerance = max(
          absoluteTolerance, relativeTolerance * abs(solver.pointee.root), .leastNormalMagnitude)
        if upper - lower <= tolerance { break }
        if iteration == iterations { return Int32(GSL_EMAXITER) }
        iteration += 1
        status = gsl_root_fsolver_iterate(solver)
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
    return Estimate(solver.pointee.root, error: solver.pointee.x_upper - solver.pointee.x_lower)
  }
}

/// A root of `f` between `a` and `b` with a solver of its own; see `RootFinder.root`.
public func root(
  between a: Double, and b: Double, relativeTolerance: Double = 4 * Double.ulpOfOne,
  absoluteTolerance: Double = 0, iterations: Int = 200, _ f: (Double) -> Double
) throws(GSLError) -> Estimate {
  var finder = try RootFinder()
  return try finder.root(
    between: a, and: b, relativeTolerance: relativeTolerance, absoluteTolerance: absoluteTolerance,
    iterations: iterations, f)
}

/// Only the sign of an infinite value matters to a bracket, and Brent's interpolation needs numbers.
@inline(__always)
func clamp(_ value: Double) -> Double {
  value.isInfinite ? (value > 0 ? 1e300 : -1e300) : value
}
