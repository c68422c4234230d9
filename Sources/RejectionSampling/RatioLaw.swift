import Distributions
public import GSL
import RealModule

/// The law of the density ratio `r = p / q` under the model q: all that rejection by ratio depends on.
///
/// A conforming type gives rates and the factor of a budget; the rules for a budget follow.
public protocol RatioLaw: Sendable {
  /// `M`, the greatest ratio that the model can draw, `.infinity` when ratios are unbounded.
  var maximumRatio: Estimate { get }

  /// `Q(r > 0)`, the greatest rate of any factor.
  var supportPrecision: Estimate { get }

  /// The acceptance rate `E_q a(r)`.
  ///
  /// - Throws: `GSLError` when an integral cannot be computed.
  func rate(of acceptance: Acceptance) throws(GSLError) -> Estimate

  /// The smallest factor with `E_q min(factor r, 1) = 1 / K`, for K of at least 1; nil when `1 / K` exceeds `Q(r > 0)`.
  ///
  /// - Throws: `GSLError` when an integral or the root cannot be computed.
  func factor(budget: Double) throws -> Estimate?
}

/// The optimal acceptance for a budget (2025 deck, Theorem 3.2), in floating point.
public struct BudgetedAcceptance: Sendable {
  /// The budget K.
  public let budget: Double
  /// Which case of the theorem the budget falls into, up to rounding.
  public let regime: BudgetRegime
  /// `M`, `.infinity` when ratios are unbounded, which the optimum does not mind.
  public let maximumRatio: Estimate
  /// `c_K / M`; nil below precision.
  public let factor: Estimate?
  /// `c_K`; nil below precision and when M is infinite.
  public let constant: Estimate?
  /// `min(r c_K / M, 1)`, filled where `r = 0` when the budget is below precision.
  public let acceptance: Acceptance

  /// The acceptance rate: `1 / K` in every regime.
  public var acceptanceRate: Double { 1 / budget }
}

extension RatioLaw {
  /// The optimum for the budget K, which may be any number from 1 on.
  ///
  /// - Throws: `ParameterError` when the budget is less than 1, infinite or NaN; `GSLError` when an integral cannot be computed.
  public func budgeted(_ budget: Double) throws -> BudgetedAcceptance {
    try requireBudget(budget)
    let maximumRatio = maximumRatio
    guard let factor = try factor(budget: budget) else {
      let precision = supportPrecision.value
      let fill = (1 / budget - precision) / (1 - precision)
      return BudgetedAcceptance(
        budget: budget, regime: .belowPrecision, maximumRatio: maximumRatio, factor: nil,
        constant: nil,
        acceptance: try .budgeted(factor: .infinity, fill: min(1, max(0, fill))))
    }
    let constant =
      maximumRatio.value < .infinity
      ? Estimate(
        factor.value * maximumRatio.value,
        error: factor.error * (maximumRatio.value + maximumRatio.error)
          + factor.value * maximumRatio.error) : nil
    // Rounding alone must not make a budget of exactly M / P(q > 0) slack.
    let isSlack = constant.map { $0.value + $0.error < 1 - 0x1p-50 } ?? false
    return BudgetedAcceptance(
      budget: budget, regime: isSlack ? .slack : .binding, maximumRatio: maximumRatio,
      factor: factor, constant: constant, acceptance: try .budgeted(factor: factor.value))
  }

  /// The gamma at which DRS has the rate `1 / K`.
  ///
  /// - Throws: `ParameterError` when the budget is less than 1, infinite or NaN, when ratios are unbounded, or when no gamma
  ///   has that rate (the error tells which end was passed); `GSLError` when an integral cannot be
  ///   computed.
  public func gamma(budget: Double) throws -> Estimate {
    try requireBudget(budget)
    let maximum = maximumRatio.value
    guard maximum < .infinity else {
      throw ParameterError(
        "DRS", "maximumRatio", value: "inf", rule: "must be finite; use the budgeted optimum")
    }
    func excess(_ gamma: Double) throws -> Double {
      try rate(of: .discriminator(gamma: gamma, maximumRatio: maximum)).value - 1 / budget
    }
    // The rate decreases in gamma, from Q(r > 0) to Q(r = M), as far as e^gamma is a normal number.
    var (low, high) = (-1.0, 1.0)
    while low > -700, try excess(low) <= 0 { low = max(2 * low, -700) }
    while high < 700, try excess(high) >= 0 { high = min(2 * high, 700) }
    let rates = (try excess(high) + 1 / budget, try excess(low) + 1 / budget)
    guard rates.0 < 1 / budget, 1 / budget < rates.1 else {
      // Only the side that was exceeded has been searched to its end.
      let side =
        rates.0 < 1 / budget
        ? "not below Q(r > 0) = \(rates.1)" : "not above Q(r = M) = \(rates.0)"
      throw ParameterError(
        "DRS", "budget", value: "\(budget)",
        rule: "must leave a rate strictly between Q(r = M) and Q(r > 0), which gamma can choose; "
          + "here 1/K = \(1 / budget) is \(side)")
    }
    var failure: (any Error)?
    let root = try GSL.root(between: low, and: high, absoluteTolerance: 0x1p-52) { gamma in
      do {
        return try excess(gamma)
      } catch {
        failure = error
        return .nan
      }
    }
    if let failure { throw failure }
    return root
  }

  private func requireBudget(_ budget: Double) throws(ParameterError) {
    guard budget >= 1, budget < .infinity else {
      throw ParameterError(
        "RatioLaw", "budget", value: "\(budget)", rule: "must be at least 1 and finite")
    }
  }
}
