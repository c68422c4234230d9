internal import CGSL

/// Brent's bracketing root finder with reusable state: the root of a continuous function that has
/// different signs at the two ends of a bracket.
public struct RootFinder: ~Copyable {
  private let pointer: UnsafeMutablePointer<gsl_root_fsolver>

  /// A solver.
  ///
  /// - Throws: `GSLError` when memory is short.
  public init() throws(GSLError) {
    _ = abortHandlerIsOff
    guard let pointer = gsl_root_fsolver_alloc(cgsl_root_brent()) else {
      throw GSLError("RootFinder", "", .status(0, "no memory"))
    }
    self.pointer = pointer
  }

  deinit { gsl_root_fsolver_free(pointer) }

  /// A root of `f` between `lower` and `upper`, to the last bits that the bracket can be narrowed to.
  ///
  /// The error is the width of the last bracket: `f` changes its sign within `value ± error`.
  ///
  /// - Throws: `GSLError` when `lower > upper`, an end is not finite, `f` is not finite somewhere or has
  ///   the same sign at both ends.
  public mutating func root(
    between lower: Double, and upper: Double, _ f: (Double) -> Double
  ) throws(GSLError) -> Estimate {
    let place = "between \(lower) and \(upper)"
    guard lower <= upper, lower.isFinite, upper.isFinite else {
      throw GSLError("root", place, .domain)
    }
    var trouble: Double?
    let pointer = pointer
    let found: (Estimate?, CInt) = withIntegrand(f, trouble: &trouble) { function in
      let atLower = function.pointee.function(lower, function.pointee.params)
      let atUpper = function.pointee.function(upper, function.pointee.params)
      if atLower == 0 { return (Estimate(lower, error: 0), 0) }
      if atUpper == 0 { return (Estimate(upper, error: 0), 0) }
      guard (atLower < 0) != (atUpper < 0) else { return (nil, 0) }
      var status = gsl_root_fsolver_set(pointer, function, lower, upper)
      var rounds = 0
      while Int(status) == GSL_SUCCESS, rounds < 200 {
        status = gsl_root_fsolver_iterate(pointer)
        let low = gsl_root_fsolver_x_lower(pointer)
        let high = gsl_root_fsolver_x_upper(pointer)
        let root = gsl_root_fsolver_root(pointer)
        if high - low <= 4 * root.ulp { break }
        rounds += 1
      }
      let low = gsl_root_fsolver_x_lower(pointer)
      let high = gsl_root_fsolver_x_upper(pointer)
      let root = gsl_root_fsolver_root(pointer)
      return (Estimate(root, error: max(high - root, root - low, root.ulp)), status)
    }
    if let trouble { throw GSLError("root", place, .notFinite(at: trouble)) }
    if let reason = GSLError.Reason(status: found.1) { throw GSLError("root", place, reason) }
    guard let root = found.0 else { throw GSLError("root", place, .noSignChange) }
    return root
  }

  /// Every sign change of `f` that the scan points can see, in increasing order.
  ///
  /// Two neighbouring points of different sign bracket a root. Where three neighbours of one sign have the
  /// middle one closest to zero, the minimum of `|f|` between them is searched, so that a pair of roots closer
  /// than the scan is found, and a touching root is returned when it is exactly zero.
  ///
  /// - Parameter points: at least two finite points in increasing order; `f` is looked at between the first and the last.
  /// - Throws: `GSLError` when the points are not finite or not increasing, or `f` is not finite somewhere.
  public mutating func signChanges(
    of f: (Double) -> Double, at points: [Double]
  ) throws(GSLError) -> [Estimate] {
    guard points.count >= 2, points.allSatisfy(\.isFinite),
      zip(points, points.dropFirst()).allSatisfy({ $0 < $1 })
    else { throw GSLError("signChanges", "\(points.count) points", .domain) }
    var scan = points.map { (x: $0, y: f($0)) }
    if let bad = scan.first(where: { !$0.y.isFinite }) {
      throw GSLError("signChanges", "\(points.count) points", .notFinite(at: bad.x))
    }
    for index in points.indices.dropFirst().dropLast().reversed() {
      let (left, middle, right) = (scan[index - 1], scan[index], scan[index + 1])
      let sign: Double = middle.y < 0 ? -1 : 1
      guard middle.y != 0, left.y * sign > 0, right.y * sign > 0,
        middle.y * sign <= left.y * sign, middle.y * sign <= right.y * sign
      else { continue }
      let dip = try minimum(between: left.x, and: right.x, startingAt: middle.x) { sign * f($0) }
      if dip.value * sign <= 0 || sign * f(dip.x) <= 0 {
        let before = dip.x < middle.x
        scan.insert((dip.x, f(dip.x)), at: before ? index : index + 1)
      }
    }
    var roots: [Estimate] = []
    for (left, right) in zip(scan, scan.dropFirst()) {
      if left.y == 0 {
        roots.append(Estimate(left.x, error: 0))
      } else if right.y != 0, (left.y < 0) != (right.y < 0) {
        roots.append(try root(between: left.x, and: right.x, f))
      }
    }
    if scan[scan.count - 1].y == 0 { roots.append(Estimate(scan[scan.count - 1].x, error: 0)) }
    return roots
  }
}
