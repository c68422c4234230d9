public import RealModule

/// A dense layer: `y = activation(x W + b)` for a batch x of rows.
public struct Dense: Sendable, Hashable {
  /// The weights: inputs x outputs.
  public var weight: Matrix
  /// The bias: 1 x outputs.
  public var bias: Matrix
  /// What is applied to each entry, nil for the identity.
  public var activation: Function?
  /// The largest singular value of the weights that the layer computes with in training, nil to take them as they are:
  /// spectral normalisation. What a training gives back has the normalised weights, and nil here.
  public var spectralGain: Float?

  /// A layer with the given parameters.
  public init(
    weight: Matrix, bias: Matrix, activation: Function? = nil, spectralGain: Float? = nil
  ) {
    precondition(bias.rows == 1 && bias.columns == weight.columns, "one bias for each output")
    precondition(
      spectralGain.map { $0 > 0 && $0.isFinite } ?? true, "a spectral gain is finite and positive")
    self.weight = weight
    self.bias = bias
    self.activation = activation
    self.spectralGain = spectralGain
  }

  /// A layer with weights from N(0, 2 / inputs) (He et al., 2015) and zero bias.
  @inlinable
  public init(
    inputs: Int, outputs: Int, activation: Function? = nil,
    using generator: inout some RandomNumberGenerator
  ) {
    let sd = Float.sqrt(2 / Float(inputs))
    let values = (0..<(inputs * outputs)).map { _ in sd * generator.nextNormal() }
    self.init(
      weight: Matrix(rows: inputs, columns: outputs, values: values),
      bias: Matrix(rows: 1, columns: outputs), activation: activation)
  }
}

extension RandomNumberGenerator {
  /// A standard normal number (Box and Muller).
  @inlinable
  mutating func nextNormal() -> Float {
    let radius = Float.sqrt(-2 * .log(1 - Float.random(in: 0..<1, using: &self)))
    return radius * .cos(2 * .pi * Float.random(in: 0..<1, using: &self))
  }
}
