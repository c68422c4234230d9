import Distributions
import RealModule

/// A rectangle in the plane.
public struct PlanarBox: Sendable, Hashable, Codable, CustomStringConvertible {
  /// The corner with the smallest coordinates.
  public var low: SIMD2<Double>
  /// The corner with the largest coordinates.
  public var high: SIMD2<Double>

  /// The rectangle from one corner to the opposite one.
  public init(low: SIMD2<Double>, high: SIMD2<Double>) {
    self.low = low
    self.high = high
  }

  /// For example "[-4.0, 4.0] x [-4.0, 4.0]".
  public var description: String { "[\(low.x), \(high.x)] x [\(low.y), \(high.y)]" }

  /// Width and height.
  var size: SIMD2<Double> { high - low }

  /// The smallest rectangle around both.
  func union(_ other: PlanarBox) -> PlanarBox {
    PlanarBox(low: pointwiseMin(low, other.low), high: pointwiseMax(high, other.high))
  }

  /// Every component's mean with `reach` standard deviations to each side.
  init(around target: PlanarMixture, reach: Double) {
    self.init(low: SIMD2(repeating: .infinity), high: SIMD2(repeating: -.infinity))
    for law in target.components {
      let reach = reach * law.deviations
      self = union(PlanarBox(low: law.mean - reach, high: law.mean + reach))
    }
  }

  /// A rectangle outside of which neither law has mass worth speaking of.
  ///
  /// Eight deviations around the target's components and all but absurd draws of the model; then each side
  /// moves outwards until the model's density on it, times the area, is below 1e-10, or at most 24 times.
  init(
    around target: PlanarMixture, and model: some PlanarDensity, draws: [SIMD2<Double>]
  ) {
    self.init(around: target, reach: 8)
    for point in draws
    where point.x.magnitude < 1e100 && point.y.magnitude < 1e100 {
      self = union(PlanarBox(low: point, high: point))
    }
    for _ in 0..<24 {
      let limit = Double.log(1e-10 / (size.x * size.y))
      let crossed = sides.map { side in
        model.logDensities(side.points).contains { $0 > limit }
      }
      guard crossed.contains(true) else { return }
      let step = 0.1 * size
      for (side, isCrossed) in zip(sides, crossed) where isCrossed {
        low += pointwiseMin(side.outwards, .zero) * step
        high += pointwiseMax(side.outwards, .zero) * step
      }
    }
  }

  /// The four sides with points on them.
  private var sides: [(outwards: SIMD2<Double>, points: [SIMD2<Double>])] {
    let count = 100
    func line(_ start: SIMD2<Double>, _ end: SIMD2<Double>) -> [SIMD2<Double>] {
      (0...count).map { start + Double($0) / Double(count) * (end - start) }
    }
    let (a, b) = (SIMD2(high.x, low.y), SIMD2(low.x, high.y))
    return [
      ([-1, 0], line(low, b)), ([1, 0], line(a, high)),
      ([0, -1], line(low, a)), ([0, 1], line(b, high)),
    ]
  }
}
