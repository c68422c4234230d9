import Distributions
import GSL

/// `r(x) = log(q(x) / p(x))` on the common support of a target p and a model q, known by its monotone pieces.
///
/// Found once for a pair; then `lambda p = q`, that is `r = log lambda`, has at most one root in each piece.
struct DensityRatio: Sendable {
  /// A stretch of the common support on which r is continuous.
  struct Run: Sendable {
    /// The ends of the stretch, infinite or beyond the first and last node by a negligible mass.
    var lower, upper: Double
    /// Whether the run before ends where this one starts, so that r jumps there.
    var continuesPrevious: Bool
    /// Points in increasing order with r there.
    var nodes: [Node]
    /// End points of panels for quadrature, which leave out hardly any mass.
    var panels: [Double]
    /// Indices of the first node, of each local extremum of r, and of the last node.
    var turns: [Int]
  }

  struct Node: Sendable {
    var x: Double
    var ratio: Double
    /// How far rounding can move `ratio`.
    var noise: Double
  }

  let target: any ContinuousDistribution
  let model: any ContinuousDistribution
  let measuredTarget: MeasuredLaw
  let measuredModel: MeasuredLaw
  /// How far log-densities are off beyond the rounding of their value, as measured.
  private let densityNoise: Double
  /// The common support, as disjoint intervals.
  let support: [Interval]
  private(set) var runs: [Run] = []
  /// The masses of both laws beyond the outermost nodes, where r was not looked at.
  private(set) var unseen = (target: 0.0, model: 0.0)

  init(target: any ContinuousDistribution, model: any ContinuousDistribution) {
    self.target = target
    self.model = model
    measuredTarget = MeasuredLaw(target)
    measuredModel = MeasuredLaw(model)
    densityNoise =
      measuredTarget.accuracy + measuredModel.accuracy - 2 * MeasuredLaw.bestAccuracy
    support = intersection(target.support, model.support)
    for interval in support {
      let runs = self.runs(on: interval)
      guard let first = runs.first?.nodes.first, let last = runs.last?.nodes.last else { continue }
      for (lower, upper) in [(interval.lower, first.x), (last.x, interval.upper)] {
        unseen.target += measuredTarget.mass(from: lower, to: upper).value
        unseen.model += measuredModel.mass(from: lower, to: upper).value
      }
      self.runs += runs
    }
  }

  /// r at x with a bound on its rounding; the ratio is NaN where both densities vanish.
  func node(at x: Double) -> Node {
    let (p, q) = (target.logDensity(x), model.logDensity(x))
    let ratio = q - p
    return Node(
      x: x, ratio: ratio,
      noise: ratio.isFinite ? densityNoise + 8 * .ulpOfOne * (1 + p.magnitude + q.magnitude) : 0)
  }

  // MARK: Scanning

  private func runs(on interval: Interval) -> [Run] {
    let segments = Grid(target: measuredTarget, model: measuredModel, on: interval).segments
    var runs: [Run] = []
    for segment in segments {
      let nodes = refined(segment)
      guard let first = nodes.first else { continue }
      if var run = runs.last, let last = run.nodes.last,
        last.ratio == first.ratio
          || abs(last.ratio - first.ratio) <= 4 * (last.noise + first.noise)
      {
        run.nodes += nodes
        run.panels += segment.panels
        run.upper = segment.upper
        runs[runs.count - 1] = run
      } else {
        runs.append(
          Run(
            lower: segment.lower, upper: segment.upper, continuesPrevious: !runs.isEmpty,
            nodes: nodes, panels: segment.panels, turns: []))
      }
    }
    for index in runs.indices { findTurns(&runs[index]) }
    return runs
  }

  /// The segment's points with those between them that show where r may turn.
  private func refined(_ segment: Grid.Segment) -> [Node] {
    var nodes: [Node] = []
    for x in segment.points {
      let next = node(at: x)
      guard !next.ratio.isNaN else { continue }
      if let last = nodes.last { refine(last, next, in: segment, depth: 10, into: &nodes) }
      nodes.append(next)
    }
    return nodes
  }

  private func refine(
    _ a: Node, _ b: Node, in segment: Grid.Segment, depth: Int, into nodes: inout [Node]
  ) {
    let middle = segment.midpoint(a.x, b.x)
    guard depth > 0, a.x < middle, middle < b.x else { return }
    let m = node(at: middle)
    guard !m.ratio.isNaN else { return }
    let (left, right) = (m.ratio - a.ratio, b.ratio - m.ratio)
    let noise = a.noise + 2 * m.noise + b.noise
    // The parabola through the three points has slope 3 left - right at a, and 3 right - left at b: unless
    // both have the sign of the whole rise, r may turn inside.
    let rises = left + right >= 0
    let isMonotone =
      rises
      ? min(3 * left - right, 3 * right - left) > 0 : max(3 * left - right, 3 * right - left) < 0
    let isFlat = max(left.magnitude, right.magnitude) <= noise
    let isFinite = a.ratio.isFinite && b.ratio.isFinite
    if isMonotone || isFlat || !isFinite {
      nodes.append(m)
    } else {
      refine(a, m, in: segment, depth: depth - 1, into: &nodes)
      nodes.append(m)
      refine(m, b, in: segment, depth: depth - 1, into: &nodes)
    }
  }

  /// Marks the local extrema that rise out of the noise, each refined to where r is flat.
  private func findTurns(_ run: inout Run) {
    let nodes = run.nodes
    (run.nodes, run.turns) = ([], [0])
    var start = 0
    for turn in coarseTurns(nodes) {
      run.nodes += nodes[start..<turn.index]
      let node = nodes[turn.index]
      let best = extremum(of: turn, in: nodes)
      if best.x < node.x {
        run.turns.append(run.nodes.count)
        run.nodes += [best, node]
      } else {
        run.nodes += best.x > node.x ? [node, best] : [node]
        run.turns.append(run.nodes.count - 1)
      }
      start = turn.index + 1
    }
    run.nodes += nodes[start...]
    run.turns.append(run.nodes.count - 1)
  }

  private struct Turn {
    var index: Int
    var isPeak: Bool
  }

  /// The inner nodes at which r turns by more than its noise.
  private func coarseTurns(_ nodes: [Node]) -> [Turn] {
    func rises(from a: Int, to b: Int) -> Bool {
      nodes[b].ratio - nodes[a].ratio > nodes[a].noise + nodes[b].noise
    }
    var turns: [Turn] = []
    var (lowest, highest, direction) = (0, 0, 0)
    for index in nodes.indices {
      if nodes[index].ratio < nodes[lowest].ratio { lowest = index }
      if nodes[index].ratio > nodes[highest].ratio { highest = index }
      if direction <= 0, rises(from: lowest, to: index) {
        if direction < 0 { turns.append(Turn(index: lowest, isPeak: false)) }
        (direction, highest) = (1, index)
      } else if direction >= 0, rises(from: index, to: highest) {
        if direction > 0 { turns.append(Turn(index: highest, isPeak: true)) }
        (direction, lowest) = (-1, index)
      }
    }
    return turns.filter { 0 < $0.index && $0.index < nodes.count - 1 }
  }

  /// The extremum between a turn's neighbours by golden section; flatness makes its place uncertain by the
  /// square root of the rounding, and its value hardly at all.
  private func extremum(of turn: Turn, in nodes: [Node]) -> Node {
    let sign: Double = turn.isPeak ? 1 : -1
    let golden = 0.381_966_011_250_105
    var best = nodes[turn.index]
    guard best.ratio.isFinite else { return best }
    var (low, high) = (nodes[turn.index - 1].x, nodes[turn.index + 1].x)
    for _ in 0..<40 {
      let side = high - best.x > best.x - low ? high : low
      let next = node(at: best.x + golden * (side - best.x))
      guard next.x != best.x, low < next.x, next.x < high else { break }
      if sign * next.ratio > sign * best.ratio {
        if next.x > best.x { low = best.x } else { high = best.x }
        best = next
      } else if next.x > best.x {
        high = next.x
      } else {
        low = next.x
      }
    }
    return best
  }
}

/// The intersection of two unions of disjoint intervals in increasing order, without empty or one-point parts.
func intersection(_ a: [Interval], _ b: [Interval]) -> [Interval] {
  var common: [Interval] = []
  var (i, j) = (0, 0)
  while i < a.count, j < b.count {
    let (lower, upper) = (max(a[i].lower, b[j].lower), min(a[i].upper, b[j].upper))
    if lower < upper { common.append(Interval(lower, upper)) }
    if a[i].upper < b[j].upper { i += 1 } else { j += 1 }
  }
  return common
}

/// What a union of disjoint intervals in increasing order has outside of another, without one-point parts.
func difference(_ a: [Interval], _ b: [Interval]) -> [Interval] {
  var rest: [Interval] = []
  for interval in a {
    var lower = interval.lower
    for hole in b where hole.upper > lower && hole.lower < interval.upper {
      if lower < hole.lower { rest.append(Interval(lower, hole.lower)) }
      lower = max(lower, hole.upper)
    }
    if lower < interval.upper { rest.append(Interval(lower, interval.upper)) }
  }
  return rest
}
