import Distributions
public import GSL
import RealModule

extension GeneratorFunction {
  /// The dual objective `E_P T - E_Q f*(T)` of a critic on the real line: a lower bound of D_f (2025 deck, Theorem 2.2).
  ///
  /// By quadrature of both densities; `breaks` names the points at which the critic has a kink or a jump.
  /// `-.infinity` with error 0 where T is seen to leave the domain of f* in a place that a law charges.
  ///
  /// - Throws: `ParameterError` when T is NaN where a law has mass, `DivergenceError` when the quadrature does not
  ///   converge: T must be integrable under the target, and `f*(T)` under the model.
  public func dual(
    critic: (_ x: Double) -> Double, breaks: [Double] = [], _ pair: DensityPair
  ) throws -> Estimate {
    var (isOutside, undefined) = (false, Double?.none)
    func term(_ x: Double, _ p: Double, _ q: Double) -> Double {
      guard p > 0 || q > 0 else { return 0 }
      let value = critic(x)
      if value.isNaN { undefined = x }
      let term = dualTerm(value, p, q)
      // An infinite critic at a pole or far out, of no weight, is told from one that leaves the domain by f*.
      if term == -.infinity { isOutside = true }
      return term.isFinite ? term : 0
    }
    let (target, model) = (pair.target, pair.model)
    var sum = Estimate(0, error: 0)
    var workspace = try QuadratureWorkspace()
    let landmarks = (target.landmarks + model.landmarks + breaks).filter(\.isFinite).sorted()
    func add(_ intervals: [Interval], _ p: (Double) -> Double, _ q: (Double) -> Double) throws {
      for interval in intervals where !isOutside && undefined == nil {
        do {
          let integral = try workspace.integrate(
            from: interval.lower, to: interval.upper, breaks: landmarks,
            absoluteTolerance: 1e-14, relativeTolerance: 1e-12
          ) { term($0, p($0), q($0)) }
          sum.value += integral.value
          sum.error += integral.error
        } catch {
          if isOutside || undefined != nil { return }
          throw DivergenceError(
            name: name, reason: "the dual objective of this critic has no finite value: \(error)")
        }
      }
    }
    try add(pair.ratio.support, target.density, model.density)
    try add(difference(target.support, model.support), target.density, { _ in 0 })
    try add(difference(model.support, target.support), { _ in 0 }, model.density)
    if let undefined {
      throw ParameterError("dual", "critic at \(undefined)", value: "nan", rule: "must be a number")
    }
    if isOutside { return Estimate(-.infinity, error: 0) }
    let accuracy = pair.ratio.measuredTarget.accuracy + pair.ratio.measuredModel.accuracy
    sum.error += accuracy * sensitivity * (sum.value.magnitude + 2)
    return sum
  }

  /// How much the dual objective of a critic falls short of D_f.
  ///
  /// - Throws: as `dual` and `divergence`.
  public func dualGap(
    critic: (_ x: Double) -> Double, breaks: [Double] = [], _ pair: DensityPair
  ) throws -> Estimate {
    let (primal, dual) = (
      try divergence(pair), try dual(critic: critic, breaks: breaks, pair)
    )
    guard primal.value < .infinity, dual.value > -.infinity else {
      return Estimate(.infinity, error: 0)
    }
    return Estimate(primal.value - dual.value, error: primal.error + dual.error)
  }

  /// An optimal critic on the real line, `T = f'(p / q)`: `f'(infinity)` where q = 0, with ratios beyond `e^±700` taken
  /// for these.
  public func optimalCritic(_ pair: DensityPair) -> (_ x: Double) -> Double {
    { x in
      let logs = pair.logDensities(x)
      if logs.model == -.infinity { return logs.target == -.infinity ? 0 : slopeAtInfinity }
      return slope(.exp(max(-700, min(logs.ratio, 700))), 1)
    }
  }
}
