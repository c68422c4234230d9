import Distributions
import GSL
import RealModule
import RejectionSampling
import TestSupport
import Testing

@Suite struct RejectionSamplerTests {
  static let target: [Rational] = [1 / 2, 1 / 3, 1 / 6, 0]
  static let model: [Rational] = [1 / 4, 1 / 4, 1 / 4, 1 / 4]

  static func sampler(
    _ acceptance: Acceptance, patience: Int = 1_000_000
  ) throws -> RejectionSampler<String> {
    let (target, model) = (
      try FiniteDistribution(weights: Self.target), try FiniteDistribution(weights: Self.model)
    )
    return RejectionSampler(
      acceptance,
      ratio: { Double(target.probability(of: $0) / model.probability(of: $0)) },
      patience: patience
    ) { model.sample(using: &$0) }
  }

  /// Expects a count of n trials within 5.5 standard deviations: a false alarm in fewer than 1e-6 of all seeds even
  /// for the dozen counts of a test.
  static func expectCount(_ count: Int, of trials: Int, probability: Double) {
    let deviation = (Double(trials) * probability * (1 - probability)).squareRoot()
    expectClose(Double(count), Double(trials) * probability, absolute: 5.5 * deviation)
  }

  @Test func `accepted atoms follow the refined law at the rate of the budget`() throws {
    let optimum = try BudgetedRejection(
      target: FiniteDistribution(weights: Self.target),
      model: FiniteDistribution(weights: Self.model), budget: 3 / 2)
    let factor = try #require(optimum.constant) / optimum.maximumRatio
    var sampler = try Self.sampler(.budgeted(factor: Double(factor)))
    var generator = SeededGenerator(seed: 32)
    let samples = try sampler.samples(20_000, using: &generator)
    for (atom, weight) in zip(optimum.refined.atoms, optimum.refined.weights) {
      Self.expectCount(
        samples.count { $0 == atom }, of: samples.count, probability: Double(weight))
    }
    let tally = sampler.tally
    Self.expectCount(tally.accepted, of: tally.draws, probability: 2.0 / 3)
    #expect(tally.accepted == 20_000 && tally.excesses == 0 && tally.lostTargetMass == 0)
    expectClose(tally.costPerSample, 1.5, absolute: 6 * tally.standardError * 2.25)
  }

  @Test func `plain rejection draws from the target at the cost of M`() throws {
    var sampler = try Self.sampler(.rejection(maximumRatio: 2))
    var generator = SeededGenerator(seed: 5)
    let samples = try sampler.samples(20_000, using: &generator)
    for (index, weight) in Self.target.enumerated() {
      Self.expectCount(
        samples.count { $0 == "x\(index + 1)" }, of: samples.count, probability: Double(weight))
    }
    Self.expectCount(sampler.tally.accepted, of: sampler.tally.draws, probability: 0.5)
    #expect(sampler.tally.greatestRatio == 2)
  }

  @Test func `at one rate the three rules cost the same`() throws {
    let law = try WeightedRatios(
      target: FiniteWeights(Self.target.map { Double($0) }),
      model: FiniteWeights(Self.model.map { Double($0) }))
    let rules = [
      try law.budgeted(2).acceptance, try .rejection(maximumRatio: 2),
      try .discriminator(gamma: law.gamma(budget: 2).value, maximumRatio: 2),
    ]
    for rule in rules {
      var sampler = try Self.sampler(rule)
      var generator = SeededGenerator(seed: 7)
      _ = try sampler.samples(10_000, using: &generator)
      Self.expectCount(sampler.tally.accepted, of: sampler.tally.draws, probability: 0.5)
    }
  }

  @Test func `the same seed gives the same samples`() throws {
    func run() throws -> ([String], RejectionTally) {
      var sampler = try Self.sampler(.discriminator(gamma: -1, maximumRatio: 2))
      var generator = SeededGenerator(seed: 9)
      return (try sampler.samples(100, using: &generator), sampler.tally)
    }
    let (first, second) = (try run(), try run())
    #expect(first.0 == second.0 && first.1 == second.1)
  }

  @Test func `an underestimated M is reported with its effect`() throws {
    // M = 5/4: the atoms of ratio 2 and 4/3 lose (2 - 5/4) / 4 + (4/3 - 5/4) / 4 = 5/24 of the target.
    var sampler = try Self.sampler(.rejection(maximumRatio: 1.25))
    var generator = SeededGenerator(seed: 11)
    let samples = try sampler.samples(20_000, using: &generator)
    let tally = sampler.tally
    Self.expectCount(tally.excesses, of: tally.draws, probability: 0.5)
    #expect(tally.greatestRatio == 2)
    // The summands (r - M)_+ and r have variances below 1: 5.5 standard errors.
    expectClose(tally.lostTargetMass, 5.0 / 24, absolute: 5.5 / Double(tally.draws).squareRoot())
    #expect(tally.description.contains("ratios exceed M = 1.25, up to 2.0"))
    // The refined law is min(p, 5/4 q) normalised: 15/38, 15/38, 8/38, off by 2/19 <= 5/24 from the target.
    Self.expectCount(
      samples.count { $0 == "x1" }, of: samples.count, probability: 15.0 / 38)
    Self.expectCount(
      samples.count { $0 == "x3" }, of: samples.count, probability: 8.0 / 38)
    // The budgeted rule is made to cut off.
    var budgeted = try Self.sampler(.budgeted(factor: 0.8))
    _ = try budgeted.samples(100, using: &generator)
    #expect(budgeted.tally.excesses == 0)
  }

  @Test func `what cannot be accepted or judged ends with an error`() throws {
    var generator = SeededGenerator(seed: 1)
    let rule = try Acceptance.rejection(maximumRatio: 1)
    var hopeless = RejectionSampler(rule, ratio: { _ in 0 }, patience: 1000) {
      (generator: inout SeededGenerator) in generator.nextUniform()
    }
    #expect(throws: ParameterError.self) { try hopeless.next(using: &generator) }
    #expect(hopeless.tally.draws == 1000 && hopeless.tally.accepted == 0)
    for bad in [-1, .nan] as [Double] {
      var sampler = RejectionSampler(rule, ratio: { $0 < 0.5 ? 1 : bad }) {
        (generator: inout SeededGenerator) in generator.nextUniform()
      }
      let error = #expect(throws: ParameterError.self) {
        try sampler.samples(100, using: &generator)
      }
      #expect(error?.description.contains("must not be negative or NaN") == true)
    }
  }
}
