import NeuralNetworks
import RealModule

/// The losses of a GAN as graphs: one program moves the critic, another the generator.
struct AdversarialGraphs {
  let configuration: GANConfiguration
  let meaning: CriticMeaning

  /// What the critic minimises, from its outputs on real and on generated samples.
  func criticLoss(real: Tensor, fake: Tensor) -> Tensor {
    let batch = configuration.batch
    var loss =
      meaning.conjugate(fake).mean(of: batch) - meaning.activation(real).mean(of: batch)
    if configuration.logitPenalty > 0 {
      let squares = real.times(real).mean(of: batch) + fake.times(fake).mean(of: batch)
      loss = loss + Float(configuration.logitPenalty / 2) * squares
    }
    return loss
  }

  /// `c E (|grad V| - 1)^2` at `u x + (1 - u) y`, with u uniform for each pair of samples x and y.
  func lipschitzPenalty(
    _ weight: Double, critic: (Tensor) -> Tensor, real: Tensor, fake: Tensor, share: Tensor
  ) -> Tensor {
    let between = fake + share.beside(share).times(real - fake)
    let slope = between.gradient(of: critic(between))
    // The root of 0 has no slope.
    let square = slope.times(slope).sumOfColumns().affine(scale: 1, offset: 1e-12)
    let excess = square.map(.squareRoot).affine(scale: 1, offset: -1)
    return Float(weight) * excess.times(excess).mean(of: configuration.batch)
  }

  /// `c E |grad V|^2 / 2` at real samples.
  func slopePenalty(critic: (Tensor) -> Tensor, real: Tensor) -> Tensor {
    let slope = real.gradient(of: critic(real))
    return Float(configuration.gradientPenalty / 2)
      * slope.times(slope).sumOfColumns().mean(of: configuration.batch)
  }

  /// What the generator minimises, from the critic's outputs on its samples.
  func generatorLoss(_ v: Tensor) -> Tensor {
    let term =
      switch configuration.generatorLoss {
      case .saturating: -meaning.conjugate(v)
      case .nonSaturating: -meaning.activation(v)
      case .precisionRecall(let lambda): -(Float(lambda) * meaning.ratio(v)).map(.atMost(1))
      case .literalPrimal(let lambda): (Float(lambda) * meaning.ratio(v)).map(.atLeast(1))
      case .logHinge(let lambda):
        meaning.logRatio(v).affine(scale: -1, offset: -Float.log(Float(lambda))).map(.atLeast(0))
      case .kullbackLeibler(let clip): -meaning.ratio(v).map(.atMost(.exp(Float(clip))))
      case .reverseKullbackLeibler: -meaning.logRatio(v)
      case .wasserstein: -v
      }
    return term.mean(of: configuration.batch)
  }
}
