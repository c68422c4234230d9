import Distributions
import Divergences
import GSL
import RealModule
import Testing
import TestSupport

/// 2025 deck, Theorem 2.6 with the Stieltjes measure: `D_f - f(1) = ∫ t D_{1/t} f''(dt)`.
@Suite struct MixtureRepresentationTests {
  /// Whether both sides are infinite, or agree within their errors and these are small.
  private func agree(
    _ direct: Estimate, _ mixture: Estimate, relative: Double
  ) -> Bool {
    if direct.value == .infinity || mixture.value == .infinity {
      return direct == mixture
    }
    return direct.agrees(with: mixture)
      && direct.error + mixture.error <= relative * (1 + direct.value.magnitude)
  }

  @Test(arguments: StandardGenerators.all.indices)
  func `the mixture of random finite pairs is the divergence`(index: Int) throws {
    let generator = StandardGenerators.all[index]
    forAll(FinitePair.arbitrary, cases: 60) { pair in
      let (target, model) = try pair.laws
      var direct = try generator.divergence(target: target, model: model)
      direct.value -= generator.valueAtOne
      let mixture = try generator.mixtureOfPrecisionRecallDivergences(
        target: target, model: model)
      return agree(direct, mixture, relative: 1e-9)
    }
  }

  @Test func `total variation is one PR-divergence, and a PR-divergence is itself`() {
    forAll(FinitePair.arbitrary.and(.positive), cases: 100) { pair, lambda in
      let (target, model) = try pair.laws
      let curve = try FinitePrecisionRecallCurve(target: target, model: model)
      let one = try TotalVariation().mixtureOfPrecisionRecallDivergences(
        target: target, model: model)
      let itself = try PrecisionRecallDivergence(exactly: .finite(lambda))
        .mixtureOfPrecisionRecallDivergences(target: target, model: model)
      let expected = (Double(try curve.divergence(1)), Double(try curve.divergence(lambda)))
      return (one.value - expected.0).magnitude <= one.error + 1e-16
        && (itself.value - expected.1).magnitude <= itself.error + 1e-15
    }
  }

  @Test func `lambda infinite is no mixture`() throws {
    // Its f is not lower semicontinuous: f'' is zero, the divergence is Q(p = 0).
    let target = try FiniteDistribution(["a": 1, "b": 0])
    let model = try FiniteDistribution(["a": 1 / 2, "b": 1 / 2])
    let generator = try PrecisionRecallDivergence(lambda: .infinity)
    #expect(
      try generator.mixtureOfPrecisionRecallDivergences(target: target, model: model).value == 0)
    #expect(try generator.divergence(target: target, model: model).value == 0.5)
  }

  @Test(arguments: PrecisionRecallCurveTests.pairs)
  func `the mixture of hard pairs is the divergence`(
    pair: PrecisionRecallCurveTests.Pair
  ) throws {
    let densities = DensityPair(target: pair.target, model: pair.model)
    // Next to a pole away from zero doubles hide some mass, and the exact ties of powers there.
    let hasPole = pair.name.contains("pole")
    for generator in StandardGenerators.all {
      do {
        var direct = try generator.divergence(densities)
        direct.value -= generator.valueAtOne
        let mixture = try generator.mixtureOfPrecisionRecallDivergences(densities)
        let isBeyondDoubles = direct.error == .infinity && mixture.error == .infinity
        #expect(
          isBeyondDoubles || agree(direct, mixture, relative: hasPole ? .infinity : 1e-3),
          "\(generator.name): \(direct), \(mixture)")
      } catch let error as DivergenceError {
        #expect(hasPole, "\(error)")
      }
    }
  }

  @Test func `levels beyond the range of doubles count`() throws {
    // log(p / q) has mean 804 here, and the tail of t against a normal law falls like (log t)^(-3/2).
    let far = DensityPair(
      target: try Normal(mean: 0, sd: 1), model: try Normal(mean: 12, sd: 0.3))
    let heavy = DensityPair(
      target: try StudentT(degreesOfFreedom: 3), model: try Normal(mean: 0, sd: 1))
    for (pair, expected) in [
      (far, Double.log(0.3) + 145 / 0.18 - 0.5), (heavy, 0.645_460_961_341_381_8),
    ] {
      let mixture = try KullbackLeibler().mixtureOfPrecisionRecallDivergences(pair)
      expectClose(mixture.value, expected, absolute: mixture.error)
      #expect(mixture.error < 1e-6 * expected)
    }
  }
}
