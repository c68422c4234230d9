import Distributions
import GSL
import RealModule

extension DensityRatio {
  /// A stretch of the common support on which one of `lambda p` and `q` is the smaller throughout.
  struct Region {
    var lower, upper: Double
    /// Whether `q < lambda p`, so that the model's density is the minimum.
    var isModelBelow: Bool
  }

  /// A point at which `lambda p - q` changes sign.
  struct Crossing {
    var x: Double
    /// A bound on the error of `alpha` that comes from the uncertainty of `x`.
    var error: Double
  }

  /// The common support cut at the crossings.
  struct Division {
    var regions: [Region] = []
    var crossings: [Crossing] = []
    /// A bound on the error of `alpha` from where `lambda p` and `q` are equal up to rounding.
    var flatError = 0.0
  }

  /// How precisely crossings are wanted.
  enum Precision {
    /// As far as alpha can tell, to a part of `2^-60` of the mass nearby: alpha is stationary in a crossing.
    case ofMass
    /// To the last bits of x.
    case ofPoint
  }

  /// The regions and crossings at a finite positive lambda.
  func division(at lambda: Double, _ precision: Precision) -> Division {
    division(atLog: .log(lambda), precision)
  }

  /// The regions and crossings at a finite `log lambda`, which may be beyond that of any double.
  func division(atLog level: Double, _ precision: Precision) -> Division {
    var division = Division()
    for run in runs {
      // Where rounding hides the side, the one known last goes on.
      var side = run.nodes.lazy.compactMap { $0.isBelow(level) }.first ?? true
      var start = run.lower
      if run.continuesPrevious, let last = division.regions.last {
        if last.isModelBelow == side {
          start = last.lower
          division.regions.removeLast()
        } else {
          division.crossings.append(jump(at: run.lower, level: level))
        }
      }
      for (first, last) in zip(run.turns, run.turns.dropFirst()) {
        let nodes = run.nodes[first...last]
        if nodes[first].isBelow(level) == nil || nodes[last].isBelow(level) == nil {
          division.flatError += flatError(nodes, level: level)
        }
        guard let end = nodes.lastIndex(where: { $0.isBelow(level) != nil }),
          let next = nodes[end].isBelow(level), next != side
        else { continue }
        let crossing = self.crossing(nodes[...end], from: side, level: level, precision)
        division.crossings.append(crossing)
        division.regions.append(Region(lower: start, upper: crossing.x, isModelBelow: side))
        (start, side) = (crossing.x, next)
      }
      division.regions.append(Region(lower: start, upper: run.upper, isModelBelow: side))
    }
    return division
  }

  /// A crossing by a jump, whose place is rounded to a double: what is next to it may belong to either side.
  private func jump(at x: Double, level: Double) -> Crossing {
    let (lower, upper) = (x.nextDown, x.nextUp)
    return Crossing(
      x: x,
      error: .exp(level) * measuredTarget.mass(from: lower, to: upper).value
        + measuredModel.mass(from: lower, to: upper).value)
  }

  /// The sum over the stretches on which `|lambda p - q|` is rounding only of what it can amount to.
  private func flatError(_ nodes: ArraySlice<Node>, level: Double) -> Double {
    zip(nodes, nodes.dropFirst()).reduce(0) { sum, cell in
      let (a, b) = cell
      guard a.isBelow(level) == nil, b.isBelow(level) == nil else { return sum }
      return sum + (a.noise + b.noise) * measuredModel.mass(from: a.x, to: b.x).value
    }
  }

  /// The root of `r = level` among nodes the first of which is on the given side and the last on the other.
  private func crossing(
    _ nodes: ArraySlice<Node>, from side: Bool, level: Double, _ precision: Precision
  ) -> Crossing {
    var (low, high) = (nodes.startIndex, nodes.endIndex - 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if (nodes[middle].ratio < level) == side { low = middle } else { high = middle }
    }
    let (a, b) = (nodes[low], nodes[high])
    // Only the first node can be on the other side, by less than its noise.
    guard low < high, (a.ratio < level) != (b.ratio < level) else {
      return Crossing(x: a.x, error: a.noise * measuredModel.mass(from: a.x, to: b.x).value)
    }
    return root(
      level: level, precision, (a.x, a.ratio - level), (b.x, b.ratio - level))
  }

  /// Chandrupatla's method (1997): inverse quadratic steps where they are safe, bisection elsewhere.
  private func root(
    level: Double, _ precision: Precision, _ start: (x: Double, f: Double),
    _ end: (x: Double, f: Double)
  ) -> Crossing {
    var (a, b, c) = (end, start, start)
    var step = 0.5
    var best = a.f.magnitude < b.f.magnitude ? a : b
    var error = Double.infinity
    let cell = (b.x - a.x).magnitude
    for _ in 0..<200 {
      var x = a.x + step * (b.x - a.x)
      // A step below the spacing of doubles must still move.
      if x == a.x { x = a.x < b.x ? a.x.nextUp : a.x.nextDown }
      let (p, q) = (target.logDensity(x), model.logDensity(x))
      let f = q - p - level
      if f.isNaN { break }
      if (f < 0) == (a.f < 0) {
        c = a
      } else {
        (c, b) = (b, a)
      }
      a = (x, f)
      let width = (b.x - a.x).magnitude
      if f.magnitude <= best.f.magnitude {
        best = a
      }
      // Between the two ends |lambda p - q| is at most what it is at the best of them, up to rounding.
      let noise = 8 * Double.ulpOfOne * (1 + p.magnitude + q.magnitude + level.magnitude)
      let gap = Double.expMinusOne(max(f.magnitude, noise))
      error = width * .exp(q) * gap
      // Too steep for doubles to follow is as good as a jump.
      if width <= 2 * x.ulp, gap > 0x1p-20 { return jump(at: best.x, level: level) }
      if f == 0 || width <= 2 * x.ulp { break }
      if precision == .ofMass, width * gap <= 0x1p-60 * cell || f.magnitude <= noise { break }
      let (t, phi) = ((a.x - b.x) / (c.x - b.x), (a.f - b.f) / (c.f - b.f))
      step = 0.5
      if phi * phi < t, (1 - phi) * (1 - phi) < 1 - t {
        let quadratic =
          a.f / (b.f - a.f) * c.f / (b.f - c.f)
          + (c.x - a.x) / (b.x - a.x) * a.f / (c.f - a.f) * b.f / (c.f - b.f)
        if quadratic.isFinite { step = min(1 - 1e-9, max(1e-9, quadratic)) }
      }
    }
    return Crossing(x: best.x, error: error)
  }
}

extension DensityRatio.Node {
  /// Whether `r < level`, nil where rounding leaves it open.
  fileprivate func isBelow(_ level: Double) -> Bool? {
    (ratio - level).magnitude <= noise + level.magnitude * .ulpOfOne ? nil : ratio < level
  }
}
