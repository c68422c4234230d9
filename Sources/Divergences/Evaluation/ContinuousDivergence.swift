public import Distributions
public import GSL
import RealModule

extension GeneratorFunction {
  /// `D_f(P || Q) = ∫ q f(p / q) + f'(infinity) P(q = 0)` of two laws on the real line (2025 deck, Definition 2.1, with
  /// the singular part), `.infinity` with error 0 where it diverges.
  ///
  /// - Throws: an error when the quadrature does not reach a value.
  public func divergence(
    target: any ContinuousDistribution, model: any ContinuousDistribution
  ) throws -> Estimate {
    try divergence(DensityPair(target: target, model: model))
  }

  /// `D_f(P || Q)` of a prepared pair.
  ///
  /// - Throws: an error when the quadrature does not reach a value.
  public func divergence(_ pair: DensityPair) throws -> Estimate {
    let ratio = pair.ratio
    var sum = Estimate(0, error: 0)
    for (mass, slope) in [
      (ratio.targetAlone, slopeAtInfinity), (ratio.modelAlone, valueAtZero),
    ] where mass.value > 0 && slope != 0 {
      guard slope.isFinite else { return Estimate(.infinity, error: 0) }
      sum.value += mass.value * slope
      sum.error += mass.error * slope.magnitude
    }
    let kinks = curvature.atoms.flatMap { ratio.division(at: 1 / $0.location, .ofPoint).crossings }
      .map(\.x)
    var workspace = try QuadratureWorkspace()
    for run in ratio.runs {
      guard let first = run.panels.first, let last = run.panels.last, first < last else { continue }
      let integral = try workspace.integrate(
        from: first, to: last, breaks: run.panels + kinks, absoluteTolerance: 1e-18
      ) { x in
        let (p, q) = (ratio.target.logDensity(x), ratio.model.logDensity(x))
        let scale = max(p, q)
        guard scale > -.infinity else { return 0 }
        return .exp(scale) * perspective(.exp(p - scale), .exp(q - scale))
      }
      sum.value += integral.value
      sum.error += integral.error
    }
    return sum
  }
}
