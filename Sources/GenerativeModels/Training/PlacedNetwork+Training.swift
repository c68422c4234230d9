import NeuralNetworks

extension Graph {
  /// Moves the parameters of a network down a loss.
  func updates(
    of network: PlacedNetwork, along loss: Tensor, by optimizer: any Optimizer
  ) -> [Program.Update] {
    let gradients = gradients(
      of: loss, withRespectTo: network.parameters.map { parameter($0) })
    return zip(network.parameters, gradients).map { .init($0, gradient: $1, by: optimizer) }
  }
}

extension PlacedNetwork {
  /// The layers with names for errors, e.g. "critic, layer 2".
  func layers(named name: String) -> [TrainingLoop.Layer] {
    (0..<(parameters.count / 2)).map {
      TrainingLoop.Layer("\(name), layer \($0 + 1)", Array(parameters[(2 * $0)...(2 * $0 + 1)]))
    }
  }
}
