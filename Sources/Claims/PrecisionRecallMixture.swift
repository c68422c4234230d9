import Distributions
import Divergences
import GSL

/// The right side of Theorem 2.6 on finite pairs: `∫ t D_{1/t} f''(dt)` over the PR-divergences of a pair.
struct PrecisionRecallMixture {
  let target: FiniteDistribution
  let model: FiniteDistribution

  init(_ pair: FinitePair) throws {
    (target, model) = try pair.laws
  }

  /// `t D_{1/t}` at t > 0.
  func weighted(at t: Rational) -> Rational {
    t * ExactDivergence.precisionRecall(.finite(1 / t), target, model)
  }

  /// The sum over the kinks, the atoms of f''.
  func value(_ f: PiecewiseLinearGenerator) -> Rational {
    f.kinks.reduce(0) { $0 + $1.mass * weighted(at: $1.location) }
  }

  /// The integral for a twice differentiable f, exactly: `t D_{1/t}` is `a + b t` between the ratios, and
  /// `∫ (a + b t) f''(t) dt = [(a + b t) f'(t) - b f(t)]`.
  func value(_ generator: RationalGenerator) -> ExtendedRational {
    let atoms = zip(target.weights, model.weights).map { (p: $0, q: $1) }
    let ratios = atoms.filter { $0.p > 0 && $0.q > 0 }.map { $0.p / $0.q }
    let points = Set(ratios + [1]).sorted()
    func primitive(_ line: (a: Rational, b: Rational), _ t: Rational) -> Rational {
      (line.a + line.b * t) * generator.derivative(t) - line.b * generator.value(t)
    }
    /// The line on the piece that begins at `start`.
    func line(from start: Rational) -> (a: Rational, b: Rational) {
      var (a, b): (Rational, Rational) = (start < 1 ? -1 : 0, start < 1 ? 0 : -1)
      for (p, q) in atoms {
        if q > 0, p <= start * q { b += q } else { a += p }
      }
      return (a, b)
    }
    var sum: Rational = 0
    for (start, end) in zip(points, points.dropFirst()) {
      sum += primitive(line(from: start), end) - primitive(line(from: start), start)
    }
    // Below all ratios a = 0 and b = Q(p = 0); beyond them b = 0 and a = P(q = 0).
    let (first, last) = (line(from: 0), line(from: points[points.count - 1]))
    if first.b > 0 {
      guard let value = generator.valueAtZero else { return .infinity }
      sum += primitive(first, points[0]) + first.b * value
    }
    if last.a > 0 {
      guard let slope = generator.slopeAtInfinity else { return .infinity }
      sum += last.a * (slope - generator.derivative(points[points.count - 1]))
    }
    return .finite(sum)
  }

  /// `∫ lambda^-3 f''(1 / lambda) D_lambda d lambda` plus the atoms, by quadrature between the ratios.
  func quadrature(_ f: any GeneratorFunction) throws -> Estimate {
    let atoms = zip(target.approximate.values, model.approximate.values).map { (p: $0, q: $1) }
    func divergence(_ lambda: Double) -> Double {
      atoms.reduce(0) { sum, atom in
        sum + (lambda < 1 ? max(0, lambda * atom.p - atom.q) : max(0, atom.q - lambda * atom.p))
      }
    }
    let curvature = f.curvature
    var sum = curvature.atoms.reduce(Estimate(0, error: 0)) { sum, atom in
      let term = atom.location * divergence(1 / atom.location) * atom.mass
      return Estimate(sum.value + term, error: sum.error + 1e-15 * (1 + term))
    }
    let breaks = atoms.compactMap { $0.p > 0 && $0.q > 0 ? $0.q / $0.p : nil } + [1]
    let density = try integrate(
      from: 0, to: .infinity, breaks: breaks, absoluteTolerance: 1e-10, relativeTolerance: 1e-9
    ) { lambda in
      let value = divergence(lambda)
      return value == 0 ? 0 : curvature.weight(lambda: lambda) * value
    }
    sum.value += density.value
    sum.error += density.error
    return sum
  }
}
