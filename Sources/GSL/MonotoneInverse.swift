internal import RealModule

/// The smallest `x` in `[lower, upper]` at which a monotone `f` has reached `target`, to the last bit:
/// `f(x) >= target` for an increasing `f`, `f(x) <= target` for a decreasing one.
///
/// Meant for distribution functions (increasing) and survival functions (decreasing): Newton steps on
/// `log f`, which follow a tail over hundreds of orders of magnitude, kept inside a bracket that is
/// bisected in the order of the floating-point numbers where Newton does not make progress, and closed
/// until its ends are neighbours. The ends may be infinite. `upper` is the answer when `f` does not reach
/// the target before it, `lower` when it has reached it there.
///
/// - Parameters:
///   - guess: where to start.
///   - slope: `|f'|`, which only steers: it need not be exact.
public func firstArgument(
  reaching target: Double, in lower: Double, _ upper: Double, startingAt guess: Double,
  increasing: Bool, slope: (Double) -> Double, _ f: (Double) -> Double
) -> Double {
  var low = ordinal(lower)
  var high = ordinal(upper)
  func reached(_ value: Double) -> Bool { increasing ? value >= target : value <= target }
  if reached(f(lower)) { return lower }

  var x = guess
  var bisections = 0
  for step in 0..<60 {
    if !(ordinal(x) > low && ordinal(x) < high) {
      x = number(midpoint(low, high))
      bisections += 1
    }
    if high - 1 <= low { return number(high) }
    let value = f(x)
    let here = ordinal(x)
    if reached(value) { high = here } else { low = here }
    // Newton on log f; where that says nothing (f = 0, no slope), the next x falls outside: bisect.
    let rate = slope(x)
    let move = value > 0 && rate > 0 ? Double.log(target / value) * value / rate : .nan
    let next = increasing ? x + move : x - move
    if abs(move) <= 2 * x.ulp { return close(low, high, from: here, reached: { reached(f($0)) }) }
    x = step % 6 == 5 ? .nan : next
  }
  return close(low, high, from: midpoint(low, high), reached: { reached(f($0)) })
}

/// Closes the bracket `(low, high]` of ordinals, trying steps of 1, 2, 4, ... from a point near the answer.
private func close(
  _ low: Int64, _ high: Int64, from start: Int64, reached: (Double) -> Bool
) -> Double {
  var (low, high) = (low, high)
  var stride: Int64 = 1
  let downwards = start >= high
  while high - 1 > low {
    let (offset, overflow) =
      downwards
      ? high.subtractingReportingOverflow(stride) : low.addingReportingOverflow(stride)
    let probe = overflow || offset <= low || offset >= high ? midpoint(low, high) : offset
    let hit = reached(number(probe))
    if hit { high = probe } else { low = probe }
    // The first probe on the other side ends the gallop; halving finishes.
    stride = hit == downwards && stride < 1 << 60 ? stride * 2 : 1 << 62
  }
  return number(high)
}
