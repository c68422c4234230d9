internal import CGSL

/// The least value of a function of several variables near a starting point, and where it is taken.
public struct MultidimensionalMinimum: Sendable, Hashable {
  /// The coordinates of the least value that was found, each with the extent of the last simplex.
  ///
  /// A smooth function is flat at its minimum, so a coordinate is known to about `sqrt(ulp)` only. The extent is the
  /// method's own opinion; that of a simplex which stopped on a flat set is as wide as it was there.
  public var argument: [Estimate]
  /// The function's value there.
  public var value: Double
  /// By how much the value changes at most when one coordinate moves by its extent: 0 on a flat set.
  public var variation: Double
  /// How often the function was evaluated.
  public var evaluations: Int

  /// The coordinates alone.
  public var point: [Double] { argument.map(\.value) }
}

/// The simplex method of Nelder and Mead for functions of several variables, allocated once and reused.
///
/// It needs no derivatives and takes kinks and walls (`f = infinity`) as they are. It finds a local minimum: start it
/// from several points to see the others.
public struct SimplexMinimizer: ~Copyable {
  private let pointer: UnsafeMutablePointer<gsl_multimin_fminimizer>
  private let start: UnsafeMutablePointer<gsl_vector>
  private let steps: UnsafeMutablePointer<gsl_vector>
  /// The number of variables.
  public let dimensions: Int

  /// Memory for functions of `dimensions` variables, 1 to 1000.
  public init(dimensions: Int) throws(GSLError) {
    let arguments = "dimensions: \(dimensions)"
    try require(
      (1...1000).contains(dimensions), "SimplexMinimizer", arguments,
      "the number of variables must lie in 1...1000")
    let minimizer = quietly { gsl_multimin_fminimizer_alloc(cgsl_multimin_simplex(), dimensions) }
    let vectors = (gsl_vector_alloc(dimensions), gsl_vector_alloc(dimensions))
    guard let minimizer, let start = vectors.0, let steps = vectors.1 else {
      if let minimizer { gsl_multimin_fminimizer_free(minimizer) }
      if let start = vectors.0 { gsl_vector_free(start) }
      if let steps = vectors.1 { gsl_vector_free(steps) }
      throw GSLError(
        call: "SimplexMinimizer", arguments: arguments, code: .init(rawValue: 8),
        reason: "not enough memory")
    }
    (pointer, self.start, self.steps) = (minimizer, start, steps)
    self.dimensions = dimensions
  }

  deinit {
    gsl_multimin_fminimizer_free(pointer)
    gsl_vector_free(start)
    gsl_vector_free(steps)
  }

  /// A local minimum of `f`, searched from `point` with a first simplex of the edges `steps`.
  ///
  /// The search ends when the simplex has shrunk to `tolerance` times the steps, or where only rounding tells the
  /// values of `f` apart. Since a simplex can collapse at a point that is no minimum, it then starts afresh there, ten
  /// times smaller than at first, until that gains nothing.
  ///
  /// - Parameters:
  ///   - point: the start, where `f` must be finite.
  ///   - steps: a length for each coordinate, positive: the scale on which `f` changes.
  ///   - tolerance: the final size of the simplex, relative to the steps.
  ///   - iterations: the number of simplex steps that are allowed in all.
  ///   - f: the function; `infinity` is a wall.
  /// - Throws: `GSLError` when the arguments do not fit each other, `f` is NaN or `-infinity` somewhere or infinite at
  ///   the start, or the iterations run out.
  public mutating func minimum(
    from point: [Double], steps edges: [Double], tolerance: Double = 1e-7, iterations: Int = 10_000,
    _ f: ([Double]) -> Double
  ) throws(GSLError) -> MultidimensionalMinimum {
    func arguments() -> String {
      "from: \(point), steps: \(edges), tolerance: \(tolerance), iterations: \(iterations)"
    }
    func require(_ condition: Bool, _ reason: String) throws(GSLError) {
      try GSL.require(condition, "minimum", arguments(), reason)
    }
    try require(
      point.count == dimensions && edges.count == dimensions,
      "the start and the steps must have \(dimensions) coordinates each")
    try require(point.allSatisfy(\.isFinite), "the start must be finite")
    try require(
      edges.allSatisfy { $0 > 0 && $0.isFinite }, "each step must be finite and positive")
    try require(tolerance > 0 && tolerance < 1, "the tolerance must lie between 0 and 1")
    try require(iterations > 0, "at least one iteration is needed")
    let atStart = f(point)
    try require(atStart != .infinity, "the function is infinite at the start")

    let (minimizer, start, steps) = (pointer, self.start, self.steps)
    let (status, outcome) = withObjective(f, origin: point, scale: edges) { function, objective in
      var remaining = iterations
      var edge = 1.0
      var status = Int32(GSL_SUCCESS)
      repeat {
        let before = objective.pointee.search.least
        for i in 0..<edges.count {
          gsl_vector_set(start, i, objective.pointee.search.best[i])
          gsl_vector_set(steps, i, edge)
        }
        status = descend(
          minimizer, function, from: start, steps: steps, tolerance: tolerance, &remaining,
          objective)
        let gain = before - objective.pointee.search.least
        // The first descent is always followed by a second: its gain says nothing of a collapse.
        if edge < 1 && !(gain > 1e-12 * abs(objective.pointee.search.least)) { break }
        edge = 0.1
      } while status == GSL_SUCCESS && objective.pointee.search.offence == nil
      return status
    }
    if let offence = outcome.offence {
      throw GSLError(
        call: "minimum", arguments: arguments(), code: .badFunction,
        reason: "the function is \(offence.value) at \(offence.argument)")
    }
    try check(status, "minimum", arguments())
    let extent = max(gsl_multimin_fminimizer_size(minimizer), tolerance)
    let best = (0..<dimensions).map { point[$0] + outcome.best[$0] * edges[$0] }
    return probe(f, outcome, at: best, extents: edges.map { $0 * extent })
  }
}

/// A local minimum of `f` near `point` with a minimiser of its own; see `SimplexMinimizer.minimum`.
public func minimum(
  from point: [Double], steps: [Double], tolerance: Double = 1e-7, iterations: Int = 10_000,
  _ f: ([Double]) -> Double
) throws(GSLError) -> MultidimensionalMinimum {
  var minimizer = try SimplexMinimizer(dimensions: point.count)
  return try minimizer.minimum(
    from: point, steps: steps, tolerance: tolerance, iterations: iterations, f)
}

/// One descent: shrinks a simplex until it is small, or its values are all the same.
private func descend(
  _ minimizer: UnsafeMutablePointer<gsl_multimin_fminimizer>,
  _ function: UnsafeMutablePointer<gsl_multimin_function>,
  from start: UnsafeMutablePointer<gsl_vector>, steps: UnsafeMutablePointer<gsl_vector>,
  tolerance: Double, _ remaining: inout Int, _ objective: UnsafeMutablePointer<Objective>
) -> Int32 {
  objective.pointee.search.repetitions = 0
  objective.pointee.search.idle = 0
  let corners = objective.pointee.origin.count + 1
  var status = quietly { gsl_multimin_fminimizer_set(minimizer, function, start, steps) }
  while status == GSL_SUCCESS, objective.pointee.search.offence == nil {
    if gsl_multimin_fminimizer_size(minimizer) <= tolerance { break }
    // Equal values are accepted as they come, and the simplex would walk about for ever.
    if objective.pointee.search.repetitions > 4 * corners { break }
    // So would it where only rounding tells the values apart: by now it should be 2^40 times smaller.
    if objective.pointee.search.idle > 40 * corners { break }
    if remaining == 0 { return Int32(GSL_EMAXITER) }
    remaining -= 1
    status = gsl_multimin_fminimizer_iterate(minimizer)
  }
  return status
}

/// The minimum that was found, with the change of `f` along each coordinate by its extent.
private func probe(
  _ f: ([Double]) -> Double, _ outcome: Search, at best: [Double], extents: [Double]
) -> MultidimensionalMinimum {
  var variation = 0.0
  for (i, extent) in extents.enumerated() {
    for side in [-extent, extent] {
      var neighbour = best
      neighbour[i] += side
      let change = abs(f(neighbour) - outcome.least)
      variation = max(variation, change.isNaN ? .infinity : change)
    }
  }
  return MultidimensionalMinimum(
    argument: zip(best, extents).map { Estimate($0, error: $1) }, value: outcome.least,
    variation: variation, evaluations: outcome.evaluations + 1 + 2 * extents.count)
}

/// What a search has seen so far.
private struct Search {
  /// The least value and its place in units of the steps.
  var least = Double.infinity
  var best: [Double]
  var evaluations = 0
  /// How many evaluations in a row gave exactly the least value.
  var repetitions = 0
  /// How many evaluations in a row gained no more than rounding.
  var idle = 0
  var offence: (argument: [Double], value: Double)?
}

/// A Swift function of several variables that GSL calls in units of the steps.
private struct Objective {
  let evaluate: ([Double]) -> Double
  let origin: [Double]
  let scale: [Double]
  var search: Search
  private var point: [Double]

  init(evaluate: @escaping ([Double]) -> Double, origin: [Double], scale: [Double]) {
    self.evaluate = evaluate
    (self.origin, self.scale, point) = (origin, scale, origin)
    search = Search(best: origin.map { _ in 0 })
  }

  mutating func value(at u: UnsafePointer<gsl_vector>) -> Double {
    for i in point.indices { point[i] = origin[i] + gsl_vector_get(u, i) * scale[i] }
    let value = evaluate(point)
    search.evaluations += 1
    guard !value.isNaN, value > -.infinity else {
      if search.offence == nil { search.offence = (point, value) }
      return 1e300
    }
    search.idle = value < search.least - 4 * search.least.ulp ? 0 : search.idle + 1
    if value < search.least {
      search.least = value
      for i in point.indices { search.best[i] = gsl_vector_get(u, i) }
      search.repetitions = 0
    } else {
      search.repetitions = value == search.least ? search.repetitions + 1 : 0
    }
    // The method only compares values, and refuses infinite ones.
    return min(value, 1e300)
  }
}

private func withObjective(
  _ f: ([Double]) -> Double, origin: [Double], scale: [Double],
  _ body: (UnsafeMutablePointer<gsl_multimin_function>, UnsafeMutablePointer<Objective>) -> Int32
) -> (status: Int32, outcome: Search) {
  withoutActuallyEscaping(f) { f in
    var objective = Objective(evaluate: f, origin: origin, scale: scale)
    let status = withUnsafeMutablePointer(to: &objective) { pointer in
      var function = gsl_multimin_function(
        f: { u, context in
          context!.assumingMemoryBound(to: Objective.self).pointee.value(at: u!)
        },
        n: origin.count, params: UnsafeMutableRawPointer(pointer))
      return body(&function, pointer)
    }
    return (status, objective.search)
  }
}
