import Distributions
public import NeuralNetworks

/// What a coupling does to one coordinate, by parameters that depend on the other.
public enum CouplingTransform: Sendable, Hashable, Codable {
  /// `y = x e^s + t` with `s = 2 tanh(o / 2)` between -2 and 2 (Real NVP: Dinh et al., 2017).
  case affine
  /// A rational-quadratic spline on `[-bound, bound]` (Durkan et al., 2019).
  case spline(bins: Int, bound: Double)

  /// The number of parameters.
  public var parameterCount: Int {
    switch self {
    case .affine: 2
    case .spline(let bins, _): 3 * bins - 1
    }
  }

  /// The family of splines, nil where it is affine.
  ///
  /// - Precondition: `check` found nothing.
  var family: RationalQuadraticSpline? {
    guard case .spline(let bins, let bound) = self else { return nil }
    return RationalQuadraticSpline(bins: bins, bound: bound)
  }

  /// - Throws: `ParameterError` unless there are 1 to 256 bins and the bound is finite and positive.
  func check(_ subject: String) throws(ParameterError) {
    guard case .spline(let bins, let bound) = self else { return }
    guard (1...256).contains(bins) else {
      throw ParameterError(subject, "bins", value: "\(bins)", rule: "must lie in 1...256")
    }
    guard bound > 0, bound.isFinite else {
      throw ParameterError(subject, "bound", value: "\(bound)", rule: "must be finite and positive")
    }
  }
}

/// One layer of a flow: `(a, b)` becomes `(T(b), a)`, T with parameters `conditioner(a)`.
///
/// The coordinates change places, so that the next layer transforms the other one.
public struct Coupling: Sendable, Hashable, Codable {
  /// What happens to the second coordinate.
  public var transform: CouplingTransform
  /// The network from the first coordinate to the transform's parameters.
  public var conditioner: Network

  /// A layer.
  public init(_ transform: CouplingTransform, conditioner: Network) {
    self.transform = transform
    self.conditioner = conditioner
  }

  /// - Throws: `ParameterError` where the network does not fit or has numbers that are not finite.
  func check(_ subject: String) throws(ParameterError) {
    try transform.check(subject)
    let (inputs, outputs) = (
      conditioner.layers.first?.weight.rows ?? 0, conditioner.layers.last?.weight.columns ?? 0
    )
    guard inputs == 1, outputs == transform.parameterCount else {
      throw ParameterError(
        subject, "conditioner", value: "\(inputs) -> \(outputs)",
        rule: "must have one input and \(transform.parameterCount) outputs")
    }
    for layer in conditioner.layers {
      guard (layer.weight.values + layer.bias.values).allSatisfy(\.isFinite) else {
        throw ParameterError(
          subject, "conditioner", value: "nan or inf", rule: "must have finite parameters")
      }
    }
  }
}
