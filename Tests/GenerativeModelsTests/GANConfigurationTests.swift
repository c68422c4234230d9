import Distributions
import Foundation
import NeuralNetworks
import Testing

@testable import GenerativeModels

@Suite struct GANConfigurationTests {
  static let wrong: [(String, @Sendable (inout GANConfiguration) -> Void)] = [
    ("steps = 0", { $0.steps = 0 }),
    ("steps = -3", { $0.steps = -3 }),
    ("batch = 0", { $0.batch = 0 }),
    ("batch = 1", { $0.batch = 1 }),
    ("criticSteps = 0", { $0.criticSteps = 0 }),
    ("generatorOptimizer.learningRate = 0.0", { $0.generatorOptimizer.learningRate = 0 }),
    ("criticOptimizer.learningRate = -0.5", { $0.criticOptimizer.learningRate = -0.5 }),
    ("criticOptimizer.learningRate = nan", { $0.criticOptimizer.learningRate = .nan }),
    ("criticOptimizer.learningRate = inf", { $0.criticOptimizer.learningRate = .infinity }),
    ("generatorOptimizer.beta1 = 1.0", { $0.generatorOptimizer.beta1 = 1 }),
    ("generatorOptimizer.beta2 = nan", { $0.generatorOptimizer.beta2 = .nan }),
    ("generatorOptimizer.schedule floor = -1.0", { $0 = $0.annealed(to: -1) }),
    ("generator.outputScale = nan", { $0.generator.outputScale = .nan }),
    ("criticOptimizer.epsilon = 0.0", { $0.criticOptimizer.epsilon = 0 }),
    ("generator.hidden[1] = 0", { $0.generator.hidden = [4, 0] }),
    ("critic.hidden[0] = -1", { $0.critic.hidden = [-1] }),
    ("critic.spectralGain = 0.0", { $0.critic.spectralGain = 0 }),
    ("generator.skip = nan", { $0.generator.skip = .nan }),
    (
      "generator.activation slope = inf", { $0.generator.activation = .leakyReLU(slope: .infinity) }
    ),
    ("logitPenalty = -1.0", { $0.logitPenalty = -1 }),
    ("gradientPenalty = nan", { $0.gradientPenalty = .nan }),
    ("snapshots = 3001", { $0.snapshots = [0, 3001] }),
    ("snapshotSamples = 0", { $0.snapshotSamples = 0 }),
    ("generatorLoss lambda = 0.0", { $0.generatorLoss = .precisionRecall(lambda: 0) }),
    ("generatorLoss lambda = inf", { $0.generatorLoss = .precisionRecall(lambda: .infinity) }),
    ("generatorLoss lambda = nan", { $0.generatorLoss = .literalPrimal(lambda: .nan) }),
    ("generatorLoss lambda = -2.0", { $0.generatorLoss = .logHinge(lambda: -2) }),
    ("generatorLoss lambda = 1e-09", { $0.generatorLoss = .precisionRecall(lambda: 1e-9) }),
    ("generatorLoss clip = nan", { $0.generatorLoss = .kullbackLeibler(clip: .nan) }),
    (
      "criticLoss lambda = 0.0", { $0.criticLoss = .divergence(.precisionRecall(lambda: 0)) }
    ),
    (
      "criticLoss lambda = inf",
      { $0.criticLoss = .divergence(.precisionRecall(lambda: .infinity)) }
    ),
    ("alpha = nan", { $0.criticLoss = .divergence(.alpha(.nan)) }),
    (
      "criticLoss penalty = -1.0",
      {
        $0.criticLoss = .wasserstein(penalty: -1)
        $0.generatorLoss = .wasserstein
      }
    ),
    ("generatorLoss = nonSaturating", { $0.criticLoss = .wasserstein(penalty: 1) }),
    ("criticLoss = custom(name: \"mine\")", { $0.criticLoss = .divergence(.custom(name: "mine")) }),
  ]

  @Test(arguments: wrong.indices)
  func `a wrong setting is refused by its name and value`(index: Int) throws {
    let (text, spoil) = Self.wrong[index]
    var configuration = GANConfiguration.cured()
    spoil(&configuration)
    let error = #expect(throws: TrainingError.self) { try GANTraining(configuration) }
    #expect("\(error!)".contains(text), "\(error!)")
  }

  @Test func `an odd batch, no hidden layers and repeated snapshots are fine`() throws {
    var configuration = GANConfiguration.cured()
    configuration.batch = 7
    configuration.steps = 3
    configuration.generator.hidden = []
    configuration.critic.hidden = []
    configuration.snapshots = [3, 0, 3]
    let result = try configuration.train()
    #expect(result.snapshots.map(\.step) == [0, 3])
    #expect(result.snapshots.allSatisfy { $0.samples.count == 500 })
  }

  @Test func `a configuration survives JSON`() throws {
    var configuration = GANConfiguration.grid(seed: .max)
    configuration.criticLoss = .divergence(.alpha(1.5))
    configuration.generatorLoss = .kullbackLeibler(clip: 3)
    configuration.critic.spectralGain = 4
    let data = try JSONEncoder().encode(configuration)
    #expect(try JSONDecoder().decode(GANConfiguration.self, from: data) == configuration)
  }

  @Test func `presets are valid`() throws {
    for preset in [
      GANConfiguration.collapsing(), .dropping(), .droppingByCapacity(), .cured(), .modeSeeking(),
      .grid(), try .precisionRecallRing(lambda: 0.05),
    ] {
      #expect(try preset.validated() == preset)
    }
    #expect(throws: TrainingError.self) { try GANConfiguration.precisionRecallRing(lambda: 0) }
  }
}
