internal import CGSL

/// Memory for adaptive quadrature, allocated once and reused by every integral.
///
/// `mutating` on a value that cannot be copied is the lock: two threads cannot share one.
public struct QuadratureWorkspace: ~Copyable {
  private let pointer: UnsafeMutablePointer<gsl_integration_workspace>
  private let subintervals: Int
  private var pieces: [Estimate] = []

  /// Room for `subintervals` bisections on each piece between break points; at least one.
  public init(subintervals: Int = 1000) throws(GSLError) {
    let arguments = "subintervals: \(subintervals)"
    try require(
      (1...10_000_000).contains(subintervals), "QuadratureWorkspace", arguments,
      "the number of subintervals must lie in 1...10000000")
    guard let pointer = quietly({ gsl_integration_workspace_alloc(subintervals) }) else {
      throw GSLError(
        call: "QuadratureWorkspace", arguments: arguments, code: .init(rawValue: 8),
        reason: "not enough memory")
    }
    self.pointer = pointer
    self.subintervals = subintervals
  }

  deinit { gsl_integration_workspace_free(pointer) }

  /// `int_a^b f(x) dx`, where either limit may be infinite, with a bound on the error.
  ///
  /// The interval is split at the break points that lie inside it, so that a kink, a jump, a pole or a
  /// narrow peak of `f` sits at an end, where the rule (Gauss-Kronrod 21 points with bisection and the
  /// epsilon algorithm; 15 points on a half-line) expects it. The error is the sum of the pieces'
  /// estimates and of the roundoff, for an integrand that is itself exact. Refinement stops when it is
  /// below `max(absoluteTolerance, relativeTolerance * |integral|)`, or where roundoff ends all
  /// progress: then the larger error is returned, and is honest.
  ///
  /// - Throws: `GSLError` when a limit or break point is NaN, `a > b`, a tolerance is negative or NaN,
  ///   `f` returns NaN or infinity, the subintervals run out, or the integral diverges.
  public mutating func integrate(
    from a: Double, to b: Double, breaks: [Double] = [],
    absoluteTolerance: Double = 1e-13, relativeTolerance: Double = 1e-12,
    _ f: (Double) -> Double
  ) throws(GSLError) -> Estimate {
    func arguments() -> String {
      "from: \(a), to: \(b), breaks: \(breaks.count) points, "
        + "absoluteTolerance: \(absoluteTolerance), relativeTolerance: \(relativeTolerance)"
    }
    func require(_ condition: Bool, _ reason: String) throws(GSLError) {
      try GSL.require(condition, "integrate", arguments(), reason)
    }
    try require(a <= b, "the lower limit must not exceed the upper one, and neither may be NaN")
    try require(!(a == b && a.isInfinite), "the limits are the same infinity")
    try require(
      absoluteTolerance >= 0 && absoluteTolerance.isFinite && relativeTolerance >= 0
        && relativeTolerance.isFinite, "a tolerance must be finite and not negative")
    try require(!breaks.contains(where: \.isNaN), "a break point is NaN")
    guard a < b else { return Estimate(0, error: 0) }

    var ends = [a]
    for x in breaks.sorted() where x > ends.last! && x < b { ends.append(x) }
    ends.append(b)

    let (status, offence) = withFunction(f) { function in
      sum(
        function, ends, absolute: absoluteTolerance,
        // Below this GSL refuses to start; roundoff ends the refinement earlier in any case.
        relative: max(relativeTolerance, 5e-14))
    }
    try refuse(offence, "integrate", arguments())
    try check(status, "integrate", arguments())
    let value = pieces.reduce(0) { $0 + $1.value }
    let magnitude = pieces.reduce(0) { $0 + abs($1.value) }
    let error = pieces.reduce(0) { $0 + $1.error } + magnitude * .ulpOfOne
    return Estimate(value, error: error)
  }

  /// Fills `pieces` with one estimate for each piece between the ends.
  private mutating func sum(
    _ function: UnsafeMutablePointer<gsl_function>, _ ends: [Double], absolute: Double,
    relative: Double
  ) -> Int32 {
    pieces.removeAll(keepingCapacity: true)
    // One cheap rule on each finite piece gives the scale of the whole, against which a piece in a
    // tail need not be refined to its own last digit.
    var scale = 0.0
    for (a, b) in zip(ends, ends.dropFirst()) {
      var value = 0.0
      var error = Double.infinity
      var magnitude = 0.0
      var spread = 0.0
      if a.isFinite && b.isFinite {
        gsl_integration_qk21(function, a, b, &value, &error, &magnitude, &spread)
        scale += abs(value)
      }
      pieces.append(Estimate(value, error: error))
    }
    let tolerance = max(absolute, relative * scale) / Double(pieces.count)
    for index in pieces.indices where !(pieces[index].error <= tolerance) {
      let (a, b) = (ends[index], ends[index + 1])
      var value = 0.0
      var error = 0.0
      let status = quietly {
        switch (a.isFinite, b.isFinite) {
        case (true, true):
          gsl_integration_qags(
            function, a, b, tolerance, relative, subintervals, pointer, &value, &error)
        case (true, false):
          gsl_integration_qagiu(
            function, a, tolerance, relative, subintervals, pointer, &value, &error)
        case (false, true):
          gsl_integration_qagil(
            function, b, tolerance, relative, subintervals, pointer, &value, &error)
        case (false, false):
          gsl_integration_qagi(
            function, tolerance, relative, subintervals, pointer, &value, &error)
        }
      }
      // Roundoff is not a failure: value and error are what double precision can give.
      guard status == GSL_SUCCESS || status == GSL_EROUND else { return status }
      pieces[index] = Estimate(value, error: error)
    }
    return Int32(GSL_SUCCESS)
  }
}

/// `int_a^b f(x) dx` in a workspace of its own; see `QuadratureWorkspace.integrate`.
public func integrate(
  from a: Double, to b: Double, breaks: [Double] = [],
  absoluteTolerance: Double = 1e-13, relativeTolerance: Double = 1e-12,
  _ f: (Double) -> Double
) throws(GSLError) -> Estimate {
  var workspace = try QuadratureWorkspace()
  return try workspace.integrate(
    from: a, to: b, breaks: breaks, absoluteTolerance: absoluteTolerance,
    relativeTolerance: relativeTolerance, f)
}
