import Distributions

/// A convex piecewise linear f with rational kinks and f(1) = 0, for exact checks of statements about all generators.
///
/// `f(u) = c (u - 1) + sum of m (u - t)_+ over the kinks t >= 1 + sum of m (t - u)_+ over the kinks t < 1`.
/// Each convex f with f(1) = 0 is a limit of such.
struct PiecewiseLinearGenerator: Sendable, CustomStringConvertible {
  /// A kink at `location` where the slope jumps by `mass`.
  struct Kink: Sendable {
    var location: Rational
    var mass: Rational
  }

  /// The kinks, in any order.
  var kinks: [Kink]
  /// The slope c of the part that no divergence sees.
  var tilt: Rational

  func callAsFunction(_ u: Rational) -> Rational {
    kinks.reduce(tilt * (u - 1)) { sum, kink in
      let distance = kink.location < 1 ? kink.location - u : u - kink.location
      return distance > 0 ? sum + kink.mass * distance : sum
    }
  }

  /// The recession slope `f'(infinity)`.
  var slopeAtInfinity: Rational {
    kinks.reduce(tilt) { $1.location < 1 ? $0 : $0 + $1.mass }
  }

  /// The right derivative at u, an optimal critic's value.
  func derivative(_ u: Rational) -> Rational {
    kinks.reduce(tilt) { slope, kink in
      if kink.location < 1 { return u < kink.location ? slope - kink.mass : slope }
      return u >= kink.location ? slope + kink.mass : slope
    }
  }

  /// `sup over u >= 0 of t u - f(u)`, which is reached at 0 or at a kink; nil where it is infinite.
  func conjugate(_ t: Rational) -> Rational? {
    guard t <= slopeAtInfinity else { return nil }
    return kinks.reduce(-self(0)) { max($0, t * $1.location - self($1.location)) }
  }

  /// `q f(p / q)`, and `p f'(infinity)` where q is 0.
  func perspective(_ p: Rational, _ q: Rational) -> Rational {
    q > 0 ? q * self(p / q) : p * slopeAtInfinity
  }

  func divergence(_ target: FiniteDistribution, _ model: FiniteDistribution) -> Rational {
    ExactDivergence.sum(target, model, perspective)
  }

  /// The formula in TeX without dollars.
  var tex: String {
    var terms = kinks.map { kink in
      let (t, factor) = (kink.location.tex, kink.mass == 1 ? "" : kink.mass.tex)
      return kink.location < 1 ? "\(factor)(\(t) - u)_+" : "\(factor)(u - \(t))_+"
    }
    if tilt != 0 { terms.append("\(tilt == 1 ? "" : tilt == -1 ? "-" : tilt.tex)(u - 1)") }
    return terms.isEmpty ? "0" : terms.joined(separator: " + ").replacing("+ -", with: "- ")
  }

  var description: String { tex }

  /// One to three kinks, with or without a tilt.
  static let arbitrary = Arbitrary<PiecewiseLinearGenerator> { generator, size in
    let count = 1 + Int(generator.next() % 3)
    let kinks = (0..<count).map { _ in
      Kink(
        location: Arbitrary.positive.draw(&generator, size),
        mass: Arbitrary.positive.draw(&generator, size))
    }
    let tilt = Arbitrary.positive.draw(&generator, size)
    let tilts: [Rational] = [0, tilt, -tilt]
    return PiecewiseLinearGenerator(kinks: kinks, tilt: tilts[Int(generator.next() % 3)])
  } shrink: { f in
    var simpler: [PiecewiseLinearGenerator] = []
    func propose(_ change: (inout PiecewiseLinearGenerator) -> Void) {
      var other = f
      change(&other)
      simpler.append(other)
    }
    for index in f.kinks.indices where f.kinks.count > 1 { propose { $0.kinks.remove(at: index) } }
    if f.tilt != 0 { propose { $0.tilt = 0 } }
    if f.tilt != 0 && f.tilt.magnitude != 1 { propose { $0.tilt = f.tilt < 0 ? -1 : 1 } }
    for (index, kink) in f.kinks.enumerated() {
      if kink.mass != 1 { propose { $0.kinks[index].mass = 1 } }
      for location in Arbitrary.positive.shrink(kink.location) {
        propose { $0.kinks[index].location = location }
      }
    }
    return simpler
  }
}
