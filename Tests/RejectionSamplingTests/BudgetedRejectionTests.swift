import Distributions
import Divergences
import RejectionSampling
import TestSupport
import Testing

@Suite struct BudgetedRejectionTests {
  static let cases = FinitePair.arbitrary.and(.atLeastOne)

  /// The optimum for a random case; nil where the laws have no atom in common.
  static func solution(_ pair: FinitePair, _ budget: Rational) throws -> BudgetedRejection? {
    let (target, model) = try pair.laws
    let overlap = zip(pair.target, pair.model).contains { $0 > 0 && $1 > 0 }
    return overlap
      ? try BudgetedRejection(target: target, model: model, budget: budget) : nil
  }

  /// `alpha_lambda = sum min(lambda p, q)` of Definition 1.4.
  static func alpha(
    _ target: FiniteDistribution, _ model: FiniteDistribution, _ lambda: Rational
  ) -> Rational {
    zip(target.weights, model.weights).reduce(0) { $0 + min(lambda * $1.0, $1.1) }
  }

  // MARK: Identities

  @Test func `the rate is exactly one over the budget`() {
    forAll(Self.cases) { pair, budget in
      guard let optimum = try Self.solution(pair, budget) else { return nil }
      let rate = zip(optimum.acceptance, optimum.model.weights).reduce(0) { $0 + $1.0 * $1.1 }
      return rate == 1 / budget && optimum.acceptanceRate == rate
        && optimum.acceptance.allSatisfy { 0 <= $0 && $0 <= 1 }
    }
  }

  @Test func `the refined law is the model times the acceptance`() {
    forAll(Self.cases) { pair, budget in
      guard let optimum = try Self.solution(pair, budget) else { return nil }
      return optimum.refined.weights.indices.allSatisfy {
        optimum.refined.weights[$0]
          == optimum.acceptance[$0] * optimum.model.weights[$0] / optimum.acceptanceRate
      }
    }
  }

  @Test func `the acceptance is the formula of the theorem where a constant exists`() {
    forAll(Self.cases) { pair, budget in
      guard let optimum = try Self.solution(pair, budget), let constant = optimum.constant
      else { return nil }
      let ratios = zip(optimum.target.weights, optimum.model.weights)
      let largest = ratios.filter { $0.1 > 0 }.map { $0.0 / $0.1 }.max()
      return optimum.maximumRatio == largest
        && zip(ratios, optimum.acceptance).allSatisfy { weights, acceptance in
          let (p, q) = weights
          return acceptance
            == (q == 0 ? 1 : min(p / q * constant / optimum.maximumRatio, 1))
        }
    }
  }

  @Test func `the refined curve is the model's curve stretched by the budget`() {
    forAll(Self.cases.and(.positive)) { sample, lambda in
      let (pair, budget) = sample
      guard let optimum = try Self.solution(pair, budget) else { return nil }
      return Self.alpha(optimum.target, optimum.refined, lambda)
        == min(1, budget * Self.alpha(optimum.target, optimum.model, lambda / budget))
    }
  }

  @Test func `no other law below K q has a greater alpha`() {
    let others = FinitePair.arbitrary.and(.atLeastOne).and(.positive)
    forAll(others.and(FinitePair.arbitrary)) { sample, other in
      let ((pair, budget), lambda) = sample
      guard let optimum = try Self.solution(pair, budget) else { return nil }
      // Any acceptance with a rate of at least 1 / K: the counts of another pair, raised to the rate.
      let (target, model) = (optimum.target.weights, optimum.model.weights)
      let raw = model.indices.map { index -> Rational in
        Rational(1 + other.target[index % other.target.count])
          / Rational(2 + (other.target.max() ?? 0))
      }
      let rate = zip(raw, model).reduce(Rational(0)) { $0 + $1.0 * $1.1 }
      let lift = rate < 1 / budget ? (1 / budget - rate) / (1 - rate) : 0
      let acceptance = raw.map { $0 + lift * (1 - $0) }
      let accepted = zip(acceptance, model).map { $0 * $1 }
      let mass = accepted.reduce(0, +)
      let alpha = zip(target, accepted).reduce(Rational(0)) {
        $0 + min(lambda * $1.0, $1.1 / mass)
      }
      return alpha <= Self.alpha(optimum.target, optimum.refined, lambda)
    }
  }

  // MARK: Regimes

  @Test func `regimes follow the two bounds on the budget`() {
    forAll(Self.cases) { pair, budget in
      guard let optimum = try Self.solution(pair, budget) else { return nil }
      let weights = Array(zip(optimum.target.weights, optimum.model.weights))
      let precision = weights.reduce(Rational(0)) { $0 + ($1.0 > 0 ? $1.1 : 0) }
      let recall = weights.reduce(Rational(0)) { $0 + ($1.1 > 0 ? $1.0 : 0) }
      let expected: BudgetRegime =
        budget * precision < 1
        ? .belowPrecision : budget * recall > optimum.maximumRatio ? .slack : .binding
      return optimum.regime == expected
    }
  }

  @Test func `every regime is met with ties and zeros`() throws {
    func regime(_ target: [Int], _ model: [Int], _ budget: Rational) throws -> BudgetRegime? {
      try Self.solution(FinitePair(target: target, model: model), budget)?.regime
    }
    #expect(try regime([1, 0], [1, 1], 1) == .belowPrecision)
    #expect(try regime([1, 0], [1, 1], 2) == .binding)
    #expect(try regime([1, 0], [1, 1], 3) == .slack)
    #expect(try regime([1, 1], [1, 1], 1) == .binding)
    #expect(try regime([1, 1, 2], [1, 1, 1], 1) == .binding)
  }

  @Test func `a budget of one keeps the model`() {
    forAll(FinitePair.arbitrary) { pair in
      try Self.solution(pair, 1).map { $0.refined == $0.model }
    }
  }

  @Test func `from M over P(q > 0) on the refined law is the target on the model's support`() {
    forAll(FinitePair.arbitrary.and(.atLeastOne)) { pair, factor in
      guard let first = try Self.solution(pair, 1) else { return nil }
      let recall = zip(first.target.weights, first.model.weights).reduce(Rational(0)) {
        $0 + ($1.1 > 0 ? $1.0 : 0)
      }
      let bound = first.maximumRatio / recall
      guard let optimum = try Self.solution(pair, bound * factor) else { return nil }
      let conditioned = zip(first.target.weights, first.model.weights).map {
        $1 > 0 ? $0 / recall : 0
      }
      return optimum.refined.weights == conditioned && optimum.constant == 1 / factor
    }
  }

  // MARK: Reference

  @Test(arguments: Reference.budgeted)
  func `agrees with the reference digit for digit`(_ entry: Reference.Budgeted) throws {
    let (pair, expected) = (entry.pair, entry.solution)
    let optimum = try BudgetedRejection(
      target: Reference.law(pair.p), model: Reference.law(pair.q),
      budget: Rational.parse(expected.K))
    #expect(optimum.maximumRatio.description == expected.M)
    #expect(optimum.constant?.description == expected.constant)
    #expect(optimum.acceptanceRate.description == expected.rate)
    #expect(optimum.refined.weights.map(\.description) == expected.refined)
    for (own, other) in zip(optimum.acceptance, expected.acceptance) {
      if let other { #expect(own.description == other) }
    }
    for (lambda, alpha) in expected.alphaRefined {
      let own = Self.alpha(optimum.target, optimum.refined, try Rational.parse(lambda))
      #expect(own.description == alpha)
    }
    let regime: BudgetRegime =
      expected.status == "regular"
      ? .binding : expected.status.hasPrefix("no_c_K") ? .belowPrecision : .slack
    #expect(optimum.regime == regime)
  }

  @Test func `atoms are matched by label`() throws {
    let target = try FiniteDistribution(["a": 1 / 2, "b": 1 / 3, "c": 1 / 6])
    let model = try FiniteDistribution(["c": 1 / 3, "a": 1 / 3, "b": 1 / 3])
    let optimum = try BudgetedRejection(target: target, model: model, budget: 5 / 4)
    // By hand: S_1 = 1/3 at ratio 3/2, U_1 = 1/2; kappa = (4/5 - 1/3) / (1/2) = 14/15, c_K = 7/5.
    #expect(optimum.constant?.description == "7/5")
    #expect(optimum.acceptance == [1, 14 / 15, 7 / 15])
    #expect(optimum.refined.atoms == ["a", "b", "c"])
  }

  // MARK: Bad input

  @Test func `bad budgets and spaces are refused`() throws {
    let target = try FiniteDistribution(["a": 1 / 2, "b": 1 / 2])
    let stranger = try FiniteDistribution(["a": 1 / 2, "c": 1 / 2])
    let left = try FiniteDistribution(["a": 1, "b": 0])
    let right = try FiniteDistribution(["a": 0, "b": 1])
    func refusal(_ p: FiniteDistribution, _ q: FiniteDistribution, _ budget: Rational) -> String? {
      do {
        _ = try BudgetedRejection(target: p, model: q, budget: budget)
        return nil
      } catch {
        return error.description
      }
    }
    #expect(
      refusal(target, target, 99 / 100)
        == "BudgetedRejection: budget = 99/100: must be at least 1")
    #expect(refusal(target, stranger, 2)?.contains("\"b\"") == true)
    #expect(refusal(left, right, 2)?.contains("no atom in common") == true)
  }
}
