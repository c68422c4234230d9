public import Distributions
import GSL
import RealModule

/// A target and a model on the real line, prepared once for many divergences and their precision–recall curve.
public struct DensityPair: Sendable {
  let ratio: DensityRatio
  /// End points of panels inside the common support, away from its ends and from poles and zeros of a density.
  let center: [[Double]]
  /// The rest of the common support.
  let ends: [End]
  /// Where the target has mass and the model none.
  let targetAlone: Part
  /// Where the model has mass and the target none.
  let modelAlone: Part

  /// Part of a law's support with its mass.
  struct Part: Sendable {
    var mass: Estimate
    /// Whether the part has no length, so that its mass is zero beyond underflow.
    var isEmpty: Bool
  }

  /// One side of a point at which an integrand may grow or decay without bound: an end of the common support or a
  /// pole or zero of a density, or a tail.
  struct End: Sendable {
    /// The point, or where a tail begins.
    var origin: Double
    /// 1 where the points are above the origin, -1 below.
    var side: Double
    var isTail: Bool
    /// How far from the origin the center begins, or for a tail ends.
    var start: Double
    /// Points nearer to the end than that at which a density may change its shape.
    var breaks: [Double]
  }

  /// Looks at both densities on their common support.
  public init(target: any ContinuousDistribution, model: any ContinuousDistribution) {
    self.init(ratio: DensityRatio(target: target, model: model))
  }

  init(ratio: DensityRatio) {
    self.ratio = ratio
    var center: [[Double]] = []
    var ends: [End] = []
    for interval in ratio.support {
      let grid = Grid(target: ratio.measuredTarget, model: ratio.measuredModel, on: interval)
      guard let layout = Layout(grid.segments, of: ratio, on: interval) else { continue }
      center += layout.center
      ends += layout.ends
    }
    self.center = center
    self.ends = ends
    targetAlone = Self.part(of: ratio.measuredTarget, off: ratio.model.support)
    modelAlone = Self.part(of: ratio.measuredModel, off: ratio.target.support)
  }

  private static func part(of law: MeasuredLaw, off support: [Interval]) -> Part {
    Part(mass: law.mass(off: support), isEmpty: difference(law.law.support, support).isEmpty)
  }

  /// The law whose density is p.
  public var target: any ContinuousDistribution { ratio.target }

  /// The law whose density is q.
  public var model: any ContinuousDistribution { ratio.model }

  /// The precision–recall curve of the pair, without another look at the densities.
  public var curve: PrecisionRecallCurve { PrecisionRecallCurve(ratio: ratio) }

  /// `log p` and `log q` at x.
  func logDensities(_ x: Double) -> LogDensities {
    LogDensities(target: target.logDensity(x), model: model.logDensity(x))
  }
}

/// `log p` and `log q` at one point.
struct LogDensities {
  var target, model: Double

  /// `log(p / q)`; NaN where both densities vanish or both have a pole.
  var ratio: Double { target - model }
}

extension DensityPair {
  /// One interval of the common support in parts that suit quadrature.
  private struct Layout {
    var center: [[Double]] = []
    var ends: [End] = []

    init?(_ segments: [Grid.Segment], of ratio: DensityRatio, on interval: Interval) {
      let cuts = segments.map(\.lower) + segments.map(\.upper)
      guard let first = cuts.filter(\.isFinite).min(), let last = cuts.filter(\.isFinite).max()
      else { return nil }
      let panels = Set(segments.flatMap(\.panels) + cuts.filter(\.isFinite)).sorted()

      func special(_ side: Double) -> [Double] {
        Set(cuts).filter { x in
          x.isFinite && interval.lower <= x && x <= interval.upper
            && x != (side > 0 ? interval.upper : interval.lower)
            && ratio.isSpecial(x, side: side)
        }.sorted()
      }
      let (upward, downward) = (special(1), special(-1))
      let finite = segments.filter { $0.lower.isFinite && $0.upper.isFinite }
      func scale(_ segment: Grid.Segment?) -> Double {
        segment.map { $0.upper - $0.lower } ?? max(1, first.magnitude) / 16
      }
      let (below, above) = (scale(finite.first), scale(finite.last))
      // Between neighbouring borders there are at most two ends, a quarter of the length each.
      let lowest = interval.lower.isInfinite ? [first - below] : [first]
      let highest = interval.upper.isInfinite ? [last + above] : [last]
      let borders = Set(lowest + upward + downward + highest).sorted()
      func end(_ origin: Double, _ side: Double, _ start: Double, isTail: Bool = false) -> End {
        let breaks = panels.filter {
          let distance = side * ($0 - origin)
          return isTail ? distance > start : distance > 0 && distance < start
        }
        return End(origin: origin, side: side, isTail: isTail, start: start, breaks: breaks)
      }
      for (lower, upper) in zip(borders, borders.dropFirst()) {
        var (low, high) = (lower, upper)
        if upward.contains(lower) {
          low += (upper - lower) / 4
          ends.append(end(lower, 1, (upper - lower) / 4))
        }
        if downward.contains(upper) {
          high -= (upper - lower) / 4
          ends.append(end(upper, -1, (upper - lower) / 4))
        }
        center.append([low] + panels.filter { low < $0 && $0 < high } + [high])
      }
      if interval.lower.isInfinite { ends.append(end(first, -1, below, isTail: true)) }
      if interval.upper.isInfinite { ends.append(end(last, 1, above, isTail: true)) }
    }
  }
}

extension DensityRatio {
  /// Whether a density has a pole or a zero at a point or right beside it.
  fileprivate func isSpecial(_ x: Double, side: Double) -> Bool {
    [x, side > 0 ? x.nextUp : x.nextDown].contains {
      target.logDensity($0).isInfinite || model.logDensity($0).isInfinite
    }
  }
}
