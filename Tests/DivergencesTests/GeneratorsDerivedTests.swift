import Divergences
import RealModule
import TestSupport
import Testing

/// A generator that states nothing but f.
struct Bare: GeneratorFunction, CustomTestStringConvertible {
  let name: String
  let f: @Sendable (Double) -> Double

  func callAsFunction(_ u: Double) -> Double { f(u) }

  var testDescription: String { name }
}

/// The standard generators by the textbook's formula alone, each beside its closed forms.
struct BareCase: Sendable, CustomTestStringConvertible {
  let closed: any GeneratorFunction
  let bare: Bare

  init(_ closed: any GeneratorFunction, _ f: @escaping @Sendable (Double) -> Double) {
    self.closed = closed
    bare = Bare(name: closed.name, f: f)
  }

  var testDescription: String { closed.name }

  static let all: [BareCase] = [
    BareCase(KullbackLeibler()) { $0 * .log($0) },
    BareCase(ReverseKullbackLeibler()) { -.log($0) },
    BareCase(JensenShannon()) { ($0 * .log($0) - (1 + $0) * .log((1 + $0) / 2)) / 2 },
    BareCase(OriginalGAN()) { $0 * .log($0) - (1 + $0) * .log(1 + $0) },
    BareCase(TotalVariation()) { abs($0 - 1) / 2 },
    BareCase(PearsonChiSquared()) { ($0 - 1) * ($0 - 1) },
    BareCase(NeymanChiSquared()) { (1 - $0) * (1 - $0) / $0 },
    BareCase(SquaredHellinger()) { .pow($0.squareRoot() - 1, 2) },
    BareCase(Jeffreys()) { ($0 - 1) * .log($0) },
    BareCase(LeCam()) { ($0 - 1) * ($0 - 1) / (2 * ($0 + 1)) },
    alpha(-2), alpha(-0.5), alpha(0.3), alpha(1.5), alpha(3),
    precisionRecall(0.3), precisionRecall(1), precisionRecall(7),
  ]

  private static func alpha(_ a: Double) -> BareCase {
    BareCase(AlphaDivergence(order: a)) { (.pow($0, a) - a * $0 - (1 - a)) / (a * (a - 1)) }
  }

  private static func precisionRecall(_ lambda: Double) -> BareCase {
    BareCase(PrecisionRecallDivergence(tradeOff: lambda)) { max(lambda * $0, 1) - max(lambda, 1) }
  }
}

@Suite struct GeneratorsDerivedTests {
  static let ratios = [1e-3, 0.02, 0.25, 0.3, 0.9, 0.999, 1, 1.001, 1.5, 3, 7, 40, 1e3]

  @Test(arguments: BareCase.all) func `the ends`(_ generator: BareCase) {
    let (closed, bare) = (generator.closed, generator.bare)
    expectClose(bare.valueAtZero, closed.valueAtZero, absolute: 1e-12, relative: 1e-12)
    expectClose(bare.slopeAtInfinity, closed.slopeAtInfinity, absolute: 1e-12, relative: 1e-12)
    #expect(bare.conjugateIsFiniteAtEnd == closed.conjugateIsFiniteAtEnd)
  }

  @Test(arguments: BareCase.all) func `derivatives to 1e-8`(_ generator: BareCase) {
    let (closed, bare) = (generator.closed, generator.bare)
    for u in Self.ratios + closed.curvature.atoms.map(\.location) {
      let scale = abs(closed(u)) / u + 1
      expectClose(
        bare.derivative(u), closed.derivative(u), absolute: 1e-8 * scale, relative: 1e-8, "f'(\(u))"
      )
      expectClose(
        bare.leftDerivative(u), closed.leftDerivative(u), absolute: 1e-8 * scale, relative: 1e-8,
        "left f'(\(u))")
    }
  }

  @Test(arguments: BareCase.all) func `density to 1e-4, atoms to 1e-7`(_ generator: BareCase) {
    let (closed, bare) = (generator.closed.curvature, generator.bare.curvature)
    #expect(bare.atoms.count == closed.atoms.count)
    for (found, atom) in zip(bare.atoms, closed.atoms) {
      expectClose(found.location, atom.location, relative: 1e-7)
      expectClose(found.mass, atom.mass, relative: 1e-7)
    }
    for t in Self.ratios where closed.atoms.allSatisfy({ abs($0.location - t) > 1e-4 * t }) {
      let scale = abs(generator.closed(t)) / (t * t) + 1
      expectClose(
        bare.density(t), closed.density(t), absolute: 1e-5 * scale, relative: 1e-4, "f''(\(t))")
    }
  }

  @Test(arguments: BareCase.all) func `conjugate to 1e-12 of the terms that cancel`(
    _ generator: BareCase
  ) {
    let (closed, bare) = (generator.closed, generator.bare)
    let end = min(closed.slopeAtInfinity, 5)
    for distance in [1e-3, 0.1, 0.3, 0.7, 1, 1.5, 3, 8, 30] {
      let t = end - distance
      let u = closed.conjugateDerivative(t)
      let scale = 1 + u * abs(t) + abs(closed(u))
      expectClose(bare.conjugate(t), closed.conjugate(t), absolute: 1e-12 * scale, "f*(\(t))")
      let isAtKinkOfConjugate = abs(closed.conjugateDerivative(t - 1e-6) - u) > 0.01
      if isAtKinkOfConjugate { continue }
      expectClose(
        bare.conjugateDerivative(t), u, absolute: 1e-6, relative: 1e-6, "f*'(\(t))")
    }
    if closed.slopeAtInfinity < .infinity {
      #expect(bare.conjugate(closed.slopeAtInfinity + 1e-9) == .infinity)
      if closed.conjugateIsFiniteAtEnd {
        expectClose(
          bare.conjugate(bare.slopeAtInfinity), closed.conjugate(closed.slopeAtInfinity),
          absolute: 1e-4)
      }
    }
  }

  @Test(arguments: BareCase.all) func `perspective and activation`(_ generator: BareCase) {
    let (closed, bare) = (generator.closed, generator.bare)
    for (p, q) in [(0.0, 0.0), (0, 0.3), (0.3, 0), (0.2, 0.3), (1e-5, 0.4), (0.4, 1e-5), (1, 1)] {
      expectClose(
        bare.perspective(p, q), closed.perspective(p, q), absolute: 1e-12, relative: 1e-12,
        "\(p), \(q)")
    }
    for v in [-3.0, 0, 2, 50] { #expect(bare.activation(v) <= bare.slopeAtInfinity) }
  }

  /// The example of `GeneratorFunction`: quadratic, then linear; the density jumps, but there is no kink.
  @Test func `a divergence outside of the tables`() {
    let huber = Bare(name: "Huber") { u in
      abs(u - 1) < 0.5 ? (u - 1) * (u - 1) / 2 : 0.5 * abs(u - 1) - 0.125
    }
    #expect(huber.fault == nil)
    let curvature = huber.curvature
    #expect(curvature.atoms.isEmpty)
    for (t, density) in [(0.2, 0.0), (0.6, 1), (1, 1), (1.4, 1), (1.6, 0), (30, 0)] {
      expectClose(curvature.density(t), density, absolute: 1e-6, "\(t)")
    }
    for (u, slope) in [(0.2, -0.5), (0.5, -0.5), (0.75, -0.25), (1, 0), (1.5, 0.5), (9, 0.5)] {
      expectClose(huber.derivative(u), slope, absolute: 1e-8, "\(u)")
    }
    expectClose(huber.valueAtZero, 0.375, relative: 1e-15)
    expectClose(huber.slopeAtInfinity, 0.5, relative: 1e-15)
    #expect(huber.conjugateIsFiniteAtEnd)
    for t in [-0.4, 0, 0.3] {
      expectClose(huber.conjugate(t), t + t * t / 2, absolute: 1e-14)
      expectClose(huber.conjugateDerivative(t), 1 + t, absolute: 1e-8)
    }
    expectClose(huber.conjugate(-7), -0.375, absolute: 1e-14)
    #expect(huber.conjugateDerivative(-7) == 0)
    expectClose(huber.activation(0), 0, absolute: 1e-8)
  }

  @Test func `kinks upon a curve, large and small, close together and far out`() {
    let kinks = [(1e-6, 3e4), (0.5, 0.04), (1, 2), (1.1, 0.3), (7, 0.04), (1e5, 0.04)]
    let f = Bare(name: "kinks") { u in
      kinks.reduce(u * .log(u) - u + 1) { $0 + $1.1 * max(u - $1.0, 0) }
    }
    let atoms = f.curvature.atoms
    #expect(atoms.count == kinks.count)
    for (atom, kink) in zip(atoms, kinks) {
      expectClose(atom.location, kink.0, relative: 1e-6)
      expectClose(atom.mass, kink.1, relative: 1e-5)
      expectClose(
        f.derivative(kink.0) - f.leftDerivative(kink.0), kink.1, relative: 1e-5, "\(kink.0)")
    }
  }
}
