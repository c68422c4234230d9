import Distributions
import Divergences
import GSL
import Metrics
import RealModule
import Synchronization
import Testing

struct PlanarDensityPairTests {
  static let lambdas = [0.01, 0.05, 0.2, 0.5, 1, 2, 5, 20, 100]

  /// Normal laws of one covariance whose means are `distance` of its deviations apart.
  static func pair(distance: Double, angle: Double) throws -> (PlanarMixture, PlanarMixture) {
    let covariance = try PlanarCovariance(xx: 0.8, xy: 0.3, yy: 0.4)
    let factor = covariance.factor
    let (u, v) = (distance * Double.cos(angle), distance * Double.sin(angle))
    func law(_ mean: SIMD2<Double>) throws -> PlanarMixture {
      try PlanarMixture(
        weights: [1], components: [PlanarNormal(mean: mean, covariance: covariance)])
    }
    let start = SIMD2(0.3, -0.7)
    return (try law(start), try law(start + SIMD2(factor.a * u, factor.b * u + factor.c * v)))
  }

  @Test(arguments: zip([0.5, 1, 2, 4, 9], [0.3, 0, 1.6, 2, -1]))
  func `normal laws of one covariance`(distance d: Double, angle: Double) throws {
    let (target, model) = try Self.pair(distance: d, angle: angle)
    let pair = try PlanarDensityPair(target: target, model: model)
    expectBounds(pair.modelMass, 1, limit: 3e-11)
    expectBounds(pair.targetMass, 1, limit: 3e-11)
    for lambda in Self.lambdas {
      // log p / q is normal with mean d^2 / 2 under P and -d^2 / 2 under Q, deviation d.
      let kink = -Double.log(lambda)
      let above = StandardNormal.upper((kink - d * d / 2) / d)
      let below = StandardNormal.lower((kink + d * d / 2) / d)
      // alpha = lambda P(p / q <= 1 / lambda) + Q(p / q > 1 / lambda).
      let alpha = lambda * (1 - above) + (1 - below)
      expectBounds(try pair.alpha(lambda), alpha, limit: 3e-4 * min(1, lambda))
      expectBounds(try pair.beta(lambda), alpha / lambda, limit: 3e-4 * min(1, 1 / lambda))
      let divergence = try PrecisionRecallDivergence(lambda: lambda).divergence(pair)
      expectBounds(divergence, min(lambda, 1) - alpha, limit: 3e-4 * min(1, lambda))
    }
    let overlap = 2 * StandardNormal.upper(d / 2)
    expectBounds(TotalVariation().divergence(pair), 1 - overlap, limit: 3e-4)
    expectBounds(KullbackLeibler().divergence(pair), d * d / 2, limit: 2e-5)
    expectBounds(ReverseKullbackLeibler().divergence(pair), d * d / 2, limit: 2e-5)
    expectBounds(
      SquaredHellinger().divergence(pair), 2 - 2 * .exp(-d * d / 8), limit: 2e-5)
    let square = PearsonChiSquared().divergence(pair)
    if d < 3 { expectBounds(square, .expMinusOne(d * d), limit: 2e-5) }
  }

  @Test
  func `normal laws of two covariances`() throws {
    let (s, t) = (
      try PlanarCovariance(xx: 0.5, xy: -0.2, yy: 0.3),
      try PlanarCovariance(xx: 1.2, xy: 0.4, yy: 0.9)
    )
    let (m, n) = (SIMD2(0.0, 0.0), SIMD2(1.0, -0.5))
    let p = try PlanarMixture(weights: [1], components: [PlanarNormal(mean: m, covariance: s)])
    let q = try PlanarMixture(weights: [1], components: [PlanarNormal(mean: n, covariance: t)])
    func divergence(
      _ s: PlanarCovariance, _ t: PlanarCovariance, _ d: SIMD2<Double>
    ) -> Double {
      let det = { (c: PlanarCovariance) in c.xx * c.yy - c.xy * c.xy }
      let trace = (t.yy * s.xx - 2 * t.xy * s.xy + t.xx * s.yy) / det(t)
      let form = (t.yy * d.x * d.x - 2 * t.xy * d.x * d.y + t.xx * d.y * d.y) / det(t)
      return 0.5 * (trace + form - 2 + .log(det(t) / det(s)))
    }
    let pair = try PlanarDensityPair(target: p, model: q)
    expectBounds(KullbackLeibler().divergence(pair), divergence(s, t, n - m), limit: 2e-5)
    expectBounds(ReverseKullbackLeibler().divergence(pair), divergence(t, s, n - m), limit: 2e-5)
    expectBounds(
      Jeffreys().divergence(pair), divergence(s, t, n - m) + divergence(t, s, n - m), limit: 2e-5)
  }

  @Test(arguments: [0, 1])
  func `laws that differ in one coordinate only are the laws on the line`(axis: Int) throws {
    func law(_ parts: [(weight: Double, mean: Double, sd: Double)]) throws -> (
      PlanarMixture, Mixture
    ) {
      let components = try parts.map { part in
        let (along, across) = (part.sd * part.sd, 0.49)
        return try PlanarNormal(
          mean: axis == 0 ? [part.mean, 0.4] : [0.4, part.mean],
          covariance: PlanarCovariance(
            xx: axis == 0 ? along : across, xy: 0, yy: axis == 0 ? across : along))
      }
      return (
        try PlanarMixture(weights: parts.map(\.weight), components: components),
        try Mixture(
          weights: parts.map(\.weight),
          components: parts.map { try Normal(mean: $0.mean, sd: $0.sd) })
      )
    }
    let (p, onLineP) = try law([(0.5, -2, 0.7), (0.5, 2, 0.3)])
    let (q, onLineQ) = try law([(0.2, -2.2, 0.5), (0.8, 1, 1.5)])
    let pair = try PlanarDensityPair(target: p, model: q)
    let curve = PrecisionRecallCurve(target: onLineP, model: onLineQ)
    for lambda in Self.lambdas {
      expectBounds(try pair.alpha(lambda), try curve.alpha(lambda).value, limit: 5e-3)
      expectBounds(try pair.beta(lambda), try curve.beta(lambda).value, limit: 5e-3)
    }
    let line = DensityPair(target: onLineP, model: onLineQ)
    expectBounds(
      JensenShannon().divergence(pair), try JensenShannon().divergence(line).value, limit: 2e-5)
    expectBounds(
      KullbackLeibler().divergence(pair), try KullbackLeibler().divergence(line).value, limit: 2e-5)
    expectBounds(
      PearsonChiSquared().divergence(pair), try PearsonChiSquared().divergence(line).value,
      limit: 1e-6)
    expectBounds(LeCam().divergence(pair), try LeCam().divergence(line).value, limit: 2e-5)
  }

  @Test
  func `errors bound the distance from a far finer lattice`() throws {
    var generator = SeededGenerator(seed: 12)
    for _ in 0..<6 {
      let (p, q) = (try generator.mixture(), try generator.mixture())
      let coarse = try PlanarDensityPair(target: p, model: q, nodesPerSide: 300)
      let fine = try PlanarDensityPair(target: p, model: q, nodesPerSide: 900)
      for lambda in [0.05, 0.3, 1, 4, 20] {
        let truth = try fine.alpha(lambda)
        let estimate = try coarse.alpha(lambda)
        expectBounds(estimate, truth.value, limit: 2e-3 * min(1, lambda))
      }
      for (estimate, truth) in [
        (JensenShannon().divergence(coarse), JensenShannon().divergence(fine)),
        (SquaredHellinger().divergence(coarse), SquaredHellinger().divergence(fine)),
        (KullbackLeibler().divergence(coarse), KullbackLeibler().divergence(fine)),
      ] {
        #expect(estimate.agrees(with: truth))
        #expect(estimate.error < 0.05 * max(1, estimate.value))
      }
    }
  }

  @Test
  func `swapping both laws swaps precision and recall`() throws {
    var generator = SeededGenerator(seed: 13)
    let (p, q) = (try generator.mixture(), try generator.mixture())
    let (pair, swapped) = (
      try PlanarDensityPair(target: p, model: q), try PlanarDensityPair(target: q, model: p)
    )
    for lambda in [0, 0.05, 0.3, 1, 4, 20, .infinity] {
      #expect(try pair.alpha(lambda).agrees(with: swapped.beta(1 / lambda)))
      #expect(try pair.beta(lambda).agrees(with: swapped.alpha(1 / lambda)))
    }
  }

  @Test
  func `a needle between the nodes is found`() throws {
    let ring = try PlanarMixture.ring(count: 8, radius: 2, sd: 0.15)
    // The needle lies where the ring's density is nearly constant: all of it is below lambda p or none.
    for sd in [1e-2, 1e-3] {
      let needle = try PlanarMixture(
        weights: [0.7, 0.3],
        components: [PlanarNormal(mean: [20, 3], sd: 2), PlanarNormal(mean: [0.1, 1.9], sd: sd)])
      let pair = try PlanarDensityPair(target: ring, model: needle)
      expectBounds(pair.modelMass, 1, limit: 1e-3)
      // q is above p up to a radius at which the needle's density 0.3 exp(-r^2 / 2 sd^2) / (2 pi sd^2) is p; outside is
      // 2 pi sd^2 p of its mass.
      let p = ring.density([0.1, 1.9])
      let area = 2 * .pi * sd * sd * (.log(0.3 / (2 * .pi * sd * sd) / p) + 1)
      expectClose(try pair.beta(1).value, area * p, relative: sd == 1e-2 ? 0.05 : 1e-3)
      expectClose(try pair.alpha(.pow(10, 9)).value, 0.3, absolute: 1e-4)
    }
  }

  @Test
  func `a collapsed target is found too`() throws {
    let target = try PlanarMixture.ring(count: 3, radius: 1, sd: 1e-3)
    let model = try PlanarMixture.ring(count: 3, radius: 1, sd: 2e-3)
    let pair = try PlanarDensityPair(target: target, model: model)
    expectBounds(pair.targetMass, 1, limit: 1e-6)
    // The overlap of N(0, 1) and N(0, 4) in the plane: q crosses p at r^2 = 16 log(2) / 3.
    let square = 16 * Double.log(4) / 6
    let alpha = .exp(-square / 2) + (1 - .exp(-square / 8))
    expectBounds(try pair.alpha(1), alpha, limit: 1e-3)
  }

  @Test
  func `the ends of the curve are the supports`() throws {
    let (target, half) = (
      try PlanarMixture(weights: [1], components: [PlanarNormal(mean: [0, 0], sd: 1)]), HalfPlane()
    )
    let pair = try PlanarDensityPair(target: target, model: half)
    #expect(try pair.alpha(0).value == 0)
    #expect(try pair.beta(.infinity).value == 0)
    #expect(try pair.alpha(.infinity) == Estimate(1, error: 0))
    // The density jumps: the lattice knows the place of the jump to a cell.
    expectBounds(try pair.beta(0), StandardNormal.upper(0.0123), limit: 0.01)
    #expect(try pair.beta(0).agrees(with: pair.beta(1e-9)))
    #expect(KullbackLeibler().divergence(pair).value == .infinity)
    // The ratio is constant on the half.
    expectBounds(
      ReverseKullbackLeibler().divergence(pair), -.log(StandardNormal.upper(0.0123)), limit: 0.05)
  }

  @Test
  func `an integral that does not converge has no error bound`() throws {
    let (wide, narrow) = (
      try PlanarMixture(weights: [1], components: [PlanarNormal(mean: [0, 0], sd: 1)]),
      try PlanarMixture(weights: [1], components: [PlanarNormal(mean: [0, 0], sd: 0.6)])
    )
    // p^2 / q grows when the model's variance is below half of the target's.
    let square = PearsonChiSquared().divergence(
      try PlanarDensityPair(target: wide, model: narrow))
    #expect(square.error == .infinity || square.value == .infinity)
    let finite = PearsonChiSquared().divergence(
      try PlanarDensityPair(target: narrow, model: wide))
    // 1 / (det sqrt(2 v - v^2) ...): v = 0.36, chi^2 + 1 = 1 / (v (2 - v)) in the plane.
    expectBounds(finite, 1 / (0.36 * 1.64) - 1, limit: 2e-5)
  }

  @Test
  func `the model is evaluated once, however many lambdas`() throws {
    let ring = try PlanarMixture.ring(count: 8, radius: 2, sd: 0.15)
    let model = CountingModel(law: try .ring(count: 8, radius: 2, sd: 0.2))
    let pair = try PlanarDensityPair(target: ring, model: model)
    let evaluations = model.evaluations
    #expect(pair.nodeCount >= 160_000 && evaluations < pair.nodeCount + 10_000)
    _ = try pair.curve((0..<50).map { .exp(Double($0) / 5 - 5) })
    _ = KullbackLeibler().divergence(pair)
    _ = pair.summary
    #expect(model.evaluations == evaluations)
  }

  @Test
  func `the same pair gives the same bits`() throws {
    var generator = SeededGenerator(seed: 14)
    let (p, q) = (try generator.mixture(), try generator.mixture())
    let first = try PlanarDensityPair(target: p, model: q).summary
    #expect(try PlanarDensityPair(target: p, model: q).summary == first)
  }

  @Test
  func `bad input is refused`() throws {
    let ring = try PlanarMixture.ring(count: 8, radius: 2, sd: 0.15)
    for nodes in [-1, 0, 31, 4001] {
      #expect(throws: ParameterError.self) {
        try PlanarDensityPair(target: ring, model: ring, nodesPerSide: nodes)
      }
    }
    for box in [
      PlanarBox(low: [0, 0], high: [0, 1]), PlanarBox(low: [0, 0], high: [1, -1]),
      PlanarBox(low: [0, 0], high: [.infinity, 1]), PlanarBox(low: [.nan, 0], high: [1, 1]),
    ] {
      #expect(throws: ParameterError.self) {
        try PlanarDensityPair(target: ring, model: ring, box: box)
      }
    }
    #expect(throws: ParameterError.self) {
      try PlanarDensityPair(target: ring, model: BrokenModel(value: .nan))
    }
    #expect(throws: ParameterError.self) {
      try PlanarDensityPair(target: ring, model: BrokenModel(value: .infinity))
    }
    let pair = try PlanarDensityPair(target: ring, model: ring, nodesPerSide: 64)
    for lambda in [-1, .nan] {
      #expect(throws: ParameterError.self) { try pair.alpha(lambda) }
    }
  }

  @Test
  func `a box that cuts off mass says so`() throws {
    let ring = try PlanarMixture.ring(count: 8, radius: 2, sd: 0.15)
    let half = PlanarBox(low: [-4, 0], high: [4, 4])
    let pair = try PlanarDensityPair(target: ring, model: ring, box: half)
    expectBounds(try pair.alpha(1), 1, limit: 1)
    #expect(try pair.alpha(1).error > 0.4)
  }
}

/// A standard normal law on the right half of the plane.
private struct HalfPlane: PlanarDensity {
  let law = try! PlanarNormal(mean: [0, 0], sd: 1)

  func logDensity(_ x: SIMD2<Double>) -> Double {
    x.x > 0.0123 ? law.logDensity(x) - .log(StandardNormal.upper(0.0123)) : -.infinity
  }

  func sample(using generator: inout some RandomNumberGenerator) -> SIMD2<Double> {
    while true {
      let x = law.sample(using: &generator)
      if x.x > 0.0123 { return x }
    }
  }
}

/// A mixture that counts its evaluations.
private final class CountingModel: PlanarDensity {
  private let law: PlanarMixture
  private let counter = Mutex(0)

  init(law: PlanarMixture) { self.law = law }

  var evaluations: Int { counter.withLock { $0 } }

  func logDensity(_ x: SIMD2<Double>) -> Double {
    counter.withLock { $0 += 1 }
    return law.logDensity(x)
  }

  func sample(using generator: inout some RandomNumberGenerator) -> SIMD2<Double> {
    law.sample(using: &generator)
  }
}

/// A model whose training diverged: it draws and answers nonsense.
private struct BrokenModel: PlanarDensity {
  let value: Double
  func logDensity(_ x: SIMD2<Double>) -> Double { value }
  func sample(using generator: inout some RandomNumberGenerator) -> SIMD2<Double> {
    SIMD2(.nan, .infinity)
  }
}
