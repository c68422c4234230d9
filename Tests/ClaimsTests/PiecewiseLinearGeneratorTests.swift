import Distributions
import Testing

@testable import Claims

@Suite("Piecewise linear generators")
struct PiecewiseLinearGeneratorTests {
  /// `f(u) = (1/2 - u)_+ + 3 (u - 2)_+ + (u - 1)`.
  private let f = PiecewiseLinearGenerator(
    kinks: [.init(location: Rational(1) / 2, mass: 1), .init(location: 2, mass: 3)], tilt: 1)

  @Test("take the values of their formula")
  func values() {
    #expect(f(0) == Rational(-1) / 2)
    #expect(f(1) == 0)
    #expect(f(3) == 5)
    #expect(f.slopeAtInfinity == 4)
    #expect(f.derivative(0) == 0)
    #expect(f.derivative(Rational(1) / 2) == 1)
    #expect(f.derivative(2) == 4)
    #expect(f.perspective(1, 0) == 4)
    #expect(f.tex == #"(\tfrac{1}{2} - u)_+ + 3(u - 2)_+ + (u - 1)"#)
  }

  @Test("have a conjugate that touches at the derivative and nowhere is too small")
  func conjugate() throws {
    #expect(f.conjugate(5) == nil)
    let outcome = check(
      PiecewiseLinearGenerator.arbitrary.and(Arbitrary.positive.and(.positive)), cases: 500, seed: 1
    ) { (f, points) in
      let (u, v) = points
      let slope = f.derivative(u)
      guard let touching = f.conjugate(slope) else { return false }
      return touching == slope * u - f(u) && touching >= slope * v - f(v)
    }
    guard case .held(500) = outcome else {
      Issue.record("\(outcome)")
      return
    }
  }

  @Test("shrink to one kink of mass 1 without tilt")
  func shrinking() throws {
    let outcome = check(PiecewiseLinearGenerator.arbitrary, cases: 100, seed: 1) { $0(3) < 1 }
    guard case .failed(let smallest, _, _) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(smallest.tex == "(u - 1)_+")
  }
}
