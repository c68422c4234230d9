import Distributions
import RealModule

/// A target's density at the nodes of a fixed quadrature, prepared once for thousands of models.
struct FitGrid {
  /// Nodes, in increasing order.
  private(set) var nodes: [Double] = []
  /// Their weights.
  private(set) var weights: [Double] = []
  /// The target's density there; 1e-300 where it underflows, 0 off the support.
  private(set) var densities: [Double] = []
  /// Where most of the target's mass lies, and half of that width.
  let middle, spread: Double
  /// The smallest distance over which the target is known to vary.
  let finest: Double

  init(target: any ContinuousDistribution) {
    let (low, high) = (target.quantile(1e-3), target.upperQuantile(1e-3))
    let (middle, spread) = (low / 2 + high / 2, high / 2 - low / 2)
    let reach = 12 * spread
    let cuts = ([low, high] + target.landmarks)
      .filter { abs($0 - middle) < reach }
      .sorted()
    var smallest = spread
    for (a, b) in zip(cuts, cuts.dropFirst()) where b - a > 1e-6 * spread {
      smallest = min(smallest, b - a)
    }
    (self.middle, self.spread, finest) = (middle, spread, smallest)
    var ends = [cuts[0]]
    for cut in cuts where cut - ends[ends.count - 1] > 1e-9 * spread {
      // No panel is wider than a twelfth of the whole, nor made of fewer than three.
      let (start, width) = (ends[ends.count - 1], cut - ends[ends.count - 1])
      let parts = max(3, Int((12 * width / spread).rounded(.up)))
      for part in 1..<parts { ends.append(start + width * Double(part) / Double(parts)) }
      ends.append(cut)
    }
    for direction in [-1.0, 1.0] {
      var width = spread / 12
      var end = direction < 0 ? ends[0] : ends[ends.count - 1]
      while (end - middle) * direction < reach {
        end += direction * width
        width *= 1.3
        if direction < 0 { ends.insert(end, at: 0) } else { ends.append(end) }
      }
    }
    for (a, b) in zip(ends, ends.dropFirst()) {
      for (place, weight) in Self.rule {
        let node = a + (b - a) * place
        let (density, logDensity) = (target.density(node), target.logDensity(node))
        nodes.append(node)
        weights.append((b - a) * weight)
        densities.append(logDensity == -.infinity ? 0 : max(min(density, 1e300), 1e-300))
      }
    }
    lower = ends[0]
    upper = ends[ends.count - 1]
  }

  private let lower, upper: Double

  /// `f(1) + ∫ (q f(p / q) - f(1) q - c (p - q))` for a normal model, c the slope of f at 1: the f-divergence, its
  /// integrand not negative, so that nothing cancels and a zero is exactly zero.
  ///
  /// Good to many digits for a smooth f, to about 1e-5 for one with kinks.
  func divergence(_ f: some GeneratorFunction, mean: Double, sd: Double) -> Double {
    let (atOne, slope) = (f(1), f.derivative(1))
    let excess = sum(mean: mean, sd: sd) { p, q in
      max(0, f.perspective(p, q) - atOne * q - slope * (p - q))
    } beyond: { _ in
      f.valueAtZero.isFinite ? max(0, f.valueAtZero - atOne + slope) : 0
    }
    return atOne + excess
  }

  /// `∫ (lambda p - q)+` for lambda <= 1, `∫ (q - lambda p)+` for lambda >= 1: the PR-divergence of a normal
  /// model. It is exactly zero when `lambda p` and q are in order at every node up to rounding.
  func divergence(lambda: Double, mean: Double, sd: Double) -> Double {
    func excess(_ a: Double, over b: Double) -> Double { a - b > 1e-12 * a ? a - b : 0 }
    return lambda <= 1
      ? sum(mean: mean, sd: sd) { p, q in
        excess(lambda * p, over: q)
      } beyond: { _ in
        0
      }
      : sum(mean: mean, sd: sd) { p, q in
        excess(q, over: lambda * p)
      } beyond: {
        excess(1, over: lambda * $0)
      }
  }

  /// The sum of `weight * term(p, q)` over the nodes, and of the model's mass off each end of the grid times `beyond`
  /// of the density ratio at that end.
  @inline(__always)
  private func sum(
    mean: Double, sd: Double, _ term: (Double, Double) -> Double,
    beyond: (_ ratio: Double) -> Double
  ) -> Double {
    let peak = 1 / (sd * .sqrt(2 * .pi))
    func density(_ index: Int) -> Double {
      let z = (nodes[index] - mean) / sd
      return max(peak * .exp(-0.5 * z * z), 1e-300)
    }
    var sum = 0.0
    for index in nodes.indices {
      sum += weights[index] * term(densities[index], density(index))
    }
    for (index, distance) in [(0, mean - lower), (nodes.count - 1, upper - mean)] {
      let mass = Double.erfc(distance / (sd * .sqrt(2))) / 2
      if mass > 0 { sum += mass * beyond(densities[index] / density(index)) }
    }
    return sum
  }

  /// The eight-point Gauss-Legendre rule on `[0, 1]`.
  private static let rule: [(place: Double, weight: Double)] = {
    let places = [
      0.1834346424956498, 0.5255324099163290, 0.7966664774136267, 0.9602898564975363,
    ]
    let weights = [
      0.3626837833783620, 0.3137066458778873, 0.2223810344533745, 0.1012285362903763,
    ]
    var rule: [(place: Double, weight: Double)] = []
    for (place, weight) in zip(places, weights) {
      rule.append(((1 - place) / 2, weight / 2))
      rule.append(((1 + place) / 2, weight / 2))
    }
    return rule.sorted { $0.place < $1.place }
  }()
}
