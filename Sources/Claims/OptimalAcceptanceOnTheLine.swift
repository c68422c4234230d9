import Distributions
import Divergences
import GSL
import RealModule
import RejectionSampling

extension Claim {
  /// Theorem 3.2 without finite spaces: pairs of densities, some with unbounded ratios.
  static let optimalAcceptanceOnTheLine = Check(
    .without(hypothesis: #"finite $\mathcal X$, nor $M < \infty$"#), .quadrature, holds: true
  ) { _ in
    let pairs:
      [(name: String, target: any ContinuousDistribution, model: any ContinuousDistribution)] = [
        ("N(0, 1), N(1, 4)", try Normal(mean: 0, sd: 1), try Normal(mean: 1, sd: 2)),
        ("N(0, 4), N(0, 1)", try Normal(mean: 0, sd: 2), try Normal(mean: 0, sd: 1)),
        ("N(1, 1), N(0, 1)", try Normal(mean: 1, sd: 1), try Normal(mean: 0, sd: 1)),
        (
          "two modes, one mode",
          try 0.5 * Normal(mean: -2, sd: 0.7) + 0.5 * Normal(mean: 2, sd: 0.7),
          try Normal(mean: -1.8, sd: 0.9)
        ),
        ("Exp(4), Exp(1)", try Exponential(rate: 4), try Exponential(rate: 1)),
      ]
    var (cases, worst) = (0, 0.0)
    for pair in pairs {
      let law = try ContinuousRatios(target: pair.target, model: pair.model)
      let function = try RatioFunction(model: pair.model, breaks: pair.target.landmarks) {
        .exp(pair.target.logDensity($0) - pair.model.logDensity($0))
      }
      for budget in [1.2, 2, 3.5] {
        let optimum = try law.budgeted(budget)
        guard let factor = optimum.factor, optimum.regime == .binding else { continue }
        // The rate without the curve from which the factor was found.
        let rate = try function.rate(of: optimum.acceptance)
        let slack = rate.error + factor.error / factor.value
        let gap = (rate.value - 1 / budget).magnitude
        for lambda in [0.5, 1, 2] {
          let left = try refinedAlpha(
            pair.target, pair.model, law.curve, factor.value, budget, lambda)
          let right = try law.curve.alpha(lambda / budget)
          let difference = (left.value - min(1, budget * right.value)).magnitude
          worst = max(worst, gap, difference)
          cases += 1
          let allowed = left.error + budget * (right.error + factor.error) + 1e-12
          guard gap <= slack + 1e-12, difference <= allowed else {
            return .refuted(
              counterexample: "\(pair.name), $K = \(budget)$, $\\lambda = \(lambda)$: the rate is "
                + "\(rate), $\\alpha_\\lambda$ is \(left) and not \(min(1, budget * right.value))",
              shrinks: 0)
          }
        }
      }
    }
    return cases == 0
      ? .vacuous
      : .held(cases: cases, detail: "\(cases) cases on the line, residual at most \(worst)")
  }

  /// `∫ min(lambda p, K min(factor p, q))` by quadrature of the minimum itself.
  private static func refinedAlpha(
    _ target: any ContinuousDistribution, _ model: any ContinuousDistribution,
    _ curve: PrecisionRecallCurve, _ factor: Double, _ budget: Double, _ lambda: Double
  ) throws -> Estimate {
    let breaks =
      target.landmarks + model.landmarks + (try curve.crossings(factor))
      + (try curve.crossings(lambda / budget))
    var sum = Estimate(0, error: 0)
    for interval in model.support {
      let part = try integrate(
        from: interval.lower, to: interval.upper, breaks: breaks.filter(\.isFinite).sorted()
      ) { x in
        let (p, q) = (target.density(x), model.density(x))
        return min(lambda * p, budget * min(factor * p, q))
      }
      sum.value += part.value
      sum.error += part.error
    }
    return sum
  }
}
