import Distributions
import Divergences
import GSL
import RealModule
import Testing
import TestSupport

@Suite struct PrecisionRecallCurveTests {
  static let lambdas = [1e-9, 1e-3, 0.05, 0.3, 0.5, 1, 1.7, 2, 8, 1e3, 1e9]

  // MARK: Identities

  @Test(arguments: pairs)
  func `the two routes agree within their errors, which are small`(pair: Pair) throws {
    let curve = pair.curve
    for lambda in Self.lambdas {
      let (masses, quadrature) = try curve.alphaByBothRoutes(lambda)
      #expect(masses.agrees(with: quadrature), "lambda \(lambda): \(masses), \(quadrature)")
      #expect(try curve.alpha(lambda).error <= 1e-10, "lambda \(lambda)")
      // Near a pole at x the doubles are too coarse to hold more of the mass than the error says.
      if lambda >= 1e-3 {
        #expect(try curve.beta(lambda).error <= 1e-10, "lambda \(lambda)")
      }
    }
  }

  @Test(arguments: pairs)
  func `the recall is the precision over lambda`(pair: Pair) throws {
    let curve = pair.curve
    for lambda in Self.lambdas {
      let (alpha, beta) = (try curve.alpha(lambda), try curve.beta(lambda))
      #expect(
        Estimate(alpha.value / lambda, error: alpha.error / lambda).agrees(with: beta),
        "lambda \(lambda): \(alpha), \(beta)")
    }
  }

  @Test(arguments: pairs)
  func `exchanging the laws exchanges precision and recall`(pair: Pair) throws {
    let curve = pair.curve
    let mirror = PrecisionRecallCurve(target: pair.model, model: pair.target)
    for lambda in Self.lambdas {
      let (alpha, beta) = (try curve.alpha(lambda), try mirror.beta(1 / lambda))
      // 1 / lambda is rounded, which moves beta by as much relative to itself.
      #expect(
        (alpha.value - beta.value).magnitude <= alpha.error + beta.error + 1e-15 * alpha.value,
        "lambda \(lambda): \(alpha), \(beta)")
    }
    #expect(curve.supportPrecision == mirror.supportRecall)
  }

  @Test(arguments: pairs)
  func `alpha is concave, rises, and stays below min(lambda, 1) and the support's`(
    pair: Pair
  ) throws {
    let curve = pair.curve
    let lambdas = [0] + (-24...24).map { Double.exp2(Double($0) / 2) }
    let alphas = try lambdas.map { try curve.alpha($0) }
    for (lambda, alpha) in zip(lambdas, alphas) {
      #expect(alpha.value >= 0 && alpha.value <= min(1, lambda))
      #expect(alpha.value <= curve.supportPrecision.value + alpha.error)
    }
    for index in lambdas.indices.dropFirst().dropLast() {
      let (low, middle, high) = (lambdas[index - 1], lambdas[index], lambdas[index + 1])
      let t = (middle - low) / (high - low)
      let chord = (1 - t) * alphas[index - 1].value + t * alphas[index + 1].value
      let slack = alphas[index - 1].error + 2 * alphas[index].error + alphas[index + 1].error
      #expect(alphas[index].value >= chord - slack, "lambda \(middle)")
      #expect(alphas[index].value <= alphas[index + 1].value + slack, "lambda \(middle)")
    }
  }

  @Test(arguments: pairs)
  func `moving and stretching the line changes nothing`(pair: Pair) throws {
    func image(_ law: any ContinuousDistribution) throws -> any ContinuousDistribution {
      func map(_ law: some ContinuousDistribution) throws -> any ContinuousDistribution {
        try law.scaled(by: -0.37)
      }
      return try map(law)
    }
    let (curve, other) = (
      pair.curve,
      PrecisionRecallCurve(target: try image(pair.target), model: try image(pair.model))
    )
    for lambda in Self.lambdas {
      let (a, b) = (try curve.alpha(lambda), try other.alpha(lambda))
      #expect(a.agrees(with: b), "lambda \(lambda): \(a), \(b)")
    }
  }

  @Test(arguments: pairs)
  func `crossings are where the two sides meet`(pair: Pair) throws {
    let curve = pair.curve
    for lambda in Self.lambdas {
      let crossings = try curve.crossings(lambda)
      #expect(zip(crossings, crossings.dropFirst()).allSatisfy { $0 < $1 })
      for x in crossings {
        func difference(_ x: Double) -> Double {
          Double.log(lambda) + pair.target.logDensity(x) - pair.model.logDensity(x)
        }
        let step = max(8 * x.ulp, 1e-12)
        let (before, after) = (difference(x - step), difference(x + step))
        // A jump changes the sign at once; elsewhere the sides are equal at the crossing.
        #expect(
          (before < 0) != (after < 0) || difference(x).magnitude <= 1e-9,
          "lambda \(lambda), x \(x): \(before), \(after)")
      }
    }
  }

  // MARK: Closed forms

  @Test(arguments: [1e-12, 0.01, 0.5, 1, 3, 30])
  func `a mean shift`(shift: Double) throws {
    let curve = PrecisionRecallCurve(
      target: try Normal(mean: 0, sd: 1), model: try Normal(mean: shift, sd: 1))
    for lambda in Self.lambdas {
      let x = .log(lambda) / shift + shift / 2
      let half = 0.5.squareRoot()
      let alpha = lambda * 0.5 * .erfc(x * half) + 0.5 * .erfc((shift - x) * half)
      let value = try curve.alpha(lambda)
      expectClose(value.value, alpha, absolute: 1e-14, relative: 1e-12, "lambda \(lambda)")
      #expect((value.value - alpha).magnitude <= value.error + 4 * .ulpOfOne * alpha)
      #expect(value.error <= 1e-12)
    }
  }

  @Test(arguments: [
    (0.25, 0.2326953), (0.5, 0.4046949), (1, 0.6170751), (2, 0.8093899), (4, 0.9307811),
  ])
  func `the mean shift by one has its known values`(lambda: Double, alpha: Double) throws {
    let curve = PrecisionRecallCurve(
      target: try Normal(mean: 0, sd: 1), model: try Normal(mean: 1, sd: 1))
    expectClose(try curve.alpha(lambda).value, alpha, absolute: 5e-8)
  }

  @Test(arguments: [(8, 1), (8, 4), (25, 17)])
  func `a model that drops modes`(modes: Int, kept: Int) throws {
    func mixture(_ count: Int) throws -> Mixture {
      try Mixture(
        weights: Array(repeating: 1 / Double(count), count: count),
        components: try (0..<count).map { try Normal(mean: 100 * Double($0), sd: 1) })
    }
    let curve = PrecisionRecallCurve(target: try mixture(modes), model: try mixture(kept))
    let share = Double(kept) / Double(modes)
    for lambda in Self.lambdas {
      expectClose(try curve.alpha(lambda).value, min(1, lambda * share), relative: 1e-13)
      expectClose(try curve.beta(lambda).value, min(share, 1 / lambda), relative: 1e-13)
    }
  }

  @Test(arguments: [0.1, 0.5, 0.9])
  func `a model that leaves the support with mass h`(h: Double) throws {
    let target = try Uniform(lower: 0, upper: 1)
    let model = try (1 - h) * target + h * Uniform(lower: 7, upper: 9)
    let curve = PrecisionRecallCurve(target: target, model: model)
    for lambda in Self.lambdas {
      expectClose(try curve.alpha(lambda).value, min(lambda, 1 - h), relative: 1e-15)
      expectClose(try curve.beta(lambda).value, min(1, (1 - h) / lambda), relative: 1e-15)
    }
    expectClose(curve.supportPrecision.value, 1 - h, relative: 1e-15)
    #expect(curve.supportRecall == Estimate(1, error: 0))
  }

  @Test(arguments: [0.5, 1, 2])
  func `hard truncation in the plane, by the radius`(radius: Double) throws {
    // The squared radius over two of a standard normal point is exponential.
    let target = try Exponential(rate: 1)
    let model = try target.truncated(to: radius * radius / 2)
    let curve = PrecisionRecallCurve(target: target, model: model)
    let mass = 1 - .exp(-radius * radius / 2)
    for lambda in Self.lambdas {
      expectClose(try curve.alpha(lambda).value, min(1, lambda * mass), relative: 1e-14)
      expectClose(try curve.beta(lambda).value, min(mass, 1 / lambda), relative: 1e-14)
    }
    #expect(curve.supportPrecision == Estimate(1, error: 0))
    expectClose(curve.supportRecall.value, mass, relative: 1e-14)
  }

  @Test(arguments: [0.3, 0.5, 0.9])
  func `soft truncation in the plane, by the radius`(psi: Double) throws {
    let kappa = 1 / (psi * psi)
    let curve = PrecisionRecallCurve(
      target: try Exponential(rate: 1), model: try Exponential(rate: kappa))
    for lambda in Self.lambdas {
      let alpha =
        lambda <= kappa
        ? lambda * (1 - (1 - 1 / kappa) * .pow(lambda / kappa, 1 / (kappa - 1))) : 1
      expectClose(try curve.alpha(lambda).value, alpha, relative: 1e-13, "lambda \(lambda)")
    }
    #expect(curve.supportPrecision.value == 1 && curve.supportRecall.value == 1)
  }

  @Test func `uniforms that overlap in part`() throws {
    let curve = PrecisionRecallCurve(
      target: try Uniform(lower: 0, upper: 2), model: try Uniform(lower: 1.5, upper: 5.5))
    for lambda in Self.lambdas {
      expectClose(try curve.alpha(lambda).value, 0.5 * min(lambda / 2, 0.25), relative: 1e-15)
    }
    #expect(curve.supportPrecision.value == 0.125 && curve.supportRecall.value == 0.25)
    #expect(try curve.crossings(0.3) == [])
  }

  @Test func `disjoint supports give zeros that are certain`() throws {
    for gap in [0, 1] as [Double] {
      let curve = PrecisionRecallCurve(
        target: try Uniform(lower: 0, upper: 1), model: try Uniform(lower: 1 + gap, upper: 3))
      for lambda in [0, 1e-3, 1, 1e3, .infinity] {
        #expect(try curve.alpha(lambda) == Estimate(0, error: 0))
        #expect(try curve.beta(lambda) == Estimate(0, error: 0))
      }
    }
  }

  @Test func `a far model is not a silent zero`() throws {
    let curve = PrecisionRecallCurve(
      target: try Normal(mean: 0, sd: 1), model: try Normal(mean: 12, sd: 0.3))
    let alpha = try curve.alpha(1)
    // The normals cross at x, the root of x^2 / 2 = (x - 12)^2 / 0.18 + log 0.3.
    let (a, b, c) = (1 / 0.18 - 0.5, -24 / 0.18, 144 / 0.18 + Double.log(0.3))
    let x = (-b - (b * b - 4 * a * c).squareRoot()) / (2 * a)
    let half = 0.5.squareRoot()
    let expected =
      0.5 * .erfc(x * half) + 0.5 * .erfc((12 - x) / 0.3 * half)
    #expect(alpha.value > 1e-22)
    expectClose(alpha.value, expected, relative: 1e-11)
    #expect(alpha.error < 1e-10 * alpha.value)
  }

  @Test func `a rare component is seen`() throws {
    let pair = Self.pairs[1]
    expectClose(try pair.curve.beta(1e-9).value, 0.999_999, absolute: 1e-12)
    expectClose(try pair.curve.alpha(1).value, 0.999_999, absolute: 1e-12)
    expectClose(try Self.pairs[2].curve.alpha(1e9).value, 0.999_999, absolute: 1e-12)
  }

  @Test func `equal laws make a box`() throws {
    for index in [8, 10] {
      let curve = Self.pairs[index].curve
      for lambda in Self.lambdas {
        let alpha = try curve.alpha(lambda)
        #expect((alpha.value - min(1, lambda)).magnitude <= alpha.error)
        #expect(alpha.error <= 1e-13 * min(1, lambda))
        #expect(try curve.crossings(lambda) == [])
      }
    }
  }

  @Test func `the ends are the support's precision and recall`() throws {
    let curve = PrecisionRecallCurve(
      target: try Exponential(rate: 1), model: try Normal(mean: 0, sd: 1))
    #expect(try curve.alpha(0) == Estimate(0, error: 0))
    #expect(try curve.beta(.infinity) == Estimate(0, error: 0))
    #expect(try curve.alpha(.infinity) == curve.supportPrecision)
    #expect(try curve.beta(0) == Estimate(1, error: 0))
    expectClose(curve.supportPrecision.value, 0.5, relative: 1e-15)
    #expect(try curve.crossings(0) == [] && curve.crossings(.infinity) == [])
  }

  // MARK: Independent references

  @Test(arguments: Reference.continuous)
  func `the references lie within the stated errors`(pair: Reference.ContinuousPair) throws {
    let curve = try pair.curve
    func expect(_ estimate: Estimate, _ reference: String, _ what: String) throws {
      let truth = try #require(Double(reference))
      // A double stands for the 25 digits of the reference, half a unit in its last place off.
      let difference = (estimate.value - truth).magnitude
      #expect(difference <= estimate.error + truth.ulp / 2, "\(what): off by \(difference)")
      #expect(difference <= 1e-12, "\(what)")
      #expect(estimate.error <= 1e-10, "\(what)")
    }
    try expect(curve.supportPrecision, pair.supportPrecision, "support precision")
    try expect(curve.supportRecall, pair.supportRecall, "support recall")
    #expect(pair.alpha.count == 11 && pair.beta.count == 11)
    for (text, alpha) in pair.alpha {
      let lambda = try #require(Double(text))
      let beta = try #require(pair.beta[text])
      try expect(curve.alpha(lambda), alpha, "alpha at \(text)")
      try expect(curve.beta(lambda), beta, "beta at \(text)")
      let routes = try curve.alphaByBothRoutes(lambda)
      try expect(routes.masses, alpha, "alpha by masses at \(text)")
      try expect(routes.quadrature, alpha, "alpha by quadrature at \(text)")
    }
  }

  @Test(arguments: Reference.more)
  func `the references of hard pairs lie within the stated errors`(
    pair: Reference.ContinuousPair
  ) throws {
    let curve = try pair.curve
    func expect(_ estimate: Estimate, _ reference: String, _ what: String) throws {
      let truth = try #require(Double(reference))
      let difference = (estimate.value - truth).magnitude
      #expect(difference <= estimate.error + truth.ulp / 2, "\(what): off by \(difference)")
      #expect(truth == 0 || estimate.value > 0, "\(what) is silently zero")
    }
    try expect(curve.supportPrecision, pair.supportPrecision, "support precision")
    try expect(curve.supportRecall, pair.supportRecall, "support recall")
    #expect(pair.alpha.count == 11 && pair.beta.count == 11)
    for (text, reference) in pair.alpha {
      let lambda = try #require(Double(text))
      let (alpha, beta) = (try curve.alpha(lambda), try curve.beta(lambda))
      try expect(alpha, reference, "alpha at \(text)")
      try expect(beta, try #require(pair.beta[text]), "beta at \(text)")
      #expect(alpha.error <= 1e-10 && beta.error <= 1e-10, "\(text)")
      let routes = try curve.alphaByBothRoutes(lambda)
      try expect(routes.masses, reference, "alpha by masses at \(text)")
      try expect(routes.quadrature, reference, "alpha by quadrature at \(text)")
    }
  }

  @Test(arguments: Reference.continuous)
  func `the crossings are those of the references`(pair: Reference.ContinuousPair) throws {
    let curve = try pair.curve
    for (text, references) in try #require(pair.crossings) {
      let crossings = try curve.crossings(try #require(Double(text)))
      #expect(crossings.count == references.count, "lambda \(text): \(crossings), \(references)")
      for (crossing, reference) in zip(crossings, references) {
        expectClose(
          crossing, try #require(Double(reference)), absolute: 1e-10, relative: 1e-10,
          "lambda \(text)")
      }
    }
  }

  // MARK: Refusals

  @Test(arguments: [-1, -.infinity, .nan] as [Double])
  func `a lambda outside of its range is refused`(lambda: Double) throws {
    let curve = Self.pairs[0].curve
    #expect(throws: ParameterError.self) { try curve.alpha(lambda) }
    #expect(throws: ParameterError.self) { try curve.beta(lambda) }
    #expect(throws: ParameterError.self) { try curve.crossings(lambda) }
    #expect(throws: ParameterError.self) { try curve.alphaByBothRoutes(lambda) }
  }

  // MARK: Drawing

  @Test(arguments: pairs)
  func `few points draw the curve and cut no corner`(pair: Pair) throws {
    let curve = pair.curve
    let points = try curve.sampled(tolerance: 1e-3)
    #expect(points.count <= 120)
    #expect(points.first?.precision == 0 && points.last?.recall == 0)
    #expect(points.first?.recall == curve.supportRecall.value)
    #expect(points.last?.precision == curve.supportPrecision.value)
    #expect(zip(points, points.dropFirst()).allSatisfy { $0.lambda < $1.lambda })
    let deviation = try CurveSamplingTests.deviation(of: points) {
      (recall: try curve.beta($0).value, precision: try curve.alpha($0).value)
    }
    #expect(deviation <= 1e-3 + 1e-12)
  }
}
