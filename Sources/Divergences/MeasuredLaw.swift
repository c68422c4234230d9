import Distributions
import GSL
import RealModule

/// A law whose masses come with an error, from a comparison of its distribution function with its density.
struct MeasuredLaw: Sendable {
  let law: any ContinuousDistribution
  /// The relative accuracy of its distribution function, survival function and density.
  let accuracy: Double
  /// The smallest interval that holds all mass.
  private let range: Interval

  /// Measures how well the parts of a law fit together: the integral of the density between landmarks that
  /// have mass between them against the mass from the distribution function.
  ///
  /// Families differ by orders of magnitude in how well their functions can be computed, and neither side is
  /// always the better one; what they disagree by is charged to both.
  init(_ law: any ContinuousDistribution) {
    self.law = law
    range = Interval(
      law.support.first?.lower ?? -.infinity, law.support.last?.upper ?? .infinity)
    var accuracy = Self.bestAccuracy
    let landmarks = law.landmarks.filter(\.isFinite)
    if var workspace = try? QuadratureWorkspace() {
      // A mixture of many components is sampled, or this would take longer than all the rest.
      let stride = 1 + landmarks.count / 64
      for (index, (lower, upper)) in zip(landmarks, landmarks.dropFirst()).enumerated()
      where index % stride == 0 && lower < upper {
        let mass = Self.mass(of: law, from: lower, to: upper, accuracy: Self.bestAccuracy)
        let ends = (law.logDensity(lower), law.logDensity(upper))
        // Elsewhere the quadrature is not sharp enough to tell.
        let spacing = max(lower.magnitude, upper.magnitude).ulp
        guard mass.value > 1e-6, (ends.1 - ends.0).magnitude < 8,
          upper - lower > 0x1p20 * spacing,
          let integral = try? workspace.integrate(
            from: lower, to: upper, absoluteTolerance: 0, relativeTolerance: 1e-12, law.density)
        else { continue }
        let step = (upper - lower) / 64
        let slope = max(
          (law.logDensity(lower + step) - ends.0).magnitude,
          (law.logDensity(upper - step) - ends.1).magnitude)
        let rounding = 8 * spacing * slope / step * mass.value
        let excess =
          (integral.value - mass.value).magnitude - integral.error - mass.error - rounding
        accuracy = max(accuracy, 2 * excess / mass.value)
      }
    }
    self.accuracy = accuracy
  }

  /// What a distribution function can be expected to reach, some forty units in the last place.
  static let bestAccuracy = 1e-14

  /// `P(lower < X < upper)`.
  func mass(from lower: Double, to upper: Double) -> Estimate {
    // At a rounded end of a support with a pole the distribution function may be off 0 or 1.
    Self.mass(
      of: law, from: lower > range.lower ? lower : -.infinity,
      to: upper < range.upper ? upper : .infinity, accuracy: accuracy)
  }

  /// The mass where another law with the given support has none.
  func mass(off support: [Interval]) -> Estimate {
    let rest = difference(law.support, support)
    if !rest.isEmpty, rest == law.support { return Estimate(1, error: 0) }
    return rest.reduce(into: Estimate(0, error: 0)) { sum, interval in
      let mass = mass(from: interval.lower, to: interval.upper)
      sum.value += mass.value
      sum.error += mass.error
    }
  }

  /// The mass from the distribution function or the survival function, whichever cancels less.
  private static func mass(
    of law: any ContinuousDistribution, from lower: Double, to upper: Double, accuracy: Double
  ) -> Estimate {
    func estimate(_ larger: Double, _ smaller: Double = 0) -> Estimate {
      // A tail is as sensitive to the rounding of x as its logarithm is large.
      let rounding = accuracy - 4 * .ulpOfOne * .log(max(larger, .leastNonzeroMagnitude))
      return Estimate(max(0, larger - smaller), error: rounding * (larger + smaller))
    }
    switch (lower == -.infinity, upper == .infinity) {
    case (true, true): return Estimate(1, error: 0)
    case (true, false): return estimate(law.cumulative(upper))
    case (false, true): return estimate(law.survival(lower))
    case (false, false):
      let below = law.cumulative(lower)
      return below < 0.5
        ? estimate(law.cumulative(upper), below)
        : estimate(law.survival(lower), law.survival(upper))
    }
  }
}
