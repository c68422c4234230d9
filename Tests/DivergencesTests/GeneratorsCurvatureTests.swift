import Distributions
import Divergences
import GSL
import RealModule
import TestSupport
import Testing

/// The columns f, f' and f'' against each other, and the ends.
@Suite struct GeneratorsCurvatureTests {
  @Test(arguments: Tested.all) func `chords enclose the derivatives`(_ tested: Tested) {
    let f = tested.f
    forAll(Arbitrary.positive.and(.positive), cases: 300) { (u, x) in
      let u = Double(u)
      let h = u / (2 + 100 * Double(x))
      let (v, w) = (u - h, u + h)
      let size = max(abs(f(u)), abs(f(v)), abs(f(w)), 1, u * abs(f.derivative(u)))
      let noise = 4 * Double.ulpOfOne * size / h
      let (before, after) = ((f(u) - f(v)) / (u - v), (f(w) - f(u)) / (w - u))
      return before <= f.leftDerivative(u) + noise + 1e-14 * abs(before)
        && f.leftDerivative(u) <= f.derivative(u)
        && f.derivative(u) <= after + noise + 1e-14 * abs(after)
    }
  }

  @Test(arguments: Tested.all) func `the mass of f'' is the rise of f'`(_ tested: Tested) throws {
    let f = tested.f
    for (a, b) in [(1e-3, 0.1), (0.2, 1), (0.5, 2), (1, 7), (7, 1e4)] {
      let mass = try mass(f, from: a, to: b) { _ in 1 }
      expectClose(
        mass, f.derivative(b) - f.derivative(a), absolute: 1e-13 * abs(f.derivative(a)),
        relative: 1e-11,
        "\(a) to \(b)")
    }
  }

  @Test(arguments: Tested.all) func `f is the integral of hinges`(_ tested: Tested) throws {
    let f = tested.f
    for u in [1e-3, 0.2, 0.9, 1, 1.1, 3, 40] {
      let slope = u < 1 ? f.leftDerivative(1) : f.derivative(1)
      let hinges =
        u < 1
        ? try mass(f, from: u.nextDown, to: 1.0.nextDown) { max($0 - u, 0) }
        : try mass(f, from: 1, to: u) { max(u - $0, 0) }
      expectClose(
        f(u) - f(1) - slope * (u - 1), hinges,
        absolute: 1e-14 * (1 + abs(f(1)) + abs(slope)) * (1 + u), relative: 1e-10, "\(u)")
    }
  }

  /// `∫ g(t) f''(dt)` over `(a, b]`.
  private func mass(
    _ f: any GeneratorFunction, from a: Double, to b: Double, _ g: (Double) -> Double
  ) throws -> Double {
    let curvature = f.curvature
    let smooth = try integrate(from: .log(a), to: .log(b), relativeTolerance: 1e-13) { x in
      let t = Double.exp(x)
      return g(t) * curvature.density(t) * t
    }
    return curvature.atoms.filter { a < $0.location && $0.location <= b }
      .reduce(smooth.value) { $0 + g($1.location) * $1.mass }
  }

  @Test(arguments: Tested.all) func `atoms are the jumps of f'`(_ tested: Tested) {
    let f = tested.f
    let atoms = f.curvature.atoms
    for atom in atoms {
      let c = atom.location
      #expect(f.derivative(c) - f.leftDerivative(c) == atom.mass)
      #expect(f.derivative(c.nextDown) == f.leftDerivative(c))
      #expect(f.leftDerivative(c.nextUp) == f.derivative(c))
    }
    for u in [1e-3, 0.3, 1, 2, 50] where !atoms.contains(where: { $0.location == u }) {
      #expect(f.leftDerivative(u) == f.derivative(u))
    }
  }

  @Test(arguments: Tested.all) func `the value at 1`(_ tested: Tested) {
    let f = tested.f
    expectClose(f(1), f.valueAtOne, relative: 1e-15)
    #expect(f is OriginalGAN || f.valueAtOne == 0)
  }

  @Test(arguments: Tested.all) func `the ends are the limits`(_ tested: Tested) {
    let f = tested.f
    #expect(f(0) == f.valueAtZero)
    #expect(f.perspective(0.0, 1) == f.valueAtZero)
    #expect(f.perspective(1.0, 0) == f.slopeAtInfinity)
    if tested.hasHiddenEnds { return }
    let (near, far) = (f(1e-300), f(1e300) / 1e300)
    if f.valueAtZero < .infinity {
      expectClose(near, f.valueAtZero, absolute: 1e-70)
    } else {
      #expect(near == .infinity || near > 600 && near > 1.5 * f(1e-150))
    }
    if f.slopeAtInfinity < .infinity {
      expectClose(far, f.slopeAtInfinity, absolute: 1e-70, relative: 1e-15)
    } else {
      #expect(far == .infinity || far > 600 && far > 1.5 * f(1e150) / 1e150)
    }
  }

  @Test func `the weight of the mixture representation`() {
    for lambda in [1e-90, 0.2, 1, 3, 1e90] {
      expectClose(
        KullbackLeibler().curvature.weight(lambda: lambda), 1 / lambda / lambda, relative: 1e-15)
      expectClose(
        ReverseKullbackLeibler().curvature.weight(lambda: lambda), 1 / lambda, relative: 1e-15)
      expectClose(NeymanChiSquared().curvature.weight(lambda: lambda), 2, relative: 1e-15)
    }
  }
}
