import Distributions
import Divergences
import GSL
import RealModule
import RejectionSampling
import TestSupport
import Testing

@Suite struct ContinuousRatiosTests {
  /// A target whose modes are four times narrower in variance than the model's, by `s = |x|^2 / 2 s^2` alone:
  /// `r(s) = 4 exp(-3 s)` under `s ~ Exp(1)`.
  static func overDispersed() throws -> ContinuousRatios {
    try ContinuousRatios(target: Exponential(rate: 4), model: Exponential(rate: 1))
  }

  static func overDispersedFunction() throws -> RatioFunction {
    try RatioFunction(model: Exponential(rate: 1)) { 4 * .exp(-3 * $0) }
  }

  // MARK: Closed forms

  @Test(arguments: [4.0 / 3, 2, 3, 4])
  func `the constant of over-dispersed modes is the closed form`(_ budget: Double) throws {
    // c_K = ((1 - 1/4) / (1 - 1/K))^3 by integrating min(4 c exp(-3 s) / 4, 1) exp(-s).
    let expected = Double.pow(0.75 / (1 - 1 / budget), 3)
    let law = try Self.overDispersed()
    let optimum = try law.budgeted(budget)
    let constant = try #require(optimum.constant)
    #expect(optimum.regime == .binding)
    expectClose(law.maximumRatio.value, 4, relative: 1e-14)
    expectClose(constant.value, expected, absolute: constant.error)
    #expect(constant.error < 1e-11 * expected)
    let factor = try #require(try Self.overDispersedFunction().factor(budget: budget))
    expectClose(factor.value, expected / 4, absolute: factor.error)
    #expect(factor.error < 1e-9 * expected)
  }

  @Test func `the curve of the optimum is the table of the closed form`() throws {
    let law = try Self.overDispersed()
    // alpha_1 of the refined law is min(1, K alpha_{1/K}).
    for (budget, alpha) in [(4.0 / 3, 0.639972), (2, 0.809449), (3, 0.955739), (4, 1)] {
      expectClose(
        min(1, budget * (try law.curve.alpha(1 / budget).value)), alpha, absolute: 5e-7)
    }
  }

  @Test(arguments: [(-2, 0.488204), (-1, 0.365646), (0, 0.25), (1, 0.155115), (2, 0.087677)])
  func `DRS has the rates of the reference, and gamma is found from them`(
    _ gamma: Double, _ rate: Double
  ) throws {
    for law in [try Self.overDispersed(), try Self.overDispersedFunction()] as [any RatioLaw] {
      let own = try law.rate(of: .discriminator(gamma: gamma, maximumRatio: 4))
      expectClose(own.value, rate, absolute: 5e-7)
      expectClose(try law.gamma(budget: 1 / own.value).value, gamma, absolute: 1e-9)
    }
  }

  @Test func `half of the model off the support bounds the budget from below`() throws {
    let law = try ContinuousRatios(
      target: Uniform(lower: 0, upper: 1), model: Uniform(lower: 0, upper: 2))
    expectClose(law.maximumRatio.value, 2, relative: 1e-14)
    let below = try law.budgeted(1.5)
    #expect(below.regime == .belowPrecision && below.factor == nil && below.constant == nil)
    // Accepts 1/2, and fills 1/3 of the other half.
    #expect(below.acceptance(2) == 1)
    expectClose(below.acceptance(0), 1.0 / 3, relative: 1e-14)
    expectClose(try law.rate(of: below.acceptance).value, 2.0 / 3, relative: 1e-14)
    let exact = try law.budgeted(2)
    #expect(exact.regime == .binding)
    expectClose(try #require(exact.constant).value, 1, relative: 1e-14)
    let slack = try law.budgeted(4)
    #expect(slack.regime == .slack)
    expectClose(try #require(slack.constant).value, 0.5, relative: 1e-14)
    #expect(throws: ParameterError.self) { try law.gamma(budget: 2) }
  }

  @Test func `suprema of ratios are found at kinks, in tails and at poles`() throws {
    func range(
      _ target: some ContinuousDistribution, _ model: some ContinuousDistribution
    ) -> (least: Double, greatest: Double) {
      let range = PrecisionRecallCurve(target: target, model: model).ratioRange
      return (range.least.value, range.greatest.value)
    }
    let kink = range(try Laplace(location: 0, scale: 1), try Laplace(location: 0, scale: 2))
    expectClose(kink.greatest, 2, relative: 1e-14)
    #expect(kink.least == 0)
    // 2 (1 + x^2) / (4 + x^2) rises from 1/2 to 2, which it does not reach.
    let tail = range(try Cauchy(location: 0, scale: 2), try Cauchy(location: 0, scale: 1))
    expectClose(tail.greatest, 2, relative: 1e-12)
    expectClose(tail.least, 0.5, relative: 1e-12)
    let wide = range(try Normal(mean: 0, sd: 2), try Normal(mean: 0, sd: 1))
    #expect(wide.greatest == .infinity)
    expectClose(wide.least, 0.5, relative: 1e-14)
    let narrow = range(try Normal(mean: 0, sd: 1), try Normal(mean: 0, sd: 2))
    expectClose(narrow.greatest, 2, relative: 1e-14)
    #expect(narrow.least == 0)
    let pole = range(try Beta(alpha: 0.5, beta: 1), try Uniform(lower: 0, upper: 1))
    #expect(pole.greatest == .infinity)
    expectClose(pole.least, 0.5, relative: 1e-12)
    let equal = range(try Normal(mean: 3, sd: 2), try Normal(mean: 3, sd: 2))
    expectClose(equal.greatest, 1, relative: 1e-14)
  }

  // MARK: Identities

  static let pairs:
    [@Sendable () throws -> (any ContinuousDistribution, any ContinuousDistribution)] =
      [
        { (try Normal(mean: 0, sd: 2), try Normal(mean: 0, sd: 1)) },
        { (try Normal(mean: 1, sd: 1), try Normal(mean: 0, sd: 1)) },
        {
          (
            try 0.5 * Normal(mean: -2, sd: 0.7) + 0.5 * Normal(mean: 2, sd: 0.7),
            try Normal(mean: -1.8, sd: 0.9)
          )
        },
        { (try Laplace(location: 0, scale: 1), try Normal(mean: 0.5, sd: 1.5)) },
        { (try Beta(alpha: 2, beta: 3), try Uniform(lower: 0, upper: 1)) },
        { (try StudentT(degreesOfFreedom: 3), try Cauchy(location: 0.3, scale: 1)) },
      ]

  @Test(arguments: pairs.indices, [1.01, 1.5, 2, 5, 50])
  func `the factor has the rate of its budget by both routes`(
    _ index: Int, _ budget: Double
  ) throws {
    let (target, model) = try Self.pairs[index]()
    let law = try ContinuousRatios(target: target, model: model)
    let optimum = try law.budgeted(budget)
    let factor = try #require(optimum.factor)
    let rate = try law.rate(of: optimum.acceptance)
    expectClose(rate.value, 1 / budget, absolute: rate.error + 4e-16)
    // The same ratio as a function of x, integrated and solved without the curve.
    let function = try RatioFunction(model: model, breaks: target.landmarks) {
      .exp(target.logDensity($0) - model.logDensity($0))
    }
    let other = try #require(try function.factor(budget: budget))
    #expect(factor.agrees(with: other), "\(factor) and \(other)")
    #expect(factor.error < 1e-8 * factor.value)
  }

  @Test(arguments: pairs.indices)
  func `the inverse of the curve undoes it`(_ index: Int) throws {
    let (target, model) = try Self.pairs[index]()
    let curve = PrecisionRecallCurve(target: target, model: model)
    for lambda in [0.01, 0.3, 1, 3] {
      let alpha = try curve.alpha(lambda)
      let inverse = try #require(try curve.lambda(ofPrecision: alpha.value))
      guard inverse.value < .infinity, inverse.error < 1e-6 else { continue }
      // The smallest lambda of this alpha, from which on the curve may be flat up to rounding.
      let slope = (try curve.alpha(lambda * 1.001).value - alpha.value) / (0.001 * lambda)
      expectClose(
        inverse.value, lambda, absolute: inverse.error + 2 * alpha.error / slope,
        "slope \(slope)")
    }
  }

  @Test func `a budget of one accepts everything`() throws {
    let law = try ContinuousRatios(target: Normal(mean: 1, sd: 1), model: Normal(mean: 0, sd: 1))
    let optimum = try law.budgeted(1)
    #expect(optimum.factor?.value == .infinity)
    #expect(optimum.acceptance(1e-300) == 1)
  }

  // MARK: Bad input

  @Test func `disjoint laws and bad ratios are refused with their place`() throws {
    #expect(throws: ParameterError.self) {
      try ContinuousRatios(
        target: Uniform(lower: 0, upper: 1), model: Uniform(lower: 2, upper: 3))
    }
    let model = try Normal(mean: 0, sd: 1)
    func refusal(_ ratio: @escaping @Sendable (Double) -> Double) -> String {
      do {
        _ = try RatioFunction(model: model, ratio: ratio)
        return ""
      } catch {
        return error.description
      }
    }
    #expect(refusal { $0 < 1 ? 1 : .nan }.contains("= nan: must be finite and not negative"))
    #expect(refusal { 1 - $0 }.contains("must be finite and not negative"))
    #expect(refusal { _ in 0 }.contains("nothing to accept"))
    #expect(refusal { _ in .infinity }.contains("inf"))
    let unbounded = try ContinuousRatios(target: Normal(mean: 0, sd: 2), model: model)
    #expect(throws: ParameterError.self) { try unbounded.gamma(budget: 2) }
    for budget in [0.5, .nan, .infinity] {
      #expect(throws: ParameterError.self) { try unbounded.budgeted(budget) }
    }
  }

  @Test func `rules refuse parameters outside of their domains`() {
    for maximum in [0, -1, .nan, .infinity] {
      #expect(throws: ParameterError.self) { try Acceptance.rejection(maximumRatio: maximum) }
      #expect(throws: ParameterError.self) {
        try Acceptance.discriminator(gamma: 0, maximumRatio: maximum)
      }
    }
    #expect(throws: ParameterError.self) {
      try Acceptance.discriminator(gamma: .nan, maximumRatio: 1)
    }
    #expect(throws: ParameterError.self) { try Acceptance.budgeted(factor: 0) }
    #expect(throws: ParameterError.self) { try Acceptance.budgeted(factor: 1, fill: 1.5) }
  }

  @Test func `every rule is a nondecreasing probability`() throws {
    let rules = try [
      Acceptance.rejection(maximumRatio: 3), .budgeted(factor: 0.7),
      .discriminator(gamma: -700, maximumRatio: 3), .discriminator(gamma: -1, maximumRatio: 3),
      .discriminator(gamma: 0, maximumRatio: 3), .discriminator(gamma: 700, maximumRatio: 3),
    ]
    let ratios = [0, .leastNonzeroMagnitude, 1e-300, 0.1, 1, 2.9, 3, 3.1, 1e300, .infinity]
    for rule in rules {
      let values = ratios.map { rule($0) }
      #expect(values.allSatisfy { 0 <= $0 && $0 <= 1 }, "\(rule)")
      #expect(zip(values, values.dropFirst()).allSatisfy { $0 <= $1 }, "\(rule)")
      #expect(values[0] == 0 && values[ratios.count - 1] == 1)
    }
  }
}
