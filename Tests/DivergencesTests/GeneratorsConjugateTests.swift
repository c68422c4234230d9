import Distributions
import Divergences
import GSL
import RealModule
import TestSupport
import Testing

/// A generator as a test's argument, with a name to show.
struct Tested: Sendable, CustomTestStringConvertible {
  let f: any GeneratorFunction

  var testDescription: String { f.name }

  /// The standard generators, the alpha-family at and next to its limits, PR-divergences far from 1.
  static let all: [Tested] =
    (StandardGenerators.all
    + [-3, -1e-9, 0, 1e-9, 1 - 1e-9, 1, 1 + 1e-9, 3].map { AlphaDivergence(order: $0) }
    + [0, 1e-3, 0.75, 1e3].map { PrecisionRecallDivergence(tradeOff: $0) }).map(Tested.init)

  static let smooth = all.filter {
    $0.f.curvature.atoms.isEmpty && !($0.f is PrecisionRecallDivergence)
  }

  /// Whether the domain of f* ends where ratios are doubles: near alpha = 1 the end is far out.
  var hasNearEnd: Bool { f.slopeAtInfinity < 1e4 }

  /// Whether the limits f(0), f'(infinity) and f* at its end are out of sight, near the limits of the alpha-family.
  var hasHiddenEnds: Bool {
    guard let alpha = (f as? AlphaDivergence)?.alpha else { return false }
    return (1e-10..<0.1).contains(min(abs(alpha), abs(1 - alpha)))
  }

  /// A point of the domain of f*: the given number below its end, or from the middle of the line.
  func critic(_ x: Rational) -> Double {
    let x = Double(x)
    return hasNearEnd ? f.slopeAtInfinity - x : x < 1 ? -1 / x : x - 1
  }
}

/// The columns f, f', f* and f*' against each other.
@Suite struct GeneratorsConjugateTests {
  /// `f(u) + f*(t) - u t`, and the size of what cancels in it.
  private func gap(
    _ f: any GeneratorFunction, _ u: Double, _ t: Double
  ) -> (value: Double, scale: Double) {
    let (a, b, c) = (f(u), f.conjugate(t), u * t)
    return (a + b - c, max(abs(a), abs(b), abs(c), 1e-300))
  }

  @Test(arguments: Tested.all) func `Fenchel-Young inequality`(_ tested: Tested) {
    let f = tested.f
    forAll(Arbitrary.positive.and(.positive), cases: 500) { (u, x) in
      let gap = gap(f, Double(u), tested.critic(x))
      return gap.value >= -1e-14 * gap.scale
    }
  }

  @Test(arguments: Tested.all) func `equality on the subdifferential and nowhere else`(
    _ tested: Tested
  ) {
    let f = tested.f
    forAll(.positive, cases: 200) { u in
      let u = Double(u)
      let (left, right) = (f.leftDerivative(u), f.derivative(u))
      guard left <= right else { return false }
      let isEqual = [left, left / 2 + right / 2, right].allSatisfy { t in
        guard t < f.slopeAtInfinity || f.conjugateIsFiniteAtEnd else { return true }
        let gap = gap(f, u, t)
        return abs(gap.value) <= 1e-13 * gap.scale
      }
      // At another point's slope the gap is Bregman's, positive where f bends in between.
      let isUnequal = [u / 2, u * 2].allSatisfy { v in
        let t = v < u ? f.derivative(v) : f.leftDerivative(v)
        let gap = gap(f, u, t)
        let bend = v < u ? left - t : t - right
        guard bend > 1e-6 * max(abs(left), abs(right), abs(t)) else { return true }
        return gap.value > 1e-9 * bend * u
      }
      return isEqual && isUnequal
    }
  }

  @Test(arguments: Tested.all) func `the conjugate of the conjugate`(_ tested: Tested) throws {
    let f = tested.f
    for u in [1e-3, 0.2, 0.7, 1, 1.3, 4, 50] {
      // The critic's values from far below to just inside of the end, by a scale that is fine there.
      func critic(_ s: Double) -> Double {
        tested.hasNearEnd ? f.slopeAtInfinity - .exp(-s) : .sinh(s)
      }
      func value(_ s: Double) -> Double { f.conjugate(critic(s)) - u * critic(s) }
      let grid = stride(from: -36.0, through: 12, by: 0.25)
      let start = try #require(grid.min { value($0) < value($1) })
      let best = try minimum(
        between: start - 0.25, and: start + 0.25, relativeTolerance: 1e-9, value)
      let end =
        f.conjugateIsFiniteAtEnd
        ? u * f.slopeAtInfinity - f.conjugate(f.slopeAtInfinity) : -.infinity
      expectClose(
        max(-best.value, -value(start), end), f(u), absolute: 1e-7 * (u + 1), relative: 1e-9,
        "f**(\(u))")
    }
  }

  @Test func `the conjugate of the indicator of zero is that of 0`() throws {
    let f = try PrecisionRecallDivergence(lambda: .infinity)
    #expect(f(0) == 1 && f(1e-300) == 0 && f(1) == 0 && f(.infinity) == 0)
    #expect(f.conjugate(-3) == 0 && f.conjugate(0) == 0 && f.conjugate(1e-300) == .infinity)
    #expect(f.curvature.atoms.isEmpty && f.curvature.density(1) == 0)
    #expect(
      f.perspective(0.0, 0.3) == 0.3 && f.perspective(0.1, 0.3) == 0 && f.perspective(0.1, 0) == 0)
  }

  @Test(arguments: Tested.all) func `the end of the domain`(_ tested: Tested) {
    let f = tested.f
    let end = f.slopeAtInfinity
    if tested.hasHiddenEnds { return }
    guard end < .infinity else {
      #expect(!f.conjugateIsFiniteAtEnd)
      for t in [-1e6, -1, 0, 3, 300] { #expect(f.conjugate(t).isFinite) }
      return
    }
    #expect((f.conjugate(end) < .infinity) == f.conjugateIsFiniteAtEnd)
    for t in [end.nextUp, end + 1e-9, end + 1, 1e300, .infinity] {
      #expect(f.conjugate(t) == .infinity && f.conjugateDerivative(t) == .infinity)
    }
    let inside = end == 0 ? -Double.leastNormalMagnitude : end.nextDown
    for t in [inside, end - 1e-9 * (1 + abs(end)), end - 1, end - 1e6] {
      #expect(f.conjugate(t).isFinite, "\(t)")
      #expect(f.conjugateDerivative(t) < .infinity, "\(t)")
    }
    if f.conjugateIsFiniteAtEnd {
      expectClose(
        f.conjugate(end - 1e-12 * (1 + end)), f.conjugate(end), absolute: 1e-3 * (1 + end))
    } else {
      #expect(f.conjugate(inside) > f.conjugate(end - 1e-6 * (1 + abs(end))))
    }
  }

  @Test(arguments: Tested.smooth) func `the conjugate's slope inverts f'`(_ tested: Tested) {
    let f = tested.f
    let density = f.curvature.density
    forAll(.positive, cases: 300) { u in
      let u = Double(u)
      let t = f.derivative(u)
      // What a unit in the last place of t is in u.
      let allowed = 4 * t.ulp / density(u) + 1e-14 * u
      return abs(f.conjugateDerivative(t) - u) <= allowed
    }
  }

  @Test(arguments: Tested.all) func `the conjugate is nondecreasing with that slope`(
    _ tested: Tested
  ) {
    let f = tested.f
    forAll(Arbitrary.positive.and(.positive), cases: 300) { (x, y) in
      let (s, t) = (
        min(tested.critic(x), tested.critic(y)), max(tested.critic(x), tested.critic(y))
      )
      guard s < t else { return nil }
      let (low, high) = (f.conjugate(s), f.conjugate(t))
      let noise = 1e-14 * max(abs(low), abs(high), 1)
      let rise = high - low
      return rise >= -noise && rise >= f.conjugateDerivative(s) * (t - s) - noise
        && (rise <= f.conjugateDerivative(t) * (t - s) * (1 + 1e-13) + noise)
    }
  }

  @Test(arguments: Tested.all) func `activations stay inside and reach the ends`(_ tested: Tested) {
    let f = tested.f
    let values = stride(from: -15.0, through: 15, by: 0.5).map(f.activation)
    for (low, high) in zip(values, values.dropFirst()) {
      #expect(low < high || f.slopeAtInfinity - low < 1e-14)
    }
    for v in [-1e300, -800, -40, -3, 0, 3, 40, 800, 1e300] {
      let t = f.activation(v)
      #expect(t.isFinite && (f.conjugate(t) < .infinity || f.slopeAtInfinity > 1e4), "\(v)")
      #expect(t < f.slopeAtInfinity || f.conjugateIsFiniteAtEnd, "\(v)")
    }
    let (lowest, highest) = (f.activation(-700), f.activation(700))
    #expect(lowest <= f.derivative(1e-2) + 1e-12)
    if tested.hasNearEnd {
      expectClose(highest, f.slopeAtInfinity, absolute: 1e-15, relative: 1e-15)
    } else {
      #expect(highest > 699)
    }
  }
}
