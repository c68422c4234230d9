public import NeuralNetworks

/// Runs the steps of a training: keeps the last good parameters, watches for numbers that are not finite, stops when asked to,
/// tells how far it is.
///
/// A step itself allocates nothing here. Losses and parameters are checked after each step; every `checkpointInterval` steps the
/// parameters become the ones that a failure goes back to.
public final class TrainingLoop {
  /// A number that a program computes in each step: one that must stay finite.
  public struct Loss {
    let name: String
    let program: Program
    let value: Tensor

    /// `value`, one of the program's outputs, has one entry.
    public init(_ name: String, of program: Program, value: Tensor) {
      self.name = name
      self.program = program
      self.value = value
    }
  }

  /// Parameters with the name that an error gives them, e.g. "critic, layer 2".
  public struct Layer {
    let name: String
    let parameters: [ParameterStore.Parameter]

    /// Names some parameters.
    public init(_ name: String, _ parameters: [ParameterStore.Parameter]) {
      self.name = name
      self.parameters = parameters
    }
  }

  /// How many steps there are.
  public let total: Int
  /// How many are done.
  public private(set) var step = 0
  /// The losses until now.
  public private(set) var history: TrainingHistory

  private let store: ParameterStore
  private let losses: [Loss]
  private let layers: [Layer]
  private let checkpointInterval: Int
  private let interrupt: TrainingInterrupt
  /// The parameters that a failure goes back to.
  private let good: ParameterSnapshot
  private var goodStep = 0
  private var sums: [Double]
  private var summed = 0
  private let stretch: Int

  /// A loop over `steps` steps of programs whose parameters lie in `store`.
  ///
  /// `layers` are searched in their order for the one to name in an error; `losses` are in the order in which a step runs
  /// their programs, and every program that moves parameters has one.
  public init(
    steps: Int, store: ParameterStore, layers: [Layer], losses: [Loss],
    checkpointInterval: Int = 100, interrupt: TrainingInterrupt = .shared
  ) {
    total = steps
    self.store = store
    self.layers = layers
    self.losses = losses
    self.checkpointInterval = max(1, checkpointInterval)
    self.interrupt = interrupt
    good = ParameterSnapshot(of: store)
    sums = losses.map { _ in 0 }
    stretch = max(1, steps / 200)
    history = TrainingHistory(names: losses.map(\.name), capacity: steps / stretch + 1)
  }

  /// Runs the steps that are left, each by one call of `body` with its number, counted from 1.
  ///
  /// `progress` is called ten times a second at most, and after the last step. `snapshot` is called after
  /// each step of `snapshots`, with 0 for the start.
  ///
  /// - Throws: `TrainingError.notFinite` at the first step that leaves a loss or a parameter infinite or NaN: the store
  ///   then holds the last good parameters. `TrainingError.interrupted` after the step in which a stop was asked for.
  public func run(
    snapshots: [Int] = [], snapshot: (Int) -> Void = { _ in },
    progress: ((TrainingProgress) -> Void)? = nil, body: (Int) -> Void
  ) throws(TrainingError) {
    let due = Set(snapshots)
    if step == 0 { good.take() }
    if step == 0, due.contains(0) { snapshot(0) }
    let clock = ContinuousClock()
    let (start, first) = (clock.now, step)
    var told = start
    while step < total {
      if interrupt.isRequested { throw .interrupted(step: step) }
      body(step + 1)
      step += 1
      try check()
      if due.contains(step) { snapshot(step) }
      guard let progress, step.isMultiple(of: 16) || step == total else { continue }
      let now = clock.now
      guard now - told >= .milliseconds(100) || step == total else { continue }
      told = now
      progress(report(since: first, elapsed: now - start))
    }
  }

  private func report(since first: Int, elapsed: Duration) -> TrainingProgress {
    let seconds = elapsed / .seconds(1)
    return TrainingProgress(
      step: step, total: total,
      losses: losses.map { .init(name: $0.name, value: Double($0.program.number(of: $0.value))) },
      stepsPerSecond: seconds > 0 ? Double(step - first) / seconds : 0)
  }

  private func check() throws(TrainingError) {
    for index in losses.indices {
      let value = losses[index].program.number(of: losses[index].value)
      guard value.isFinite else { throw failure(ofLoss: index) }
      sums[index] += Double(value)
    }
    summed += 1
    if summed == stretch || step == total { record() }
    for loss in losses where !loss.program.leftParametersFinite { throw failure(ofLoss: nil) }
    if step.isMultiple(of: checkpointInterval) || step == total {
      good.take()
      goodStep = step
    }
  }

  private func record() {
    history.steps.append(step)
    for index in sums.indices {
      history.means[index].append(sums[index] / Double(summed))
      sums[index] = 0
    }
    summed = 0
  }

  /// Finds the layer, and goes back to the last good parameters.
  private func failure(ofLoss index: Int?) -> TrainingError {
    let layer = index.flatMap(firstFault) ?? firstLayerNotFinite
    let failed = step
    good.restore()
    step = goodStep
    return .notFinite(
      step: failed, quantity: index.map { "the loss of the \(losses[$0].name)" } ?? "a parameter",
      layer: layer, kept: goodStep)
  }

  private var firstLayerNotFinite: String? {
    layers.first { layer in
      layer.parameters.contains { !store[$0].values.allSatisfy(\.isFinite) }
    }?.name
  }

  /// The layer in which a loss leaves the finite numbers, from its program's last inputs and the parameters that it had: losses
  /// are in the order of their programs, so the programs before it have moved theirs. Nil where it cannot be found again.
  private func firstFault(ofLoss index: Int) -> String? {
    let program = losses[index].program
    let current = ParameterSnapshot(of: store)
    for loss in losses[index...] { loss.program.undoMove() }
    defer { current.restore() }
    switch program.firstFault() {
    case .input: return "its inputs"
    case .parameter(let parameter), .value(after: let parameter?):
      return layers.first { $0.parameters.contains(parameter) }?.name
    case .value(after: nil): return "the loss itself"
    case nil: return nil
    }
  }
}
