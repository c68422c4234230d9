import NeuralNetworks

/// A flow in training: when a run fails or is interrupted, `flow` is the last good one.
public final class FlowTrainer {
  /// What it is trained with.
  public let configuration: FlowConfiguration
  private let store = ParameterStore()
  private let placed: PlacedFlow
  private let steps: FlowSteps
  private let scale: Double

  /// A flow with its first parameters.
  ///
  /// - Throws: `TrainingError.invalidSetting`.
  public init(_ configuration: FlowConfiguration) throws(TrainingError) {
    self.configuration = configuration
    let flow = try configuration.untrainedFlow()
    scale = flow.scale
    placed = PlacedFlow(flow, in: store)
    steps = try FlowSteps(configuration, placed, store)
  }

  /// The flow with the parameters of now.
  public var flow: NormalizingFlow {
    do {
      return try NormalizingFlow(couplings: placed.couplings, scale: scale)
    } catch {
      preconditionFailure("the loop keeps parameters finite: \(error)")
    }
  }

  /// Trains from the start to the end.
  ///
  /// - Throws: `TrainingError.notFinite` at the first step that leaves a loss or a parameter infinite or NaN,
  ///   `TrainingError.interrupted` after the step in which a stop was asked for.
  public func run(
    interrupt: TrainingInterrupt = .shared, progress: ((TrainingProgress) -> Void)? = nil
  ) throws(TrainingError) -> TrainedFlow {
    var snapshots: [TrainedFlow.Snapshot] = []
    var histories: [TrainingHistory] = []
    var done = 0
    let total = configuration.steps
    for stage in steps.stages {
      let loop = TrainingLoop(
        steps: stage.count, store: store, layers: layers,
        losses: stage.losses, interrupt: interrupt)
      let first = done
      stage.program.steps = first
      // A step on the seam belongs to the stage that ends there.
      let due = configuration.snapshots.filter {
        (first == 0 ? 0 : first + 1)...(first + stage.count) ~= $0
      }
      do {
        try loop.run(
          snapshots: due.map { $0 - first },
          snapshot: { snapshots.append(.init(step: first + $0, flow: flow)) },
          progress: progress.map { progress in
            { progress($0.shifted(by: first, total: total)) }
          },
          body: { _ in stage.run() })
      } catch {
        throw error.shifted(by: first)
      }
      histories.append(loop.history.shifted(by: first))
      done += stage.count
    }
    return TrainedFlow(
      configuration: configuration, flow: flow, histories: histories, snapshots: snapshots)
  }

  private var layers: [TrainingLoop.Layer] {
    placed.parameters.enumerated().map { index, parameters in
      .init("coupling \(index + 1)", parameters)
    } + steps.discriminatorLayers
  }
}

/// A flow after its training.
public struct TrainedFlow: Sendable, Hashable, Codable {
  /// The flow after a step.
  public struct Snapshot: Sendable, Hashable, Codable {
    /// The number of steps before it.
    public var step: Int
    /// The flow.
    public var flow: NormalizingFlow
  }

  /// What it was trained with.
  public var configuration: FlowConfiguration
  /// The flow after the last step.
  public var flow: NormalizingFlow
  /// The losses of the steps by maximum likelihood, then of the others: those that there were.
  public var histories: [TrainingHistory]
  /// The flows that were asked for, in the order of their steps.
  public var snapshots: [Snapshot]
}

extension FlowConfiguration {
  /// Trains a flow.
  ///
  /// - Throws: what `FlowTrainer` throws.
  public func train(
    interrupt: TrainingInterrupt = .shared, progress: ((TrainingProgress) -> Void)? = nil
  ) throws(TrainingError) -> TrainedFlow {
    try FlowTrainer(self).run(interrupt: interrupt, progress: progress)
  }
}

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
