import Distributions
public import Divergences
import NeuralNetworks

/// A GAN in training: its networks at every moment, also after an error.
public final class GANTraining {
  /// Samples after a step.
  public struct Snapshot: Sendable, Hashable, Codable {
    /// The step, 0 for the start.
    public var step: Int
    /// Samples from latents that are the same in all snapshots.
    public var samples: [SIMD2<Double>]
  }

  /// A GAN after its training.
  public struct Result: Sendable, Hashable, Codable {
    /// What it was trained with.
    public var configuration: GANConfiguration
    /// The networks.
    public var gan: GAN
    /// The losses "critic", which is the negative of the dual form plus penalties, and "generator".
    public var history: TrainingHistory
    /// Samples along the way.
    public var snapshots: [Snapshot]
  }

  /// What it is trained with.
  public let configuration: GANConfiguration
  /// Samples until now.
  public private(set) var snapshots: [Snapshot] = []

  private let generator, critic: PlacedNetwork
  private let criticStep, generatorStep: Program
  private let loop: TrainingLoop
  private let store: ParameterStore

  /// Sets up networks and programs.
  ///
  /// `divergence` is what the critic learns where the configuration says `custom` with its name: any generator function.
  ///
  /// - Throws: `TrainingError.invalidSetting` for a setting outside of its range, `TrainingError.outsideDomain`
  ///   where the divergence's activation leaves the domain of its conjugate.
  public init(
    _ configuration: GANConfiguration, divergence: (any GeneratorFunction)? = nil,
    interrupt: TrainingInterrupt = .shared
  ) throws(TrainingError) {
    self.configuration = try configuration.validated()
    if let divergence, configuration.criticLoss != .divergence(.custom(name: divergence.name)) {
      throw .refused(
        "GANConfiguration", "criticLoss", "\(configuration.criticLoss)",
        "must be divergence(custom(name: \"\(divergence.name)\")) to go with the divergence that "
          + "was passed, so that the configuration tells its results from others")
    }
    let meaning = try CriticMeaning(of: configuration.criticLoss, divergence: divergence)
    let store = ParameterStore()
    let (seed, batch) = (configuration.seed, configuration.batch)
    let generator = PlacedNetwork(configuration.newGenerator(), in: store)
    let critic = PlacedNetwork(configuration.newCritic(), in: store)
    let graphs = AdversarialGraphs(configuration: configuration, meaning: meaning)
    let skip = Float(configuration.generator.skip)
    func model(_ z: Tensor) -> Tensor { skip == 0 ? generator(z) : generator(z) + skip * z }
    let latents = TrainingInputs(seed: seed, stream: "latents")
    let data = TrainingInputs(seed: seed, stream: "data")

    let criticGraph = Graph()
    let (z, x) = (criticGraph.input(columns: 2), criticGraph.input(columns: 2))
    var sources = [(z, latents.normal), (x, data.samples(of: configuration.target))]
    let fake = model(z).detached()
    var loss = graphs.criticLoss(real: critic(x), fake: critic(fake))
    if case .wasserstein(let penalty) = configuration.criticLoss, penalty > 0 {
      let share = criticGraph.input(columns: 1)
      sources.append((share, TrainingInputs(seed: seed, stream: "penalty").uniform))
      loss =
        loss
        + graphs.lipschitzPenalty(
          penalty, critic: { critic($0) }, real: x, fake: fake, share: share)
    }
    if configuration.gradientPenalty > 0 {
      loss = loss + graphs.slopePenalty(critic: { critic($0) }, real: x)
    }
    criticStep = Program(
      criticGraph, batch: batch, store: store, outputs: [loss],
      updates: criticGraph.updates(of: critic, along: loss, by: configuration.criticOptimizer)
        + critic.spectralUpdates(in: criticGraph),
      sources: sources)

    let generatorGraph = Graph()
    let latent = generatorGraph.input(columns: 2)
    let generatorLoss = graphs.generatorLoss(critic(model(latent)))
    generatorStep = Program(
      generatorGraph, batch: batch, store: store, outputs: [generatorLoss],
      updates: generatorGraph.updates(
        of: generator, along: generatorLoss, by: configuration.generatorOptimizer),
      sources: [(latent, latents.normal)])

    loop = TrainingLoop(
      steps: configuration.steps, store: store,
      layers: generator.layers(named: "generator") + critic.layers(named: "critic"),
      losses: [
        .init("critic", of: criticStep, value: loss),
        .init("generator", of: generatorStep, value: generatorLoss),
      ], interrupt: interrupt)
    (self.generator, self.critic, self.store) = (generator, critic, store)
  }

  /// The steps of the generator that are done.
  public var step: Int { loop.step }

  /// The losses until now.
  public var history: TrainingHistory { loop.history }

  /// The networks of now; after an error those of the last good step.
  public var gan: GAN {
    GAN(
      generator: generator.network, skip: Float(configuration.generator.skip),
      critic: critic.network, criticLoss: configuration.criticLoss)
  }

  /// Runs the steps that are left.
  ///
  /// - Throws: `TrainingError.notFinite` and `TrainingError.interrupted`; `gan` is good after both.
  public func run(progress: ((TrainingProgress) -> Void)? = nil) throws(TrainingError) {
    try loop.run(
      snapshots: configuration.snapshots, snapshot: { takeSnapshot(step: $0) }, progress: progress
    ) { _ in
      for _ in 0..<configuration.criticSteps { criticStep.run() }
      generatorStep.run()
    }
  }

  /// What a finished training leaves.
  public var result: Result {
    Result(configuration: configuration, gan: gan, history: history, snapshots: snapshots)
  }

  private func takeSnapshot(step: Int) {
    var generator = SeededGenerator(seed: configuration.seed, stream: "snapshot latents")
    let samples = gan.samples(count: configuration.snapshotSamples, using: &generator)
    snapshots.append(Snapshot(step: step, samples: samples))
  }
}

extension GANConfiguration {
  /// Trains from the start to the end.
  ///
  /// - Throws: `TrainingError`; use `GANTraining` to have the networks after an error.
  public func train(
    divergence: (any GeneratorFunction)? = nil, interrupt: TrainingInterrupt = .shared,
    progress: ((TrainingProgress) -> Void)? = nil
  ) throws(TrainingError) -> GANTraining.Result {
    let training = try GANTraining(self, divergence: divergence, interrupt: interrupt)
    try training.run(progress: progress)
    return training.result
  }
}
