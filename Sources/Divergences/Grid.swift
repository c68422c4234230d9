import Distributions
import GSL

/// Where to look at a pair of densities: points at every scale that either law has.
struct Grid {
  /// A stretch between neighbouring landmarks, in which both densities are smooth.
  struct Segment {
    /// The ends, infinite in a tail.
    var lower, upper: Double
    /// Increasing points strictly inside, dense towards an end where the densities have a finer scale.
    var points: [Double]
    /// Increasing points, ends included where finite, between which the densities keep to one scale and beyond
    /// which hardly any mass is left.
    var panels: [Double]

    /// A point between two points: the geometric mean of their distances from an end that is much nearer to
    /// one than to the other, but the middle where one stands for the end itself.
    func midpoint(_ a: Double, _ b: Double) -> Double {
      if lower.isFinite, a > lower.nextUp, b - lower > 4 * (a - lower) {
        return lower + ((a - lower).squareRoot() * (b - lower).squareRoot())
      }
      if upper.isFinite, b < upper.nextDown, upper - a > 4 * (upper - b) {
        return upper - ((upper - a).squareRoot() * (upper - b).squareRoot())
      }
      return a + (b - a) / 2
    }
  }

  /// What is left out beyond the last point of a tail or of a pole has less mass than this under both laws.
  static let negligibleMass = 1e-22

  private(set) var segments: [Segment] = []
  private let target: any ContinuousDistribution
  private let model: any ContinuousDistribution
  private let laws: [MeasuredLaw]

  init(target: MeasuredLaw, model: MeasuredLaw, on interval: Interval) {
    self.target = target.law
    self.model = model.law
    laws = [target, model]
    let cuts = cuts(in: interval)
    guard let first = cuts.first, let last = cuts.last else { return }
    let widths = zip(cuts, cuts.dropFirst()).map { $1 - $0 }
    if interval.lower.isInfinite {
      let offsets = tailOffsets(from: first, scale: widths.first, direction: -1)
      segments.append(
        Segment(
          lower: -.infinity, upper: first, points: offsets.reversed().map { first - $0 },
          panels: panels(from: first, offsets, direction: -1).reversed()))
    }
    for (index, width) in widths.enumerated() {
      let (lower, upper) = (cuts[index], cuts[index + 1])
      var points = (1...3).map { lower + width * Double($0) / 4 }
      let graded =
        offsets(from: lower, width: width, neighbour: index > 0 ? widths[index - 1] : nil)
        .map { lower + $0 }
        + offsets(
          from: upper, width: -width, neighbour: index + 1 < widths.count ? widths[index + 1] : nil
        ).map { upper - $0 }
      points += graded + [lower.nextUp, upper.nextDown]
      segments.append(
        Segment(
          lower: lower, upper: upper,
          points: increasing(points.filter { lower < $0 && $0 < upper }),
          panels: increasing(graded + [lower, upper])))
    }
    if interval.upper.isInfinite {
      let offsets = tailOffsets(from: last, scale: widths.last, direction: 1)
      segments.append(
        Segment(
          lower: last, upper: .infinity, points: offsets.map { last + $0 },
          panels: panels(from: last, offsets, direction: 1)))
    }
  }

  /// The finite ends of the interval and the landmarks inside, increasing.
  private func cuts(in interval: Interval) -> [Double] {
    func inside(_ points: [Double]) -> [Double] {
      points.filter { $0.isFinite && interval.lower < $0 && $0 < interval.upper }
    }
    var cuts = inside(target.landmarks + model.landmarks)
    if cuts.isEmpty { cuts = inside([target.quantile(0.5), model.quantile(0.5)]) }
    cuts += [interval.lower, interval.upper].filter(\.isFinite)
    // A common support that neither law knows by a landmark: any point inside will do.
    if cuts.isEmpty { cuts = [0] }
    return increasing(cuts)
  }

  /// The different points in increasing order.
  private func increasing(_ points: [Double]) -> [Double] {
    let points = points.sorted()
    return points.indices.filter { $0 == 0 || points[$0] > points[$0 - 1] }.map { points[$0] }
  }

  /// Distances from an end of a segment: up from a finer neighbour's scale, or down to nothing where there is no
  /// neighbour or a density has a pole.
  private func offsets(from end: Double, width: Double, neighbour: Double?) -> [Double] {
    let size = width.magnitude
    var offsets: [Double] = []
    let isPole = target.density(end) == .infinity || model.density(end) == .infinity
    if neighbour == nil || isPole {
      let smallest = max(64 * end.ulp, .leastNormalMagnitude)
      var (offset, factor) = (size / 8, 0.5)
      while offset > smallest {
        offsets.append(offset)
        let far = width > 0 ? end + offset : end - offset
        if mass(between: min(end, far), and: max(end, far)) < Self.negligibleMass { break }
        if offset < size * 0x1p-40 { factor = max(factor * factor, 0x1p-64) }
        offset *= factor
      }
    } else if let neighbour, neighbour < size / 4 {
      var offset = neighbour / 4
      while offset < size / 4 {
        offsets.append(offset)
        offset *= 4
      }
    }
    return offsets
  }

  /// Distances from the outermost landmark into a tail: as far as the logarithms of both densities tell their
  /// ratio, which is beyond all mass, since there may be crossings.
  private func tailOffsets(from start: Double, scale: Double?, direction: Double) -> [Double] {
    let scale = scale ?? max(1, start.magnitude) / 16
    var offsets = [max(start.ulp, 0x1p-1022)]
    var offset = scale / 8
    while (start + direction * offset).magnitude < 1e300 {
      let x = start + direction * offset
      let (p, q) = (target.logDensity(x), model.logDensity(x))
      guard p.magnitude < 1e14, q.magnitude < 1e14 else { break }
      if offset > offsets[offsets.count - 1], x != start { offsets.append(offset) }
      offset += max(
        scale / 8, offset * (offset < 1e3 * scale ? 0.25 : offset < 1e12 * scale ? 1 : 15))
    }
    return offsets
  }

  /// The part of a tail that has mass, in panels each twice as long as the one before.
  private func panels(from start: Double, _ offsets: [Double], direction: Double) -> [Double] {
    var panels = [start]
    var last = 0.0
    for offset in offsets.dropFirst() where offset >= 2 * last {
      let x = start + direction * offset
      panels.append(x)
      last = offset
      let left =
        direction > 0 ? mass(between: x, and: .infinity) : mass(between: -.infinity, and: x)
      if left < Self.negligibleMass { break }
    }
    return panels
  }

  /// The larger of the two laws' masses.
  private func mass(between lower: Double, and upper: Double) -> Double {
    laws.reduce(0) { max($0, $1.mass(from: lower, to: upper).value) }
  }
}
