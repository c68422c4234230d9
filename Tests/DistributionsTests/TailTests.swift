import Distributions
import RealModule
import TestSupport
import Testing

struct TailTests {
  // mpmath 1.3, 40 digits: erfc(z / sqrt(2)) / 2.
  @Test(arguments: [(10.0, 7.6198530241605261e-24), (30, 4.9067139271481871e-198)])
  func `a normal tail keeps its digits, mirrored and scaled`(z: Double, tail: Double) throws {
    let law = try Normal(mean: 5, sd: 0.5)
    expectClose(law.survival(5 + 0.5 * z), tail, relative: 1e-13)
    expectClose(law.cumulative(5 - 0.5 * z), tail, relative: 1e-13)
    expectClose(law.upperQuantile(tail), 5 + 0.5 * z, relative: 1e-15)
    expectClose(try law.scaled(by: -2).cumulative(-10 - z), tail, relative: 1e-13)
  }

  @Test
  func `a heavy tail follows its power law`() throws {
    let cauchy = try Cauchy(location: 0, scale: 1)
    expectClose(cauchy.survival(1e300), 1e-300 / .pi, relative: 1e-14)
    expectClose(cauchy.upperQuantile(1e-300), 1e300 / .pi, relative: 1e-14)
    let t = try StudentT(degreesOfFreedom: 1)
    expectClose(t.survival(1e200), 1e-200 / .pi, relative: 1e-12)
  }

  @Test
  func `a mixture's log-density is right where every density underflows`() throws {
    let law: Mixture = try 0.25 * Normal(mean: 0, sd: 1) + 0.75 * Normal(mean: 1, sd: 1)
    #expect(law.density(100) == 0)
    // log(0.75) - log(2 pi) / 2 - 99^2 / 2, and a second term exp(-99.5) times as large.
    let expected = Double.log(0.75) - 0.5 * .log(2 * .pi) - 4900.5
    expectClose(law.logDensity(100), expected, relative: 1e-15)
  }

  @Test
  func `a rare far component is seen by survival, quantiles and landmarks`() throws {
    let law: Mixture = try 0.999999 * Normal(mean: 0, sd: 1) + 0.000001 * Normal(mean: 12, sd: 0.3)
    expectClose(law.survival(12), 5e-7, relative: 1e-12)
    expectClose(law.upperQuantile(5e-7), 12, absolute: 1e-6)
    #expect(law.landmarks.count { abs($0 - 12) < 1 } >= 8)
  }

  @Test
  func `a mixture's quantile at the edge of a gap is the gap's lower end`() throws {
    let law: Mixture = try 0.5 * Uniform(lower: 0, upper: 1) + 0.5 * Uniform(lower: 4, upper: 5)
    #expect(law.support == [Interval(0, 1), Interval(4, 5)])
    expectClose(law.quantile(0.5), 1, relative: 1e-15)
    expectClose(law.quantile(0.5.nextUp), 4, absolute: 1e-14)
  }

  @Test
  func `truncation in a far tail is an exponential law at its start`() throws {
    // P(Z > 30 + x given Z > 30); mpmath: erfc((30 + x) / sqrt(2)) / erfc(30 / sqrt(2)) at the double x = 1 / 30
    let law = try Normal(mean: 0, sd: 1).truncated(from: 30)
    expectClose(law.survival(30 + 1 / 30.0), 0.36726794631059422, relative: 1e-13)
    expectClose(law.cumulative(law.quantile(0.25)), 0.25, relative: 1e-12)
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<100 { #expect((30..<32).contains(law.sample(using: &generator))) }
  }

  @Test
  func `a short interval does not cancel`() throws {
    // On [1, 1 + 2^-30] the normal density is exp(-1/2) (1 - y) / sqrt(2 pi) with y < 2^-30.
    let law = try Normal(mean: 0, sd: 1).truncated(from: 1, to: 1 + 0x1p-30)
    let peak = Double.exp(-0.5) / .sqrt(2 * .pi)
    expectClose(law.mass, peak * 0x1p-30 * (1 - 0x1p-31), relative: 1e-12)
    expectClose(law.cumulative(1 + 0x1p-31), 0.5, relative: 1e-9)
    expectClose(law.quantile(0.25), 1 + 0x1p-32, absolute: 1e-15)
  }

  @Test
  func `moments that do not exist are nil, those that diverge infinite`() throws {
    let cauchy = try Cauchy(location: 0, scale: 1)
    #expect(cauchy.mean == nil && cauchy.variance == nil)
    #expect(try StudentT(degreesOfFreedom: 1).mean == nil)
    #expect(try StudentT(degreesOfFreedom: 1.5).mean == 0)
    #expect(try StudentT(degreesOfFreedom: 2).variance == .infinity)
    #expect(try StudentT(degreesOfFreedom: 1).variance == nil)
    #expect(try (0.5 * cauchy + 0.5 * Normal(mean: 0, sd: 1) as Mixture).mean == nil)
    #expect(try cauchy.truncated(from: 0).mean == nil)
    let heavy = try StudentT(degreesOfFreedom: 2).truncated(from: 0)
    #expect(heavy.mean != nil && heavy.variance == .infinity)
    expectClose(try #require(cauchy.truncated(from: -1, to: 1).mean), 0, absolute: 1e-12)
  }
}
