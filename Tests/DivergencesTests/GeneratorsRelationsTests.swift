import Distributions
import Divergences
import RealModule
import TestSupport
import Testing

/// What is known between different generators.
@Suite struct GeneratorsRelationsTests {
  static let ratios = [1e-200, 1e-9, 0.1, 0.5, 0.999, 1, 1 + 1e-9, 1.7, 3, 1e9, 1e140]

  private func expectSame(
    _ f: (Double) -> Double, _ g: (Double) -> Double,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for u in Self.ratios {
      expectClose(f(u), g(u), relative: 1e-13, "\(u)", sourceLocation: sourceLocation)
    }
  }

  @Test func `members of the alpha-family`() throws {
    let (pearson, neyman, hellinger) = (PearsonChiSquared(), NeymanChiSquared(), SquaredHellinger())
    let (two, minusOne, half) = (
      try AlphaDivergence(2), try AlphaDivergence(-1), try AlphaDivergence(0.5)
    )
    expectSame(two.callAsFunction) { pearson($0) / 2 }
    expectSame(minusOne.callAsFunction) { neyman($0) / 2 }
    expectSame(half.callAsFunction) { 2 * hellinger($0) }
    expectSame(two.derivative) { pearson.derivative($0) / 2 }
    expectSame(minusOne.derivative) { neyman.derivative($0) / 2 }
    expectSame(half.derivative) { 2 * hellinger.derivative($0) }
    for t in [-30, -2, -0.7, -1e-9, 1e-9, 0.2, 0.49] {
      expectClose(two.conjugate(t), pearson.conjugate(2 * t) / 2, relative: 1e-13)
      expectClose(minusOne.conjugate(t), neyman.conjugate(2 * t) / 2, relative: 1e-13)
      expectClose(half.conjugate(t), 2 * hellinger.conjugate(t / 2), relative: 1e-13)
    }
  }

  @Test func `the limits of the alpha-family are KL and reverse KL in another gauge`() throws {
    let (kl, reverse) = (KullbackLeibler(), ReverseKullbackLeibler())
    let (one, zero) = (try AlphaDivergence(1), try AlphaDivergence(0))
    for u in Self.ratios {
      expectClose(one(u), kl(u) - (u - 1), absolute: 2e-16, relative: 1e-14)
      expectClose(zero(u), reverse(u) + (u - 1), absolute: 2e-16, relative: 1e-14)
      // f is analytic in alpha: `f_(alpha + d) = f_alpha + O(d f log u)`.
      for (limit, f) in [(1.0, one), (0, zero)] {
        for step in [1e-4, 1e-7, 1e-10, 1e-13, -1e-13, -1e-10, -1e-7, -1e-4] {
          let near = try AlphaDivergence(limit + step)
          let growth = abs(step) * (2 + 2 * abs(Double.log(u)))
          expectClose(near(u), f(u), relative: growth * .exp(growth) + 1e-13, "\(u), \(step)")
        }
      }
    }
    for t in [-50, -1, -1e-9, 1e-9, 0.5, 0.99] {
      expectClose(one.conjugate(t), kl.conjugate(t + 1) - 1, absolute: 4e-16, relative: 1e-14)
      expectClose(zero.conjugate(t), reverse.conjugate(t - 1) + 1, absolute: 4e-16, relative: 1e-13)
      let (nearOne, nearZero) = (try AlphaDivergence(1 + 1e-12), try AlphaDivergence(-1e-12))
      expectClose(nearOne.conjugate(t), one.conjugate(t), relative: 1e-8)
      expectClose(nearZero.conjugate(t), zero.conjugate(t), relative: 1e-8)
    }
  }

  @Test func `Jeffreys is KL both ways, the GAN is Jensen-Shannon with an offset`() {
    for u in Self.ratios {
      let jeffreys = KullbackLeibler()(u) + ReverseKullbackLeibler()(u)
      expectClose(Jeffreys()(u), jeffreys, absolute: 1e-15, relative: 1e-14)
      let gan = 2 * JensenShannon()(u) - (1 + u) * .log(2)
      expectClose(OriginalGAN()(u), gan, absolute: 1e-14 * (1 + u))
    }
    for t in [-30, -1, -0.1, 0.3] {
      // `(2 f + c (1 + u))* = 2 f*((t - c) / 2) - c`.
      let c = -Double.log(2)
      expectClose(
        OriginalGAN().conjugate(t + c), 2 * JensenShannon().conjugate(t / 2) - c, absolute: 1e-15,
        relative: 1e-13)
    }
  }

  /// `u g(1/u)`, the perspective at p = 1, generates the divergence with the laws exchanged.
  @Test func `exchange of the laws`() throws {
    expectSame(ReverseKullbackLeibler().callAsFunction) { KullbackLeibler().perspective(1, $0) }
    expectSame(NeymanChiSquared().callAsFunction) { PearsonChiSquared().perspective(1, $0) }
    let symmetric: [any GeneratorFunction] = [
      JensenShannon(), OriginalGAN(), TotalVariation(), SquaredHellinger(), Jeffreys(), LeCam(),
      try AlphaDivergence(0.5),
    ]
    for f in symmetric { expectSame(f.callAsFunction) { f.perspective(1, $0) } }
    for alpha in [-3, -0.5, -1e-9, 0, 1e-9, 0.25] {
      let (f, g) = (try AlphaDivergence(alpha), try AlphaDivergence(1 - alpha))
      for u in Self.ratios where u < 1e100 && u > 1e-60 {
        expectClose(f(u), g.perspective(1, u), relative: 2e-13, "\(alpha), \(u)")
      }
    }
    for lambda in [1e-6, 0.3, 1, 2, 1e6] {
      let (f, g) = (
        try PrecisionRecallDivergence(lambda: lambda),
        try PrecisionRecallDivergence(lambda: 1 / lambda)
      )
      for u in [1e-9, 0.1, 0.5, 1, 2.5, 7, 1e9] {
        expectClose(
          f(u), lambda * g.perspective(1, u) + max(lambda, 1) * (u - 1),
          absolute: 1e-14 * max(lambda, 1) * (1 + u), "\(lambda), \(u)")
      }
    }
  }

  @Test func `the PR-divergence of 1 is total variation`() throws {
    let f = try PrecisionRecallDivergence(lambda: 1)
    for u in [0, 1e-9, 0.3, 1, 2, 1e9] { #expect(f(u) == TotalVariation()(u) + (u - 1) / 2) }
    let zero = try PrecisionRecallDivergence(lambda: 0)
    for u in [0, 0.3, 1, 1e300, .infinity] { #expect(zero(u) == 0) }
    #expect(zero.slopeAtInfinity == 0 && zero.curvature.atoms.isEmpty && zero.conjugate(0) == 0)
    // Far trade-offs stay finite: D is at most min(lambda, 1).
    for lambda in [1e-300, 1e300] {
      let f = try PrecisionRecallDivergence(lambda: lambda)
      #expect(f.curvature.atoms == [.init(location: 1 / lambda, mass: lambda)])
      #expect(f(0) == min(0, 1 - lambda) && f(1) == 0 && f.slopeAtInfinity == lambda)
      #expect(f.conjugate(lambda) == max(lambda, 1))
    }
  }

  @Test func `parameters out of their domains`() throws {
    for alpha in [Double.nan, .infinity, -.infinity] {
      #expect(throws: ParameterError.self) { try AlphaDivergence(alpha) }
    }
    for lambda in [Double.nan, -1, -0x1p-1074, -Double.infinity] {
      #expect(throws: ParameterError.self) { try PrecisionRecallDivergence(lambda: lambda) }
    }
    let error = #expect(throws: ParameterError.self) {
      try PrecisionRecallDivergence(exactly: .finite(Rational(-1) / 3))
    }
    #expect("\(error!)" == "PrecisionRecallDivergence: lambda = -1/3: must be in [0, infinity]")
  }
}
