public import Distributions
import GSL
import RealModule

/// What follows from f alone, for a generator that states no better. Accurate to about 1e-9 where f is smooth and
/// of moderate size; a closed form overrides any of it.
extension GeneratorFunction {
  // MARK: Derivatives

  /// By extrapolated difference quotients; at a kink from the right.
  public func derivative(_ u: Double) -> Double {
    u < .infinity
      ? NumericalSlope(f: self).slopes(max(u, 0x1p-1000)).right.value : slopeAtInfinity
  }

  /// By extrapolated difference quotients; at a kink from the left.
  public func leftDerivative(_ u: Double) -> Double {
    u < .infinity
      ? NumericalSlope(f: self).slopes(max(u, 0x1p-1000)).left.value : slopeAtInfinity
  }

  /// The density by second differences, the atoms by a search for kinks: some 10^5 values of f, so keep the result.
  public var curvature: Curvature {
    let slope = NumericalSlope(f: self)
    let atoms = KinkSearch(slope: slope).atoms
    return Curvature(atoms: atoms, isNumerical: true) { t in
      max(0, slope.second(t, avoiding: atoms).value)
    }
  }

  // MARK: Conjugate

  /// By maximisation on a logarithmic scale.
  public func conjugate(_ t: Double) -> Double {
    NumericalConjugate(slope: NumericalSlope(f: self)).value(t)
  }

  /// By bisection for the ratio at which f' passes t.
  public func conjugateDerivative(_ t: Double) -> Double {
    NumericalConjugate(slope: NumericalSlope(f: self)).argument(t)
  }

  /// By the growth of `u f'(infinity) - f(u)` for large u.
  public var conjugateIsFiniteAtEnd: Bool {
    NumericalConjugate(slope: NumericalSlope(f: self)).isFiniteAtEnd
  }

  // MARK: Ends

  /// `f(0)` where it is a number, otherwise by extrapolation; a limit that only shows below `u = 1e-300` is taken for
  /// infinite.
  public var valueAtZero: Double {
    let value = self(0)
    return value.isNaN ? limitAtZero { self($0) } : value
  }

  /// By extrapolation of `f(u) / u`; a limit that only shows beyond `u = 1e300` is taken for infinite.
  public var slopeAtInfinity: Double { limitAtZero { $0 * self(1 / $0) } }

  /// 0.
  public var valueAtOne: Double { 0 }

  /// The limit of a convex function at 0.
  private func limitAtZero(_ g: (Double) -> Double) -> Double {
    // What is left of a limit of 0, such as that of `u log u`, is small beside this.
    let scale = max(abs(g(0.25) - g(1)), abs(g(4) - g(1)))
    // As far out as f can be computed: a square on the way overflows at 1e154.
    for step in [100.0, 50, 25, 12, 6, 3] {
      let ratios = (1...7).map { Double.exp(-step * Double($0)) }
      if let limit = tailLimit(ratios.map(g), noise: roundingNoise(ratios[6], g)) {
        return abs(limit) < 1e-15 * scale ? 0 : limit
      }
    }
    return g(.exp(-3))
  }

  // MARK: Critic

  /// v where the domain is the real line; where it ends `f'(infinity) - log(1 + e^(c - v))`, with the c by which
  /// `v = 0` gives `f'(1)`, the critic of equal laws.
  public func activation(_ v: Double) -> Double {
    let end = slopeAtInfinity
    guard end < .infinity else { return v }
    let room = end - derivative(1)
    guard room > 0 else { return bounded(end - softplus(-v), below: end) }
    // `log(e^room - 1)`.
    let shift = room + .log(-.expMinusOne(-room))
    return bounded(end - softplus(shift - v), below: end)
  }

  // MARK: Perspective

  /// `q f(p / q)`, and the ends' values where the quotient is 0, infinite, or too extreme for f.
  @inlinable
  public func perspective(_ p: Double, _ q: Double) -> Double {
    let ratio = p / q
    if ratio > 0 && ratio < .infinity {
      let value = q * self(ratio)
      if !value.isNaN { return value }
    }
    if p == 0 && q == 0 { return 0 }
    return p < q ? q * valueAtZero : p * slopeAtInfinity
  }

  /// Lane by lane.
  @inlinable
  public func perspective(_ p: SIMD4<Double>, _ q: SIMD4<Double>) -> SIMD4<Double> {
    laneByLane(p, q)
  }

  @inlinable
  func laneByLane(_ p: SIMD4<Double>, _ q: SIMD4<Double>) -> SIMD4<Double> {
    SIMD4(
      perspective(p[0], q[0]), perspective(p[1], q[1]), perspective(p[2], q[2]),
      perspective(p[3], q[3]))
  }

  /// Nil: a rational f overrides it.
  public func perspective(_ p: Rational, _ q: Rational) -> ExtendedRational? { nil }
}
