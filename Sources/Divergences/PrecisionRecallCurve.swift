public import Distributions
public import GSL
import RealModule

/// The precision–recall curve of two laws on the real line with densities p (target) and q (model).
///
/// `alpha_lambda = ∫ min(lambda p, q)` is the precision and `beta_lambda = ∫ min(p, q / lambda)` the recall, for lambda in
/// `[0, infinity]` (2025 deck, Definition 1.4). The ends are the support-based precision and recall
/// (Definition 1.3, Theorem 1.5). Every value carries a bound on its error.
///
/// The integrals are split at every crossing `lambda p = q`. Between crossings the minimum is one of the two
/// densities, so each is a sum of masses from the distribution functions; `alphaByBothRoutes` also integrates
/// the minimum itself.
public struct PrecisionRecallCurve: Sendable {
  let ratio: DensityRatio
  /// The support-based precision `alpha_infinity = Q(p > 0)`.
  public let supportPrecision: Estimate
  /// The support-based recall `beta_0 = P(q > 0)`.
  public let supportRecall: Estimate

  /// `P(q = 0)`.
  let targetAlone: Estimate
  /// `Q(p = 0)`.
  let modelAlone: Estimate

  /// The curve of `model` against `target`.
  public init(target: any ContinuousDistribution, model: any ContinuousDistribution) {
    self.init(ratio: DensityRatio(target: target, model: model))
  }

  init(ratio: DensityRatio) {
    self.ratio = ratio
    supportPrecision = Self.mass(of: ratio.measuredModel, on: ratio.support)
    supportRecall = Self.mass(of: ratio.measuredTarget, on: ratio.support)
    targetAlone = ratio.measuredTarget.mass(off: ratio.model.support)
    modelAlone = ratio.measuredModel.mass(off: ratio.target.support)
  }

  /// The mass of a law on part of its support, exact when the part is all of it.
  private static func mass(
    of law: MeasuredLaw, on part: [Interval]
  ) -> Estimate {
    if part == intersection(law.law.support, law.law.support) { return Estimate(1, error: 0) }
    let mass = part.reduce(into: Estimate(0, error: 0)) { sum, interval in
      let mass = law.mass(from: interval.lower, to: interval.upper)
      sum.value += mass.value
      sum.error += mass.error
    }
    return Estimate(min(1, mass.value), error: mass.error)
  }

  /// The precision `alpha_lambda = ∫ min(lambda p, q)`; `alpha_0 = 0`, `alpha_infinity = Q(p > 0)`.
  ///
  /// - Throws: `ParameterError` when lambda is negative or NaN.
  public func alpha(_ lambda: Double) throws(ParameterError) -> Estimate {
    guard lambda >= 0 else { throw invalidLambda(lambda) }
    if lambda == 0 { return Estimate(0, error: 0) }
    if lambda == .infinity { return supportPrecision }
    let masses = masses(at: lambda).alpha
    guard masses.error > Self.accuracy else { return masses }
    let integral = quadrature(at: lambda)
    return integral.error < masses.error ? integral : masses
  }

  /// The recall `beta_lambda = ∫ min(p, q / lambda)`; `beta_0 = P(q > 0)`, `beta_infinity = 0`.
  ///
  /// - Throws: `ParameterError` when lambda is negative or NaN.
  public func beta(_ lambda: Double) throws(ParameterError) -> Estimate {
    guard lambda >= 0 else { throw invalidLambda(lambda) }
    if lambda == 0 { return supportRecall }
    if lambda == .infinity { return Estimate(0, error: 0) }
    let masses = masses(at: lambda).beta
    guard masses.error > Self.accuracy else { return masses }
    let integral = quadrature(at: lambda)
    let beta = Estimate(integral.value / lambda, error: integral.error / lambda)
    return beta.error < masses.error ? beta : masses
  }

  /// The error above which the sum of masses is compared with the quadrature.
  private static let accuracy = 1e-12

  /// Alpha by both routes: a sum of masses from distribution functions between the crossings, and GSL's
  /// quadrature of the minimum split at the crossings. Both are right when they agree within their errors.
  ///
  /// - Throws: `ParameterError` when lambda is negative or NaN.
  public func alphaByBothRoutes(
    _ lambda: Double
  ) throws(ParameterError) -> (masses: Estimate, quadrature: Estimate) {
    guard lambda > 0, lambda < .infinity else {
      let alpha = try alpha(lambda)
      return (alpha, alpha)
    }
    return (masses(at: lambda).alpha, quadrature(at: lambda))
  }

  /// Every point inside the common support at which `lambda p - q` changes sign, increasing, jumps included.
  ///
  /// - Throws: `ParameterError` when lambda is negative or NaN.
  public func crossings(_ lambda: Double) throws(ParameterError) -> [Double] {
    guard lambda >= 0 else { throw invalidLambda(lambda) }
    guard lambda > 0, lambda < .infinity else { return [] }
    return ratio.division(at: lambda, .ofPoint).crossings.map(\.x)
  }

  /// The two parts of alpha at a finite positive lambda.
  func masses(at lambda: Double) -> MassesBelowMinimum {
    var masses = MassesBelowMinimum(lambda: lambda)
    let division = ratio.division(at: lambda, .ofMass)
    for region in division.regions {
      if region.isModelBelow {
        let mass = ratio.measuredModel.mass(from: region.lower, to: region.upper)
        masses.model.value += mass.value
        masses.model.error += mass.error
      } else {
        let mass = ratio.measuredTarget.mass(from: region.lower, to: region.upper)
        masses.target.value += mass.value
        masses.target.error += mass.error
      }
    }
    masses.model.error += division.crossings.reduce(division.flatError) { $0 + $1.error }
    masses.model.error += min(lambda * ratio.unseen.target, ratio.unseen.model)
    return masses
  }
}

/// `alpha_lambda = Q(q < lambda p) + lambda P(q >= lambda p)` by its two masses.
struct MassesBelowMinimum {
  var lambda: Double
  /// `Q(q < lambda p)`.
  var model = Estimate(0, error: 0)
  /// `P(q >= lambda p)` within the common support.
  var target = Estimate(0, error: 0)

  var alpha: Estimate {
    let value = model.value + lambda * target.value
    return bounded(value, error: model.error + lambda * target.error, by: min(1, lambda))
  }

  var beta: Estimate {
    let value = model.value / lambda + target.value
    return bounded(value, error: model.error / lambda + target.error, by: min(1, 1 / lambda))
  }

  /// An estimate of a number that is known to lie in `[0, limit]`.
  private func bounded(_ value: Double, error: Double, by limit: Double) -> Estimate {
    let error = error + 8 * .ulpOfOne * value
    guard value.isFinite, error <= limit else { return Estimate(min(limit, value), error: limit) }
    return Estimate(min(limit, value), error: value == 0 && error == 0 ? 0 : error)
  }
}
