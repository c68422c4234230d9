import Distributions
import Divergences
import GSL
import RealModule
import RejectionSampling
import TestSupport
import Testing

/// Theorem 3.2 against searches that know nothing of it.
@Suite struct OptimalityTests {
  // MARK: Linear programming

  /// The greatest `alpha_lambda(P || P')` over all laws `P' <= K Q`: `sum t` with `t <= lambda p`, `t <= p'`.
  ///
  /// The laws are let go below sum 1: what is missing can be added without making any t smaller.
  static func greatestAlpha(
    _ target: [Rational], _ model: [Rational], budget: Rational, lambda: Rational
  ) -> Rational? {
    let count = target.count
    func row(_ entries: [Int: Rational]) -> [Rational] {
      (0..<(2 * count)).map { entries[$0] ?? 0 }
    }
    var rows = [
      (
        coefficients: row(Dictionary(uniqueKeysWithValues: (0..<count).map { ($0, 1) })),
        bound: Rational(1)
      )
    ]
    for index in 0..<count {
      rows.append((row([index: 1]), budget * model[index]))
      rows.append((row([count + index: 1]), lambda * target[index]))
      rows.append((row([count + index: 1, index: -1]), 0))
    }
    return maximum(of: (0..<(2 * count)).map { $0 < count ? 0 : 1 }, subjectTo: rows)
  }

  @Test func `no law of the budget has a greater alpha, by linear programming in fractions`() {
    let cases = BudgetedRejectionTests.cases.and(.positive)
    forAll(cases, cases: 150) { sample, lambda in
      let (pair, budget) = sample
      guard pair.target.count <= 5, let optimum = try BudgetedRejectionTests.solution(pair, budget)
      else { return nil }
      let (target, model) = (optimum.target.weights, optimum.model.weights)
      // Lambda 1 is the total variation, the others are D_lambda.
      return [1, lambda].allSatisfy { lambda in
        Self.greatestAlpha(target, model, budget: budget, lambda: lambda)
          == BudgetedRejectionTests.alpha(optimum.target, optimum.refined, lambda)
      }
    }
  }

  @Test func `the simplex method finds known maxima`() {
    // max x + y, x + 2 y <= 4, 3 x + y <= 6: at (8/5, 6/5).
    let best = maximum(of: [1, 1], subjectTo: [([1, 2], 4), ([3, 1], 6)])
    #expect(best?.description == "14/5")
    #expect(maximum(of: [1, 0], subjectTo: [([0, 1], 1)]) == nil)
  }

  // MARK: Projected gradient

  /// The nearest point of `{0 <= y <= limit, sum y = 1}`: a shift of all coordinates, cut off. Far points are brought
  /// near first, whose rounding would show in the sum.
  static func projection(_ far: [Double], limit: [Double]) -> [Double] {
    let point = far.map { max(-4, min($0, 4)) }
    func shifted(_ shift: Double) -> [Double] {
      zip(point, limit).map { max(0, min($0 + shift, $1)) }
    }
    var (low, high) = (-2 - (point.max() ?? 0), 2 - (point.min() ?? 0))
    for _ in 0..<80 {
      let middle = (low + high) / 2
      if shifted(middle).reduce(0, +) < 1 { low = middle } else { high = middle }
    }
    return shifted(high)
  }

  /// `D_f(P || y)`.
  static func divergence(
    _ generator: any GeneratorFunction, _ target: [Double], _ law: [Double]
  ) -> Double {
    zip(target, law).reduce(0) { $0 + generator.perspective($1.0, $1.1) }
  }

  /// The least divergence found by descent from one start, with steps that are halved until they help.
  static func descend(
    _ generator: any GeneratorFunction, _ target: [Double], limit: [Double], from start: [Double]
  ) -> Double {
    var law = projection(start, limit: limit)
    var value = divergence(generator, target, law)
    var step = 0.1
    for _ in 0..<400 where step > 1e-14 {
      let gradient = zip(target, law).map { p, y -> Double in
        let ratio = p / max(y, 1e-300)
        return y > 0 ? generator(ratio) - ratio * generator.derivative(ratio) : -1e3
      }
      var improved = false
      while !improved, step > 1e-14 {
        let next = projection(zip(law, gradient).map { $0 - step * $1 }, limit: limit)
        let other = divergence(generator, target, next)
        if other < value {
          (law, value, improved) = (next, other, true)
          step *= 4
        } else {
          step /= 2
        }
      }
    }
    return value
  }

  static let generators: [any GeneratorFunction] = [
    KullbackLeibler(), ReverseKullbackLeibler(), PearsonChiSquared(), JensenShannon(),
  ]

  @Test(arguments: generators.indices)
  func `descent from many starts ends at OBRS, never below`(_ index: Int) throws {
    let generator = Self.generators[index]
    var generatorOfCases = SeededGenerator(seed: 33)
    for _ in 0..<15 {
      let count = 2 + Int(generatorOfCases.next() % 4)
      func weights() throws -> FiniteWeights {
        try FiniteWeights(
          normalizing: (0..<count).map { _ in 0.02 + generatorOfCases.nextUniform() })
      }
      let (target, model) = (try weights(), try weights())
      let law = try WeightedRatios(target: target, model: model)
      let budget = 1 + generatorOfCases.nextUniform() * (law.maximumRatio.value - 1)
      let refined = try law.refined(by: law.budgeted(budget).acceptance)
      let best = Self.divergence(generator, target.values, refined.values)
      let limit = model.values.map { budget * $0 }
      let found = (0..<12).map { _ in
        let start = (0..<count).map { _ in generatorOfCases.nextUniform() }
        return Self.descend(generator, target.values, limit: limit, from: start)
      }
      let least = found.min() ?? .infinity
      // The budget's constraint is kept to some 1e-15, and so is what is gained by breaking it.
      #expect(least >= best - 1e-13)
      // The search is strong enough to have found anything better.
      expectClose(least, best, absolute: 1e-7, relative: 1e-5)
    }
  }

  // MARK: The feasible set

  @Test func `mixtures of feasible laws are feasible, and the model is one`() {
    forAll(BudgetedRejectionTests.cases.and(.atLeastOne)) { sample, inverse in
      let (pair, budget) = sample
      guard let optimum = try BudgetedRejectionTests.solution(pair, budget) else { return nil }
      let weight = 1 / inverse
      let mixture = zip(optimum.refined.weights, optimum.model.weights).map {
        weight * $0 + (1 - weight) * $1
      }
      return zip(mixture, optimum.model.weights).allSatisfy { $0 <= budget * $1 }
        && mixture.reduce(0, +) == 1
    }
  }
}
