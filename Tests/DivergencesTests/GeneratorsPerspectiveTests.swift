import Distributions
import Divergences
import RealModule
import TestSupport
import Testing

@Suite struct GeneratorsPerspectiveTests {
  static let masses: [Double] = [
    0, 0x1p-1074, 0x1p-1030, 2e-300, 1e-155, 1e-16, 0.3, 1, 1 + 1e-9, 7e15, 1e155, 1e300, 1.7e308,
  ]

  @Test(arguments: Tested.all) func `never NaN, and 0 in nothing`(_ tested: Tested) {
    let f = tested.f
    for p in Self.masses {
      for q in Self.masses {
        let value = f.perspective(p, q)
        #expect(!value.isNaN, "\(p), \(q)")
        // At least the line through (1, f(1)) with the slope f'(1), in which 2 p or 2 q may overflow.
        let (a, b) = (p / 16, q / 16)
        let line = (b * f.valueAtOne + f.derivative(1) * (a - b)) * 16
        let rounding = (1e-14 * (p + q) + 0x1p-1060) * (1 + abs(f.derivative(1)))
        #expect(value >= line - rounding || line == .infinity, "\(p), \(q)")
      }
    }
    #expect(f.perspective(0.0, 0.0) == 0)
  }

  @Test(arguments: Tested.all) func `homogeneous, and f at q = 1`(_ tested: Tested) {
    let f = tested.f
    forAll(Arbitrary.positive.and(.positive), cases: 200) { (p, q) in
      let (p, q) = (Double(p), Double(q))
      let value = f.perspective(p, q)
      let isHomogeneous = [0x1p-900, 0x1p-3, 0x1p20, 0x1p900].allSatisfy { scale in
        abs(f.perspective(p * scale, q * scale) - value * scale) <= 1e-14 * abs(value) * scale
      }
      let quotient = q * f(p / q)
      let size = max(abs(quotient), p * abs(f.derivative(p / q)))
      return isHomogeneous && abs(f.perspective(p, 1) - f(p)) <= 1e-15 * abs(f(p))
        && abs(value - quotient) <= 4e-16 * size + 1e-14 * abs(value)
    }
  }

  @Test(arguments: Tested.all) func `four pairs at once`(_ tested: Tested) {
    let f = tested.f
    for shift in 0..<Self.masses.count {
      for start in 0..<Self.masses.count {
        func pick(_ offset: Int) -> SIMD4<Double> {
          var lanes = SIMD4<Double>()
          for lane in 0..<4 { lanes[lane] = Self.masses[(offset + lane) % Self.masses.count] }
          return lanes
        }
        let (p, q) = (pick(start), pick(start + shift))
        let value = f.perspective(p, q)
        for lane in 0..<4 {
          let single = f.perspective(p[lane], q[lane])
          expectClose(value[lane], single, relative: 1e-15, "\(p[lane]), \(q[lane])")
        }
      }
    }
  }

  /// Pairs a little apart, at every distance, by the logarithm of the library.
  @Test func `logarithms of ratios to two units in the last place`() {
    for exponent in stride(from: -52.0, through: 9, by: 0.37) {
      for sign in [1.0, -1] {
        let q = 0.7
        let p = max(q + sign * .exp2(exponent), 1e-3)
        let exact = p < 2 * q && p > q / 2 ? Double.log(onePlus: (p - q) / q) : .log(p / q)
        expectClose(KullbackLeibler().perspective(p, q), p * exact, relative: 6e-16, "\(p)")
      }
    }
  }

  /// Generators with an exact perspective, by their rational formula written out.
  struct Exact: Sendable, CustomTestStringConvertible {
    let f: any GeneratorFunction
    /// `q f(p / q)` for positive p and q.
    let formula: @Sendable (Rational, Rational) -> Rational

    var testDescription: String { f.name }

    static let all: [Exact] = [
      Exact(f: TotalVariation()) { (max($0, $1) - min($0, $1)) / 2 },
      Exact(f: PearsonChiSquared()) { $0 * $0 / $1 - 2 * $0 + $1 },
      Exact(f: NeymanChiSquared()) { $1 * $1 / $0 - 2 * $1 + $0 },
      Exact(f: LeCam()) { ($0 + $1) / 2 - 2 * $0 * $1 / ($0 + $1) },
      Exact(f: AlphaDivergence(order: 2)) { ($0 * $0 / $1 - 2 * $0 + $1) / 2 },
      Exact(f: AlphaDivergence(order: 3)) { ($0 * $0 * $0 / ($1 * $1) - 3 * $0 + 2 * $1) / 6 },
      Exact(f: AlphaDivergence(order: -2)) { ($1 * $1 * $1 / ($0 * $0) + 2 * $0 - 3 * $1) / 6 },
      Exact(f: PrecisionRecallDivergence(tradeOff: 0)) { _, _ in 0 },
      Exact(f: PrecisionRecallDivergence(tradeOff: 0.25)) { max($0 / 4, $1) - $1 },
      Exact(f: PrecisionRecallDivergence(tradeOff: 3)) { max(3 * $0, $1) - 3 * $1 },
    ]
  }

  @Test(arguments: Exact.all) func `exact fractions`(_ exact: Exact) {
    let f = exact.f
    forAll(Arbitrary.positive.and(.positive), cases: 200) { (p, q) in
      guard let value = f.perspective(p, q) else { return false }
      let (x, y) = (Double(p), Double(q))
      let slope = f.derivative(x / y)
      return value == .finite(exact.formula(p, q))
        && abs(Double(value) - f.perspective(x, y)) <= 8e-16
          * (abs(Double(value)) + abs(slope) * x + y)
    }
    for (p, q) in [(0, 0), (0, 1), (1, 0)] as [(Rational, Rational)] {
      #expect(f.perspective(p, q).map { Double($0) } == f.perspective(Double(p), Double(q)))
    }
  }

  @Test func `lambda as a fraction`() throws {
    let third = try PrecisionRecallDivergence(exactly: .finite(1 / 3))
    #expect(third.perspective(3, 1) == .finite(0) && third.perspective(4, 1) == .finite(1 / 3))
    #expect(third.name == "PR-divergence of lambda = 1/3" && third.lambda == 1.0 / 3)
    #expect(third.exactLambda == .finite(1 / 3))
    let double = try PrecisionRecallDivergence(lambda: 0.1)
    #expect(double.exactLambda == .finite(try Rational(exactly: 0.1)))
    let infinite = try PrecisionRecallDivergence(exactly: .infinity)
    #expect(infinite.lambda == .infinity && infinite.exactLambda == .infinity)
    #expect(infinite.perspective(0, 1 / 3) == .finite(1 / 3))
    #expect(infinite.perspective(1 / 7, 1 / 3) == .finite(0))
    #expect(try PrecisionRecallDivergence(lambda: .infinity).exactLambda == .infinity)
  }

  @Test func `nil where f is not rational or its powers are too large`() throws {
    let irrational: [any GeneratorFunction] = [
      KullbackLeibler(), ReverseKullbackLeibler(), JensenShannon(), OriginalGAN(),
      SquaredHellinger(),
      Jeffreys(), try AlphaDivergence(0), try AlphaDivergence(1), try AlphaDivergence(0.5),
      try AlphaDivergence(1e300), try AlphaDivergence(-1001),
    ]
    for f in irrational { #expect(f.perspective(1 / 3, 1 / 2) == nil, "\(f.name)") }
    #expect(try AlphaDivergence(-1000).perspective(1 / 3, 1 / 2) != nil)
  }

  /// Pairs so far apart that p / q, a square or a power on the way leaves the doubles, though the value is one.
  @Test func `values that a careless formula loses`() throws {
    expectClose(
      KullbackLeibler().perspective(1e-300, 1e300), -1e-300 * 600 * .log(10), relative: 1e-14)
    expectClose(
      ReverseKullbackLeibler().perspective(1e-200, 1e200), 1e200 * 400 * .log(10), relative: 1e-14)
    expectClose(
      PearsonChiSquared().perspective(1e-10, 0x1p-1063), 1e-20 * 0x1p531 * 0x1p532, relative: 1e-13)
    expectClose(NeymanChiSquared().perspective(1e-200, 1e-10), 1e180, relative: 1e-14)
    expectClose(JensenShannon().perspective(1.5e308, 1.5e308), 0, absolute: 0)
    expectClose(JensenShannon().perspective(1.5e308, 0), 1.5e308 * .log(2) / 2, relative: 1e-14)
    expectClose(LeCam().perspective(1.7e308, 1e308), 0.49e308 / 5.4, relative: 1e-14)
    expectClose(
      OriginalGAN().perspective(1e-300, 1e300), -1e-300 * (600 * .log(10) + 1), relative: 1e-14)
    expectClose(try AlphaDivergence(0.5).perspective(1e300, 1e-300), 2e300, relative: 1e-14)
    expectClose(try AlphaDivergence(1.5).perspective(1e100, 1e-300), 4e300 / 3, relative: 1e-12)
    // Near p = q: to the last digits, where the textbook's formula has none left.
    let (p, q) = (1 + 1e-9, 1.0)
    let square = (p - q) * (p - q)
    expectClose(JensenShannon().perspective(p, q), square / 8, relative: 1e-8)
    expectClose(SquaredHellinger().perspective(p, q), square / 4, relative: 1e-8)
    expectClose(Jeffreys().perspective(p, q), square, relative: 1e-8)
    for alpha in [-2, 0, 0.3, 1, 2.5] {
      expectClose(try AlphaDivergence(alpha).perspective(p, q), square / 2, relative: 1e-8)
    }
  }
}
