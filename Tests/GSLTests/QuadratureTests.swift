import GSL
import RealModule
import TestSupport
import Testing

struct Integral: Sendable, CustomTestStringConvertible {
  var name: String
  var a: Double
  var b: Double
  var breaks: [Double] = []
  var exact: Double
  var integrand: @Sendable (Double) -> Double
  var testDescription: String { name }
}

private let integrals: [Integral] = [
  .init(name: "polynomial", a: -1, b: 2, exact: 3) { x in x * x },
  .init(name: "inverse root, pole at an end", a: 0, b: 1, exact: 2) { x in 1 / .sqrt(x) },
  .init(name: "logarithm, pole at an end", a: 0, b: 1, exact: -1) { x in .log(x) },
  .init(name: "pole inside, at a break", a: -1, b: 1, breaks: [0], exact: 4) { x in
    1 / .sqrt(abs(x))
  },
  .init(name: "kink at a break", a: 0, b: 1, breaks: [1 / 3.0], exact: 5 / 18.0) { x in
    abs(x - 1 / 3.0)
  },
  .init(name: "jump at a break", a: 0, b: 3, breaks: [2, 5, -1], exact: 7) { x in x < 2 ? 3 : 1 },
  .init(name: "power law over 46 orders", a: 1e-80, b: 1e-34, exact: 0.019_952_623_149_688_8 - 1e-4)
  {
    x in 0.05 * .pow(x, -0.95)
  },
  .init(name: "far heavy tail", a: -.infinity, b: -1e20, breaks: [-1e27], exact: 2e-10) { x in
    .pow(-x, -1.5)
  },
  .init(name: "half-line", a: 0, b: .infinity, exact: 1) { x in .exp(-x) },
  .init(name: "lower half-line", a: -.infinity, b: 0, exact: 0.5) { x in .exp(2 * x) },
  .init(name: "line", a: -.infinity, b: .infinity, exact: .sqrt(.pi)) { x in .exp(-x * x) },
  .init(name: "heavy tail", a: -.infinity, b: .infinity, exact: .pi) { x in 1 / (1 + x * x) },
  .init(
    name: "far narrow peak with breaks", a: -.infinity, b: .infinity, breaks: [999, 1000, 1001],
    exact: 1e-6 * .sqrt(.pi) * 0.01
  ) { x in 1e-6 * .exp(-1e4 * (x - 1000) * (x - 1000)) },
]

struct QuadratureTests {
  @Test(arguments: integrals)
  func `the truth lies within the error, and the error is small`(integral: Integral) throws {
    let estimate = try integrate(
      from: integral.a, to: integral.b, breaks: integral.breaks, integral.integrand)
    #expect(abs(estimate.value - integral.exact) <= estimate.error, "\(estimate)")
    #expect(estimate.error <= 1e-13 + 1e-12 * abs(integral.exact), "\(estimate)")
    #expect(estimate.error > 0)
  }

  @Test
  func `splitting anywhere does not change an integral`() throws {
    var workspace = try QuadratureWorkspace()
    let f = { (x: Double) in Double.cos(3 * x) * .exp(-x) }
    let whole = try workspace.integrate(from: 0, to: 4, f)
    for cut in stride(from: 0.1, to: 4, by: 0.3) {
      let split = try workspace.integrate(from: 0, to: 4, breaks: [cut], f)
      #expect(whole.agrees(with: split))
    }
  }

  @Test
  func `an empty interval has no mass, and its integrand is not called`() throws {
    let estimate = try integrate(from: 2, to: 2) { _ in .nan }
    #expect(estimate == Estimate(0, error: 0))
  }

  @Test(arguments: [
    (1.0, 0.0), (.nan, 1), (0, .nan), (.infinity, .infinity), (-.infinity, -.infinity),
  ])
  func `limits out of order or NaN are refused, by name`(a: Double, b: Double) {
    let error = #expect(throws: GSLError.self) { try integrate(from: a, to: b) { $0 } }
    #expect(error?.code == .invalid)
    #expect(error?.description.contains("from: \(a), to: \(b)") == true)
  }

  @Test(arguments: [-1e-3, .nan, .infinity])
  func `a bad tolerance is refused`(tolerance: Double) {
    #expect(throws: GSLError.self) {
      try integrate(from: 0, to: 1, absoluteTolerance: tolerance) { $0 }
    }
    #expect(throws: GSLError.self) {
      try integrate(from: 0, to: 1, relativeTolerance: tolerance) { $0 }
    }
    #expect(throws: GSLError.self) { try integrate(from: 0, to: 1, breaks: [.nan]) { $0 } }
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func `an integrand that is not finite is named with its argument`(bad: Double) {
    let error = #expect(throws: GSLError.self) {
      try integrate(from: 0, to: 1) { $0 < 0.5 ? bad : 1 }
    }
    #expect(error?.code == .badFunction)
    #expect(error?.reason.hasPrefix("the function is \(bad) at 0.") == true)
  }

  @Test
  func `a divergent integral is an error, not a number`() {
    #expect(throws: GSLError.self) { try integrate(from: 0, to: 1) { 1 / $0 } }
    #expect(throws: GSLError.self) { try integrate(from: 1, to: .infinity) { _ in 1 } }
  }

  @Test
  func `running out of subintervals is an error`() throws {
    var workspace = try QuadratureWorkspace(subintervals: 2)
    let error = #expect(throws: GSLError.self) {
      try workspace.integrate(from: 0, to: 100) { Double.sin($0 * $0) }
    }
    #expect(error?.code == .maximumIterations)
  }

  @Test(arguments: [0, -1, Int.max])
  func `a workspace of no size or of an absurd one is refused`(subintervals: Int) {
    #expect(throws: GSLError.self) { _ = try QuadratureWorkspace(subintervals: subintervals) }
  }

  @Test
  func `an unreachable tolerance gives the error that was reached`() throws {
    let estimate = try integrate(
      from: 0, to: 1, absoluteTolerance: 0, relativeTolerance: 0
    ) { .exp($0) }
    #expect(abs(estimate.value - (.exp(1) - 1)) <= estimate.error)
    #expect(estimate.error < 1e-13)
  }
}
