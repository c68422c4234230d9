public import Distributions
public import GSL
import RealModule

extension GeneratorFunction {
  /// `∫ t D_{1/t}(P || Q) f''(dt)`, the divergence as a positive combination of PR-divergences (2025 deck, Theorem 2.6,
  /// with the Stieltjes measure f'' for the printed density): equals `D_f - f(1)` for every f that is
  /// continuous at 0. `.infinity` with error 0 where the integral diverges. Atoms are matched by label.
  ///
  /// Between neighbouring ratios `p / q` the integrand is affine in t, times the density of f''.
  ///
  /// - Throws: `ParameterError` when the spaces differ, `DivergenceError` where the integral cannot be computed.
  public func mixtureOfPrecisionRecallDivergences(
    target: FiniteDistribution, model: FiniteDistribution
  ) throws -> Estimate {
    let excess = FiniteExcess(target.weights, try model.weights(onSpaceOf: target))
    let reach = max(690, 4 * (excess.logRatios.map(\.magnitude).max() ?? 0))
    return try MixtureIntegral(
      name, curvature,
      .init(
        value: { excess($0) }, breaks: excess.logRatios, reach: (below: reach, above: reach))
    ).estimate()
  }

  /// `∫ t D_{1/t}(P || Q) f''(dt)` of two laws on the real line, by quadrature of masses between crossings.
  ///
  /// - Throws: `DivergenceError` where the integral cannot be computed.
  public func mixtureOfPrecisionRecallDivergences(
    target: any ContinuousDistribution, model: any ContinuousDistribution
  ) throws -> Estimate {
    try mixtureOfPrecisionRecallDivergences(DensityPair(target: target, model: model))
  }

  /// `∫ t D_{1/t}(P || Q) f''(dt)` of a prepared pair.
  ///
  /// - Throws: `DivergenceError` where the integral cannot be computed.
  public func mixtureOfPrecisionRecallDivergences(_ pair: DensityPair) throws -> Estimate {
    let integral = PairIntegral(of: self, on: pair)
    let hidden = try integral.beyondGrid()
    guard hidden < .infinity else { return Estimate(.infinity, error: 0) }
    let mixture = MixtureIntegral(name, curvature, pair.excess)
    var sum = try mixture.estimate()
    // A tail may grow again beyond where its masses underflow; the log-densities tell.
    if sum.value < .infinity, mixture.isCutByUnderflow, try integral.diverges() {
      return Estimate(.infinity, error: 0)
    }
    if sum.value < .infinity { sum.error += hidden }
    return sum
  }
}

extension DensityPair {
  /// The PR-divergences of the pair.
  fileprivate var excess: MixtureIntegral.Excess {
    let curve = curve
    // As a function of t the integrand is smooth but at extrema, jumps and ends of the ratio, and changes fast where
    // much of a law has nearly the same ratio.
    let turns = ratio.runs.flatMap { run in run.turns.map { -run.nodes[$0].ratio } }
    let places = target.landmarks + model.landmarks + [target, model].map { $0.quantile(0.5) }
    let breaks = (turns + places.map { logDensities($0).ratio }).filter(\.isFinite)
    return MixtureIntegral.Excess(
      value: { curve.scaledDivergence(atLog: -$0) }, breaks: breaks,
      reach: (below: reach(side: -1), above: reach(side: 1)))
  }

  /// How far `|log(p / q)|` is known on one side.
  private func reach(side: Double) -> Double {
    func logRatio(_ node: DensityRatio.Node) -> Double { -side * node.ratio }
    let largest = ratio.runs.flatMap { $0.nodes.map(logRatio) }.filter(\.isFinite).max() ?? 0
    // At an infinite end or a pole the ratio goes on beyond the last node.
    let isOpen = ratio.runs.contains { run in
      [(run.lower, run.nodes.first), (run.upper, run.nodes.last)].contains { end, node in
        guard let node, logRatio(node) >= largest else { return false }
        return end.isInfinite || !ratio.node(at: end).ratio.isFinite
      }
    }
    if isOpen, largest > 500 { return largest - max(100, largest / 10) }
    return max(690, largest)
  }
}

/// `D_{1/t} / min(1, 1/t)` on a finite space, by exact sums over the atoms beyond t: `sum (p - t q)+` for `t >= 1` and
/// `sum (q - p / t)+` for `t <= 1`.
private struct FiniteExcess {
  /// `log(p / q)` of the atoms that both laws charge, increasing.
  let logRatios: [Double]
  /// Entry j belongs to t between the ratios j - 1 and j.
  private let above: [(target: Double, model: Double)]
  private let below: [(target: Double, model: Double)]

  init(_ target: [Rational], _ model: [Rational]) {
    let atoms = zip(target, model).filter { $0 > 0 && $1 > 0 }
      .map { (ratio: $0 / $1, target: $0, model: $1) }.sorted { $0.ratio < $1.ratio }
    logRatios = atoms.map { logarithm($0.ratio) }
    var sums = (target: Rational(0), model: Rational(0))
    for (p, q) in zip(target, model) where p == 0 { sums.model += q }
    var below = [(Double(sums.target), Double(sums.model))]
    for atom in atoms {
      sums = (sums.target + atom.target, sums.model + atom.model)
      below.append((Double(sums.target), Double(sums.model)))
    }
    sums = (0, 0)
    for (p, q) in zip(target, model) where q == 0 { sums.target += p }
    var above = [(Double(sums.target), Double(sums.model))]
    for atom in atoms.reversed() {
      sums = (sums.target + atom.target, sums.model + atom.model)
      above.append((Double(sums.target), Double(sums.model)))
    }
    self.below = below
    self.above = above.reversed()
  }

  /// The value at `t = e^y`.
  func callAsFunction(_ y: Double) -> Estimate {
    var (low, high) = (0, logRatios.count)
    while low < high {
      let middle = (low + high) / 2
      if logRatios[middle] <= y { low = middle + 1 } else { high = middle }
    }
    let sums = y > 0 ? above[low] : below[low]
    let (larger, smaller) = y > 0 ? sums : (sums.model, sums.target)
    // Of a sum of nothing, the product with an overflow.
    let product = smaller == 0 ? 0 : .exp(y.magnitude) * smaller
    return Estimate(max(0, larger - product), error: 4 * .ulpOfOne * (larger + product))
  }
}
