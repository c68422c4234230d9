public import Distributions
public import GSL
import RealModule

/// A normal law in the plane that fits a target better than its neighbours do: a local minimum of a divergence.
public struct PlanarFit: Sendable, Hashable, Codable {
  /// The law.
  public var model: PlanarNormal
  /// The divergence there by the midpoint rule, with its difference from a lattice of another step as the error.
  public var value: Estimate
  /// Where the divergence is zero, the factors by which all deviations of the law can be multiplied and it stays zero;
  /// nil where it is positive. More than one factor means a flat set of minima.
  public var zeroScales: ClosedRange<Double>?
}

/// Fits one normal law with any covariance to a mixture of normal laws in the plane under any divergence.
public struct PlanarFitter: Sendable {
  /// The law that is fitted.
  public let target: PlanarMixture
  /// Where a search starts: the normal laws with the moments of some of the components.
  public let starts: [PlanarNormal]
  private let coarse, fine, check: PlanarGrid

  /// Prepares the quadrature and the starts, normal laws with the moments of a reweighted target: the whole, each
  /// component, and, of up to four components, each set of them and each component with a touch of another.
  public init(target: PlanarMixture) throws(ParameterError) {
    self.target = target
    coarse = PlanarGrid(target: target, nodesPerDeviation: 2.5)
    fine = PlanarGrid(target: target, nodesPerDeviation: 8)
    check = PlanarGrid(target: target, nodesPerDeviation: 5.3)
    let all = target.weights.indices
    var parts = [target.weights] + all.map { k in all.map { $0 == k ? 1 : 0 } }
    for bits in 1..<(all.count <= 4 ? 1 << all.count : 1) where bits.nonzeroBitCount > 1 {
      parts.append(all.map { bits >> $0 & 1 == 1 ? target.weights[$0] : 0 })
    }
    if all.count <= 4 {
      for (heavy, light) in all.flatMap({ k in all.map { (k, $0) } }) where heavy != light {
        parts.append(all.map { $0 == heavy ? 0.95 : $0 == light ? 0.05 : 0 })
      }
    }
    var starts: [PlanarNormal] = []
    for part in parts {
      let sum = part.reduce(0, +)
      let law = try PlanarMixture(weights: part.map { $0 / sum }, components: target.components)
      starts.append(try PlanarNormal(mean: law.mean, covariance: law.covariance))
    }
    self.starts = starts
  }

  /// All local minima of `D_f(target || normal)` that the starts lead to, the best first; those whose values agree to
  /// four decimals, as copies by symmetry do, from left to right.
  ///
  /// - Throws: `FitError` when the divergence is infinite at every start.
  public func fits(_ f: some GeneratorFunction) throws(FitError) -> [PlanarFit] {
    let tradeOff =
      f is TotalVariation ? 1 : (f as? PrecisionRecallDivergence).map(\.lambda) ?? .infinity
    func value(_ place: PlanarPlace, _ grid: PlanarGrid) -> Double {
      guard isResolved(place) else { return .infinity }
      return tradeOff.isFinite
        ? grid.divergence(lambda: tradeOff, place) : grid.divergence(f, place)
    }
    func search(from place: PlanarPlace, scale: Double, on grid: PlanarGrid) -> PlanarPlace? {
      let (a, c) = (scale * place.a, scale * place.c)
      let found = try? minimum(
        from: place.coordinates, steps: [a, c, scale, min(a, c), scale], tolerance: 3e-5
      ) { value(PlanarPlace($0), grid) }
      return found.map { PlanarPlace($0.point) }
    }

    var places: [PlanarPlace] = []
    for start in starts {
      guard let rough = search(from: PlanarPlace(start), scale: 0.3, on: coarse) else { continue }
      if places.contains(where: { $0.distance(to: rough) < 0.05 }) { continue }
      // Two laws with divergence zero are of one set when all laws on the straight way between them are.
      let isKnown =
        value(rough, coarse) == 0
        && places.contains { other in
          (0...20).allSatisfy { value(rough.mixed(with: other, Double($0) / 20), coarse) == 0 }
        }
      if isKnown { continue }
      places.append(rough)
    }
    var found: [PlanarFit] = []
    for rough in places {
      let place = value(rough, fine) > 0 ? search(from: rough, scale: 0.03, on: fine) : rough
      guard let place, let model = place.law,
        !found.contains(where: { PlanarPlace($0.model).distance(to: place) < 0.02 })
      else { continue }
      let (best, other) = (value(place, fine), value(place, check))
      let scales = best == 0 ? zeroScales(place) { value($0, fine) } : nil
      found.append(
        PlanarFit(
          model: model, value: Estimate(best, error: abs(best - other) + 1e-12 * best),
          zeroScales: scales))
    }
    guard !found.isEmpty else {
      throw FitError(reason: "\(f.name) is infinite for every normal law that was tried")
    }
    // Copies by symmetry differ by the search's tolerance, which must not decide their order.
    return found.sorted {
      (($0.value.value * 1e4).rounded(), $0.model.mean.x, $0.model.mean.y)
        < (($1.value.value * 1e4).rounded(), $1.model.mean.x, $1.model.mean.y)
    }
  }

  /// Whether the coarse lattice can see a model: its density must not pass between the nodes.
  private func isResolved(_ place: PlanarPlace) -> Bool {
    guard let deviations = place.law?.covariance.principalDeviations else { return false }
    return deviations.minor >= 0.8 * coarse.step && deviations.major <= 1e3 * coarse.step
  }

  /// How far a law with divergence zero can be shrunk and stretched around its mean.
  private func zeroScales(
    _ place: PlanarPlace, _ value: (PlanarPlace) -> Double
  ) -> ClosedRange<Double> {
    func last(_ factor: Double) -> Double {
      var scale = 1.0
      for _ in 0..<400 {
        var next = place
        next.a *= scale * factor
        next.b *= scale * factor
        next.c *= scale * factor
        guard value(next) == 0 else { break }
        scale *= factor
      }
      return scale
    }
    return last(1 / 1.01)...last(1.01)
  }
}
