import Distributions
import FoundationEssentials
import Testing

@testable import GenerativeModels

@Suite("Training of flows")
struct FlowTrainingTests {
  static let objectives: [FlowObjective] = [
    .maximumLikelihood, .mixture(lambda: 0.2), .mixtureDivergence(.jensenShannon),
    .reparametrised(lambda: 5), .reverseKullbackLeibler, .adversarialMixture(lambda: 1),
    .adversarial(lambda: 1),
  ]

  /// A training of a few hundredths of a second.
  func small(
    _ objective: FlowObjective, transform: CouplingTransform = .affine, seed: UInt64 = 1
  ) throws -> FlowConfiguration {
    FlowConfiguration(
      target: try FlowSupport.ring(), transform: transform, couplings: 2, hidden: [8],
      objective: objective, steps: 60, warmup: 20, batch: 26,
      discriminator: .init(hidden: [8], steps: 2), snapshots: [0, 20, 60], seed: seed)
  }

  @Test("gives the same bits for the same seed, others for another", arguments: objectives)
  func determinism(_ objective: FlowObjective) throws {
    for transform in FlowSupport.transforms {
      let result = try small(objective, transform: transform).train()
      #expect(try small(objective, transform: transform).train() == result)
      #expect(try small(objective, transform: transform, seed: 2).train().flow != result.flow)
    }
  }

  @Test("keeps flows along the way, and losses of both stages", arguments: objectives)
  func results(_ objective: FlowObjective) throws {
    let configuration = try small(objective)
    let result = try configuration.train()
    #expect(result.configuration == configuration)
    #expect(result.snapshots.map(\.step) == [0, 20, 60])
    #expect(result.snapshots[0].flow == (try configuration.untrainedFlow()))
    #expect(result.snapshots[1].flow != result.snapshots[0].flow)
    #expect(result.snapshots[2].flow == result.flow)
    let names = result.histories.map { $0.names.last }
    if objective == .maximumLikelihood {
      #expect(names == ["negative log-likelihood"])
    } else {
      #expect(names == ["negative log-likelihood", objective.lossName])
      #expect(result.histories[0].steps.last == 20)
      #expect(result.histories[1].steps.first == 21)
    }
    #expect(result.histories.last?.steps.last == 60)
    let text = try JSONEncoder().encode(result)
    #expect(try JSONDecoder().decode(FlowTraining.Result.self, from: text) == result)
  }

  @Test(
    "finds the ring",
    arguments: [FlowObjective.maximumLikelihood, .mixture(lambda: 0.2), .mixture(lambda: 1)])
  func learning(_ objective: FlowObjective) throws {
    let ring = try FlowSupport.ring()
    var configuration = FlowConfiguration.affine(target: ring, lambda: 1)
    configuration.objective = objective
    configuration.steps = 300
    configuration.warmup = 150
    let before = try configuration.untrainedFlow()
    let after = try configuration.train().flow
    var generator = SeededGenerator(seed: 1)
    let data = ring.samples(count: 2000, using: &generator)
    func likelihood(_ flow: NormalizingFlow) -> Double {
      flow.logDensities(data).reduce(0, +) / 2000
    }
    // Large lambda gives up rare points, and with them likelihood.
    if objective.lambda != 1 { #expect(likelihood(after) > likelihood(before) + 0.7) }
    // The density at modes stands out from that between them.
    let modes = ring.components.map(\.mean)
    let between = zip(modes, modes.dropFirst() + modes.prefix(1)).map { ($0 + $1) / 2 }
    func mean(_ x: [SIMD2<Double>]) -> Double { x.map(after.density).reduce(0, +) / 8 }
    #expect(mean(modes) > mean(between))
    #expect(after.density(.zero) < 0.2 * mean(modes))
  }

  @Test("stops where a number is not finite, and keeps the last good flow")
  func notFinite() throws {
    var configuration = try small(.literalReparametrised(lambda: 20))
    configuration.learningRate = 1e12
    configuration.rateFloor = 1
    let training = try FlowTraining(configuration)
    let error = #expect(throws: TrainingError.self) { try training.run() }
    guard case .notFinite(let step, _, _, let kept) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(kept < step && training.step == kept)
    #expect(training.flow.couplings.count == 2)
    #expect(training.flow.logDensity(SIMD2(1, 1)).isFinite)
  }

  @Test("stops when asked to, and goes on to the same end")
  func interrupt() throws {
    let configuration = try small(.mixture(lambda: 1))
    let interrupt = TrainingInterrupt()
    let training = try FlowTraining(configuration, interrupt: interrupt)
    interrupt.request()
    #expect(throws: TrainingError.interrupted(step: 0)) { try training.run() }
    interrupt.reset()
    try training.run()
    #expect(training.step == 60)
    #expect(training.result.flow == (try configuration.train().flow))
  }

  @Test("tells where it is, over both stages")
  func progress() throws {
    var reports: [TrainingProgress] = []
    _ = try small(.mixture(lambda: 1)).train { reports.append($0) }
    #expect(reports.last?.step == 60)
    #expect(reports.allSatisfy { $0.total == 60 && $0.step <= 60 })
    #expect(reports.last?.losses.map(\.name) == ["PR-divergence"])
  }

  @Test("refuses settings that are out of range, and names them")
  func badSettings() throws {
    func refused(_ name: String, _ change: (inout FlowConfiguration) -> Void) throws {
      var configuration = try small(.mixture(lambda: 1))
      change(&configuration)
      let error = #expect(throws: TrainingError.self) { try FlowTraining(configuration) }
      #expect(error?.description.contains(name) == true, "\(String(describing: error))")
    }
    for lambda in [0, -1, .infinity, Double.nan, 1e-40, 1e40] {
      try refused("lambda") { $0.objective = .mixture(lambda: lambda) }
      try refused("lambda") { $0.objective = .reparametrised(lambda: lambda) }
      try refused("lambda") { $0.objective = .adversarial(lambda: lambda) }
      try refused("lambda") {
        let isRange = lambda > 0 && lambda.isFinite
        $0.objective =
          isRange
          ? .literalReparametrised(lambda: lambda)
          : .mixtureDivergence(.precisionRecall(lambda: lambda))
      }
    }
    for batch in [0, -4, 1, 2, 3, 25] { try refused("batch") { $0.batch = batch } }
    for rate in [0, -1e-3, .infinity, Double.nan] {
      try refused("learningRate") { $0.learningRate = rate }
      try refused("gradientNormBound") { $0.gradientNormBound = rate }
      try refused("scale") { $0.scale = rate }
      try refused("discriminator.learningRate") {
        $0.objective = .adversarial(lambda: 1)
        $0.discriminator.learningRate = rate
      }
    }
    for floor in [-0.1, 1.1, Double.nan] { try refused("rateFloor") { $0.rateFloor = floor } }
    for bins in [0, 257] { try refused("bins") { $0.transform = .spline(bins: bins, bound: 3) } }
    for bound in [0, .infinity, Double.nan] {
      try refused("bound") { $0.transform = .spline(bins: 8, bound: bound) }
    }
    try refused("couplings") { $0.couplings = 0 }
    try refused("hidden[0]") { $0.hidden = [0] }
    try refused("steps") { $0.steps = 0 }
    try refused("warmup") { $0.warmup = 61 }
    try refused("snapshots") { $0.snapshots = [61] }
    try refused("discriminator.steps") {
      $0.objective = .adversarial(lambda: 1)
      $0.discriminator.steps = 0
    }
    try refused("objective") { $0.objective = .mixtureDivergence(.custom(name: "mine")) }
    try refused("alpha") { $0.objective = .mixtureDivergence(.alpha(.nan)) }
  }

  @Test("takes every divergence with a name for MIX")
  func everyDivergence() throws {
    for divergence in [
      CriticDivergence.kullbackLeibler, .reverseKullbackLeibler, .jensenShannon, .originalGAN,
      .totalVariation, .pearsonChiSquared, .neymanChiSquared, .squaredHellinger, .jeffreys, .leCam,
      .alpha(0.5), .precisionRecall(lambda: 2),
    ] {
      let result = try small(.mixtureDivergence(divergence)).train()
      #expect(result.flow.logDensity(SIMD2(2, 0)).isFinite)
    }
  }
}
