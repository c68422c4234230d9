import Distributions
import NeuralNetworks
import RealModule

/// The programs of a flow's training: one stage by maximum likelihood, one by the objective.
struct FlowSteps {
  /// Some steps of one kind.
  struct Stage {
    let count: Int
    /// What runs before the program in each step.
    let before: [Program]
    /// What moves the flow's parameters.
    let program: Program
    let losses: [TrainingLoop.Loss]

    func run() {
      for program in before { program.run() }
      program.run()
    }
  }

  private(set) var stages: [Stage] = []
  private(set) var discriminatorLayers: [TrainingLoop.Layer] = []

  private let configuration: FlowConfiguration
  private let flow: PlacedFlow
  private let store: ParameterStore
  private let data: TrainingInputs
  private let noise: TrainingInputs

  init(
    _ configuration: FlowConfiguration, _ flow: PlacedFlow, _ store: ParameterStore
  ) throws(TrainingError) {
    self.configuration = configuration
    self.flow = flow
    self.store = store
    data = TrainingInputs(seed: configuration.seed, stream: "flow, data")
    noise = TrainingInputs(seed: configuration.seed, stream: "flow, noise")
    let isLikelihood = configuration.objective == .maximumLikelihood
    let first = isLikelihood ? configuration.steps : configuration.warmup
    if first > 0 { stages.append(likelihoodStage(first)) }
    if first < configuration.steps {
      stages.append(try objectiveStage(configuration.steps - first))
    }
  }

  // MARK: Stages

  private func likelihoodStage(_ count: Int) -> Stage {
    let graph = Graph()
    let x = graph.input(columns: 2)
    let loss = mean(-flow.logDensity(at: x))
    let program = program(
      minimising: loss, sources: [(x, data.samples(of: configuration.target))])
    return Stage(
      count: count, before: [], program: program,
      losses: [.init(FlowObjective.maximumLikelihood.lossName, of: program, value: loss)])
  }

  private mutating func objectiveStage(_ count: Int) throws(TrainingError) -> Stage {
    let objective = configuration.objective
    if objective.isMixture {
      let sampler = Sampler(
        flow, batch: configuration.batch / 2, store: store, noise: noise,
        real: data.samples(of: configuration.target))
      return try mixtureStage(count, sampler)
    }
    var before: [Program] = []
    var losses: [TrainingLoop.Loss] = []
    var discriminator: PlacedNetwork?
    if objective.isAdversarial {
      let sampler = Sampler(
        flow, batch: configuration.batch / 2, store: store, noise: noise,
        real: data.samples(of: configuration.target))
      (discriminator, before, losses) = self.discriminator(sampler)
    }
    let graph = Graph()
    let z = graph.input(columns: 2)
    let (x, growth) = flow.images(of: z)
    let d: Tensor
    if let discriminator {
      d = discriminator(x)
    } else {
      let target = PlacedMixture(configuration.target, in: store)
      d = target.logDensity(at: x) - (PlacedFlow.logNormal(z) - growth)
    }
    let loss = reparametrisedLoss(d)
    let program = program(minimising: loss, sources: [(z, noise.normal)])
    return Stage(
      count: count, before: before, program: program,
      losses: losses + [.init(objective.lossName, of: program, value: loss)])
  }

  /// The loss of samples of the flow, with the gradient through d.
  private func reparametrisedLoss(_ d: Tensor) -> Tensor {
    guard let lambda = configuration.objective.lambda else { return mean(-d) }
    let shifted = d.affine(scale: 1, offset: Float(Double.log(lambda)))
    if case .literalReparametrised = configuration.objective {
      return mean(shifted.map(.atLeast(0)).map(.exp)).affine(
        scale: 1, offset: -Float(max(lambda, 1)))
    }
    // (min(lambda, 1) - alpha) / min(lambda, 1).
    return mean(shifted.map(.atMost(0)).map(.exp)).affine(
      scale: -1 / Float(min(lambda, 1)), offset: 1)
  }

  private mutating func mixtureStage(_ count: Int, _ sampler: Sampler) throws(TrainingError)
    -> Stage
  {
    let objective = configuration.objective
    var before: [Program] = []
    var losses: [TrainingLoop.Loss] = []
    var discriminator: PlacedNetwork?
    if objective.isAdversarial {
      (discriminator, before, losses) = self.discriminator(sampler)
    }
    let graph = Graph()
    let x = graph.input(columns: 2)
    let logDensity = flow.logDensity(at: x)
    let d: Tensor
    if let discriminator {
      d = discriminator(x)
    } else {
      d = PlacedMixture(configuration.target, in: store).logDensity(at: x) - logDensity
    }
    let loss = try mixtureLoss
    let share = d.mapDetached(MixtureLoss.share)
    let slope = d.mapDetached { Float(loss.slope(Double($0))) }
    let value = mean(share.times(d.mapDetached { Float(loss.value(Double($0))) }))
    let program = program(
      minimising: mean(share.times(slope).times(logDensity)), reporting: value,
      sources: [(x, sampler.halfAndHalf)])
    return Stage(
      count: count, before: before + [sampler.program], program: program,
      losses: losses + [.init(objective.lossName, of: program, value: value)])
  }

  private var mixtureLoss: MixtureLoss {
    get throws(TrainingError) {
      if case .mixtureDivergence(let divergence) = configuration.objective,
        let f = try divergence.generatorFunction()
      {
        return MixtureLoss(f)
      }
      return MixtureLoss(lambda: configuration.objective.lambda ?? 1)
    }
  }

  // MARK: Discriminator

  /// A discriminator, and what trains it in each step: samples, then a step, as often as configured.
  private mutating func discriminator(
    _ sampler: Sampler
  ) -> (PlacedNetwork, before: [Program], losses: [TrainingLoop.Loss]) {
    let settings = configuration.discriminator
    var generator = SeededGenerator(seed: configuration.seed, stream: "flow, discriminator")
    let network = PlacedNetwork(
      Network(
        sizes: [2] + settings.hidden + [1], hidden: .leakyReLU(slope: 0.2), using: &generator),
      in: store)
    discriminatorLayers = stride(from: 0, to: network.parameters.count, by: 2).map { index in
      .init("discriminator, layer \(index / 2 + 1)", Array(network.parameters[index..<(index + 2)]))
    }
    let graph = Graph()
    let (x, label) = (graph.input(columns: 2), graph.input(columns: 1))
    let loss = mean((-label.times(network(x))).map(.softplus))
    let gradients = graph.gradients(
      of: loss, withRespectTo: network.parameters.map { graph.parameter($0) })
    let adam = Adam(learningRate: Float(settings.learningRate), beta1: 0.5, beta2: 0.9)
    let program = Program(
      graph, batch: configuration.batch, store: store, outputs: [loss],
      updates: zip(network.parameters, gradients).map { .init($0, gradient: $1, by: adam) },
      sources: [(x, sampler.halfAndHalf), (label, sampler.labels)])
    let before = (0..<settings.steps).flatMap { _ in [sampler.program, program] }
    return (network, before, [.init("discriminator", of: program, value: loss)])
  }

  // MARK: Programs

  private func mean(_ x: Tensor) -> Tensor { (1 / Float(configuration.batch)) * x.sum() }

  private func program(
    minimising loss: Tensor, reporting value: Tensor? = nil,
    sources: [(input: Tensor, source: Program.Source)]
  ) -> Program {
    let parameters = flow.parameters.flatMap { $0 }
    let graph = loss.graph
    let gradients = graph.gradients(
      of: loss, withRespectTo: parameters.map { graph.parameter($0) })
    let adam = Adam(
      learningRate: Float(configuration.learningRate),
      schedule: .cosine(steps: configuration.steps, floor: Float(configuration.rateFloor)))
    return Program(
      graph, batch: configuration.batch, store: store, outputs: [value ?? loss],
      updates: zip(parameters, gradients).map { .init($0, gradient: $1, by: adam) },
      gradientNormBound: Float(configuration.gradientNormBound), sources: sources)
  }
}

/// Samples of a flow in training, and batches of which they are one half.
private final class Sampler {
  /// Draws half a batch.
  let program: Program
  private let points: Tensor
  private let real: Program.Source

  init(
    _ flow: PlacedFlow, batch: Int, store: ParameterStore, noise: TrainingInputs,
    real: @escaping Program.Source
  ) {
    let graph = Graph()
    let z = graph.input(columns: 2)
    points = flow.images(of: z).points
    program = Program(
      graph, batch: batch, store: store, outputs: [points], sources: [(z, noise.normal)])
    self.real = real
  }

  /// Samples of the target, then those of the flow.
  var halfAndHalf: Program.Source {
    { [self] rows, shard in
      let drawn = program.rows(of: points, shard: shard)
      let split = rows.count - drawn.count
      real(UnsafeMutableBufferPointer(rebasing: rows[..<split]), shard)
      (rows.baseAddress! + split).update(from: drawn.baseAddress!, count: drawn.count)
    }
  }

  /// 1 for the target's samples, -1 for the flow's.
  var labels: Program.Source {
    { [self] rows, shard in
      let split = rows.count - program.rows(of: points, shard: shard).count / 2
      for row in rows.indices { rows[row] = row < split ? 1 : -1 }
    }
  }
}
