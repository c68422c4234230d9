import Testing

@testable import NeuralNetworks

@Suite("Learning-rate schedules")
struct LearningRateScheduleTests {
  @Test("fall along half a cosine from all of the rate to the floor")
  func cosine() {
    let schedule = LearningRateSchedule.cosine(steps: 100, floor: 0.02)
    #expect(schedule.factor(at: 1) == 1)
    #expect(abs(schedule.factor(at: 51) - 0.51) < 1e-6)
    #expect(abs(schedule.factor(at: 101) - 0.02) < 1e-6)
    #expect(schedule.factor(at: 10_000) == schedule.factor(at: 101))
    for step in 1...100 { #expect(schedule.factor(at: step + 1) < schedule.factor(at: step)) }
    #expect(LearningRateSchedule.constant.factor(at: 77) == 1)
    #expect(LearningRateSchedule.cosine(steps: 0, floor: 0.5).factor(at: 3).isFinite)
  }

  /// The move of a parameter of slope 1 in each of some runs, counted from `first`.
  func moves(_ optimizer: any Optimizer, first: Int, count: Int) -> [Float] {
    let (store, graph) = (ParameterStore(), Graph())
    let parameter = store.add(Matrix(rows: 1, columns: 1))
    let gradient = graph.parameter(parameter).gradient(of: graph.parameter(parameter).sum())
    let program = Program(
      graph, batch: 2, store: store,
      updates: [.init(parameter, gradient: gradient, by: optimizer)])
    program.steps = first
    return (0..<count).map { _ in
      let before = store[parameter].values[0]
      program.run()
      return before - store[parameter].values[0]
    }
  }

  @Test("scale the steps of both optimizers, from where a program is set to start")
  func optimizers() {
    let schedule = LearningRateSchedule.cosine(steps: 10, floor: 0.1)
    for first in [0, 4] {
      for (index, move) in moves(
        SGD(learningRate: 0.5, schedule: schedule), first: first, count: 5
      ).enumerated() {
        #expect(abs(move - 0.5 * schedule.factor(at: first + index + 1)) < 1e-6)
      }
    }
    // Adam's step for a constant gradient is the rate.
    for (index, move) in moves(
      Adam(learningRate: 0.5, schedule: schedule), first: 0, count: 5
    ).enumerated() {
      #expect(abs(move - 0.5 * schedule.factor(at: index + 1)) < 1e-5)
    }
  }
}
