import Distributions
import Divergences
import GSL
import RealModule
import Testing
import TestSupport

@Suite struct FiniteDivergenceTests {
  static func expectDigits(
    _ estimate: Estimate, _ expected: Double, _ name: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    if expected == .infinity {
      #expect(estimate == Estimate(.infinity, error: 0), "\(name)", sourceLocation: sourceLocation)
      return
    }
    let off = (estimate.value - expected).magnitude
    #expect(
      off <= estimate.error + max(expected.ulp, 1e-40),
      "\(name): \(estimate) is off \(expected) by \(off)", sourceLocation: sourceLocation)
    #expect(
      estimate.error <= 2e-14 * (1 + expected.magnitude), "\(name): \(estimate)",
      sourceLocation: sourceLocation)
  }

  // MARK: References

  @Test(arguments: DivergencesReference.finite)
  func `the given pairs have the given divergences, the rational ones exactly`(
    pair: DivergencesReference.FinitePair
  ) throws {
    let (target, model) = try pair.laws
    let generators = try pair.divergences.generators
    #expect(generators.count >= 6)
    for (generator, value) in generators {
      let estimate = try generator.divergence(target: target, model: model)
      if let exact = try generator.exactDivergence(target: target, model: model) {
        #expect(value == "inf" ? exact == .infinity : exact == .finite(try Rational.parse(value)))
      }
      let expected = try Double(value) ?? Double(Rational.parse(value))
      Self.expectDigits(estimate, expected, generator.name)
    }
  }

  /// The pairs of `conjugates.json` that a formula gives.
  static let named: [String: (target: [Int], model: [Int])] = [
    "f02_two_points": ([1, 1], [1, 3]),
    "f10_eight_points_uniform_model": (Array(1...8), Array(repeating: 1, count: 8)),
    "f08_reversed_fifteenths": ([1, 2, 3, 4, 5], [5, 4, 3, 2, 1]),
  ]

  @Test(arguments: Self.named.keys.sorted())
  func `all generators have the given divergences`(id: String) throws {
    let counts = try #require(Self.named[id])
    let (target, model) = try FinitePair(target: counts.target, model: counts.model).laws
    let values = try #require(DivergencesReference.conjugates[id])
    let generators = try values.generators
    #expect(generators.count >= 18)
    for (generator, value) in generators {
      Self.expectDigits(
        try generator.divergence(target: target, model: model), try #require(Double(value)),
        generator.name)
    }
    let gan = try OriginalGAN().divergence(target: target, model: model)
    let expected = try #require(values.values["gan"].flatMap(Double.init))
    expectClose(gan.value + 2 * .log(2), expected, absolute: 1e-14)
  }

  @Test func `a model on k of n atoms has the closed forms`() throws {
    for (n, k) in [(8, 1), (8, 4), (25, 17), (25, 24)] {
      let atoms = (1...n).map { "\($0)" }
      let target = try FiniteDistribution(uniformOn: atoms)
      let model = try FiniteDistribution(
        atoms: atoms, weights: (1...n).map { try Rational($0 <= k ? 1 : 0, k) })
      let t = Double(k) / Double(n)
      let reverse = try ReverseKullbackLeibler().divergence(target: target, model: model)
      Self.expectDigits(reverse, -.log(t), "reverse KL")
      #expect(try KullbackLeibler().divergence(target: target, model: model).value == .infinity)
      let js =
        (t * .log(2 * t / (1 + t)) + (1 - t) * .log(2) + .log(2 / (1 + t))) / 2
      Self.expectDigits(
        try JensenShannon().divergence(target: target, model: model), js, "JS")
    }
  }

  // MARK: The fast form

  @Test func `weights in doubles give the same as the exact laws`() throws {
    for pair in DivergencesReference.finite {
      let (target, model) = try pair.laws
      for generator in StandardGenerators.all {
        let exact = try generator.divergence(target: target, model: model)
        let fast = try generator.divergence(
          target: target.approximate, model: model.approximate)
        if exact.value == .infinity {
          #expect(fast.value == .infinity)
        } else {
          #expect(exact.agrees(with: fast), "\(pair.id) \(generator.name): \(exact), \(fast)")
        }
      }
    }
  }

  @Test func `a hundred thousand atoms keep their digits`() throws {
    // Geometric weights: sums of very different terms with known totals.
    let count = 100_003
    let target = try FiniteWeights(normalizing: (0..<count).map { Double(1 + $0 % 7) })
    let model = try FiniteWeights(normalizing: (0..<count).map { Double(1 + $0 % 5) })
    var cells: [[Int]: Int] = [:]
    for index in 0..<count { cells[[index % 7, index % 5], default: 0] += 1 }
    let sums = (
      (0..<count).reduce(0) { $0 + 1 + $1 % 7 }, (0..<count).reduce(0) { $0 + 1 + $1 % 5 }
    )
    let exact = try cells.reduce(Rational(0)) { sum, cell in
      let p = try Rational(1 + cell.key[0], sums.0)
      let q = try Rational(1 + cell.key[1], sums.1)
      return sum + Rational(cell.value) * (p - q) * (p - q) / q
    }
    Self.expectDigits(
      try PearsonChiSquared().divergence(target: target, model: model), Double(exact), "chi^2")
  }

  @Test func `an infinite term makes the fast form infinite wherever it is`() throws {
    for index in [0, 63, 64, 99] {
      var weights = Array(repeating: 1.0, count: 100)
      let target = try FiniteWeights(normalizing: weights)
      weights[index] = 0
      let model = try FiniteWeights(normalizing: weights)
      #expect(
        try KullbackLeibler().divergence(target: target, model: model)
          == Estimate(.infinity, error: 0))
      #expect(try KullbackLeibler().divergence(target: model, model: target).value < 0.02)
    }
  }

  // MARK: Bad input

  @Test func `laws on different spaces are refused by name`() throws {
    let target = try FiniteDistribution(["a": 1])
    let model = try FiniteDistribution(["b": 1])
    #expect(throws: ParameterError.self) {
      try KullbackLeibler().divergence(target: target, model: model)
    }
    #expect(throws: ParameterError.self) {
      try TotalVariation().exactDivergence(target: target, model: model)
    }
    #expect(throws: ParameterError.self) {
      try TotalVariation().mixtureOfPrecisionRecallDivergences(target: target, model: model)
    }
    #expect(throws: ParameterError.self) {
      try TotalVariation().dual(critic: { _ in 0 }, target: target, model: model)
    }
    #expect(throws: ParameterError.self) {
      try KullbackLeibler().divergence(
        target: FiniteWeights([1]), model: FiniteWeights([0.5, 0.5]))
    }
    #expect(throws: ParameterError.self) { try FiniteWeights([.nan, 1]) }
  }

  @Test func `atoms are matched by label`() throws {
    let target = try FiniteDistribution(["a": 1 / 4, "b": 3 / 4])
    let model = try FiniteDistribution(["b": 3 / 4, "a": 1 / 4])
    for generator in StandardGenerators.all {
      expectClose(
        try generator.divergence(target: target, model: model).value, generator.valueAtOne,
        absolute: 1e-15)
    }
  }
}
