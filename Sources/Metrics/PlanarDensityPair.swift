public import Distributions
public import GSL
import RealModule

/// A target and a model whose densities are known, evaluated once on a lattice that covers both: every point of their
/// precision–recall curve and every f-divergence is then a sum.
///
/// The midpoint rule is spectrally accurate for smooth densities; where one varies too fast for the lattice, a lattice of
/// half the step takes over by a smooth window, and so on; and at the kink `lambda p = q` the rule's leading error is
/// subtracted. Each error is the sum of:
///
/// - the largest difference from the same rule on the four sublattices of twice the step, and the size of the
///   corrections for the kink;
/// - what the lattice misses of the mass of either law, which must be 1: outside of the box, or between the nodes.
///
/// A trained flow of single precision has mass 1 up to about 1e-6, and its errors are not below that.
public struct PlanarDensityPair: Sendable {
  /// The rectangle that the lattice covers.
  public let box: PlanarBox
  /// The distance of neighbouring nodes of the coarsest lattice.
  public let step: Double
  /// The number of points at which both densities were evaluated.
  public let nodeCount: Int
  /// The model's mass by quadrature: 1 when it is a density that the lattice resolves.
  public let modelMass: Estimate
  /// The target's mass by quadrature.
  public let targetMass: Estimate

  let lattice: LatticeTiles

  /// Evaluates both densities on a lattice with `nodesPerSide` nodes along the longer side of the box, and on finer ones
  /// where it must be.
  ///
  /// - Parameters:
  ///   - model: a mixture, a trained flow or any other density in the plane.
  ///   - nodesPerSide: from 32 to 4000. All lattices together have at most five times the nodes of a square of that side.
  ///   - box: the rectangle to cover; found from the target's components and draws of the model when it is nil.
  /// - Throws: `ParameterError` when `nodesPerSide` or the box is not valid, or the model's log-density is NaN or positive
  ///   infinity somewhere.
  public init(
    target: PlanarMixture, model: some PlanarDensity, nodesPerSide: Int = 400,
    box: PlanarBox? = nil
  ) throws(ParameterError) {
    guard (32...4000).contains(nodesPerSide) else {
      throw ParameterError(
        "PlanarDensityPair", "nodesPerSide", value: "\(nodesPerSide)",
        rule: "must lie in 32...4000")
    }
    var generator = SeededGenerator(seed: 0, stream: "PlanarDensityPair")
    let draws = model.samples(count: 1024, using: &generator)
    let wanted = box ?? PlanarBox(around: target, and: model, draws: draws)
    let (width, height) = (wanted.size.x, wanted.size.y)
    guard width > 0, height > 0, width.isFinite, height.isFinite else {
      throw ParameterError(
        "PlanarDensityPair", "box", value: "\(wanted)", rule: "must have positive, finite sides")
    }
    step = wanted.size.max() / Double(nodesPerSide)
    let tile = step * Double(LatticeTiles.side)
    let counts = (wanted.size / tile).rounded(.up)
    let reach = tile / 2 * counts
    let middle = wanted.low + wanted.size / 2
    self.box = PlanarBox(low: middle - reach, high: middle + reach)
    var tiles = try LatticeRefinement(
      target: target, model: model, origin: self.box.low, step: step, columns: Int(counts.x),
      rows: Int(counts.y), draws: draws, nodeLimit: 5 * nodesPerSide * nodesPerSide
    ).tiles
    tiles.summarise()
    let lattice = tiles
    self.lattice = lattice
    nodeCount = lattice.places.count * LatticeTiles.side * LatticeTiles.side
    func mass(_ masses: [Double]) -> Estimate {
      let sum = lattice.sum { masses[$0] }
      return Estimate(sum.all, error: sum.error + Self.windowError)
    }
    targetMass = mass(lattice.target)
    modelMass = mass(lattice.model)
  }

  /// What is left of a window half a block from its edge, and of its spectrum beyond the lattice's.
  static let windowError = 2e-11

  /// What the lattice misses of each law's mass.
  var missing: (target: Double, model: Double) {
    (
      abs(1 - targetMass.value) + Self.windowError, abs(1 - modelMass.value) + Self.windowError
    )
  }

  /// The precision `alpha_lambda = ∫ min(lambda p, q)`; `alpha_0 = 0`, and `alpha_infinity = 1`, since a mixture's
  /// density is positive everywhere.
  ///
  /// - Throws: `ParameterError` when lambda is negative or NaN.
  public func alpha(_ lambda: Double) throws(ParameterError) -> Estimate {
    try point(lambda).precision
  }

  /// The recall `beta_lambda = ∫ min(p, q / lambda)`; `beta_0 = P(q > 0)`, `beta_infinity = 0`.
  ///
  /// - Throws: `ParameterError` when lambda is negative or NaN.
  public func beta(_ lambda: Double) throws(ParameterError) -> Estimate {
    try point(lambda).recall
  }

  /// Precision and recall at lambda.
  ///
  /// - Throws: `ParameterError` when lambda is negative or NaN.
  public func point(_ lambda: Double) throws(ParameterError) -> PlanarPrecisionRecallPoint {
    guard lambda >= 0 else {
      throw ParameterError(
        "PlanarDensityPair", "lambda", value: "\(lambda)", rule: "must be in [0, infinity]")
    }
    return point(valid: lambda)
  }

  /// The points of the curve at many lambdas.
  ///
  /// - Throws: `ParameterError` when one is negative or NaN.
  public func curve(_ lambdas: [Double]) throws(ParameterError) -> [PlanarPrecisionRecallPoint] {
    var points: [PlanarPrecisionRecallPoint] = []
    for lambda in lambdas { points.append(try point(lambda)) }
    return points
  }

  /// The five numbers of the usual table.
  public var summary: PrecisionRecallSummary<Estimate> {
    PrecisionRecallSummary(
      alpha1: point(valid: 1).precision, precision5: point(valid: 5).precision,
      recall5: point(valid: 0.2).recall, precision20: point(valid: 20).precision,
      recall20: point(valid: 0.05).recall)
  }

  private func point(valid lambda: Double) -> PlanarPrecisionRecallPoint {
    if lambda == .infinity {
      return PlanarPrecisionRecallPoint(
        lambda: lambda, precision: Estimate(1, error: 0), recall: Estimate(0, error: 0))
    }
    if lambda == 0 {
      let sum = lattice.sum { lattice.logModel[$0] > -.infinity ? lattice.target[$0] : 0 }
      return PlanarPrecisionRecallPoint(
        lambda: 0, precision: Estimate(0, error: 0),
        recall: Estimate(min(1, sum.all), error: sum.error + missing.target))
    }
    // The smaller of both coefficients is the one that may leave the range of numbers.
    let (a, b) = lambda <= 1 ? (1, 1 / lambda) : (lambda, 1)
    let overlap = overlap(target: a, model: b)
    let scaled = lambda <= 1 ? lambda : 1 / lambda
    let other = Estimate(overlap.value * scaled, error: overlap.error * scaled)
    return PlanarPrecisionRecallPoint(
      lambda: lambda, precision: lambda <= 1 ? other : overlap,
      recall: lambda <= 1 ? overlap : other)
  }

  /// `∫ min(a p, b q)`, with 1 the smaller of both.
  private func overlap(target a: Double, model b: Double) -> Estimate {
    let corrected = lattice.overlap(a, b)
    let error = corrected.error + min(1, a * missing.target + b * missing.model)
    return Estimate(min(1, max(0, corrected.all)), error: min(1, error))
  }
}

/// A point of the precision–recall curve of two densities in the plane.
public struct PlanarPrecisionRecallPoint: Sendable, Hashable, Codable, CustomStringConvertible {
  /// The trade-off in `[0, infinity]`.
  public let lambda: Double
  /// `alpha_lambda`.
  public let precision: Estimate
  /// `beta_lambda`.
  public let recall: Estimate

  /// For example "lambda 2.0: precision 0.8 ± 1e-06, recall 0.4 ± 5e-07".
  public var description: String { "lambda \(lambda): precision \(precision), recall \(recall)" }
}
