import Distributions
import GSL
import RealModule
import TestSupport
import Testing

/// One law and what is known of it.
struct Instance: Sendable, CustomTestStringConvertible {
  var law: any ContinuousDistribution
  var testDescription: String { "\(law)" }
}

/// Instances of every family, ordinary and extreme.
private let instances: [Instance] = try! [
  Normal(mean: 0, sd: 1), Normal(mean: -1e3, sd: 1e-2), Normal(mean: 3, sd: 1e8),
  Laplace(location: 1, scale: 2), Uniform(lower: -1, upper: 2), Exponential(rate: 0.3),
  Gamma(shape: 0.05, rate: 1), Gamma(shape: 0.5, rate: 2), Gamma(shape: 1, rate: 3),
  Gamma(shape: 10.5, rate: 0.1), Gamma(shape: 900, rate: 7), Beta(alpha: 0.5, beta: 0.5),
  Beta(alpha: 5, beta: 1), Beta(alpha: 1, beta: 1), Beta(alpha: 0.2, beta: 30),
  Beta(alpha: 60, beta: 40), StudentT(degreesOfFreedom: 0.5),
  StudentT(degreesOfFreedom: 3, location: -1, scale: 0.1), StudentT(degreesOfFreedom: 1e6),
  Cauchy(location: 2, scale: 0.5), LogNormal(logMean: 0, logSD: 1),
  LogNormal(logMean: -3, logSD: 0.1), Normal(mean: 0, sd: 1).scaled(by: -2).shifted(by: 1),
  Gamma(shape: 3, rate: 1).scaled(by: -1), Beta(alpha: 2, beta: 3).scaled(by: 4),
  Normal(mean: 0, sd: 1).truncated(from: -1, to: 2),
  Normal(mean: 0, sd: 1).truncated(from: 10), Normal(mean: 0, sd: 1).truncated(to: -20),
  Normal(mean: 0, sd: 1).truncated(from: 1, to: 1 + 0x1p-20),
  Gamma(shape: 0.5, rate: 1).truncated(to: 2),
  Cauchy(location: 0, scale: 1).truncated(from: -3, to: 1e4),
  0.5 * Normal(mean: -2, sd: 0.7) + 0.5 * Normal(mean: 2, sd: 0.7),
  0.999999 * Normal(mean: 0, sd: 1) + 0.000001 * Normal(mean: 12, sd: 0.3),
  0.25 * Uniform(lower: 0, upper: 1) + 0.25 * Exponential(rate: 2)
    + 0.5 * Laplace(location: 0.5, scale: 0.1),
  0.3 * Uniform(lower: -1, upper: 0) + 0.7 * Uniform(lower: 2, upper: 3),
  0.5 * Cauchy(location: 0, scale: 1) + 0.5 * StudentT(degreesOfFreedom: 3),
].map(Instance.init)

/// Probabilities from the far lower tail to the middle.
private let tails = [1e-14, 1e-9, 1e-4, 0.02, 0.1, 0.3, 0.4999]

struct FamilyTests {
  /// Points at which a law is looked at: quantiles from both ends, where they are distinct.
  private func points(of law: any ContinuousDistribution) -> [Double] {
    Set(tails.flatMap { [law.quantile($0), law.upperQuantile($0)] }).sorted()
  }

  @Test(arguments: instances)
  func `the support is disjoint intervals in order, and the density is positive in them alone`(
    instance: Instance
  ) {
    let law = instance.law
    #expect(!law.support.isEmpty)
    for interval in law.support { #expect(interval.lower < interval.upper) }
    for (left, right) in zip(law.support, law.support.dropFirst()) {
      #expect(left.upper < right.lower)
      let gap = left.upper / 2 + right.lower / 2
      #expect(law.density(gap) == 0 && law.logDensity(gap) == -.infinity)
    }
    for x in points(of: law) {
      #expect(law.support.contains { $0.lower <= x && x <= $0.upper }, "\(x)")
    }
    for outside in [law.support[0].lower - 1, law.support.last!.upper + 1] where outside.isFinite {
      #expect(law.density(outside) == 0 && law.logDensity(outside) == -.infinity)
    }
    #expect(law.cumulative(law.support[0].lower) == 0 && law.survival(law.support[0].lower) == 1)
    #expect(law.cumulative(law.support.last!.upper) == 1)
    #expect(law.survival(law.support.last!.upper) == 0)
  }

  @Test(arguments: instances)
  func `landmarks increase strictly, are finite, and hold the finite ends`(instance: Instance) {
    let landmarks = instance.law.landmarks
    #expect(zip(landmarks, landmarks.dropFirst()).allSatisfy(<))
    #expect(landmarks.allSatisfy { $0.isFinite })
    for end in instance.law.support.flatMap({ [$0.lower, $0.upper] }) where end.isFinite {
      #expect(landmarks.contains(end), "\(end)")
    }
  }

  @Test(arguments: instances)
  func `the density integrates to one`(instance: Instance) throws {
    let law = instance.law
    var mass = Estimate(0, error: 0)
    for interval in law.support {
      let part = try integrate(
        from: interval.lower, to: interval.upper, breaks: law.landmarks, law.density)
      mass = Estimate(mass.value + part.value, error: mass.error + part.error)
    }
    expectClose(mass.value, 1, absolute: 1e-12 + mass.error)
    // Beta(0.5, 0.5) has a pole at 1, where the doubles are 1e-16 apart and the mass below that is 1e-8.
    #expect(mass.error < 2e-8)
  }

  @Test(arguments: instances)
  func `the density integrates to the distribution function's differences`(instance: Instance)
    throws
  {
    let law = instance.law
    let points = points(of: law)
    for (a, b) in zip(points, points.dropFirst()) {
      let mass = try integrate(from: a, to: b, breaks: law.landmarks, law.density)
      let difference = law.cumulative(b) - law.cumulative(a)
      expectClose(mass.value, difference, absolute: 1e-12 + mass.error, "between \(a) and \(b)")
      expectClose(law.survival(a) - law.survival(b), difference, absolute: 1e-12)
    }
  }

  @Test(arguments: instances)
  func `the two tails sum to one`(instance: Instance) {
    for x in points(of: instance.law) {
      let sum = instance.law.cumulative(x) + instance.law.survival(x)
      expectClose(sum, 1, absolute: 1e-12, "at \(x)")
    }
  }

  @Test(arguments: instances)
  func `exp of the log-density is the density`(instance: Instance) {
    for x in points(of: instance.law) {
      let p = instance.law.density(x)
      guard p.isFinite else { continue }
      expectClose(.exp(instance.law.logDensity(x)), p, relative: 1e-12, "at \(x)")
    }
  }

  @Test(arguments: instances)
  func `quantiles invert the distribution function, upper ones the survival function`(
    instance: Instance
  ) {
    let law = instance.law
    // The probability must be crossed within a few steps of the answer, on the grid of doubles.
    func around(_ x: Double) -> (below: Double, above: Double) {
      (x - 4 * x.ulp - .leastNonzeroMagnitude, x + 4 * x.ulp)
    }
    for tail in [1e-200] + tails {
      let slack = tail * 1e-11
      let x = around(law.quantile(tail))
      #expect(law.cumulative(x.below) <= tail + slack && law.cumulative(x.above) >= tail - slack)
      let y = around(law.upperQuantile(tail))
      #expect(law.survival(y.below) >= tail - slack && law.survival(y.above) <= tail + slack)
      guard tail > 1e-15 else { continue }
      let high = around(law.quantile(1 - tail))
      #expect(law.survival(high.below) >= tail - slack - 0x1p-53)
      #expect(law.survival(high.above) <= tail + slack + 0x1p-53)
    }
  }

  @Test(arguments: instances)
  func `quantiles increase, reach the ends, and are NaN outside of the unit interval`(
    instance: Instance
  ) {
    let law = instance.law
    let grid = [0] + tails + tails.reversed().map { 1 - $0 } + [1]
    let quantiles = grid.map(law.quantile)
    #expect(zip(quantiles, quantiles.dropFirst()).allSatisfy(<=), "\(quantiles)")
    #expect(quantiles.first == law.support.first?.lower)
    #expect(quantiles.last == law.support.last?.upper)
    #expect(law.upperQuantile(0) == law.support.last?.upper)
    #expect(law.upperQuantile(1) == law.support.first?.lower)
    for bad in [-1e-9, 1 + 1e-9, .nan, .infinity] {
      #expect(law.quantile(bad).isNaN && law.upperQuantile(bad).isNaN, "\(bad)")
    }
  }

  @Test(arguments: instances)
  func `nothing is NaN at an infinity`(instance: Instance) {
    let law = instance.law
    #expect(law.cumulative(-.infinity) == 0 && law.cumulative(.infinity) == 1)
    #expect(law.survival(-.infinity) == 1 && law.survival(.infinity) == 0)
    for x in [-Double.infinity, .infinity, -1e308, 1e308] {
      #expect(!law.density(x).isNaN && !law.logDensity(x).isNaN, "\(x)")
      #expect((0...1).contains(law.cumulative(x)))
    }
  }

  @Test(arguments: instances)
  func `mean and variance are the integrals that define them`(instance: Instance) throws {
    let law = instance.law
    guard let mean = law.mean, let variance = law.variance, variance.isFinite else { return }
    func expectation(_ g: (Double) -> Double) throws -> Double {
      // Beyond 1e-30 of mass on either side a second moment is nothing, but its tail is no power law.
      let cuts = [law.quantile(1e-30), law.upperQuantile(1e-30)]
      return try law.support.reduce(0) { sum, interval in
        try sum
          + integrate(
            from: interval.lower, to: interval.upper, breaks: law.landmarks + cuts
          ) { x in
            let p = law.density(x)
            return p == 0 ? 0 : g(x) * p
          }.value
      }
    }
    let sd = Double.sqrt(variance)
    let first = try expectation { ($0 - mean) / sd }
    expectClose(first, 0, absolute: 1e-9)
    let second = try expectation { ($0 - mean) / sd * (($0 - mean) / sd) }
    expectClose(second, 1, relative: 1e-9)
  }

  @Test(arguments: instances)
  func `samples follow the distribution function`(instance: Instance) {
    // Dvoretzky-Kiefer-Wolfowitz with Massart's constant: the empirical distribution function of n
    // draws strays by more than e with probability at most 2 exp(-2 n e^2), here 1e-6 per law.
    let n = 20_000
    let allowed = Double.sqrt(.log(2 / 1e-6) / (2 * Double(n)))
    var generator = SeededGenerator(seed: 2025)
    let draws = (0..<n).map { _ in instance.law.sample(using: &generator) }.sorted()
    var distance = 0.0
    for (index, x) in draws.enumerated() {
      let p = instance.law.cumulative(x)
      distance = max(distance, Double(index + 1) / Double(n) - p, p - Double(index) / Double(n))
    }
    #expect(distance <= allowed)
  }

  @Test(arguments: instances)
  func `the same generator state gives the same bits`(instance: Instance) {
    var first = SeededGenerator(seed: 7)
    var second = first
    for _ in 0..<50 {
      let x = instance.law.sample(using: &first)
      #expect(x.bitPattern == instance.law.sample(using: &second).bitPattern)
    }
    #expect(first == second)
  }
}
