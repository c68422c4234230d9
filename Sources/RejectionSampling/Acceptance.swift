public import Distributions
import RealModule

/// With which probability a draw of the model is accepted, as a function of its density ratio `r = p / q`.
///
/// Plain rejection, discriminator rejection sampling (DRS) and optimal budgeted rejection (OBRS) are such functions, all
/// nondecreasing in r: `RatioLaw.rate(of:)` gives the rate of any of them, `RejectionSampler` draws by it.
public struct Acceptance: Sendable, Hashable, CustomStringConvertible {
  enum Form: Hashable {
    case rejection(maximumRatio: Double)
    case discriminator(gamma: Double, odds: Double, maximumRatio: Double)
    case budgeted(factor: Double, fill: Double)
  }

  let form: Form

  // MARK: Rules

  /// `min(r / M, 1)`: draws from the target if no ratio exceeds M.
  ///
  /// - Throws: `ParameterError` unless M is finite and positive.
  public static func rejection(maximumRatio: Double) throws(ParameterError) -> Acceptance {
    try require(maximumRatio > 0 && maximumRatio < .infinity, "maximumRatio", maximumRatio)
    return Acceptance(form: .rejection(maximumRatio: maximumRatio))
  }

  /// `r / (r (1 - e^gamma) + M e^gamma)`, and 1 from M on (2025 deck, Definition 3.1). `gamma = 0` is plain
  /// rejection, less accepts more.
  ///
  /// - Throws: `ParameterError` unless gamma is finite and M finite and positive.
  public static func discriminator(
    gamma: Double, maximumRatio: Double
  ) throws(ParameterError) -> Acceptance {
    guard gamma.isFinite else {
      throw ParameterError("Acceptance", "gamma", value: "\(gamma)", rule: "must be finite")
    }
    try require(maximumRatio > 0 && maximumRatio < .infinity, "maximumRatio", maximumRatio)
    return Acceptance(
      form: .discriminator(gamma: gamma, odds: .exp(gamma), maximumRatio: maximumRatio))
  }

  /// `min(factor r, 1)` where `r > 0`, and `fill` where `r = 0`: the optimum of a budget, with the factor `c_K / M`
  /// (2025 deck, Theorem 3.2).
  ///
  /// - Parameter fill: needed only when the budget is below what the model's precision allows.
  /// - Throws: `ParameterError` unless the factor is positive and the fill in `[0, 1]`.
  public static func budgeted(
    factor: Double, fill: Double = 0
  ) throws(ParameterError) -> Acceptance {
    try require(factor > 0, "factor", factor)
    guard fill >= 0, fill <= 1 else {
      throw ParameterError("Acceptance", "fill", value: "\(fill)", rule: "must be in [0, 1]")
    }
    return Acceptance(form: .budgeted(factor: factor, fill: fill))
  }

  private static func require(
    _ condition: Bool, _ parameter: String, _ value: Double
  ) throws(ParameterError) {
    guard condition else {
      throw ParameterError(
        "Acceptance", parameter, value: "\(value)", rule: "must be finite and positive")
    }
  }

  // MARK: Probability

  /// The probability at a ratio r in `[0, infinity]`.
  public func callAsFunction(_ ratio: Double) -> Double {
    switch form {
    case .rejection(let maximum):
      return min(ratio / maximum, 1)
    case .discriminator(_, let odds, let maximum):
      if ratio >= maximum { return 1 }
      let refusal = odds * (maximum / ratio - 1)
      // An odds of 0 against a ratio of 0: the limit in gamma of acceptances that are all 0 there.
      return refusal.isNaN ? 0 : 1 / (1 + refusal)
    case .budgeted(let factor, let fill):
      return ratio > 0 ? min(factor * ratio, 1) : fill
    }
  }

  /// The ratio that the rule takes for the greatest: what exceeds it is cut off and changes the refined law. Nil for
  /// a budgeted rule, which is made to cut off.
  public var maximumRatio: Double? {
    switch form {
    case .rejection(let maximum), .discriminator(_, _, let maximum): maximum
    case .budgeted: nil
    }
  }

  /// The ratios at which the function has a kink or a jump, in increasing order.
  var kinks: [Double] {
    switch form {
    case .rejection(let maximum), .discriminator(_, _, let maximum): [maximum]
    case .budgeted(let factor, _): factor < .infinity ? [1 / factor] : []
    }
  }

  /// For example "min(0.5 r, 1)".
  public var description: String {
    switch form {
    case .rejection(let maximum): "min(r / \(maximum), 1)"
    case .discriminator(let gamma, _, let maximum): "DRS(gamma: \(gamma), M: \(maximum))"
    case .budgeted(let factor, let fill):
      fill > 0 ? "min(\(factor) r, 1), \(fill) where r = 0" : "min(\(factor) r, 1)"
    }
  }
}
