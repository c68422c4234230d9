import Distributions
import Divergences
import GSL
import RealModule
import Testing
import TestSupport

@Suite struct DualFormTests {
  /// A critic in the domain of f* on the atoms of a pair.
  private func critic(
    _ generator: any GeneratorFunction, _ pair: FinitePair, seed: UInt64
  ) -> (String) -> Double {
    var random = SeededGenerator(seed: seed)
    let values = pair.target.indices.map { _ in
      generator.activation(8 * random.nextUniform() - 4)
    }
    return { atom in values[(Int(atom.dropFirst()) ?? 1) - 1] }
  }

  @Test func `no critic exceeds the divergence, and the gap is what is missing`() {
    forAll(FinitePair.arbitrary) { pair in
      let (target, model) = try pair.laws
      for (index, generator) in StandardGenerators.all.enumerated() {
        let critic = critic(generator, pair, seed: UInt64(index))
        let divergence = try generator.divergence(target: target, model: model)
        let dual = try generator.dual(critic: critic, target: target, model: model)
        let gap = try generator.dualGap(critic: critic, target: target, model: model)
        guard dual.value > -.infinity,
          dual.value - dual.error <= divergence.value + divergence.error
        else { return false }
        let difference = Estimate(
          divergence.value - dual.value, error: divergence.error + dual.error)
        guard divergence.value == .infinity ? gap.value == .infinity : gap.agrees(with: difference)
        else { return false }
      }
      return true
    }
  }

  @Test func `the optimal critic attains the divergence`() {
    forAll(FinitePair.arbitrary) { pair in
      let (target, model) = try pair.laws
      return try StandardGenerators.all.allSatisfy { generator in
        let critic = try generator.optimalCritic(target: target, model: model)
        let value = { (atom: String) in critic[atom] ?? .nan }
        let divergence = try generator.divergence(target: target, model: model)
        let dual = try generator.dual(critic: value, target: target, model: model)
        let gap = try generator.dualGap(critic: value, target: target, model: model)
        if divergence.value == .infinity { return dual.value == .infinity }
        return dual.agrees(with: divergence) && gap.value <= gap.error
      }
    }
  }

  @Test func `a critic outside of the domain is worth minus infinity`() throws {
    let target = try FiniteDistribution(["a": 1 / 2, "b": 1 / 2])
    let model = try FiniteDistribution(["a": 1, "b": 0])
    // Total variation: T <= 1/2, also on the atom that the model lacks.
    func dual(_ a: Double, _ b: Double) throws -> Double {
      try TotalVariation().dual(
        critic: { $0 == "a" ? a : b }, target: target, model: model
      ).value
    }
    #expect(try dual(-0.5, 0.5) == 0.5)
    #expect(try dual(0.6, 0.5) == -.infinity)
    #expect(try dual(-0.5, 0.6) == -.infinity)
    #expect(try dual(-.infinity, 0) == -.infinity)
    #expect(throws: ParameterError.self) { try dual(.nan, 0) }
  }

  @Test func `the supremum need not be attained`() throws {
    // P = (1, 0), Q = (1/2, 1/2): KL = log 2, and T must go to minus infinity on the second atom.
    let target = try FiniteDistribution(["a": 1, "b": 0])
    let model = try FiniteDistribution(["a": 1 / 2, "b": 1 / 2])
    func dual(_ b: Double) throws -> Estimate {
      try KullbackLeibler().dual(
        critic: { $0 == "a" ? 1 + .log(2) : b }, target: target, model: model)
    }
    #expect(try dual(-10).value < dual(-20).value && dual(-20).value < .log(2))
    expectClose(try dual(-.infinity).value, .log(2), absolute: 1e-15)
  }

  // MARK: The real line

  private static let pairs: [DensityPair] = {
    func make(_ laws: () throws -> [any ContinuousDistribution]) -> DensityPair {
      do {
        let laws = try laws()
        return DensityPair(target: laws[0], model: laws[1])
      } catch {
        fatalError("\(error)")
      }
    }
    return [
      make { [try Normal(mean: 0, sd: 1), try Normal(mean: 1, sd: 1.25)] },
      make { [try Laplace(location: 0, scale: 1), try Laplace(location: 1, scale: 1.5)] },
      make { [try Uniform(lower: 0, upper: 2), try Uniform(lower: 1, upper: 4)] },
      make { [try Exponential(rate: 2), try Exponential(rate: 1.5)] },
    ]
  }()

  @Test(arguments: pairs.indices)
  func `critics on the line bound the divergence, and the optimal one attains it`(
    index: Int
  ) throws {
    let pair = Self.pairs[index]
    for generator in StandardGenerators.all {
      let divergence = try generator.divergence(pair)
      for slope in [-0.5, 0, 2] {
        let dual = try generator.dual(
          critic: { generator.activation(.tanh(slope * $0)) }, pair)
        #expect(dual.value - dual.error <= divergence.value + divergence.error)
        #expect(dual.value > -.infinity)
        #expect(dual.error < 1e-9)
      }
      guard divergence.value < .infinity else { continue }
      let kinks = try generator.curvature.atoms.flatMap {
        try pair.curve.crossings(1 / $0.location)
      }
      let critic = generator.optimalCritic(pair)
      let gap = try generator.dualGap(critic: critic, breaks: kinks, pair)
      #expect(gap.value.magnitude <= gap.error, "\(generator.name): \(gap)")
      #expect(gap.error < 1e-9)
    }
  }

  @Test func `a critic on the line that leaves the domain is seen`() throws {
    let pair = DensityPair(
      target: try Uniform(lower: 0, upper: 2), model: try Uniform(lower: 1, upper: 4))
    let tv = TotalVariation()
    #expect(try tv.dual(critic: { $0 < 1 ? 0.6 : 0 }, breaks: [1], pair).value == -.infinity)
    #expect(try tv.dual(critic: { $0 > 3 ? 0.6 : 0 }, breaks: [3], pair).value == -.infinity)
    // Where neither law has mass T may be anything.
    #expect(try tv.dual(critic: { $0 > 5 ? 9 : 0 }, pair).value == 0)
    #expect(throws: ParameterError.self) { try tv.dual(critic: { _ in .nan }, pair) }
  }
}
