/// A point where a function vanishes.
public struct Zero: Sendable, Hashable {
  /// How the function behaves at a zero.
  public enum Kind: Sendable, Hashable {
    /// The sign changes from minus to plus.
    case rising
    /// The sign changes from plus to minus.
    case falling
    /// The sign is the same on both sides: a double root, or one end of an interval of zeros.
    case touching
  }

  /// Where, with the width of the bracket.
  public var location: Estimate
  /// How the sign behaves.
  public var kind: Kind

  /// A zero at a place, of a kind.
  public init(_ location: Estimate, kind: Kind) {
    self.location = location
    self.kind = kind
  }
}

/// All zeros of a continuous `f` that the scan points reveal, in increasing order.
///
/// A sign change between neighbours is a zero, found by Brent's method. Where `|f|` has a local minimum
/// at a scan point without a sign change, `|f|` is minimised between the neighbours: two close roots or a
/// double root hide there. `touchingTolerance` is the value of `|f|`, relative to the larger neighbour,
/// that still counts as zero. An interval of zeros yields its two ends. An infinite value counts by its
/// sign, so that a log-ratio may leave the support.
///
/// - Throws: `GSLError` when there are fewer than two scan points, when they are not finite and strictly
///   increasing, or when `f` returns NaN.
public func zeros(
  scanning points: [Double], touchingTolerance: Double = 1e-13, _ f: (Double) -> Double
) throws(GSLError) -> [Zero] {
  func require(_ condition: Bool, _ reason: @autoclosure () -> String) throws(GSLError) {
    try GSL.require(condition, "zeros", "scanning: \(points.count) points", reason())
  }
  try require(points.count >= 2, "at least two scan points are needed")
  try require(
    points.allSatisfy(\.isFinite) && zip(points, points.dropFirst()).allSatisfy(<),
    "the scan points must be finite and strictly increasing")
  let values = points.map(f)
  if let bad = values.firstIndex(where: \.isNaN) {
    throw GSLError(
      call: "zeros", arguments: "scanning: \(points.count) points", code: .badFunction,
      reason: "the function is nan at \(points[bad])")
  }
  var scan = try ZeroScan(points: points, values: values, tolerance: touchingTolerance)
  return try scan.run(f)
}

/// The state of one scan: the points, the function's values there, and a root finder to share.
private struct ZeroScan: ~Copyable {
  let points: [Double]
  let values: [Double]
  let tolerance: Double
  var finder: RootFinder
  var found: [Zero] = []

  init(points: [Double], values: [Double], tolerance: Double) throws(GSLError) {
    self.points = points
    self.values = values
    self.tolerance = tolerance
    finder = try RootFinder()
  }

  mutating func run(_ f: (Double) -> Double) throws(GSLError) -> [Zero] {
    var index = 0
    while index < points.count {
      if values[index] == 0 {
        index = addRunOfZeros(from: index, f) + 1
        continue
      }
      if index + 1 < points.count, values[index].signum * values[index + 1].signum < 0 {
        try addRoot(points[index], points[index + 1], rising: values[index] < 0, f)
      } else if isDip(index) {
        try addHiddenZeros(at: index, f)
      }
      index += 1
    }
    return found
  }

  private mutating func addRoot(
    _ a: Double, _ b: Double, rising: Bool, _ f: (Double) -> Double
  ) throws(GSLError) {
    found.append(Zero(try finder.root(between: a, and: b, f), kind: rising ? .rising : .falling))
  }

  /// Adds an exact zero at a scan point, or both ends of a run of them; returns the run's last index.
  private mutating func addRunOfZeros(from first: Int, _ f: (Double) -> Double) -> Int {
    var last = first
    while last + 1 < points.count, values[last + 1] == 0 { last += 1 }
    let before = first > 0 ? values[first - 1].signum : 0
    let after = last + 1 < points.count ? values[last + 1].signum : 0
    if first == last {
      let kind: Zero.Kind = before < after ? .rising : before > after ? .falling : .touching
      found.append(Zero(Estimate(points[first], error: 0), kind: kind))
    } else {
      let lower =
        first > 0 ? edge(outside: points[first - 1], inside: points[first], f) : points[first]
      let upper =
        last + 1 < points.count
        ? edge(outside: points[last + 1], inside: points[last], f) : points[last]
      for x in [lower, upper] { found.append(Zero(Estimate(x, error: x.ulp), kind: .touching)) }
    }
    return last
  }

  /// The last zero on the way from `inside`, where `f` vanishes, to `outside`, where it does not.
  private func edge(outside: Double, inside: Double, _ f: (Double) -> Double) -> Double {
    var (outside, inside) = (outside, inside)
    while true {
      let middle = inside / 2 + outside / 2
      if middle == inside || middle == outside { return inside }
      if f(middle) == 0 { inside = middle } else { outside = middle }
    }
  }

  /// Whether `|f|` is finite and smallest at an interior point between neighbours of the same sign.
  private func isDip(_ index: Int) -> Bool {
    guard index > 0, index + 1 < points.count else { return false }
    let (a, m, b) = (values[index - 1], values[index], values[index + 1])
    return a.signum == m.signum && m.signum == b.signum && abs(m) <= abs(a) && abs(m) <= abs(b)
      && m.isFinite
  }

  private mutating func addHiddenZeros(at index: Int, _ f: (Double) -> Double) throws(GSLError) {
    let (a, b) = (points[index - 1], points[index + 1])
    let sign = values[index].signum
    // Once a point beyond zero is seen, two roots lie on its two sides and the minimum is of no interest.
    var beyond: Double?
    let dip = try minimum(between: a, and: b) { x in
      if beyond != nil { return 0 }
      let value = sign * f(x)
      if value < 0 { beyond = x }
      return value
    }
    if let beyond {
      try addRoot(a, beyond, rising: sign < 0, f)
      try addRoot(beyond, b, rising: sign > 0, f)
    } else if dip.value <= tolerance * min(max(abs(values[index - 1]), abs(values[index + 1])), 1) {
      found.append(Zero(dip.argument, kind: .touching))
    }
  }
}

extension Double {
  fileprivate var signum: Double { self > 0 ? 1 : self < 0 ? -1 : 0 }
}
