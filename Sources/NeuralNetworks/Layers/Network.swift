/// Dense layers one after the other: a value that can be copied, compared and saved.
public struct Network: Sendable, Hashable {
  /// The layers, the first one first.
  public var layers: [Dense]

  /// A network of the given layers.
  public init(_ layers: [Dense]) {
    for (a, b) in zip(layers, layers.dropFirst()) {
      precondition(
        a.weight.columns == b.weight.rows,
        "a layer with \(a.weight.columns) outputs before one with \(b.weight.rows) inputs")
    }
    self.layers = layers
  }

  /// A multilayer perceptron: `sizes` from the inputs to the outputs, a function between the layers, none at the end.
  @inlinable
  public init(
    sizes: [Int], hidden: Function, using generator: inout some RandomNumberGenerator
  ) {
    let last = sizes.count - 2
    self.init(
      (0...last).map { index in
        Dense(
          inputs: sizes[index], outputs: sizes[index + 1],
          activation: index < last ? hidden : nil, using: &generator)
      })
  }
}

/// A network whose parameters lie in a store, where programs read and move them.
public struct PlacedNetwork {
  /// The parameters: weight and bias of each layer in turn.
  public let parameters: [ParameterStore.Parameter]
  private let activations: [Function?]
  private let directions: [SpectralDirection?]
  private let store: ParameterStore

  /// Puts a network's parameters into a store.
  public init(_ network: Network, in store: ParameterStore) {
    self.store = store
    activations = network.layers.map(\.activation)
    parameters = network.layers.flatMap { [store.add($0.weight), store.add($0.bias)] }
    directions = network.layers.map { layer in
      layer.spectralGain.map { SpectralDirection(of: layer.weight, gain: $0, in: store) }
    }
  }

  /// The output for a batch.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    var x = x
    for (layer, activation) in activations.enumerated() {
      x = x * weight(layer, in: x.graph) + x.graph.parameter(parameters[2 * layer + 1])
      if let activation { x = x.map(activation) }
    }
    return x
  }

  /// The weights that a layer computes with.
  private func weight(_ layer: Int, in graph: Graph) -> Tensor {
    let weight = graph.parameter(parameters[2 * layer])
    return directions[layer]?.normalize(weight).weight ?? weight
  }

  /// One step of the power iteration for each layer with spectral normalisation: for the program that trains this network.
  public func spectralUpdates(in graph: Graph) -> [Program.Update] {
    directions.enumerated().compactMap { layer, direction in
      guard let direction else { return nil }
      let next = direction.normalize(graph.parameter(parameters[2 * layer])).vector
      return Program.Update(direction.vector, gradient: next, by: Assignment())
    }
  }

  /// The network with the parameters of now; weights with spectral normalisation come out normalised.
  public var network: Network {
    let graph = Graph()
    let weights = activations.indices.map { weight($0, in: graph) }
    let program = Program(graph, batch: Program.shards, store: store, outputs: weights)
    program.run()
    return Network(
      activations.indices.map { layer in
        Dense(
          weight: program.value(of: weights[layer]), bias: store[parameters[2 * layer + 1]],
          activation: activations[layer])
      })
  }
}
