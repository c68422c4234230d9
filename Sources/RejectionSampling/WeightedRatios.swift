public import Distributions
import Divergences
public import GSL
import RealModule

/// The law of the density ratio on finitely many atoms: a pair of finite laws in doubles, or the ratios of a sample
/// of the model. Everything takes time linear in the number of atoms.
public struct WeightedRatios: RatioLaw, Hashable {
  /// The target's mass of each atom; for a sample `r / n`, whose sum need not be 1.
  public let target: [Double]
  /// The model's mass of each atom.
  public let model: [Double]
  /// `M = max p / q` over `q > 0`.
  public let maximumRatio: Estimate

  /// The ratios of two laws, atom by atom in the order of their weights.
  ///
  /// - Throws: `ParameterError` when the numbers of atoms differ or the laws have no atom in common.
  public init(target: FiniteWeights, model: FiniteWeights) throws(ParameterError) {
    guard target.values.count == model.values.count else {
      throw ParameterError(
        "WeightedRatios", "model", value: "\(model.values.count) atoms",
        rule: "must have as many atoms as the target, \(target.values.count)")
    }
    try self.init(target: target.values, model: model.values)
  }

  /// The ratios, exact or learned, that were found at independent draws of the model: each draw counts `1 / n`.
  ///
  /// - Throws: `ParameterError` when there are none, one is negative, infinite or NaN (the error tells which), or all
  ///   are 0.
  public init(ofSample ratios: [Double]) throws(ParameterError) {
    guard !ratios.isEmpty else {
      throw ParameterError("WeightedRatios", "ratios", value: "[]", rule: "must not be empty")
    }
    for (index, ratio) in ratios.enumerated() where !(ratio >= 0 && ratio < .infinity) {
      throw ParameterError(
        "WeightedRatios", "ratios[\(index)]", value: "\(ratio)",
        rule: "must be finite and not negative")
    }
    let weight = 1 / Double(ratios.count)
    try self.init(
      target: ratios.map { $0 * weight },
      model: [Double](repeating: weight, count: ratios.count))
  }

  private init(target: [Double], model: [Double]) throws(ParameterError) {
    var maximum = 0.0
    for index in target.indices where model[index] > 0 {
      maximum = max(maximum, target[index] / model[index])
    }
    guard maximum > 0 else {
      throw ParameterError(
        "WeightedRatios", "ratios", value: "all zero",
        rule: "must not be: the model draws nothing of the target, so there is nothing to accept")
    }
    self.target = target
    self.model = model
    maximumRatio = Estimate(maximum, error: maximum.ulp)
  }

  /// `Q(p > 0)`.
  public var supportPrecision: Estimate { expectation { $0 > 0 ? 1 : 0 } }

  /// `sum a q / sum q`.
  public func rate(of acceptance: Acceptance) -> Estimate { expectation { acceptance($0) } }

  private func expectation(_ f: (Double) -> Double) -> Estimate {
    var (sum, total) = (CompensatedSum(), CompensatedSum())
    for index in model.indices where model[index] > 0 {
      total.add(model[index])
      sum.add(model[index] * f(target[index] / model[index]))
    }
    return Estimate(sum.value / total.value, error: 16 * 0x1p-53 * (sum.value / total.value))
  }

  /// The smallest factor with `sum min(factor p, q) = 1 / K`.
  public func factor(budget: Double) -> Estimate? {
    PrecisionInverse(target: target, model: model, budget: budget).lambda
  }

  /// The acceptance at each atom, in order; 1 at atoms that the model never draws.
  public func probabilities(of acceptance: Acceptance) -> [Double] {
    model.indices.map { model[$0] > 0 ? acceptance(target[$0] / model[$0]) : 1 }
  }

  /// The law of what is accepted, `a q / sum a q`.
  ///
  /// - Throws: `ParameterError` when nothing is accepted.
  public func refined(by acceptance: Acceptance) throws(ParameterError) -> FiniteWeights {
    try FiniteWeights(
      normalizing: model.indices.map {
        model[$0] > 0 ? model[$0] * acceptance(target[$0] / model[$0]) : 0
      })
  }

  /// The standard error of the rate on a fresh draw when the atoms are a sample: `sd a(r) / sqrt n`.
  ///
  /// A factor found from n draws keeps its budget up to this, and the n-th part of the model's mass is expected to lie
  /// above the greatest ratio of the sample.
  public func standardError(of acceptance: Acceptance) -> Double {
    let mean = rate(of: acceptance).value
    let variance = expectation { (acceptance($0) - mean) * (acceptance($0) - mean) }.value
    return .sqrt(variance / Double(model.count))
  }
}
