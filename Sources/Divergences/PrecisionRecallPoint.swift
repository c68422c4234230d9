import Distributions

/// A point of a precision–recall curve.
public struct PrecisionRecallPoint: Sendable, Hashable {
  /// The trade-off `lambda` in `[0, infinity]`: the ray of slope `precision / recall` through the point.
  public var lambda: Double
  /// `alpha_lambda`, between 0 and 1.
  public var precision: Double
  /// `beta_lambda`, between 0 and 1.
  public var recall: Double

  /// The point `(beta_lambda, alpha_lambda)`.
  public init(lambda: Double, precision: Double, recall: Double) {
    self.lambda = lambda
    self.precision = precision
    self.recall = recall
  }
}

/// The error of a lambda that is not in `[0, infinity]`.
func invalidLambda(_ lambda: some Any) -> ParameterError {
  ParameterError(
    "PrecisionRecallCurve", "lambda", value: "\(lambda)", rule: "must be in [0, infinity]")
}
