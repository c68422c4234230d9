public import Distributions
public import GSL

// The dual form of a divergence (2025 deck, Theorem 2.2): for every critic T with values in the domain of f*,
// `E_P T - E_Q f*(T) <= D_f(P || Q)`. Where the model has no mass, f* does not restrain T: the closure of its domain,
// `T <= f'(infinity)`, must, or the supremum would be infinite.

extension GeneratorFunction {
  /// The dual objective `E_P T - E_Q f*(T)` of a critic given by its value at each atom: a lower bound of D_f.
  ///
  /// `-.infinity` with error 0 where T leaves the domain of f* on an atom of positive weight, or is `-.infinity`
  /// where the target has mass. Atoms are matched by label.
  ///
  /// - Throws: `ParameterError` when the spaces differ or T is NaN.
  public func dual(
    critic: (_ atom: String) -> Double, target: FiniteDistribution, model: FiniteDistribution
  ) throws(ParameterError) -> Estimate {
    var sum = Estimate(0, error: 0)
    let q = try model.weights(onSpaceOf: target)
    for (index, atom) in target.atoms.enumerated() where target.weights[index] + q[index] > 0 {
      let (p, q) = (Double(target.weights[index]), Double(q[index]))
      let term = dualTerm(try value(of: critic, at: atom), p, q)
      sum.value += term
      sum.error += 8 * .ulpOfOne * sensitivity * (term.magnitude + p + q)
    }
    return sum.value.isFinite ? sum : Estimate(sum.value, error: 0)
  }

  /// How much the dual objective of a critic falls short of D_f: the sum over the atoms of
  /// `q f(p / q) + q f*(T) - p T`, none of which is negative (Fenchel and Young).
  ///
  /// - Throws: `ParameterError` when the spaces differ or T is NaN.
  public func dualGap(
    critic: (_ atom: String) -> Double, target: FiniteDistribution, model: FiniteDistribution
  ) throws(ParameterError) -> Estimate {
    var sum = Estimate(0, error: 0)
    let q = try model.weights(onSpaceOf: target)
    for (index, atom) in target.atoms.enumerated() where target.weights[index] + q[index] > 0 {
      let (p, q) = (Double(target.weights[index]), Double(q[index]))
      let dual = dualTerm(try value(of: critic, at: atom), p, q)
      let primal = perspective(p, q)
      // Both are infinite where the critic reaches an infinite supremum.
      if primal == dual { continue }
      sum.value += max(0, primal - dual)
      sum.error += 8 * .ulpOfOne * sensitivity * (primal.magnitude + dual.magnitude + p + q)
    }
    return sum.value < .infinity ? sum : Estimate(.infinity, error: 0)
  }

  /// An optimal critic on a finite pair: `T = f'(p / q)`, `f'(infinity)` where q = 0 and the limit of f' at 0, which may be
  /// `-.infinity`, where p = 0. Not the only one where f has a kink, and attained only where these are finite.
  ///
  /// - Throws: `ParameterError` when the spaces differ.
  public func optimalCritic(
    target: FiniteDistribution, model: FiniteDistribution
  ) throws(ParameterError) -> [String: Double] {
    let q = try model.weights(onSpaceOf: target)
    var critic: [String: Double] = [:]
    for (index, atom) in target.atoms.enumerated() {
      critic[atom] = slope(Double(target.weights[index]), Double(q[index]))
    }
    return critic
  }

  private func value(
    of critic: (String) -> Double, at atom: String
  ) throws(ParameterError) -> Double {
    let value = critic(atom)
    guard !value.isNaN else {
      throw ParameterError(
        "dual", "critic at \"\(atom)\"", value: "nan", rule: "must be a number")
    }
    return value
  }

  /// `p T - q f*(T)`, continued to the ends of the domain of f*.
  func dualTerm(_ value: Double, _ p: Double, _ q: Double) -> Double {
    if q == 0 {
      guard value <= slopeAtInfinity else { return -.infinity }
      return p == 0 ? 0 : p * value
    }
    // The limit of f* at minus infinity is -f(0).
    let conjugate = value == -.infinity ? -valueAtZero : conjugate(value)
    guard conjugate < .infinity, p == 0 || value > -.infinity else { return -.infinity }
    return (p == 0 ? 0 : p * value) - q * conjugate
  }

  /// A subgradient of f at `p / q`.
  func slope(_ p: Double, _ q: Double) -> Double {
    if q == 0 { return p == 0 ? 0 : slopeAtInfinity }
    let slope = derivative(p / q)
    return slope.isNaN ? -.infinity : slope
  }
}
