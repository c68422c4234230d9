import Distributions
import Divergences
import GSL
import RealModule
import Testing
import TestSupport

@Suite struct ContinuousDivergenceTests {
  private static func normal(_ mean: Double, _ sd: Double) throws -> Normal {
    try Normal(mean: mean, sd: sd)
  }

  /// Expects the value within its error, and a small error.
  private func expect(
    _ generator: any GeneratorFunction, _ pair: DensityPair, _ expected: Double,
    relative: Double = 1e-11, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let estimate = try generator.divergence(pair)
    if expected == .infinity {
      #expect(
        estimate == Estimate(.infinity, error: 0), "\(generator.name)",
        sourceLocation: sourceLocation)
      return
    }
    let off = (estimate.value - expected).magnitude
    #expect(
      off <= estimate.error, "\(generator.name): \(estimate) is off \(expected) by \(off)",
      sourceLocation: sourceLocation)
    #expect(
      estimate.error <= relative * (1 + expected), "\(generator.name): \(estimate)",
      sourceLocation: sourceLocation)
  }

  private func expectInfinite(
    _ generator: any GeneratorFunction, _ target: any ContinuousDistribution,
    _ model: any ContinuousDistribution, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try expect(
      generator, DensityPair(target: target, model: model), .infinity,
      sourceLocation: sourceLocation)
  }

  // MARK: References

  @Test(arguments: DivergencesReference.integrals)
  func `the given pairs have the given divergences`(
    reference: DivergencesReference.ContinuousPair
  ) throws {
    let pair = DensityPair(target: try reference.P.law, model: try reference.Q.law)
    let generators = try reference.divergences.generators
    #expect(generators.count == 7)
    for (generator, value) in generators {
      try expect(generator, pair, try #require(Double(value)))
    }
  }

  @Test(arguments: DivergencesReference.closedForms)
  func `closed forms of normals, exponentials, betas and gammas`(
    reference: DivergencesReference.ContinuousPair
  ) throws {
    let pair = DensityPair(target: try reference.P.law, model: try reference.Q.law)
    // Doubles far from zero, or next to the pole of a beta law at 1, have few digits of the distance.
    let relative =
      reference.id.hasPrefix("beta") ? 1e-5 : reference.id.hasPrefix("normal 1e6") ? 1e-8 : 1e-11
    let generators = try reference.divergences.generators
    #expect(generators.count == 9)
    for (generator, value) in generators {
      do {
        try expect(generator, pair, try #require(Double(value)), relative: relative)
      } catch let error as DivergenceError {
        // A tie of powers at the pole of a beta law at 1.
        #expect(reference.id.hasPrefix("beta") && value == "+inf", "\(error)")
      }
    }
  }

  @Test(arguments: DivergencesReference.precisionRecall.map(\.shift))
  func `tiny PR-divergences keep their digits`(shift: String) throws {
    let values = try #require(
      DivergencesReference.precisionRecall.first { $0.shift == shift }?.values)
    let curve = PrecisionRecallCurve(
      target: try Self.normal(0, 1), model: try Self.normal(try #require(Double(shift)), 1))
    for (lambda, value) in values {
      let (lambda, expected) = (try #require(Double(lambda)), try #require(Double(value)))
      let estimate = try curve.divergence(lambda)
      let off = (estimate.value - expected).magnitude
      #expect(off <= estimate.error, "\(lambda): \(estimate)")
      guard expected > 1e-290 else { continue }
      #expect(off <= 1e-11 * expected, "\(lambda): \(estimate)")
      #expect(estimate.error <= 1e-7 * expected, "\(lambda): \(estimate)")
    }
  }

  // MARK: Infinite or not

  @Test func `chi-squared of normals is finite up to twice the variance`() throws {
    for (variance, isFinite) in [
      (1.5, true), (1.99, true), (1.9999, true), (2.0001, false), (4, false),
    ] {
      let sd = variance.squareRoot()
      let pair = DensityPair(target: try Self.normal(0, sd), model: try Self.normal(0, 1))
      let expected = isFinite ? 1 / (sd * (2 - sd * sd).squareRoot()) - 1 : .infinity
      try expect(PearsonChiSquared(), pair, expected, relative: 1e-9)
    }
  }

  @Test func `a variance within rounding of the threshold is told, not guessed`() throws {
    let (target, model) = (try Self.normal(0, 2.0.squareRoot()), try Self.normal(0, 1))
    #expect(throws: DivergenceError.self) {
      try PearsonChiSquared().divergence(target: target, model: model)
    }
  }

  @Test func `an exact tie of exponential rates diverges`() throws {
    for rate in [1, 0.3, 7] {
      try expectInfinite(
        PearsonChiSquared(), try Exponential(rate: rate), try Exponential(rate: 2 * rate))
    }
    try expectInfinite(AlphaDivergence(1.5), try Exponential(rate: 1), try Exponential(rate: 3))
    try expectInfinite(
      NeymanChiSquared(), try Laplace(location: 0, scale: 1), try Laplace(location: 1, scale: 2))
  }

  @Test func `heavy tails against light ones`() throws {
    let (normal, cauchy) = (try Self.normal(0, 1), try Cauchy(location: 0, scale: 1))
    try expectInfinite(KullbackLeibler(), cauchy, normal)
    try expectInfinite(ReverseKullbackLeibler(), normal, cauchy)
    #expect(try KullbackLeibler().divergence(target: normal, model: cauchy).error < 1e-12)
    func student(_ degrees: Double) throws -> StudentT {
      try StudentT(degreesOfFreedom: degrees)
    }
    try expectInfinite(KullbackLeibler(), try student(2), normal)
    let near = try KullbackLeibler().divergence(target: student(2.001), model: normal)
    expectClose(near.value, 999.458941758911227641467950571, absolute: near.error)
    #expect(near.error < 1e-6)
    // p^2 / q falls as x^(d - 2 c - 1) for c and d degrees of freedom.
    try expectInfinite(PearsonChiSquared(), try student(1), try student(2))
    try expectInfinite(PearsonChiSquared(), try student(1), try student(2.001))
    #expect(try PearsonChiSquared().divergence(target: student(1), model: student(1.99)).value < 21)
    #expect(try KullbackLeibler().divergence(target: student(0.5), model: student(3)).error < 1e-11)
  }

  @Test func `poles of beta densities`() throws {
    let uniform = try Beta(alpha: 1, beta: 1)
    for (first, second) in [(2.0, 1.0), (1.0, 2.0), (2.5, 1), (1, 3)] {
      try expectInfinite(PearsonChiSquared(), uniform, try Beta(alpha: first, beta: second))
    }
    for (alpha, beta, relative) in [(1.9, 1.0, 1e-11), (1.0, 1.9, 1e-7), (1.999, 1, 1e-10)] {
      let exponent = max(alpha, beta)
      let expected = 1 / (exponent * (2 - exponent)) - 1
      let model = try Beta(alpha: alpha, beta: beta)
      try expect(
        PearsonChiSquared(), DensityPair(target: uniform, model: model), expected,
        relative: relative)
      // The same away from zero, where doubles are coarse beside the distance to the pole.
      guard exponent == 1.9 else { continue }
      try expect(
        PearsonChiSquared(),
        DensityPair(
          target: try Uniform(lower: 3, upper: 4), model: try model.shifted(by: 3)),
        1 / (exponent * (2 - exponent)) - 1, relative: 1e-2)
    }
  }

  @Test func `supports that differ`() throws {
    let (left, right) = (try Uniform(lower: 0, upper: 2), try Uniform(lower: 1.5, upper: 5.5))
    let pair = DensityPair(target: left, model: right)
    for generator in [KullbackLeibler(), ReverseKullbackLeibler(), Jeffreys()]
      as [any GeneratorFunction]
    {
      try expect(generator, pair, .infinity)
    }
    // Masses: 3/4 of P alone, 1/4 of P and 1/8 of Q together, 7/8 of Q alone.
    let curve = pair.curve
    try expect(TotalVariation(), pair, 0.875)
    expectClose(try curve.divergence(1).value, 0.875, absolute: 1e-14)
    expectClose(try curve.divergence(.infinity).value, 0.875, absolute: 1e-14)
    #expect(try curve.divergence(0) == Estimate(0, error: 0))
    let coefficient = 2 * (0.25 * 0.125).squareRoot()
    try expect(SquaredHellinger(), pair, 2 - coefficient)
    let js =
      (0.75 * .log(2) + 0.25 * .log(4.0 / 3) + 0.875 * .log(2) + 0.125 * .log(2.0 / 3)) / 2
    try expect(JensenShannon(), pair, js)
    let apart = DensityPair(target: left, model: try Uniform(lower: 3, upper: 4))
    try expect(TotalVariation(), apart, 1)
    try expect(JensenShannon(), apart, .log(2))
    try expect(LeCam(), apart, LeCam().valueAtZero + LeCam().slopeAtInfinity)
    try expect(PearsonChiSquared(), apart, .infinity)
  }

  @Test func `support is what counts, not a mass that underflows`() throws {
    let model = try Uniform(lower: -40, upper: 40)
    try expectInfinite(KullbackLeibler(), try Self.normal(0, 1), model)
    #expect(
      try KullbackLeibler().divergence(target: model, model: Self.normal(0, 1)).value < 270)
  }

  @Test func `off-support mass h gives D_lambda its excess`() throws {
    // Q = (1 - h) P + h N with N off the support of P: alpha = min(lambda, 1 - h).
    let target = try Uniform(lower: 0, upper: 1)
    for h in [0.25, 1e-3, 1e-12] {
      let model = try (1 - h) * target + h * Uniform(lower: 2, upper: 3)
      let curve = PrecisionRecallCurve(target: target, model: model)
      for lambda in [0.1, 0.9, 1, 1.5, 10] {
        let expected = min(1, lambda) - min(lambda, 1 - h)
        expectClose(try curve.divergence(lambda).value, expected, absolute: 2e-16, relative: 1e-13)
      }
    }
  }

  @Test func `a divergence beyond doubles is told from an infinite one`() throws {
    let estimate = try PearsonChiSquared().divergence(
      target: Self.normal(0, 1), model: Self.normal(30, 1))
    #expect(estimate.value == .greatestFiniteMagnitude && estimate.error == .infinity)
  }

  @Test func `a rare component and a bump beyond all landmarks are not missed`() throws {
    let shifted = DensityPair(target: try Self.normal(0, 1), model: try Self.normal(20, 1))
    try expect(PearsonChiSquared(), shifted, .exp(400) - 1, relative: 1e-10)
    let model = try Self.normal(0, 1)
    let rare = DensityPair(
      target: try 0.999_999 * model + 1e-6 * Self.normal(10, 0.1), model: model)
    expectClose(
      try KullbackLeibler().divergence(rare).value, 3.699_207_503_503_009e-5, relative: 1e-8)
  }

  // MARK: Identities

  @Test(arguments: PrecisionRecallCurveTests.pairs)
  func `exchanging the laws exchanges KL and reverse KL, and so on`(
    pair: PrecisionRecallCurveTests.Pair
  ) throws {
    let forward = DensityPair(target: pair.target, model: pair.model)
    let backward = DensityPair(target: pair.model, model: pair.target)
    let adjoint: [(any GeneratorFunction, any GeneratorFunction)] = [
      (KullbackLeibler(), ReverseKullbackLeibler()), (PearsonChiSquared(), NeymanChiSquared()),
      (JensenShannon(), JensenShannon()), (SquaredHellinger(), SquaredHellinger()),
      (LeCam(), LeCam()), (Jeffreys(), Jeffreys()),
    ]
    for (generator, other) in adjoint {
      let (a, b) = (try generator.divergence(forward), try other.divergence(backward))
      let isEqual = a.value == b.value || a.agrees(with: b)
      #expect(isEqual, "\(generator.name): \(a), \(b)")
    }
    let (tv, one) = (try TotalVariation().divergence(forward), try forward.curve.divergence(1))
    #expect(tv.agrees(with: one), "\(tv), \(one)")
    #expect(tv.error < 1e-6)
  }

  @Test(arguments: PrecisionRecallCurveTests.pairs)
  func `D_lambda is min(1, lambda) - alpha, and the generator's integral`(
    pair: PrecisionRecallCurveTests.Pair
  ) throws {
    let densities = DensityPair(target: pair.target, model: pair.model)
    let curve = densities.curve
    for lambda in [1e-3, 0.25, 1, 2.5, 1e3] {
      let divergence = try curve.divergence(lambda)
      let alpha = try curve.alpha(lambda)
      let difference = Estimate(min(1, lambda) - alpha.value, error: alpha.error + 2e-16)
      #expect(divergence.agrees(with: difference), "\(lambda): \(divergence), \(difference)")
      let integral = try PrecisionRecallDivergence(lambda: lambda).divergence(densities)
      #expect(divergence.agrees(with: integral), "\(lambda): \(divergence), \(integral)")
    }
  }

  @Test func `random laws of all families: quadrature and masses agree`() {
    forAll(RandomPair.arbitrary, cases: 150, seed: 6) { pair in
      guard !pair.target.hasPole, !pair.model.hasPole else { return nil }
      let densities = DensityPair(target: try pair.target.law, model: try pair.model.law)
      let curve = densities.curve
      let (tv, one) = (try TotalVariation().divergence(densities), try curve.divergence(1))
      let integral = try PrecisionRecallDivergence(lambda: pair.lambda).divergence(densities)
      let masses = try curve.divergence(pair.lambda)
      let js = try JensenShannon().divergence(densities)
      return tv.agrees(with: one) && integral.agrees(with: masses)
        // What a log-normal law has within an ulp of its end is bounded, not seen.
        && tv.error < 1e-4 && js.error < 1e-4 && js.value <= .log(2) * tv.value + 1e-4
    }
  }

  @Test func `a negative lambda is refused`() throws {
    let curve = PrecisionRecallCurve(target: try Self.normal(0, 1), model: try Self.normal(1, 1))
    for lambda: Double in [-1, -.infinity, .nan] {
      #expect(throws: ParameterError.self) { try curve.divergence(lambda) }
    }
    let finite = try FinitePrecisionRecallCurve(
      target: FiniteDistribution(["a": 1]), model: FiniteDistribution(["a": 1]))
    #expect(throws: ParameterError.self) { try finite.divergence(-1) }
  }
}
