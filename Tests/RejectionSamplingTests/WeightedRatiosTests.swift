import Distributions
import GSL
import RealModule
import RejectionSampling
import TestSupport
import Testing

@Suite struct WeightedRatiosTests {
  static func ratios(_ p: [String], _ q: [String]) throws -> WeightedRatios {
    try WeightedRatios(
      target: FiniteWeights(p.map(Reference.double)), model: FiniteWeights(q.map(Reference.double)))
  }

  // MARK: Against exact arithmetic

  /// The exact factor of masses given as doubles, by the rate at every ratio.
  static func exactFactor(_ p: [Double], _ q: [Double], budget: Double) throws -> Rational? {
    let (p, q) = (try p.map(Rational.init(exactly:)), try q.map(Rational.init(exactly:)))
    let goal = q.reduce(0, +) / (try Rational(exactly: budget))
    let atoms = zip(p, q).filter { $0 > 0 && $1 > 0 }.map { (p: $0, q: $1, ratio: $1 / $0) }
      .sorted { $0.ratio < $1.ratio }
    var (below, above) = (Rational(0), atoms.reduce(Rational(0)) { $0 + $1.p })
    for atom in atoms {
      // Up to this atom's ratio the rate is below + factor * above.
      if below + atom.ratio * above >= goal { return (goal - below) / above }
      below += atom.q
      above -= atom.p
    }
    return nil
  }

  static let sizes: [Int] = [1, 2, 3, 10, 100, 1000]
  static let budgets: [Double] = [1.5, 2, 10, 1000]

  @Test(arguments: sizes, budgets)
  func `the factor is that of exact arithmetic within its error`(
    _ count: Int, _ budget: Double
  ) throws {
    var generator = SeededGenerator(seed: UInt64(count))
    for kind in 0..<4 {
      func weights() throws -> FiniteWeights {
        try FiniteWeights(
          normalizing: (0..<count).map { _ in
            let u = generator.nextUniform()
            switch kind {
            case 0: return u
            // Ratios over many orders of magnitude; many ties; zeros on both sides.
            case 1: return 1 / (u * u * u * u * u * u)
            case 2: return (u * 3).rounded(.up)
            default: return u < 0.3 ? 0 : u
            }
          } + (kind == 3 ? [1] : []))
      }
      let (target, model) = (try weights(), try weights())
      let law = try WeightedRatios(target: target, model: model)
      let expected = try Self.exactFactor(target.values, model.values, budget: budget)
      let factor = law.factor(budget: budget)
      #expect((factor == nil) == (expected == nil))
      guard let factor, let expected else { continue }
      let difference = (try Rational(exactly: factor.value) - expected).magnitude
      #expect(Double(difference) <= factor.error)
      #expect(factor.error <= 1e-14 * Double(expected))
    }
  }

  @Test(arguments: Reference.budgeted)
  func `agrees with the exact reference to the last bits`(_ entry: Reference.Budgeted) throws {
    let expected = entry.solution
    let law = try Self.ratios(entry.pair.p, entry.pair.q)
    let optimum = try law.budgeted(Reference.double(expected.K))
    expectClose(law.maximumRatio.value, try Reference.double(expected.M), relative: 4e-16)
    // Weights and budget are rounded; kappa = (1/K - S) / U magnifies that by 1/K over 1/K - S = kappa U.
    let factor = optimum.factor?.value ?? .infinity
    let rest = zip(law.target, law.model).reduce(0) {
      factor * $1.0 <= $1.1 * (1 + 1e-12) ? $0 + $1.0 : $0
    }
    let rounding =
      optimum.factor == nil ? 4e-15 : 1e-15 * (3 + optimum.acceptanceRate / (factor * rest))
    if let constant = expected.constant {
      let own = try #require(optimum.constant)
      expectClose(own.value, try Reference.double(constant), relative: rounding)
    } else {
      #expect(optimum.regime == .belowPrecision && optimum.factor == nil)
    }
    let refined = try law.refined(by: optimum.acceptance).values
    for (own, other) in zip(refined, expected.refined) {
      expectClose(own, try Reference.double(other), relative: rounding)
    }
    for (own, other) in zip(law.probabilities(of: optimum.acceptance), expected.acceptance) {
      if let other { expectClose(own, try Reference.double(other), relative: rounding) }
    }
    expectClose(law.rate(of: optimum.acceptance).value, optimum.acceptanceRate, relative: rounding)
  }

  @Test func `weights whose sum is off by rounding do not shift the rate`() throws {
    // FiniteWeights allows 1e-9; rates are relative to the model's sum, whatever it is.
    let law = try WeightedRatios(
      target: FiniteWeights([0.5, 0.25, 0.25]),
      model: FiniteWeights([0.25, 0.25, 0.5].map { $0 * (1 + 8e-10) }))
    let optimum = try law.budgeted(1.25)
    expectClose(law.rate(of: optimum.acceptance).value, 0.8, relative: 1e-15)
    expectClose(law.supportPrecision.value, 1, relative: 1e-15)
    let refined = try law.refined(by: optimum.acceptance).values
    expectClose(refined.reduce(0, +), 1, relative: 1e-15)
  }

  // MARK: DRS

  @Test(arguments: Reference.discriminated)
  func `gamma and its refined law agree with the reference`(
    _ expected: Reference.Discriminated
  ) throws {
    let law = try Self.ratios(expected.p, expected.q)
    let budget = try Reference.double(expected.K)
    guard let gamma = expected.gamma else {
      #expect(throws: ParameterError.self) { try law.gamma(budget: budget) }
      return
    }
    let own = try law.gamma(budget: budget)
    expectClose(own.value, try Reference.double(gamma), absolute: 2e-14, relative: 2e-14)
    let acceptance = try Acceptance.discriminator(
      gamma: own.value, maximumRatio: law.maximumRatio.value)
    for (own, other) in zip(law.probabilities(of: acceptance), expected.acceptance ?? []) {
      if let other { expectClose(own, try Reference.double(other), relative: 2e-14) }
    }
    for (own, other) in zip(
      try law.refined(by: acceptance).values, expected.refined ?? [])
    {
      expectClose(own, try Reference.double(other), relative: 2e-14)
    }
  }

  @Test(arguments: Reference.discriminated.filter { $0.gamma != nil })
  func `at equal acceptance OBRS is nearer than DRS in every divergence`(
    _ expected: Reference.Discriminated
  ) throws {
    let law = try Self.ratios(expected.p, expected.q)
    let budget = try Reference.double(expected.K)
    let gamma = try law.gamma(budget: budget).value
    let refined = try [
      law.budgeted(budget).acceptance,
      .discriminator(gamma: gamma, maximumRatio: law.maximumRatio.value),
    ].map { try law.refined(by: $0).values }
    for (name, divergence) in Definition.all {
      let (optimal, discriminated) = (
        divergence(law.target, refined[0]), divergence(law.target, refined[1])
      )
      #expect(optimal <= discriminated + 1e-14, "\(name)")
      if let value = expected.optimalDivergences?[name], value != "inf" {
        expectClose(optimal, try Reference.double(value), absolute: 1e-14, relative: 1e-13)
      }
      if let value = expected.divergences?[name], value != "inf" {
        expectClose(discriminated, try Reference.double(value), absolute: 1e-14, relative: 1e-13)
      }
    }
  }

  // MARK: Samples

  @Test func `a sample's factor keeps its budget on fresh draws`() throws {
    // Exponential(4) against Exponential(1): r(s) = 4 exp(-3 s), K = 2.
    var generator = SeededGenerator(seed: 4)
    func draw(_ count: Int) throws -> WeightedRatios {
      let model = try Exponential(rate: 1)
      return try WeightedRatios(
        ofSample: (0..<count).map { _ in 4 * .exp(-3 * model.sample(using: &generator)) })
    }
    let (seen, fresh) = (try draw(10_000), try draw(100_000))
    let optimum = try seen.budgeted(2)
    let rate = fresh.rate(of: optimum.acceptance).value
    let error =
      (seen.standardError(of: optimum.acceptance) * seen.standardError(of: optimum.acceptance)
      + fresh.standardError(of: optimum.acceptance) * fresh.standardError(of: optimum.acceptance))
      .squareRoot()
    // Five standard errors: a false alarm in fewer than 1e-6 of all seeds.
    expectClose(rate, 0.5, absolute: 5 * error)
    #expect(error < 0.01)
    expectClose(seen.rate(of: optimum.acceptance).value, 0.5, relative: 1e-14)
    #expect(seen.maximumRatio.value < 4 && seen.maximumRatio.value > 3.9)
  }

  // MARK: Bad input

  @Test func `bad ratios and budgets are refused`() throws {
    for ratios in [[], [0, 0], [1, -1], [1, .nan], [.infinity]] as [[Double]] {
      #expect(throws: ParameterError.self) { try WeightedRatios(ofSample: ratios) }
    }
    let law = try WeightedRatios(ofSample: [0.5, 1.5])
    for budget in [0.99, 0, -1, .nan, .infinity] {
      #expect(throws: ParameterError.self) { try law.budgeted(budget) }
      #expect(throws: ParameterError.self) { try law.gamma(budget: budget) }
    }
    #expect(throws: ParameterError.self) {
      try WeightedRatios(target: FiniteWeights([1]), model: FiniteWeights([0.5, 0.5]))
    }
    #expect(throws: ParameterError.self) {
      try WeightedRatios(target: FiniteWeights([1, 0]), model: FiniteWeights([0, 1]))
    }
  }
}

/// Divergences from their definitions.
private enum Definition {
  typealias Divergence = @Sendable ([Double], [Double]) -> Double

  @Sendable static func kl(_ p: [Double], _ q: [Double]) -> Double {
    zip(p, q).reduce(0) { $0 + ($1.0 == 0 ? 0 : $1.0 * .log($1.0 / $1.1)) }
  }

  static let all: [(name: String, divergence: Divergence)] = [
    ("kl", kl),
    ("rkl", { kl($1, $0) }),
    (
      "js",
      { p, q in
        let middle = zip(p, q).map { ($0 + $1) / 2 }
        return (kl(p, middle) + kl(q, middle)) / 2
      }
    ),
    ("tv", { p, q in zip(p, q).reduce(0) { $0 + abs($1.0 - $1.1) } / 2 }),
    (
      "chi2",
      { p, q in
        zip(p, q).reduce(0) { sum, pair in
          let difference = pair.0 - pair.1
          return difference == 0 ? sum : sum + difference * difference / pair.1
        }
      }
    ),
  ]
}
