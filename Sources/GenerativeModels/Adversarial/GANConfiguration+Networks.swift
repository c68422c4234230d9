import Distributions
import NeuralNetworks

extension GANConfiguration {
  func newGenerator() -> Network {
    var random = SeededGenerator(seed: seed, stream: "generator parameters")
    var network = Network(
      sizes: [2] + generator.hidden + [2], hidden: generator.activation.function, using: &random)
    let last = network.layers.count - 1
    for index in network.layers[last].weight.values.indices {
      network.layers[last].weight.values[index] *= Float(generator.outputScale)
    }
    return network
  }

  func newCritic() -> Network {
    var random = SeededGenerator(seed: seed, stream: "critic parameters")
    var network = Network(
      sizes: [2] + critic.hidden + [1], hidden: critic.activation.function, using: &random)
    for index in network.layers.indices {
      network.layers[index].spectralGain = critic.spectralGain.map(Float.init)
    }
    return network
  }
}

extension GANConfiguration.Activation {
  var function: Function {
    switch self {
    case .leakyReLU(let slope): .leakyReLU(slope: Float(slope))
    case .tanh: .tanh
    }
  }
}
