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
  /// epsilon algorithm; 15 points on a half-line) expects it. A piece over many orders of magnitude is
  /// integrated over the logarithm of the argument, a half-line at the last break points' scale. The error is the sum of the pieces'
  /// estimates, of the roundoff, and of what the last ulp at a pole hides, for an exact integrand. Refinement stops when it is
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

    // A piece of a few ulps holds too few numbers to integrate over: it joins its neighbour.
    func areApart(_ x: Double, _ y: Double) -> Bool { y - x > 1000 * max(x.ulp, y.ulp) }
    var ends = [a]
    for x in breaks.sorted() where x.isFinite {
      let isFar = ends.last!.isInfinite || areApart(ends.last!, x)
      if x > a && x < b && isFar && (b.isInfinite || areApart(x, b)) { ends.append(x) }
    }
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
    // At a pole or a jump away from zero, the last ulp of the argument hides some mass.
    let hidden = ends.reduce(0) { sum, x in
      x.isInfinite
        ? sum : sum + x.ulp * (finiteMagnitude(f(x.nextUp)) + finiteMagnitude(f(x.nextDown)))
    }
    let error = pieces.reduce(0) { $0 + $1.error } + magnitude * .ulpOfOne + hidden
    return Estimate(value, error: error)
  }

  /// Fills `pieces` with one estimate for each piece between the ends.
  private mutating func sum(
    _ function: UnsafeMutablePointer<gsl_function>, _ ends: [Double], absolute: Double,
    relative: Double
  ) -> Int32 {
    pieces.removeAll(keepingCapacity: true)
    let finite = ends.filter(\.isFinite)
    let spacing =
      finite.count > 1
      ? (below: finite[1] - finite[0], above: finite[finite.count - 1] - finite[finite.count - 2])
      : (below: max(abs(finite.first ?? 0), 1), above: max(abs(finite.first ?? 0), 1))
    // One cheap rule on each finite piece gives the scale of the whole, against which a piece in a
    // tail need not be refined to its own last digit.
    var scale = 0.0
    for (a, b) in zip(ends, ends.dropFirst()) {
      var value = 0.0
      var error = Double.infinity
      var magnitude = 0.0
      var spread = 0.0
      if a.isFinite && b.isFinite {
        let piece = Substitution(from: a, to: b, spacing: 1)
        function.substitute(piece)
        let (lower, upper) = piece.limits
        gsl_integration_qk21(function, lower, upper, &value, &error, &magnitude, &spread)
        scale += abs(value)
      }
      pieces.append(Estimate(value, error: error))
    }
    let tolerance = max(absolute, relative * scale) / Double(pieces.count)
    for index in pieces.indices where !(pieces[index].error <= tolerance) {
      let (a, b) = (ends[index], ends[index + 1])
      let piece = Substitution(
        from: a, to: b, spacing: a.isFinite ? spacing.above : spacing.below)
      function.substitute(piece)
      let (lower, upper) = piece.limits
      var value = 0.0
      var error = 0.0
      let status = quietly {
        switch (a.isFinite, b.isFinite) {
        case (true, true):
          gsl_integration_qags(
            function, lower, upper, tolerance, relative, subintervals, pointer, &value, &error)
        case (true, false):
          gsl_integration_qagiu(
            function, lower, tolerance, relative, subintervals, pointer, &value, &error)
        case (false, true):
          gsl_integration_qagil(
            function, upper, tolerance, relative, subintervals, pointer, &value, &error)
        case (false, false):
          gsl_integration_qagi(
            function, tolerance, relative, subintervals, pointer, &value, &error)
        }
      }
      // Roundoff is not a failure: value and error are what double precision can give. Neither is a
      // singularity that cannot be split further, as long as the error stays small beside the whole.
      let isUsable =
        status == GSL_EROUND || status == GSL_ESING && error <= 1e-6 * max(scale, abs(value))
      guard status == GSL_SUCCESS || isUsable else { return status }
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

private func finiteMagnitude(_ x: Double) -> Double { x.isFinite ? abs(x) : 0 }
