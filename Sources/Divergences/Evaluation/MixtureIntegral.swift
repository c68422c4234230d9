import Distributions
import GSL
import RealModule

/// `∫ t D_{1/t} f''(dt)` for PR-divergences that are given with their errors: over `y = log t`, outward from t = 1.
struct MixtureIntegral {
  /// The PR-divergences of a pair.
  struct Excess {
    /// `D_{1/t} / min(1, 1/t)` at `t = e^y`, which neither overflows nor underflows with t.
    var value: (_ y: Double) -> Estimate
    /// Where it may have a kink or change at a scale of its own.
    var breaks: [Double]
    /// The largest `|y|` on either side of 1 at which it is known.
    var reach: (below: Double, above: Double)
  }

  private let name: String
  private let atoms: [Curvature.Atom]
  private let excess: Excess

  init(_ name: String, _ curvature: Curvature, _ excess: Excess) {
    self.name = name
    self.excess = excess
    atoms = curvature.atoms
    sides = [
      Side(-1, curvature, excess, reach: excess.reach.below),
      Side(1, curvature, excess, reach: excess.reach.above),
    ]
  }

  private let sides: [Side]

  /// Whether masses underflow where ratios go on, so that what is beyond is not seen.
  var isCutByUnderflow: Bool { sides.contains(where: \.isCutByUnderflow) }

  func estimate() throws -> Estimate {
    for side in sides {
      guard let diverges = side.diverges() else {
        throw DivergenceError(
          name: name,
          reason: "the mixture of PR-divergences is so close to the edge of convergence at t = "
            + "\(side.sign > 0 ? "infinity" : "0") that rounding hides whether it is finite")
      }
      if diverges { return Estimate(.infinity, error: 0) }
    }
    var sum = Estimate(0, error: 0)
    for atom in atoms {
      let excess = excess.value(.log(atom.location))
      let factor = atom.mass * min(1, atom.location)
      sum.value += factor * excess.value
      sum.error += factor * (excess.error + 4 * .ulpOfOne * excess.value)
    }
    var workspace = try QuadratureWorkspace()
    for side in sides { try add(side, to: &sum, &workspace) }
    guard sum.value < .infinity else {
      return Estimate(.greatestFiniteMagnitude, error: .infinity)
    }
    return sum
  }

  private func add(
    _ side: Side, to sum: inout Estimate, _ workspace: inout QuadratureWorkspace
  ) throws {
    let inner = excess.breaks.map { side.sign * $0 }.filter { $0 > 0 }.sorted()
    let last = inner.last { $0 < side.reach } ?? 0
    var (lower, width) = (0.0, 1.0)
    while lower < side.reach {
      let upper = min(side.reach, lower + width)
      let breaks = inner.filter { lower < $0 && $0 < upper }
      var noise = 0.0
      for (a, b) in zip([lower] + breaks, breaks + [upper]) {
        noise += (b - a) * [0.1, 0.5, 0.9].map { side.noise(a + $0 * (b - a)) }.reduce(0, max)
      }
      guard noise < .infinity else {
        sum = Estimate(.infinity, error: .infinity)
        return
      }
      sum.error += noise
      let integral = workspace.integrateRough(
        from: lower, to: upper, breaks: breaks, noise: max(noise, 1e-300),
        relativeTolerance: 1e-12, side.value)
      sum.value += integral.value
      sum.error += integral.error + side.doubt(from: upper) * integral.value
      guard sum.value < .infinity else { return }
      let (h, before) = (side.height(upper), side.height(upper - width / 4))
      let slope = (h - before) / (width / 4)
      if upper > last {
        if h == -.infinity { return }
        if slope < 0, h - .log(-slope) < .log(sum.value) - 44 {
          sum.error += .exp(h) / -slope
          return
        }
      }
      // Panels that are wide for the integrand mislead GSL's extrapolation.
      (lower, width) = (upper, upper < 2000 ? min(16, 1.3 * width) : 1.3 * width)
    }
    guard !side.isBounded else { return }
    let remainders = PowerLaw.fractions.compactMap { fractions -> Double? in
      guard let tail = side.tail(fractions) else { return nil }
      return try? workspace.integrate(
        from: side.reach, to: .infinity, absoluteTolerance: 0, relativeTolerance: 1e-10,
        { .exp(tail($0)) }
      ).value
    }
    guard remainders.count == 2 else {
      throw DivergenceError(
        name: name, reason: "the mixture of PR-divergences follows no power law far out")
    }
    sum.value += remainders[0]
    sum.error += 20 * (remainders[0] - remainders[1]).magnitude + 1e-9 * remainders[0]
  }
}

extension MixtureIntegral {
  /// The integrand for t on one side of 1, as a function of `y = |log t|`.
  struct Side {
    /// -1 for t below 1.
    let sign: Double
    /// The largest y at which the integrand is known and does not vanish or underflow.
    private(set) var reach: Double
    /// Whether nothing is left beyond the reach.
    private(set) var isBounded = false
    /// Whether the reach ends where the PR-divergence underflows.
    var isCutByUnderflow: Bool { isBounded && excess(sign * reach).value < 1e-270 }
    private let density: (Double) -> Double
    private let isNumerical: Bool
    /// Up to where differences of f are trusted; what is beyond follows the power law before.
    private static let numericalReach = 9.0
    private let excess: (Double) -> Estimate
    /// The largest y at which the density of f'' is a normal number.
    private var densityReach = 0.0
    private var densityTail: PowerLaw?

    init(_ sign: Double, _ curvature: Curvature, _ excess: Excess, reach: Double) {
      let density = curvature.density
      self.sign = sign
      self.density = density
      isNumerical = curvature.isNumerical
      self.excess = excess.value
      self.reach = reach
      densityReach = Self.last(in: isNumerical ? Self.numericalReach : 700) {
        let density = density(.exp(sign * $0))
        return density.isNormal && density > 0
      }
      let atEnd = density(.exp(sign * densityReach))
      let isCut = densityReach == (isNumerical ? Self.numericalReach : 700)
      if !(1e-290...1e290).contains(atEnd) || isCut {
        let weight = weight
        densityTail = PowerLaw(
          from: densityReach / 2, to: densityReach, PowerLaw.fractions[0], weight)
      }
      let height = height
      let known = excess.value
      self.reach = Self.last(in: reach) {
        height($0) > -.infinity && known(sign * $0).value > 1e-280
      }
      isBounded = self.reach < reach
    }

    /// The end of the stretch from 0 on which a condition holds, to 2^-40.
    private static func last(in limit: Double, where condition: (Double) -> Bool) -> Double {
      if condition(limit) { return limit }
      var (low, high) = (0.0, limit)
      while high - low > 0x1p-40 * high {
        let middle = (low + high) / 2
        if condition(middle) { low = middle } else { high = middle }
        if high < 1e-12 { break }
      }
      return low
    }

    /// The logarithm of the density of f'' over y times `min(1, t)`, with which the excess was divided.
    private func weight(_ y: Double) -> Double {
      let factor: Double = sign > 0 ? y : -2 * y
      if y <= densityReach { return .log(density(.exp(sign * y))) + factor }
      guard let densityTail else { return -.infinity }
      return densityTail(y)
    }

    /// The logarithm of the integrand; `-.infinity` where it vanishes.
    func height(_ y: Double) -> Double {
      let excess = excess(sign * y).value
      return excess > 0 ? .log(excess) + weight(y) : -.infinity
    }

    func value(_ y: Double) -> Double { .exp(height(y)) }

    /// The error of the integrand.
    func noise(_ y: Double) -> Double {
      let error = excess(sign * y).error
      return error > 0 ? .exp(.log(error) + weight(y)) : 0
    }

    /// The height far out.
    func tail(_ fractions: [Double], to end: Double? = nil) -> PowerLaw? {
      PowerLaw(from: 0, to: end ?? reach, fractions, height)
    }

    /// How much of a panel's integral from y on to doubt because the density is numerical.
    func doubt(from y: Double) -> Double { !isNumerical ? 0 : y < densityReach ? 1e-6 : 0.1 }

    /// Whether the integral diverges, by the slope of the height far out; nil where rounding hides it.
    func diverges() -> Bool? {
      // Where the excess vanishes far from underflow, there is no larger ratio and no tail.
      guard reach > 1, !isBounded || isCutByUnderflow else { return false }
      // Far out the rounding of the ratio may hide what nearer points show.
      for reach in [reach, 1e6, 600] where reach <= self.reach {
        let slope = (height(reach) - height(0.9 * reach)) / 0.1
        if slope.magnitude > 50 { return slope > 0 }
        guard let tail = self.tail(PowerLaw.fractions[0], to: reach),
          let other = self.tail(PowerLaw.fractions[1], to: reach)
        else { continue }
        let doubt = max(1e-6 / reach, 20 * (tail.slope - other.slope).magnitude)
        if tail.slope.magnitude > doubt { return tail.slope > 0 }
        let logDoubt = 20 * (tail.logSlope - other.logSlope).magnitude
        if (tail.logSlope + 1).magnitude > logDoubt { return tail.logSlope > -1 }
      }
      return nil
    }
  }
}
