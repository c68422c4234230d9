public import Distributions

/// Why a training did not start, or stopped: what is wrong, where, and what to do.
public enum TrainingError: Error, Hashable, CustomStringConvertible {
  /// A setting is outside of what it may be.
  case invalidSetting(ParameterError)
  /// A loss or a parameter is infinite or NaN after a step. The parameters are those after the step `kept`.
  case notFinite(step: Int, quantity: String, layer: String?, kept: Int)
  /// A critic's activation gives a value where the divergence's conjugate f* is infinite or NaN; step 0 is before the
  /// first.
  case outsideDomain(step: Int, divergence: String, critic: Double, activation: Double)
  /// It was asked to stop. The parameters are those after this step.
  case interrupted(step: Int)

  /// For example "step 12: the critic's loss is not finite, first in generator, layer 2; ...".
  public var description: String {
    switch self {
    case .invalidSetting(let error): return error.description
    case .notFinite(let step, let quantity, let layer, let kept):
      let place = layer.map { ", first in \($0)" } ?? ""
      return "step \(step): \(quantity) is not finite\(place): the parameters of step \(kept) are "
        + "kept; try a smaller learning rate, or a penalty on the critic"
    case .outsideDomain(let step, let divergence, let critic, let activation):
      let place = step > 0 ? "step \(step): " : ""
      return "\(place)\(divergence): its activation takes the critic's output \(critic) to "
        + "\(activation), where the conjugate f* is not finite: activation must map the real line "
        + "into the domain of f*, below slopeAtInfinity"
    case .interrupted(let step):
      return "interrupted after step \(step): nothing was written; start again to train anew"
    }
  }
}

extension TrainingError {
  /// A refusal in the words of `ParameterError`.
  static func refused(
    _ subject: String, _ parameter: String, _ value: some CustomStringConvertible, _ rule: String
  ) -> TrainingError {
    .invalidSetting(ParameterError(subject, parameter, value: "\(value)", rule: rule))
  }
}
