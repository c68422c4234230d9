public import Distributions
import GSL

/// A target and a model on the real line, prepared once for many divergences and their precision–recall curve.
public struct DensityPair: Sendable {
  let ratio: DensityRatio

  /// Looks at both densities on their common support, which is most of the work of the first divergence.
  public init(target: any ContinuousDistribution, model: any ContinuousDistribution) {
    ratio = DensityRatio(target: target, model: model)
  }

  /// The law whose density is p.
  public var target: any ContinuousDistribution { ratio.target }

  /// The law whose density is q.
  public var model: any ContinuousDistribution { ratio.model }

  /// The precision–recall curve of the pair, without another look at the densities.
  public var curve: PrecisionRecallCurve { PrecisionRecallCurve(ratio: ratio) }
}
