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

  /// The ends with what doubles resolve of each; nil where the integral diverges at one of them.
  private func convergentEnds(
    where condition: (DensityPair.End) -> Bool = { _ in true }
  ) throws -> [(EndBehaviour<Generator>, reach: Double)]? {
    var behaviours: [(EndBehaviour<Generator>, reach: Double)] = []
    var undecided: DensityPair.End?
    for end in pair.ends where condition(end) {
      let behaviour = EndBehaviour(integrand: integrand, end: end)
      let reach = behaviour.reach()
      switch behaviour.convergence(reach: reach) {
      case .diverges: return nil
      case .undecided: undecided = end
      case .converges: behaviours.append((behaviour, reach))
      }
    }
    guard let undecided else { return behaviours }
    let place = undecided.isTail ? undecided.side * .infinity : undecided.origin
    throw DivergenceError(
      name: name,
      reason: "towards x = \(place) the integrand is so close to the edge of convergence that "
        + "rounding hides whether the divergence is finite; change a parameter a little to see "
        + "either side")
  }

  /// Whether the integral diverges at some end.
  func diverges() throws -> Bool { try convergentEnds() == nil }

  /// A bound on the part nearer to poles and finite ends than the nodes of the ratio's grid; infinite where the integral
  /// diverges there.
  func beyondGrid() throws -> Double {
    guard let behaviours = try convergentEnds(where: { !$0.isTail }) else { return .infinity }
    let (unseen, generator) = (pair.ratio.unseen, integrand.generator)
    guard unseen.target > 0 || unseen.model > 0 else { return 0 }
    var workspace = try QuadratureWorkspace()
    let slope = generator.derivative(1).magnitude + generator.valueAtOne.magnitude
    var bound = slope * (unseen.target + unseen.model)
    for (behaviour, reach) in behaviours {
      let end = behaviour.end
      let nodes = pair.ratio.runs.flatMap { [$0.nodes.first?.x, $0.nodes.last?.x] }
      let distances = nodes.compactMap { $0.map { end.side * ($0 - end.origin) } }
      guard let nearest = distances.filter({ $0 > 0 }).min(), nearest < end.start else { continue }
      var sum = Estimate(0, error: 0)
      let start = min(reach, behaviour.tau(nearest))
      try add(behaviour, from: start, reach: reach, to: &sum, &workspace)
      bound += sum.value.magnitude + sum.error
    }
    return bound
  }

  func estimate() throws -> Estimate {
    guard let behaviours = try convergentEnds() else { return Estimate(.infinity, error: 0) }
    var workspace = try QuadratureWorkspace()
    var sum = Estimate(0, error: 0)
    for panels in pair.center { try add(panels, to: &sum, &workspace) }
    for (behaviour, reach) in behaviours {
      try add(
        behaviour, from: behaviour.tau(behaviour.end.start), reach: reach, to: &sum, &workspace)
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
    var noise = 0.0
    for (a, b) in zip(breaks, breaks.dropFirst()) {
      let spacing = max(a.magnitude, b.magnitude).ulp / (b - a)
      noise += rounding(
        from: a, to: b, spacing: spacing, { pair.logDensities($0) }, { _ in 0 })
    }
    let integral = try integrate(from: first, to: last, breaks: breaks, noise, &workspace) { x in
      integrand.value(pair.logDensities(x), shift: 0)
    }
    sum.value += integral.value
    sum.error += integral.error + noise
  }

  /// Adds the integral over an end, panel by panel outward until what is left is negligible.
  private func add(
    _ behaviour: EndBehaviour<Generator>, from start: Double, reach: Double,
    to sum: inout Estimate, _ workspace: inout QuadratureWorkspace
  ) throws {
    let end = behaviour.end
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
    let jitter = power == nil ? 0 : behaviour.jitter(reach: reach)
    var (lower, width) = (start, 0.7)
    let last = inner.last ?? start
    while lower < reach {
      let upper = min(reach, lower + width)
      let breaks = inner.filter { lower < $0 && $0 < upper }
      var noise = 0.0
      for (a, b) in zip([lower] + breaks, breaks + [upper]) {
        let spacing =
          end.isTail ? end.origin.ulp / behaviour.distance(a) : jitter * .exp(min(0, b - reach))
        noise += rounding(
          from: a, to: b, spacing: spacing, { pair.logDensities(behaviour.point($0).x) },
          { behaviour.point($0).logDistance })
      }
      let integral = try integrate(
        from: lower, to: upper, breaks: breaks, noise, &workspace, value)
      sum.value += integral.value
      sum.error += integral.error + noise
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

  /// Adds what lies beyond the reach of doubles, by the power laws that the densities follow there.
  private func addRemainder(
    _ behaviour: EndBehaviour<Generator>, reach: Double, to sum: inout Estimate,
    _ workspace: inout QuadratureWorkspace
  ) throws {
    let h = behaviour.height(reach).h
    guard h > -.infinity, h > .log(sum.value.magnitude) - 700 else { return }
    var remainders: [Double] = []
    let sign: Double =
      integrand.value(pair.logDensities(behaviour.point(reach).x), shift: 0) < 0 ? -1 : 1
    for fractions in PowerLaw.fractions {
      let value: (Double) -> Double
      if let logs = behaviour.extrapolation(reach: reach, fractions) {
        value = { integrand.value(logs($0), shift: behaviour.end.isTail ? $0 : -$0) }
      } else if let fit = behaviour.fit(reach: reach, fractions) {
        value = { sign * .exp(fit($0)) }
      } else {
        break
      }
      guard
        let integral = try? workspace.integrate(
          from: reach, to: .infinity, absoluteTolerance: 0, relativeTolerance: 1e-10, value)
      else { break }
      remainders.append(integral.value)
      sum.error += integral.error
    }
    guard remainders.count == 2 else {
      let bound = massBound(behaviour, reach: reach)
      guard bound < .infinity else {
        throw DivergenceError(
          name: name,
          reason: "towards x = \(behaviour.point(reach).x) the densities follow no power law that "
            + "would tell what is beyond")
      }
      sum.error += bound
      return
    }
    sum.value += remainders[0]
    sum.error += 4 * (remainders[0] - remainders[1]).magnitude + 1e-12 * remainders[0].magnitude
    guard !behaviour.end.isTail, behaviour.end.origin != 0, let fit = behaviour.fit(reach: reach)
    else { return }
    // Where the density's own rounding moves the pole, it also hides or repeats what is nearer than that.
    let moved = behaviour.jitter(reach: reach) / fit.slope.magnitude
    if moved > 1e-9 {
      sum.error += remainders[0].magnitude * .pow(min(1, moved), min(1, fit.slope.magnitude))
    }
  }

  /// A bound on what lies beyond the reach by the masses of both laws there; infinite where f is not bounded by a
  /// multiple of `1 + u`.
  private func massBound(_ behaviour: EndBehaviour<Generator>, reach: Double) -> Double {
    let (end, x) = (behaviour.end, behaviour.point(reach).x)
    let limit = end.isTail ? end.side * .infinity : end.origin
    let (lower, upper) = (min(x, limit), max(x, limit))
    let generator = integrand.generator
    let factor =
      generator.valueAtZero.magnitude + generator.slopeAtInfinity.magnitude
      + generator.valueAtOne.magnitude
    let masses = [pair.ratio.measuredTarget, pair.ratio.measuredModel].map {
      let mass = $0.mass(from: lower, to: upper)
      return mass.value + mass.error
    }
    return factor * (masses[0] + masses[1])
  }

  private func integrate(
    from lower: Double, to upper: Double, breaks: [Double], _ noise: Double,
    _ workspace: inout QuadratureWorkspace, _ value: (Double) -> Double
  ) throws -> Estimate {
    guard noise < .infinity else { return Estimate(.infinity, error: .infinity) }
    var isFinite = true
    func finite(_ x: Double) -> Double {
      let value = value(x)
      if value.isFinite { return value }
      isFinite = false
      return 0
    }
    // Refinement beyond the noise of the integrand would not end.
    let sum = workspace.integrateRough(
      from: lower, to: upper, breaks: breaks, noise: max(noise, 1e-300), relativeTolerance: 1e-13,
      finite)
    return isFinite ? sum : Estimate(.infinity, error: .infinity)
  }

  /// What rounding of the densities and of the points can amount to on a panel.
  private func rounding(
    from lower: Double, to upper: Double, spacing: Double, _ logs: (Double) -> LogDensities,
    _ shift: (Double) -> Double
  ) -> Double {
    let points = [lower, (lower + upper) / 2, upper].map { (logs: logs($0), shift: shift($0)) }
    let logarithms = points.map { integrand.logMagnitude($0.logs) + $0.shift }.filter(\.isFinite)
    let change = (logarithms.max() ?? 0) - (logarithms.min() ?? 0)
    let largest = points.reduce(0.0) { largest, point in
      let value = integrand.value(point.logs, shift: point.shift).magnitude
      let error =
        integrand.uncertainty(point.logs, shift: point.shift, accuracy: accuracy)
        + value * spacing * (1 + change)
      return error.isFinite ? max(largest, error) : largest
    }
    return 2 * (upper - lower) * largest
  }
}
