internal import CGSL

/// Adaptive Gauss–Kronrod quadrature with a reusable workspace.
///
/// An owned C resource: it cannot be copied, is freed when it goes out of scope, and as integration
/// mutates it, no two threads can share one.
public struct QuadratureWorkspace: ~Copyable {
  private let pointer: UnsafeMutablePointer<gsl_integration_workspace>
  private let limit: Int

  /// Room for `limit` pieces of one interval between break points.
  ///
  /// - Throws: `GSLError` when `limit` is not between 1 and 1,000,000, or memory is short.
  public init(limit: Int = 400) throws(GSLError) {
    _ = abortHandlerIsOff
    guard (1...1_000_000).contains(limit), let pointer = gsl_integration_workspace_alloc(limit)
    else {
      throw GSLError("QuadratureWorkspace", "limit: \(limit)", .domain)
    }
    self.pointer = pointer
    self.limit = limit
  }

  deinit { gsl_integration_workspace_free(pointer) }

  /// The integral of `f` from `a` to `b`, split at `breaks`.
  ///
  /// Each end may be infinite. A break point is a place where `f` has a kink, a jump or an integrable
  /// pole: adaptive rules report false accuracy across one, and are right between them. The error is the sum of
  /// GSL's estimates for the pieces and of the rounding of the summation.
  ///
  /// - Parameters:
  ///   - breaks: points in any order; those outside of the interval are ignored.
  ///   - absoluteTolerance: the error that may remain in the sum of all pieces.
  ///   - relativeTolerance: the same, relative to each piece.
  /// - Throws: `GSLError` when `a > b`, an argument is NaN, `f` is not finite somewhere, or the
  ///   tolerance is out of reach.
  public mutating func integrate(
    from a: Double, to b: Double, breaks: [Double] = [], absoluteTolerance: Double = 1e-13,
    relativeTolerance: Double = 1e-12, _ f: (Double) -> Double
  ) throws(GSLError) -> Estimate {
    guard a <= b, absoluteTolerance >= 0, relativeTolerance >= 0, !breaks.contains(where: \.isNaN)
    else {
      throw GSLError(
        "integrate",
        "from \(a) to \(b), breaks \(breaks), tolerances \(absoluteTolerance), \(relativeTolerance)",
        .domain)
    }
    if a == b { return Estimate(0, error: 0) }
    var ends = [a] + breaks.filter { a < $0 && $0 < b }.sorted() + [b]
    if a == -.infinity, b == .infinity, ends.count == 2 { ends.insert(0, at: 1) }
    var sum = 0.0
    var error = 0.0
    var magnitude = 0.0
    for (lower, upper) in zip(ends, ends.dropFirst()) where lower < upper {
      let piece = try piece(
        from: lower, to: upper, absoluteTolerance: absoluteTolerance / Double(ends.count - 1),
        relativeTolerance: max(relativeTolerance, 5e-14), f)
      sum += piece.value
      error += piece.error
      magnitude += piece.value.magnitude
    }
    return Estimate(sum, error: error + magnitude * Double.ulpOfOne * Double(ends.count))
  }

  /// One smooth piece; its ends may be infinite or poles, at which the rules never evaluate.
  private mutating func piece(
    from a: Double, to b: Double, absoluteTolerance: Double, relativeTolerance: Double,
    _ f: (Double) -> Double
  ) throws(GSLError) -> Estimate {
    var value = 0.0
    var error = 0.0
    var trouble: Double?
    let pointer = pointer
    let limit = limit
    let status = withIntegrand(f, trouble: &trouble) { function in
      switch (a.isFinite, b.isFinite) {
      case (true, true):
        gsl_integration_qags(
          function, a, b, absoluteTolerance, relativeTolerance, limit, pointer, &value, &error)
      case (true, false):
        gsl_integration_qagiu(
          function, a, absoluteTolerance, relativeTolerance, limit, pointer, &value, &error)
      case (false, true):
        gsl_integration_qagil(
          function, b, absoluteTolerance, relativeTolerance, limit, pointer, &value, &error)
      case (false, false):
        gsl_integration_qagi(
          function, absoluteTolerance, relativeTolerance, limit, pointer, &value, &error)
      }
    }
    let place = "from \(a) to \(b)"
    if let trouble { throw GSLError("integrate", place, .notFinite(at: trouble)) }
    if let reason = GSLError.Reason(status: status) {
      // Rounding stops the refinement, but GSL's error estimate then says what was reached.
      guard reason == .roundoff, value.isFinite, error.isFinite else {
        throw GSLError("integrate", place, reason)
      }
    }
    return Estimate(value, error: error)
  }
}

/// The integral of `f` from `a` to `b` with a workspace of its own; see `QuadratureWorkspace`.
///
/// - Throws: `GSLError` as `QuadratureWorkspace.integrate`.
public func integrate(
  from a: Double, to b: Double, breaks: [Double] = [], absoluteTolerance: Double = 1e-13,
  relativeTolerance: Double = 1e-12, _ f: (Double) -> Double
) throws(GSLError) -> Estimate {
  var workspace = try QuadratureWorkspace()
  return try workspace.integrate(
    from: a, to: b, breaks: breaks, absoluteTolerance: absoluteTolerance,
    relativeTolerance: relativeTolerance, f)
}
