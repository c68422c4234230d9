public import Distributions
public import GSL

extension GeneratorFunction {
  /// The dual objective `E_P T - E_Q f*(T)` of a critic T, given by its value at each atom: a lower bound of D_f that
  /// the critic `T = f'(p / q)` attains where it is finite (2025 deck, Theorem 2.2).
  ///
  /// `-.infinity` with error 0 where T leaves the domain of f* on an atom of positive weight: an atom of the target
  /// alone included, without which the supremum would be infinite.
  ///
  /// - Throws: `ParameterError` when the spaces differ or T is NaN.
  public func dual(
    critic: (_ atom: String) -> Double, target: FiniteDistribution, model: FiniteDistribution
  ) throws(ParameterError) -> Estimate {
    var sum = BlockSum()
    var magnitude = 0.0
    let q = try model.weights(onSpaceOf: target)
    for (index, atom) in target.atoms.enumerated() {
      let (p, q) = (Double(target.weights[index]), Double(q[index]))
      guard p > 0 || q > 0 else { continue }
      let value = critic(atom)
      if value.isNaN {
        throw ParameterError(
          "dual", "critic at \"\(atom)\"", value: "nan", rule: "must be a number")
      }
      let conjugate = conjugate(value)
      guard conjugate < .infinity, p == 0 || value > -.infinity else {
        return Estimate(-.infinity, error: 0)
      }
      for term in [p == 0 ? 0 : p * value, q == 0 ? 0 : -q * conjugate] {
        sum.add(term)
        magnitude += term.magnitude
      }
    }
    return Estimate(sum.value, error: 8 * .ulpOfOne * (magnitude + 1))
  }
}
