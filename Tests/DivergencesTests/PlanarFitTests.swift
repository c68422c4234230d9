import Distributions
import Divergences
import GSL
import RealModule
import TestSupport
import Testing

/// Fits of one normal law in the plane; values from the same independent study (grid of 161 x 161, 12 starts).
struct PlanarFitTests {
  static let triangle = try! PlanarMixture.ring(count: 3, radius: 2, sd: 0.5)
  static let unequal = try! PlanarMixture(
    weights: [0.5, 0.3, 0.2], components: triangle.components)

  /// How many components lie within two deviations of the fit.
  func modes(_ fit: PlanarFit, of target: PlanarMixture) -> Int {
    let peak = fit.model.logDensity(fit.model.mean)
    return target.components.count { fit.model.logDensity($0.mean) > peak - 2 }
  }

  @Test
  func `KL keeps the moments`() throws {
    for target in [Self.triangle, Self.unequal] {
      let fits = try PlanarFitter(target: target).fits(.kullbackLeibler)
      #expect(fits.count == 1)
      let (fit, law) = (fits[0].model, target)
      expectClose(fit.mean.x, law.mean.x, absolute: 1e-4)
      expectClose(fit.mean.y, law.mean.y, absolute: 1e-4)
      expectClose(fit.covariance.xx, law.covariance.xx, absolute: 1e-3)
      expectClose(fit.covariance.xy, law.covariance.xy, absolute: 1e-3)
      expectClose(fit.covariance.yy, law.covariance.yy, absolute: 1e-3)
    }
  }

  @Test
  func `two modes on a line are fitted as on the line`() throws {
    let pair = try PlanarMixture(
      weights: [0.5, 0.5],
      components: [PlanarNormal(mean: [-2, 0], sd: 0.7), PlanarNormal(mean: [2, 0], sd: 0.7)])
    let (plane, line) = (
      try PlanarFitter(target: pair), GaussianFitter(target: GaussianFitTests.symmetric)
    )
    for f in [0.5, 1, 1.5, 2].map({ try! PrecisionRecallDivergence(lambda: $0) }) {
      let (best, expected) = (try plane.fits(f)[0], try line.fits(f)[0])
      expectClose(best.value.value, expected.value.value, absolute: 5e-5)
      expectClose(best.model.mean.x.magnitude, expected.mean.magnitude, absolute: 5e-3)
      expectClose(best.model.covariance.principalDeviations.major, expected.sd, absolute: 5e-3)
      expectClose(best.model.covariance.principalDeviations.minor, 0.7, absolute: 5e-3)
    }
  }

  @Test
  func `on a triangle the number of modes chosen goes from three to two to one`() throws {
    let fitter = try PlanarFitter(target: Self.triangle)
    for (lambda, count, value) in [
      (0.1, 3, 0.0), (0.3, 3, 0.0673), (0.5, 2, 0.1659), (1, 2, 0.5233), (2, 1, 0.3270), (3, 1, 0),
    ] {
      let best = try fitter.fits(.precisionRecall(lambda: lambda))[0]
      #expect(modes(best, of: Self.triangle) == count, "lambda = \(lambda)")
      expectClose(best.value.value, value, absolute: 1e-4)
      #expect((best.zeroScales != nil) == (value == 0))
    }
  }

  @Test
  func `the triangle's other local minima`() throws {
    let fitter = try PlanarFitter(target: Self.triangle)
    let shannon = try fitter.fits(.jensenShannon).map(\.value.value)
    for value in [0.2580, 0.2720, 0.3177] {
      #expect(shannon.contains { abs($0 - value) < 6e-5 }, "\(shannon)")
    }
    let half = try fitter.fits(.precisionRecall(lambda: 0.5))
    #expect(half.contains { abs($0.value.value - 0.2046) < 1e-4 })
  }

  @Test
  func `unequal weights: the best minima`() throws {
    let fitter = try PlanarFitter(target: Self.unequal)
    let variation = try fitter.fits(.totalVariation)
    for (fit, expected) in zip(variation, [0.4821, 0.4844, 0.4957]) {
      expectClose(fit.value.value, expected, absolute: 6e-5)
    }
    let best = try fitter.fits(.precisionRecall(lambda: 0.5))[0]
    expectClose(best.value.value, 0.1191, absolute: 6e-5)
    #expect(modes(best, of: Self.unequal) == 2)
    let heavy = try fitter.fits(.precisionRecall(lambda: 2.5))[0]
    #expect(heavy.value.value == 0)
  }
}
