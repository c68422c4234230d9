public import Distributions
public import Divergences
public import GSL
import RealModule

/// The law of the density ratio of a target and a model on the real line.
///
/// The rate of a factor is the precision curve, `∫ q min(factor p / q, 1) = alpha_factor`, with its split crossings and
/// its errors; the factor of a budget is the curve's inverse.
public struct ContinuousRatios: RatioLaw {
  /// The target P.
  public let target: any ContinuousDistribution
  /// The model Q.
  public let model: any ContinuousDistribution
  /// The precision–recall curve of the model against the target.
  public let curve: PrecisionRecallCurve
  /// `M = sup p / q`, `.infinity` when unbounded.
  public let maximumRatio: Estimate

  /// The ratio of the target's density to the model's.
  ///
  /// - Throws: `ParameterError` when the laws have no mass in common.
  public init(
    target: any ContinuousDistribution, model: any ContinuousDistribution
  ) throws(ParameterError) {
    curve = PrecisionRecallCurve(target: target, model: model)
    guard curve.supportPrecision.value > 0 else {
      throw ParameterError(
        "ContinuousRatios", "model", value: "\(model.support)",
        rule:
          "must share some of the target's support \(target.support), or there is nothing to accept"
      )
    }
    self.target = target
    self.model = model
    maximumRatio = curve.ratioRange.greatest
  }

  /// `Q(p > 0)`.
  public var supportPrecision: Estimate { curve.supportPrecision }

  /// `alpha_factor` for plain and budgeted rejection, otherwise `∫ q a(p / q)` by quadrature.
  ///
  /// - Throws: `GSLError` when an integral cannot be computed.
  public func rate(of acceptance: Acceptance) throws(GSLError) -> Estimate {
    switch acceptance.form {
    case .rejection(let maximum):
      return alpha(1 / maximum)
    case .budgeted(let factor, let fill):
      let (alpha, precision) = (alpha(factor), curve.supportPrecision)
      return Estimate(
        alpha.value + fill * (1 - precision.value), error: alpha.error + fill * precision.error)
    case .discriminator(_, _, let maximum):
      // Validated: a maximum is positive and finite.
      let crossings = (try? curve.crossings(1 / maximum)) ?? []
      let breaks = (target.landmarks + model.landmarks + crossings).filter(\.isFinite).sorted()
      var sum = Estimate(0, error: 0)
      var workspace = try QuadratureWorkspace()
      for interval in model.support {
        let part = try workspace.integrate(
          from: interval.lower, to: interval.upper, breaks: breaks + targetEnds
        ) { x in
          let (logTarget, logModel) = (target.logDensity(x), model.logDensity(x))
          guard logTarget > -.infinity, logModel > -.infinity else { return 0 }
          return .exp(logModel) * acceptance(.exp(logTarget - logModel))
        }
        sum.value += part.value
        sum.error += part.error
      }
      return sum
    }
  }

  private var targetEnds: [Double] {
    target.support.flatMap { [$0.lower, $0.upper] }.filter(\.isFinite)
  }

  /// Alpha at a slope that is validated to be positive.
  private func alpha(_ lambda: Double) -> Estimate {
    (try? curve.alpha(lambda)) ?? Estimate(.nan, error: .infinity)
  }

  /// The smallest factor with `alpha_factor = 1 / K`.
  ///
  /// - Throws: `GSLError` when the root cannot be found.
  public func factor(budget: Double) throws -> Estimate? {
    try curve.lambda(ofPrecision: 1 / budget)
  }
}
