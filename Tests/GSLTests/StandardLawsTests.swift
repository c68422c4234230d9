import GSL
import RealModule
import TestSupport
import Testing

// Reference values: mpmath 1.3, 40 digits, arguments taken as the doubles they are:
//   normal upper  erfc(z / sqrt(2)) / 2           gamma  gammainc(a, x, inf, regularized=True)
//   beta          betainc(a, b, 0, x, regularized=True)
//   t upper       betainc(nu/2, 1/2, 0, nu / (nu + t^2), regularized=True) / 2
struct StandardNormalTests {
  @Test(arguments: [
    (1, 0.15865525393145705), (5, 2.8665157187919391e-7), (10, 7.6198530241605261e-24),
  ])
  func `tails are right to the last bits`(z: Double, upper: Double) {
    expectClose(StandardNormal.upper(z), upper, relative: 4e-15)
    expectClose(StandardNormal.lower(-z), upper, relative: 4e-15)
  }

  @Test
  func `the tail is right where it is subnormal, and its logarithm beyond`() {
    expectClose(
      StandardNormal.upper(38), 2.8854283600687843e-300 * 1e-16,
      absolute: 2 * .leastNonzeroMagnitude)
    expectClose(StandardNormal.logUpper(40), -804.60844201375379, relative: 1e-15)
    expectClose(StandardNormal.logUpper(5), .log(2.8665157187919391e-7), relative: 1e-14)
  }

  @Test(arguments: [1e-300, 1e-100, 1e-16, 1e-3, 0.2, 0.5])
  func `quantiles invert both tails`(p: Double) {
    let z = StandardNormal.lowerQuantile(p)
    expectClose(StandardNormal.lower(z), p, relative: max(1, z * z) * .ulpOfOne)
    #expect(StandardNormal.lower(z) >= p && (p == 0.5 || StandardNormal.lower(z.nextDown) < p))
    #expect(StandardNormal.upper(StandardNormal.upperQuantile(p)) <= p)
    expectClose(StandardNormal.upperQuantile(p), -z, absolute: 4 * z.ulp)
  }
}

struct StandardGammaTests {
  @Test(arguments: [
    (0.01, 1e-20, 0.63455792054899674, 0.36544207945100326),
    (0.1, 0.5, 0.94140244589013352, 0.058597554109866481),
    (2.5, 1, 0.15085496391539036, 0.84914503608460964),
    (7, 30, 0.99999988268057998, 1.1731942002346961e-7),
    (100, 60, 1.4815276326460468e-6, 0.99999851847236735),
    (1000, 1100, 0.99894067674607002, 0.0010593232539299773),
  ])
  func `both tails`(shape: Double, x: Double, lower: Double, upper: Double) {
    expectClose(StandardGamma.lower(x, shape: shape), lower, relative: 1e-12)
    expectClose(StandardGamma.upper(x, shape: shape), upper, relative: 1e-12)
  }

  // mpmath, 40 digits: P = x^a exp(-x) / Gamma(a) * sum_n x^n / (a (a + 1) ... (a + n)).
  @Test(arguments: [
    (900, 870, 0.15860935543148119606, 0.84139064456851880394),
    (999, 967.39303078087596, 0.15861389276445198161, 0.84138610723554801839),
    (1000, 850, 2.9708126007116910992e-7, 0.99999970291873992883),
    (1000, 990.5, 0.38559317279683862343, 0.61440682720316137657),
    (1000, 1200, 0.99999999871183939137, 1.2881606086281432952e-9),
    (100000, 99683.75, 0.15863780143597532563, 0.84136219856402467437),
    (100000, 101000, 0.99919157848707440927, 0.00080842151292559073247),
    (1000000.0, 994000, 9.1789002623020234219e-10, 0.99999999908210997377),
    (1000000.0, 999003.172, 0.15942447481038742914, 0.84057552518961257086),
    (1000000.0, 1002000.5, 0.97722290404817054857, 0.022777095951829451434),
    (1000000.0, 1006000, 0.99999999894026026472, 1.0597397352843813168e-9),
    (100000000.0, 99940000, 9.795213436473597155e-10, 0.99999999902047865635),
    (100000000.0, 100000000.0, 0.50001329807601411987, 0.49998670192398588013),
    (100000000.0, 100020000, 0.97724446922514479739, 0.022755530774855202606),
  ])
  func `both tails of a large shape`(shape: Double, x: Double, lower: Double, upper: Double) {
    expectClose(StandardGamma.lower(x, shape: shape), lower, relative: 1e-13)
    expectClose(StandardGamma.upper(x, shape: shape), upper, relative: 1e-13)
    expectClose(
      StandardGamma.lower(StandardGamma.lowerQuantile(lower, shape: shape), shape: shape), lower,
      relative: 1e-10)
  }

  @Test(arguments: [200.0, 500, 999, 1000, 1e4, 19_999, 20_001, 1e6, 1e9, 1e14])
  func `a large shape gives a distribution function without seams`(shape: Double) {
    var last = 0.0
    for step in -400...400 {
      let x = shape * (1 + Double(step) / 1000)
      let (lower, upper) = (
        StandardGamma.lower(x, shape: shape), StandardGamma.upper(x, shape: shape)
      )
      #expect(lower >= last && lower <= 1 && upper >= 0)
      expectClose(lower + upper, 1, absolute: 1e-14)
      last = lower
    }
  }

  @Test
  func `the log-density does not cancel for a large shape`() {
    // mpmath: (a - 1) log x - x - loggamma(a)
    expectClose(StandardGamma.logDensity(100123, shape: 1e5), -6.7522143714582494, relative: 1e-14)
    for shape in [9.5, 10, 10.5] {
      let plain = (shape - 1) * Double.log(7) - 7 - SpecialFunctions.logGamma(shape)
      expectClose(StandardGamma.logDensity(7, shape: shape), plain, absolute: 1e-13)
    }
  }

  @Test(arguments: [0.01, 0.1, 0.5, 1, 7, 100, 1000], [1e-200, 1e-12, 1e-3, 0.3, 0.5])
  func `quantiles are the first argument that reaches the probability`(shape: Double, p: Double) {
    let x = StandardGamma.lowerQuantile(p, shape: shape)
    #expect(StandardGamma.lower(x, shape: shape) >= p)
    if x > 0 { #expect(StandardGamma.lower(x.nextDown, shape: shape) < p) }
    let y = StandardGamma.upperQuantile(p, shape: shape)
    #expect(StandardGamma.upper(y, shape: shape) <= p)
    if y > 0 { #expect(StandardGamma.upper(y.nextDown, shape: shape) > p) }
  }

  @Test
  func `a small shape has a tiny quantile`() {
    expectClose(
      StandardGamma.lowerQuantile(1e-6, shape: 0.1), 6.0730483624079291e-61, relative: 1e-12)
  }
}

struct StandardBetaTests {
  @Test(
    arguments: [
      (0.5, 0.5, 9.094947017729282e-13, 6.0712792622344765e-7, 0.99999939287207378),
      (2.0, 3.0, 0.25, 0.26171875, 0.73828125),
      (0.05, 3.0, 0.9999990463256836, 1.0, 1.5558311746930823e-20),
      (20.0, 5.0, 0.125, 5.5525023513351484e-15, 0.99999999999999445),
      (200.0, 200.0, 0.5625, 0.99393402794247201, 0.0060659720575279885),
    ] as [(Double, Double, Double, Double, Double)])
  func `both tails`(a: Double, b: Double, x: Double, lower: Double, upper: Double) {
    expectClose(StandardBeta.lower(x, a, b), lower, relative: 2e-13)
    expectClose(StandardBeta.upper(x, a, b), upper, relative: 2e-13)
  }

  // mpmath, 40 digits, with the doubles as arguments.
  @Test(
    arguments: [
      (5000.0, 2000.0, 0.6818910732766477, 2.0595214243496971578e-9, 0.99999999794047857565),
      (5000.0, 2000.0, 0.698088393781181, 0.0014840589570054461651, 0.99851594104299455383),
      (100000.0, 100000.0, 0.4932918128379476, 9.8508483349214166031e-10, 0.99999999901491516651),
      (100000.0, 100000.0, 0.49664590641897377, 0.0013497983158302218909, 0.99865020168416977811),
      (1000000.0, 2000000.0, 0.3317003404436433, 9.5791956103641943108e-10, 0.99999999904208043896),
      (1000000.0, 2000000.0, 0.3325168368884883, 0.0013450706709709624831, 0.99865492932902903752),
      (3, 100000.0, 1.2679457940342573e-05, 0.13557528905026697165, 0.86442471094973302835),
      (3, 100000.0, 2.4803207401002205e-05, 0.45114331255727096893, 0.54885668744272903107),
      (0.5, 1000000.0, 2.8786798080889214e-07, 0.55201141760255318472, 0.44798858239744681528),
      (0.5, 1000000.0, 4.99999750000125e-07, 0.68268937115173874182, 0.31731062884826125818),
      (1000000.0, 0.3, 0.9999832683389736, 2.4221512763383560678e-9, 0.99999999757784872366),
      (1000000.0, 0.3, 0.9999931273356434, 0.000082333386264006273713, 0.99991766661373599373),
      (20, 100000000.0, 6.58359222700542e-08, 0.000019209819632176472736, 0.99998079018036782353),
      (20, 100000000.0, 1.552786140900234e-07, 0.15625427809385454165, 0.84374572190614545835),
    ] as [(Double, Double, Double, Double, Double)])
  func `both tails of large parameters`(
    a: Double, b: Double, x: Double, lower: Double, upper: Double
  ) {
    expectClose(StandardBeta.lower(x, a, b), lower, relative: 5e-13)
    expectClose(StandardBeta.upper(x, a, b), upper, relative: 5e-13)
    expectClose(StandardBeta.upper(1 - x, b, a), lower, relative: 1e-8)
  }

  @Test
  func `the log-density does not cancel for large parameters`() {
    // mpmath: (a - 1) log x + (b - 1) log(1 - x) - log B(a, b)
    expectClose(StandardBeta.logDensity(0.376, 3e4, 5e4), 5.2797578617411116, relative: 1e-14)
  }

  @Test(arguments: [0.05, 0.5, 1, 3, 200], [0.05, 0.5, 1, 3, 200])
  func `quantiles are the first argument that reaches the probability`(a: Double, b: Double) {
    for p in [1e-200, 1e-12, 1e-3, 0.3, 0.5] {
      let x = StandardBeta.lowerQuantile(p, a, b)
      #expect(StandardBeta.lower(x, a, b) >= p)
      if x > 0 { #expect(StandardBeta.lower(x.nextDown, a, b) < p) }
      let y = StandardBeta.upperQuantile(p, a, b)
      #expect(StandardBeta.upper(y, a, b) <= p)
      #expect(StandardBeta.upper(y.nextDown, a, b) > p)
    }
  }
}

struct StandardStudentTTests {
  @Test(arguments: [
    (0.3, 1e6, 0.0055392131725129393), (1, 1e10, 3.1830988618379067e-11),
    (3, 10, 0.001064199529207075), (5, 0.125, 0.45269689363209015),
    (31, 17, 1.4412322529682708e-17), (100.5, 3, 0.0017020894648502077),
    (1e6, 5, 2.8669989354453708e-7),
  ])
  func `tails`(nu: Double, t: Double, upper: Double) {
    expectClose(StandardStudentT.upper(t, degreesOfFreedom: nu), upper, relative: 2e-13)
    expectClose(StandardStudentT.lower(-t, degreesOfFreedom: nu), upper, relative: 2e-13)
    expectClose(StandardStudentT.lower(t, degreesOfFreedom: nu), 1 - upper, relative: 2e-15)
  }

  @Test
  func `one degree of freedom is Cauchy's law, far out too`() {
    for t in [0.5, 3, 1e8, 1e10, 1e200] {
      let upper = Double.atan(1 / t) / .pi
      expectClose(StandardStudentT.upper(t, degreesOfFreedom: 1), upper, relative: 1e-13)
    }
  }

  @Test
  func `log-densities`() {
    // mpmath: loggamma((n+1)/2) - loggamma(n/2) - log(n pi)/2 - (n+1)/2 log(1 + t^2/n)
    let wide = StandardStudentT.logDensity(2, degreesOfFreedom: 1e8)
    expectClose(wide, -2.9189385157046734, relative: 1e-14)
    let far = StandardStudentT.logDensity(1e200, degreesOfFreedom: 3)
    expectClose(far, -1840.8717386675238, relative: 1e-14)
  }

  @Test(arguments: [0.1, 0.3, 1, 3, 31, 1e6], [1e-200, 1e-12, 1e-3, 0.3, 0.5])
  func `quantiles are the first argument that reaches the probability`(nu: Double, p: Double) {
    let t = StandardStudentT.upperQuantile(p, degreesOfFreedom: nu)
    if t < .infinity {
      #expect(StandardStudentT.upper(t, degreesOfFreedom: nu) <= p)
      // The median is 0 by symmetry, though the computed tail does not move right below it.
      #expect(p == 0.5 || StandardStudentT.upper(t.nextDown, degreesOfFreedom: nu) > p)
    } else {
      #expect(StandardStudentT.upper(.greatestFiniteMagnitude, degreesOfFreedom: nu) > p)
    }
    let s = StandardStudentT.lowerQuantile(p, degreesOfFreedom: nu)
    #expect(StandardStudentT.lower(s, degreesOfFreedom: nu) >= p)
  }

  @Test
  func `bad arguments are NaN, in all laws`() {
    for p in [-0.1, 1.1, .nan] {
      #expect(StandardNormal.lowerQuantile(p).isNaN && StandardNormal.upperQuantile(p).isNaN)
      #expect(StandardGamma.lowerQuantile(p, shape: 1).isNaN)
      #expect(StandardGamma.upperQuantile(p, shape: 1).isNaN)
      #expect(
        StandardBeta.lowerQuantile(p, 1, 1).isNaN && StandardBeta.upperQuantile(p, 1, 1).isNaN)
      #expect(StandardStudentT.lowerQuantile(p, degreesOfFreedom: 1).isNaN)
      #expect(StandardStudentT.upperQuantile(p, degreesOfFreedom: 1).isNaN)
    }
    for bad in [0, -1, .nan] {
      #expect(StandardGamma.lower(1, shape: bad).isNaN)
      #expect(StandardBeta.upper(0.5, bad, 1).isNaN)
      #expect(StandardStudentT.upper(1, degreesOfFreedom: bad).isNaN)
    }
  }
}
