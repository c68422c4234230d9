import Distributions
import NeuralNetworks
import RealModule

/// Some steps of a training that are alike.
struct FlowStage {
  /// The steps before the first one.
  let start: Int
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

/// The programs of a flow's training: some steps by maximum likelihood, the others by the objective.
struct FlowPrograms {
  private let configuration: FlowConfiguration
  private let flow: PlacedFlow
  private let losses: FlowLosses
  private let store: ParameterStore
  private let data: TrainingInputs
  private let noise: TrainingInputs

  init(
    _ configuration: FlowConfiguration, _ flow: PlacedFlow, _ store: ParameterStore
  ) {
    self.configuration = configuration
    self.flow = flow
    self.store = store
    losses = FlowLosses(configuration, flow, in: store)
    data = TrainingInputs(seed: configuration.seed, stream: "flow, data")
    noise = TrainingInputs(seed: configuration.seed, stream: "flow, noise")
  }

  /// The stages in their order, and the layers of the discriminator where there is one.
  func stages() throws(TrainingError) -> ([FlowStage], [TrainingLoop.Layer]) {
    let isLikelihood = configuration.objective == .maximumLikelihood
    let first = isLikelihood ? configuration.steps : configuration.warmup
    let discriminator =
      configuration.objective.isAdversarial && first < configuration.steps
      ? Discriminator(self) : nil
    var stages = first > 0 ? [likelihoodStage(first, discriminator)] : []
    guard first < configuration.steps else { return (stages, []) }
    stages.append(
      configuration.objective.isMixture
        ? try mixtureStage(from: first, discriminator)
        : reparametrisedStage(from: first, discriminator))
    return (stages, discriminator?.network.layers(named: "discriminator") ?? [])
  }

  // MARK: Stages

  private func likelihoodStage(_ count: Int, _ discriminator: Discriminator?) -> FlowStage {
    let graph = Graph()
    let x = graph.input(columns: 2)
    let loss = losses.likelihood(at: x)
    let program = program(
      minimising: loss, sources: [(x, data.samples(of: configuration.target))])
    let name = FlowObjective.maximumLikelihood.lossName
    return FlowStage(
      start: 0, count: count, before: discriminator?.before ?? [], program: program,
      losses: (discriminator.map { [$0.loss] } ?? [])
        + [.init(name, of: program, value: loss)])
  }

  /// Samples of the flow, with the gradient through them.
  private func reparametrisedStage(
    from start: Int, _ discriminator: Discriminator?
  ) -> FlowStage {
    let graph = Graph()
    let z = graph.input(columns: 2)
    let loss = losses.reparametrised(from: z, discriminator: discriminator?.network)
    let program = program(minimising: loss, sources: [(z, noise.normal)])
    return stage(
      from: start, before: discriminator?.before ?? [], program, discriminator, loss: loss)
  }

  /// Samples of the target and of the flow, with the gradient through log q at them.
  private func mixtureStage(
    from start: Int, _ discriminator: Discriminator?
  ) throws(TrainingError) -> FlowStage {
    let sampler = discriminator?.sampler ?? FlowSampler(self)
    let graph = Graph()
    let x = graph.input(columns: 2)
    let (loss, value) = try losses.mixture(at: x, discriminator: discriminator?.network)
    let program = program(
      minimising: loss, reporting: value,
      sources: [(x, sampler.halfAndHalf)])
    return stage(
      from: start, before: (discriminator?.before ?? []) + [sampler.program], program,
      discriminator, loss: value)
  }

  private func stage(
    from start: Int, before: [Program], _ program: Program, _ discriminator: Discriminator?,
    loss: Tensor
  ) -> FlowStage {
    FlowStage(
      start: start, count: configuration.steps - start, before: before, program: program,
      losses: (discriminator.map { [$0.loss] } ?? [])
        + [.init(configuration.objective.lossName, of: program, value: loss)])
  }

  // MARK: Programs

  private func program(
    minimising loss: Tensor, reporting value: Tensor? = nil,
    sources: [(input: Tensor, source: Program.Source)]
  ) -> Program {
    let adam = Adam(
      learningRate: Float(configuration.learningRate),
      schedule: .cosine(steps: configuration.steps, floor: Float(configuration.rateFloor)))
    return Program(
      loss.graph, batch: configuration.batch, store: store, outputs: [value ?? loss],
      updates: flow.conditioners.flatMap { loss.graph.updates(of: $0, along: loss, by: adam) },
      gradientNormBound: Float(configuration.gradientNormBound), sources: sources)
  }

  /// A discriminator with what trains it.
  private struct Discriminator {
    let network: PlacedNetwork
    let sampler: FlowSampler
    /// The programs of its steps in one step of the flow.
    let before: [Program]
    let loss: TrainingLoop.Loss

    init(_ programs: FlowPrograms) {
      let (configuration, store) = (programs.configuration, programs.store)
      let settings = configuration.discriminator
      var generator = SeededGenerator(seed: configuration.seed, stream: "flow, discriminator")
      network = PlacedNetwork(
        Network(
          sizes: [2] + settings.hidden + [1], hidden: .leakyReLU(slope: 0.2), using: &generator),
        in: store)
      sampler = FlowSampler(programs)
      let graph = Graph()
      let (x, label) = (graph.input(columns: 2), graph.input(columns: 1))
      let loss = programs.losses.mean((-label.times(network(x))).map(.softplus))
      let adam = Adam(learningRate: Float(settings.learningRate), beta1: 0.5, beta2: 0.9)
      let program = Program(
        graph, batch: configuration.batch, store: store, outputs: [loss],
        updates: graph.updates(of: network, along: loss, by: adam),
        sources: [(x, sampler.halfAndHalf), (label, sampler.labels)])
      before = (0..<settings.steps).flatMap { [sampler] _ in [sampler.program, program] }
      self.loss = .init("discriminator", of: program, value: loss)
    }
  }

  /// Samples of the flow in training, and batches of which they are one half.
  private final class FlowSampler {
    /// Draws half a batch.
    let program: Program
    private let points: Tensor
    private let real: Program.Source

    init(_ programs: FlowPrograms) {
      let graph = Graph()
      let z = graph.input(columns: 2)
      points = programs.flow.images(of: z).points
      program = Program(
        graph, batch: programs.configuration.batch / 2, store: programs.store, outputs: [points],
        sources: [(z, programs.noise.normal)])
      real = programs.data.samples(of: programs.configuration.target)
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
}
