import Distributions
import Divergences
import GSL
import RealModule
import TestSupport
import Testing

/// Fits of one normal law; the tables' values are those of an independent study (L-BFGS from 45 starts on a grid of
/// step 0.01), to the digits that it gives.
struct GaussianFitTests {
  static let symmetric = try! 0.5 * Normal(mean: -2, sd: 0.7) + 0.5 * Normal(mean: 2, sd: 0.7)
  static let asymmetric = try! 0.7 * Normal(mean: -1.5, sd: 0.5) + 0.3 * Normal(mean: 2.5, sd: 0.8)
  static let three =
    try! 0.4 * Normal(mean: -3, sd: 0.5) + 0.35 * Normal(mean: 0, sd: 0.5)
    + 0.25 * Normal(mean: 3.5, sd: 0.5)

  /// One line of a table: a divergence and its local minima as (mean, sd, value).
  struct Line: CustomTestStringConvertible {
    var f: any GeneratorFunction
    var minima: [(mean: Double, sd: Double, value: Double)]
    var digits = 0.006
    var testDescription: String { f.name }
  }

  func expect(
    _ line: Line, of target: Mixture, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let fits = try GaussianFitter(target: target).fits(line.f)
    #expect(
      fits.count == line.minima.count, "\(line.f.name): \(fits)", sourceLocation: sourceLocation)
    for (fit, expected) in zip(fits, line.minima) {
      expectClose(
        fit.mean, expected.mean, absolute: line.digits, "\(line.f.name)",
        sourceLocation: sourceLocation)
      expectClose(
        fit.sd, expected.sd, absolute: line.digits, "\(line.f.name)",
        sourceLocation: sourceLocation)
      expectClose(
        fit.value.value, expected.value, absolute: 6e-5, "\(line.f.name)",
        sourceLocation: sourceLocation)
      #expect(fit.value.error < 1e-11, sourceLocation: sourceLocation)
    }
  }

  @Test(arguments: [
    Line(f: .kullbackLeibler, minima: [(0, 2.12, 0.4205)]),
    Line(
      f: .reverseKullbackLeibler,
      minima: [(-1.98, 0.73, 0.6859), (1.98, 0.73, 0.6859), (0, 1.85, 0.7272)]),
    Line(
      f: .jensenShannon,
      minima: [(0, 2.09, 0.1165), (-1.96, 0.76, 0.2128), (1.96, 0.76, 0.2128)]),
    Line(f: .totalVariation, minima: [(0, 2.155, 0.39066)]),
    Line(f: .pearsonChiSquared, minima: [(0, 2.17, 0.7623)]),
    Line(f: try! .precisionRecall(lambda: 0.5), minima: [(0, 2.206, 0.0338)]),
    Line(
      f: try! .precisionRecall(lambda: 1.2),
      minima: [(0, 2.14, 0.3595), (-1.71, 1.13, 0.3677), (1.71, 1.13, 0.3677)]),
    Line(
      f: try! .precisionRecall(lambda: 1.5),
      minima: [(-1.86, 0.91, 0.2361), (1.86, 0.91, 0.2361), (0, 2.12, 0.3235)]),
    Line(
      f: try! .precisionRecall(lambda: 2), minima: [(-2, 0.7, 0), (2, 0.7, 0), (0, 2.10, 0.2801)]),
  ])
  func `two equal modes: the minima of each divergence`(line: Line) throws {
    try expect(line, of: Self.symmetric)
  }

  @Test(arguments: [
    Line(f: .kullbackLeibler, minima: [(-0.30, 1.93, 0.6017)]),
    Line(
      f: .reverseKullbackLeibler,
      minima: [(-1.50, 0.50, 0.3552), (0.78, 1.80, 1.1374), (2.48, 0.83, 1.1975)]),
    Line(f: .jensenShannon, minima: [(-1.50, 0.51, 0.1167), (-0.14, 1.96, 0.1645)]),
    Line(f: .totalVariation, minima: [(-1.395, 0.70, 0.2953), (0.10, 2.12, 0.4635)]),
    Line(f: .pearsonChiSquared, minima: [(-0.42, 1.94, 1.1614)]),
    Line(f: try! .precisionRecall(lambda: 0.5), minima: [(-0.39, 1.99, 0.0823)]),
    Line(
      f: try! .precisionRecall(lambda: 0.6),
      minima: [(-0.30, 2.02, 0.1494), (-1.126, 1.165, 0.1526)]),
    Line(
      f: try! .precisionRecall(lambda: 0.65),
      minima: [(-1.19, 1.06, 0.1738), (-0.247, 2.037, 0.1854)]),
  ])
  func `two unequal modes: the minima of each divergence`(line: Line) throws {
    try expect(line, of: Self.asymmetric)
  }

  @Test(arguments: [
    Line(f: .kullbackLeibler, minima: [(-0.33, 2.61, 0.5749)]),
    Line(
      f: .reverseKullbackLeibler,
      minima: [
        (-2.99, 0.51, 0.9122), (-0.87, 1.66, 1.0072), (0, 0.52, 1.0443), (3.5, 0.5, 1.3855),
      ],
      digits: 0.01),
    Line(f: .totalVariation, minima: [(-0.607, 2.31, 0.4415)]),
    Line(f: .pearsonChiSquared, minima: [(-0.36, 2.85, 1.1510)]),
    Line(
      f: try! .precisionRecall(lambda: 2),
      minima: [
        (-2.93, 0.61, 0.1931), (-0.09, 0.70, 0.2840), (-1.10, 1.81, 0.3292), (3.22, 0.97, 0.4779),
      ],
      digits: 0.01),
  ])
  func `three modes: the minima of each divergence`(line: Line) throws {
    try expect(line, of: Self.three)
  }

  // MARK: Identities

  @Test(arguments: [symmetric, asymmetric, three])
  func `KL keeps the target's moments`(target: Mixture) throws {
    let fits = try GaussianFitter(target: target).fits(.kullbackLeibler)
    #expect(fits.count == 1)
    expectClose(fits[0].mean, target.mean!, absolute: 1e-5)
    expectClose(fits[0].sd * fits[0].sd, target.variance!, absolute: 1e-5)
  }

  @Test(arguments: StandardGenerators.all.filter { !($0 is OriginalGAN) }.map(\.name))
  func `a normal target is its own best fit`(name: String) throws {
    let f = StandardGenerators.all.first { $0.name == name }!
    let target = try Normal(mean: 0.7, sd: 1.3)
    let best = try GaussianFitter(target: target).fits(f)[0]
    expectClose(best.value.value, 0, absolute: 1e-9)
    // The PR-divergences have a set of minima that holds the target, all others the target alone.
    if let set = best.flatSet {
      #expect(set.mean.contains(0.7) && set.sd.contains(1.3))
      #expect(f is PrecisionRecallDivergence)
    } else {
      expectClose(best.mean, 0.7, absolute: 1e-4)
      expectClose(best.sd, 1.3, absolute: 1e-4)
    }
  }

  @Test
  func `total variation is the PR-divergence of lambda = 1`() throws {
    let fitter = GaussianFitter(target: Self.asymmetric)
    #expect(try fitter.fits(.totalVariation) == fitter.fits(.precisionRecall(lambda: 1)))
  }

  @Test(arguments: [0.5, 1.2, 2])
  func `a fit moves with its target`(lambda: Double) throws {
    let f = try PrecisionRecallDivergence(lambda: lambda)
    let plain = try GaussianFitter(target: Self.asymmetric).fits(f)
    let target =
      try 0.3 * Normal(mean: -250 + 10, sd: 80) + 0.7 * Normal(mean: 150 + 10, sd: 50)
    let image = try GaussianFitter(target: target).fits(f)
    #expect(plain.count == image.count)
    for (a, b) in zip(plain, image) where a.flatSet == nil {
      expectClose(b.mean, 10 - 100 * a.mean, absolute: 0.05)
      expectClose(b.sd, 100 * a.sd, absolute: 0.05)
      expectClose(a.value.value, b.value.value, absolute: 1e-8)
    }
  }

  @Test(arguments: [0.5, 0.65, 1, 1.5, 2.5])
  func `no neighbour of a fit is lower, and its value is the exact divergence`(
    lambda: Double
  ) throws {
    for target in [Self.symmetric, Self.asymmetric, Self.three] {
      func divergence(_ mean: Double, _ sd: Double) throws -> Estimate {
        let model = try Normal(mean: mean, sd: sd)
        let alpha = try PrecisionRecallCurve(target: target, model: model).alpha(lambda)
        return Estimate(min(1, lambda) - alpha.value, error: alpha.error + 1e-15)
      }
      for fit in try GaussianFitter(target: target).fits(.precisionRecall(lambda: lambda)) {
        #expect(fit.value.agrees(with: try divergence(fit.mean, fit.sd)))
        for angle in stride(from: 0, to: 2 * Double.pi, by: .pi / 8) {
          let near = try divergence(
            fit.mean + 0.01 * fit.sd * .cos(angle), fit.sd * (1 + 0.01 * .sin(angle)))
          #expect(near.value >= fit.value.value - 1e-9)
        }
      }
    }
  }

  // MARK: Facts about lambda

  @Test
  func `zero is reached from lambda = 1 / weight on, first at the component alone`() throws {
    let fitter = GaussianFitter(target: Self.asymmetric)
    for (lambda, component) in [(1 / 0.7, (-1.5, 0.5)), (1 / 0.3, (2.5, 0.8))] {
      let f = try PrecisionRecallDivergence(lambda: lambda * (1 + 1e-9))
      let model = try Normal(mean: component.0, sd: component.1)
      let value = try f.divergence(target: fitter.target, model: model)
      #expect(value.value <= value.error)
      let before = try PrecisionRecallDivergence(lambda: lambda * 0.99)
        .divergence(target: fitter.target, model: model)
      #expect(before.value > 0.001)
    }
    #expect(try fitter.fits(.precisionRecall(lambda: 1.42))[0].value.value > 0.001)
    #expect(try fitter.fits(.precisionRecall(lambda: 1.44))[0].value.value < 1e-12)
  }

  @Test
  func `on the recall side zero ends at the largest minimum of q over p`() throws {
    for (target, end) in [(Self.symmetric, 0.402), (Self.asymmetric, 0.319), (Self.three, 0.284)] {
      let fitter = GaussianFitter(target: target)
      #expect(try fitter.fits(.precisionRecall(lambda: end - 0.002))[0].value.value < 1e-14)
      #expect(try fitter.fits(.precisionRecall(lambda: end + 0.002))[0].value.value > 1e-12)
    }
  }

  @Test
  func `flat sets are reported with their extent`() throws {
    let fitter = GaussianFitter(target: Self.symmetric)
    let wide = try fitter.fits(.precisionRecall(lambda: 0.1))
    #expect(wide.count == 1)
    let set = try #require(wide[0].flatSet)
    #expect(set.sd.lowerBound < 1.2 && set.sd.upperBound > 8 && !set.isCutOff)
    #expect(set.mean.lowerBound < -4 && set.mean.upperBound > 4)

    let narrow = try fitter.fits(.precisionRecall(lambda: 10))
    #expect(narrow.count(where: { $0.flatSet != nil }) == 2)
    for fit in narrow.prefix(2) {
      let set = try #require(fit.flatSet)
      // A wider law than the component would exceed lambda p in its tail.
      #expect(set.sd.upperBound <= 0.7 + 1e-9 && set.sd.lowerBound < 0.16)
      for law in [set.leftmost, set.rightmost, set.narrowest, set.widest] {
        let value = try PrecisionRecallDivergence(lambda: 10).divergence(
          target: fitter.target, model: Normal(mean: law.mean, sd: law.sd))
        #expect(value.value <= value.error + 1e-15)
      }
    }
    #expect(try fitter.fits(.precisionRecall(lambda: 2)).allSatisfy { $0.flatSet == nil })
  }

  @Test
  func `the best fit of two equal modes jumps at lambda = 1.23`() throws {
    let fitter = GaussianFitter(target: Self.symmetric)
    /// How much better the selecting branch is than the covering one.
    func gain(_ lambda: Double) throws -> Double {
      let f = try PrecisionRecallDivergence(lambda: lambda)
      let covering = try fitter.fit(f, fromMean: 0, sd: 2.2)
      let selecting = try fitter.fit(f, fromMean: 1.8, sd: 1)
      return covering.value.value - selecting.value.value
    }
    #expect(try gain(1.225) < 0)
    #expect(try gain(1.235) > 0)
    // The covering branch stays a local minimum long after it has lost.
    let stubborn = try fitter.fit(.precisionRecall(lambda: 4), fromMean: 0, sd: 2.1)
    expectClose(stubborn.mean, 0, absolute: 1e-3)
  }

  @Test
  func `three modes switch between lambda = 1.5 and 1.6`() throws {
    let fitter = GaussianFitter(target: Self.three)
    expectClose(try fitter.fits(.precisionRecall(lambda: 1.5))[0].sd, 1.894, absolute: 0.006)
    expectClose(try fitter.fits(.precisionRecall(lambda: 1.6))[0].sd, 0.756, absolute: 0.006)
  }

  // MARK: Other targets and bad input

  @Test
  func `targets with tails and edges are fitted`() throws {
    let tails = try GaussianFitter(target: StudentT(degreesOfFreedom: 3)).fits(.kullbackLeibler)
    expectClose(tails[0].sd, 3.0.squareRoot(), absolute: 0.02)
    let edges = try GaussianFitter(target: Uniform(lower: -1, upper: 1)).fits(.kullbackLeibler)
    expectClose(edges[0].sd, 1 / 3.0.squareRoot(), absolute: 1e-4)
  }

  @Test
  func `a divergence that is always infinite is an error`() throws {
    let box = GaussianFitter(target: try Uniform(lower: -1, upper: 1))
    #expect(throws: FitError.self) { try box.fits(.reverseKullbackLeibler) }
    let tails = GaussianFitter(target: try Cauchy(location: 0, scale: 1))
    #expect(throws: FitError.self) { try tails.fits(.kullbackLeibler) }
  }

  @Test(arguments: [(Double.nan, 1), (0, 0), (0, -1), (0, .infinity), (.infinity, 1), (1e9, 1)])
  func `a start that is no normal law near the target is refused`(
    mean: Double, sd: Double
  ) throws {
    let fitter = GaussianFitter(target: Self.symmetric)
    #expect(throws: FitError.self) { try fitter.fit(.kullbackLeibler, fromMean: mean, sd: sd) }
  }
}
