import Distributions
import GSL
import RealModule

/// `∫ q f(p / q)` over the common support of a pair.
struct PairIntegral<Generator: GeneratorFunction> {
  private let pair: DensityPair
  private let integrand: Integrand<Generator>
  private let kinks: [Double]
  /// How far log-densities are off beyond rounding, as measured.
  private let accuracy: (Double, Double)
  private let sensitivity: Double

  init(of generator: Generator, on pair: DensityPair) {
    self.pair = pair
    integrand = Integrand(generator, pair)
    kinks = generator.curvature.atoms.flatMap {
      pair.ratio.division(at: 1 / $0.location, .ofPoint).crossings.map(\.x)
    }
    accuracy = (pair.ratio.measuredTarget.accuracy, pair.ratio.measuredModel.accuracy)
    sensitivity = generator.sensitivity
  }

  private var name: String { integrand.generator.name }

  func estimate() throws -> Estimate {
    var behaviours: [(EndBehaviour<Generator>, reach: Double)] = []
    var undecided: DensityPair.End?
    for end in pair.ends {
      let behaviour = EndBehaviour(integrand: integrand, end: end)
      let reach = behaviour.reach()
      switch behaviour.convergence(reach: reach) {
      case .diverges: return Estimate(.infinity, error: 0)
      case .undecided: undecided = end
      case .converges: behaviours.append((behaviour, reach))
      }
    }
    if let undecided {
      let place = undecided.isTail ? "\(undecided.side)·infinity" : "\(undecided.origin)"
      throw DivergenceError(
        name: name,
        reason: "the integrand is so close to the edge of convergence towards x = \(place) that rounding hides "
          + "whether the divergence is finite; change a parameter slightly to see either side")
    }
    var workspace = try QuadratureWorkspace()
    var sum = Estimate(0, error: 0)
    for panels in pair.center { try add(panels, to: &sum, &workspace) }
    for (behaviour, reach) in behaviours {
      try add(behaviour, reach: reach, to: &sum, &workspace)
    }
    guard sum.value.magnitude < .infinity else {
      return Estimate(.greatestFiniteMagnitude, error: .infinity)
    }
    return sum
  }

  /// Adds the integral over a stretch away from all ends.
  private func add(
    _ panels: [Double], to sum: inout Estimate, _ workspace: inout QuadratureWorkspace
  ) throws {
    guard let first = panels.first, let last = panels.last, first < last else { return }
    let breaks = (panels + kinks.filter { first < $0 && $0 < last }).sorted()
    let integral = try integrate(from: first, to: last, breaks: breaks, &workspace) { x in
      integrand.value(pair.logDensities(x), shift: 0)
    }
    sum.value += integral.value
    sum.error += integral.error
    for (a, b) in zip(breaks, breaks.dropFirst()) {
      let spacing = max(a.magnitude, b.magnitude).ulp / (b - a)
      sum.error += rounding(from: a, to: b, spacing: spacing, pair.logDensities) { _ in 0 }
    }
  }

  /// Adds the integral over an end, panel by panel outward until what is left is negligible.
  private func add(
    _ behaviour: EndBehaviour<Generator>, reach: Double, to sum: inout Estimate,
    _ workspace: inout QuadratureWorkspace
  ) throws {
    let end = behaviour.end
    let start = behaviour.tau(end.start)
    guard start < reach else { return }
    let inner = (end.breaks + kinks).compactMap { x -> Double? in
      let distance = end.side * (x - end.origin)
      guard distance > 0 else { return nil }
      let tau = behaviour.tau(distance)
      return tau > start && tau < reach ? tau : nil
    }.sorted()
    // Rounding moves a point near the origin; the power law that holds there moves it back.
    let power = end.isTail || end.origin == 0 ? nil : behaviour.fit(reach: reach)?.slope
    func value(_ tau: Double) -> Double {
      let (x, log) = behaviour.point(tau)
      let value = integrand.value(pair.logDensities(x), shift: log)
      guard let power, tau > 10 else { return value }
      return value * .exp(power * (tau + log))
    }
    var (lower, width) = (start, 0.7)
    let last = inner.last ?? start
    while lower < reach {
      let upper = min(reach, lower + width)
      let breaks = inner.filter { lower < $0 && $0 < upper }
      let integral = try integrate(from: lower, to: upper, breaks: breaks, &workspace, value)
      sum.value += integral.value
      sum.error += integral.error
      for (a, b) in zip([lower] + breaks, breaks + [upper]) {
        let spacing = end.origin.ulp / behaviour.distance(end.isTail ? a : b)
        sum.error += rounding(
          from: a, to: b, spacing: min(1, spacing),
          { pair.logDensities(behaviour.point($0).x) }, { behaviour.point($0).logDistance })
      }
      let (h, next) = (behaviour.height(upper).h, behaviour.height(upper - width / 4).h)
      let slope = (h - next) / (width / 4)
      if upper > last, slope < 0, h - .log(-slope) < .log(sum.value.magnitude) - 44 {
        sum.error += .exp(h) / -slope
        return
      }
      (lower, width) = (upper, min(16, width * 1.2))
    }
    try addRemainder(behaviour, reach: reach, to: &sum, &workspace)
  }

  /// Adds what lies beyond the reach of doubles, by the power law that holds there.
  private func addRemainder(
    _ behaviour: EndBehaviour<Generator>, reach: Double, to sum: inout Estimate,
    _ workspace: inout QuadratureWorkspace
  ) throws {
    let h = behaviour.height(reach).h
    guard h > -.infinity, h > .log(sum.value.magnitude) - 700 else { return }
    guard let fit = behaviour.fit(reach: reach), fit.slope < 0,
      let integral = try? workspace.integrate(
        from: reach, to: .infinity, absoluteTolerance: 0, relativeTolerance: 1e-10,
        { .exp(fit($0)) })
    else {
      throw DivergenceError(
        name: name, reason: "the integrand near x = \(behaviour.point(reach).x) follows no power law that would tell what is beyond")
    }
    sum.value += integral.value
    sum.error +=
      integral.error + integral.value * min(1, 20 * fit.uncertainty / fit.slope.magnitude + 1e-12)
  }

  private func integrate(
    from lower: Double, to upper: Double, breaks: [Double], _ workspace: inout QuadratureWorkspace,
    _ value: (Double) -> Double
  ) throws -> Estimate {
    do {
      return try workspace.integrate(
        from: lower, to: upper, breaks: breaks, absoluteTolerance: 1e-300,
        relativeTolerance: 1e-13, value)
    } catch {
      throw DivergenceError(name: name, reason: "the quadrature failed: \(error)")
    }
  }

  /// What rounding of the densities and of the points can amount to on a panel.
  private func rounding(
    from lower: Double, to upper: Double, spacing: Double, _ logs: (Double) -> LogDensities,
    _ shift: (Double) -> Double
  ) -> Double {
    let (first, last) = (logs(lower), logs(upper))
    let differences = [first.target - last.target, first.model - last.model].map(\.magnitude)
    let change = sensitivity * differences.filter(\.isFinite).reduce(0, max)
    let largest = [lower, (lower + upper) / 2, upper].reduce(0.0) { largest, x in
      let (logs, shift) = (logs(x), shift(x))
      let value = integrand.value(logs, shift: shift).magnitude
      let error =
        integrand.uncertainty(logs, shift: shift, accuracy: accuracy) + value * spacing * (1 + change)
      return error.isFinite ? max(largest, error) : largest
    }
    return (upper - lower) * largest
  }
}
