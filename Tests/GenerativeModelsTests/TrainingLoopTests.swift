import NeuralNetworks
import Testing

@testable import GenerativeModels

@Suite struct TrainingLoopTests {
  /// A two-layer network whose mean square is minimised: what can be driven to infinity at will.
  final class Trainer {
    let store = ParameterStore()
    let placed: PlacedNetwork
    let program: Program
    let input: Tensor
    let loss: Tensor
    let loop: TrainingLoop

    init(
      steps: Int, rate: Float, checkpointInterval: Int = 10,
      interrupt: TrainingInterrupt = TrainingInterrupt()
    ) {
      let weight = Matrix(rows: 2, columns: 2, values: [1, 0.5, -0.5, 1])
      let bias = Matrix(rows: 1, columns: 2, values: [0.1, -0.1])
      placed = PlacedNetwork(
        Network([Dense(weight: weight, bias: bias), Dense(weight: weight, bias: bias)]), in: store)
      let graph = Graph()
      input = graph.input(columns: 2)
      let output = placed(input)
      loss = output.times(output).sum()
      let (placed, input) = (placed, input)
      program = Program(
        graph, batch: 4, store: store, outputs: [loss],
        updates: graph.updates(of: placed, along: loss, by: SGD(learningRate: rate)),
        sources: [(input, { rows, _ in for i in rows.indices { rows[i] = Float(i % 3) - 1 } })])
      loop = TrainingLoop(
        steps: steps, store: store, layers: placed.layers(named: "network"),
        losses: [.init("network", of: program, value: loss)],
        checkpointInterval: checkpointInterval, interrupt: interrupt)
    }
  }

  @Test func `losses are averaged over stretches, and steps counted`() throws {
    let trainer = Trainer(steps: 1000, rate: 1e-3)
    var losses: [Double] = []
    var steps: [Int] = []
    try trainer.loop.run { step in
      steps.append(step)
      trainer.program.run()
      losses.append(Double(trainer.program.number(of: trainer.loss)))
    }
    #expect(steps == Array(1...1000) && trainer.loop.step == 1000)
    let history = trainer.loop.history
    #expect(history.steps == Array(stride(from: 5, through: 1000, by: 5)))
    let means = stride(from: 0, to: 1000, by: 5).map { losses[$0..<($0 + 5)].reduce(0, +) / 5 }
    #expect(history["network"] == means && history["other"] == nil)
    #expect(losses[999] < 1e-2 * losses[0])
  }

  @Test func `snapshots come at their steps, and progress at the end`() throws {
    let trainer = Trainer(steps: 40, rate: 1e-3)
    var snapshots: [Int] = []
    var reports: [TrainingProgress] = []
    try trainer.loop.run(
      snapshots: [40, 0, 7, 7], snapshot: { snapshots.append($0) },
      progress: { reports.append($0) }
    ) { _ in trainer.program.run() }
    #expect(snapshots == [0, 7, 40])
    let last = try #require(reports.last)
    #expect(last.step == 40 && last.total == 40 && last.secondsLeft == 0)
    #expect(last.losses.map(\.name) == ["network"] && last.stepsPerSecond > 0)
  }

  @Test func `a loss that overflows stops at once, names the layer, keeps good parameters`() {
    let trainer = Trainer(steps: 1000, rate: 0.2, checkpointInterval: 3)
    var kept: [Int: Network] = [0: trainer.placed.network]
    let error = #expect(throws: TrainingError.self) {
      try trainer.loop.run(
        snapshots: Array(0...1000), snapshot: { kept[$0] = trainer.placed.network }
      ) { _ in trainer.program.run() }
    }
    guard case .notFinite(let step, let quantity, let layer, let good) = error else {
      Issue.record("\(error as Any)")
      return
    }
    #expect(step < 20 && good < step && good.isMultiple(of: 3) && step - good <= 3)
    #expect(quantity.contains("network") && layer?.hasPrefix("network, layer") == true)
    #expect(trainer.placed.network == kept[good] && trainer.loop.step == good)
    #expect("\(error!)".contains("step \(step): ") && "\(error!)".contains("step \(good)"))
  }

  @Test func `a parameter that overflows names its layer, and what was there at the start is kept`()
  {
    let trainer = Trainer(steps: 5, rate: 1e38)
    // What another loop of the same store may have done since this one was made.
    trainer.store[trainer.placed.parameters[1]].values[0] = 0.75
    let start = trainer.placed.network
    let error = #expect(throws: TrainingError.self) {
      try trainer.loop.run { _ in trainer.program.run() }
    }
    #expect(
      error
        == .notFinite(step: 1, quantity: "a parameter", layer: "network, layer 1", kept: 0))
    #expect(trainer.placed.network == start)
  }

  @Test func `an interrupt stops after the step, and the rest can be run later`() throws {
    let interrupt = TrainingInterrupt()
    let trainer = Trainer(steps: 10, rate: 1e-3, interrupt: interrupt)
    #expect(throws: TrainingError.interrupted(step: 4)) {
      try trainer.loop.run { step in
        trainer.program.run()
        if step == 4 { interrupt.request() }
      }
    }
    interrupt.reset()
    try trainer.loop.run { _ in trainer.program.run() }
    let straight = Trainer(steps: 10, rate: 1e-3)
    try straight.loop.run { _ in straight.program.run() }
    #expect(trainer.placed.network == straight.placed.network)
  }
}
