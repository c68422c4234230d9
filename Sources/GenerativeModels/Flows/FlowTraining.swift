import NeuralNetworks

/// A flow in training: the flow at every moment, also after an error.
public final class FlowTraining {
  /// The flow after a step.
  public struct Snapshot: Sendable, Hashable, Codable {
    /// The step, 0 for the start.
    public var step: Int
    /// The flow.
    public var flow: NormalizingFlow
  }

  /// A flow after its training.
  public struct Result: Sendable, Hashable, Codable {
    /// What it was trained with.
    public var configuration: FlowConfiguration
    /// The flow.
    public var flow: NormalizingFlow
    /// The losses of the steps by maximum likelihood, then those by the objective: one or two histories.
    public var histories: [TrainingHistory]
    /// Flows along the way.
    public var snapshots: [Snapshot]
  }

  /// What it is trained with.
  public let configuration: FlowConfiguration
  /// Flows until now.
  public private(set) var snapshots: [Snapshot] = []

  private let store = ParameterStore()
  private let placed: PlacedFlow
  private let stages: [FlowStage]
  private let loops: [TrainingLoop]

  /// Sets up parameters and programs.
  ///
  /// - Throws: `TrainingError.invalidSetting` for a setting outside of its range.
  public init(
    _ configuration: FlowConfiguration, interrupt: TrainingInterrupt = .shared
  ) throws(TrainingError) {
    self.configuration = configuration
    let placed = PlacedFlow(try configuration.untrainedFlow(), in: store)
    let (stages, discriminatorLayers) = try FlowPrograms(configuration, placed, store).stages()
    let layers =
      placed.conditioners.enumerated().flatMap { $1.layers(named: "coupling \($0 + 1)") }
      + discriminatorLayers
    loops = stages.map { [store] stage in
      TrainingLoop(
        steps: stage.count, store: store, layers: layers, losses: stage.losses,
        interrupt: interrupt)
    }
    (self.placed, self.stages) = (placed, stages)
  }

  /// The steps that are done.
  public var step: Int { loops.reduce(0) { $0 + $1.step } }

  /// The losses until now: of the steps by maximum likelihood, then of those by the objective.
  public var histories: [TrainingHistory] {
    zip(stages, loops).filter { $1.step > 0 }.map { $1.history.shifted(by: $0.start) }
  }

  /// The flow of now; after an error that of the last good step.
  public var flow: NormalizingFlow {
    do {
      return try NormalizingFlow(couplings: placed.couplings, scale: configuration.scale)
    } catch {
      preconditionFailure("a training keeps its parameters finite: \(error)")
    }
  }

  /// What a finished training leaves.
  public var result: Result {
    Result(configuration: configuration, flow: flow, histories: histories, snapshots: snapshots)
  }

  /// Runs the steps that are left.
  ///
  /// - Throws: `TrainingError.notFinite` and `TrainingError.interrupted`; `flow` is good after both.
  public func run(progress: ((TrainingProgress) -> Void)? = nil) throws(TrainingError) {
    let total = configuration.steps
    for (stage, loop) in zip(stages, loops) where loop.step < loop.total {
      let start = stage.start
      stage.program.steps = start + loop.step
      // A step on the seam belongs to the stage that ends there.
      let due = configuration.snapshots.filter {
        $0 > start && $0 <= start + stage.count || start == 0 && $0 == 0
      }
      do {
        try loop.run(
          snapshots: due.map { $0 - start },
          snapshot: { snapshots.append(Snapshot(step: start + $0, flow: flow)) },
          progress: progress.map { progress in
            { progress($0.shifted(by: start, total: total)) }
          }
        ) { _ in stage.run() }
      } catch {
        throw error.shifted(by: start)
      }
    }
  }
}

extension FlowConfiguration {
  /// Trains from the start to the end.
  ///
  /// - Throws: `TrainingError`; use `FlowTraining` to have the flow after an error.
  public func train(
    interrupt: TrainingInterrupt = .shared, progress: ((TrainingProgress) -> Void)? = nil
  ) throws(TrainingError) -> FlowTraining.Result {
    let training = try FlowTraining(self, interrupt: interrupt)
    try training.run(progress: progress)
    return training.result
  }
}

// A stage counts its own steps; users count all.

extension TrainingProgress {
  fileprivate func shifted(by steps: Int, total: Int) -> TrainingProgress {
    var result = self
    result.step += steps
    result.total = total
    return result
  }
}

extension TrainingHistory {
  fileprivate func shifted(by offset: Int) -> TrainingHistory {
    var result = self
    for index in result.steps.indices { result.steps[index] += offset }
    return result
  }
}

extension TrainingError {
  fileprivate func shifted(by steps: Int) -> TrainingError {
    switch self {
    case .notFinite(let step, let quantity, let layer, let kept):
      .notFinite(step: step + steps, quantity: quantity, layer: layer, kept: kept + steps)
    case .interrupted(let step): .interrupted(step: step + steps)
    default: self
    }
  }
}
