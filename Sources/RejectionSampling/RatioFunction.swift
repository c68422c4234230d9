public import Distributions
public import GSL
import RealModule

/// The law of any density ratio, exact or learned, that is given as a function on the real line, under a model with a
/// density.
///
/// Integrals are split at the model's landmarks, at the caller's break points and where the ratio crosses a kink of
/// the acceptance, as far as the crossing shows between some 600 quantiles of the model.
public struct RatioFunction: RatioLaw {
  /// The model Q.
  public let model: any ContinuousDistribution
  /// The greatest ratio found, among all but `1e-12` of the model's mass; the error is that of rounding alone.
  public let maximumRatio: Estimate
  /// `Q(r > 0)`.
  public let supportPrecision: Estimate
  private let ratio: @Sendable (Double) -> Double
  private let breaks: [Double]
  /// In each interval of the support: points in increasing order with the ratio there.
  private let nodes: [[(x: Double, ratio: Double)]]

  /// The ratio `r(x)` of draws x of the model.
  ///
  /// - Parameter breaks: where the ratio has a kink or a jump, as far as it is known.
  /// - Throws: `ParameterError` that names a point at which the ratio is negative, infinite or NaN, or when it is zero
  ///   wherever the model draws.
  public init(
    model: any ContinuousDistribution, breaks: [Double] = [],
    ratio: @escaping @Sendable (Double) -> Double
  ) throws(ParameterError) {
    let tails = (1...12).map { Double.pow(10, -Double($0)) }
    let quantiles =
      tails.map(model.quantile) + tails.map(model.upperQuantile)
      + (1..<512).map { model.quantile(Double($0) / 512) }
    let points = (quantiles + model.landmarks + breaks).filter(\.isFinite).sorted()
    var nodes: [[(x: Double, ratio: Double)]] = []
    for interval in model.support {
      var run: [(x: Double, ratio: Double)] = []
      for x in points where interval.lower < x && x < interval.upper && run.last?.x != x {
        // Beyond the last quantile a density may have underflowed, and what it is divided by with it.
        guard model.density(x) > 0 else { continue }
        let value = ratio(x)
        guard value >= 0, value < .infinity else {
          throw ParameterError(
            "RatioFunction", "ratio(\(x))", value: "\(value)",
            rule: "must be finite and not negative")
        }
        run.append((x, value))
      }
      nodes.append(run)
    }
    self.model = model
    self.ratio = ratio
    self.breaks = breaks
    self.nodes = nodes
    let maximum = Self.maximum(of: ratio, nodes: nodes)
    maximumRatio = Estimate(maximum, error: maximum.ulp)
    guard maximum > 0 else {
      throw ParameterError(
        "RatioFunction", "ratio", value: "0 everywhere",
        rule: "must be positive where the model draws, or there is nothing to accept")
    }
    let cuts = Self.boundaries(nodes) { ratio($0) > 0 }
    supportPrecision = Self.mass(where: { ratio($0) > 0 }, cuts: cuts, of: model)
  }

  /// The greatest node, refined between its neighbours by golden section.
  private static func maximum(
    of ratio: (Double) -> Double, nodes: [[(x: Double, ratio: Double)]]
  ) -> Double {
    var maximum = 0.0
    for run in nodes {
      guard let best = run.indices.max(by: { run[$0].ratio < run[$1].ratio }) else { continue }
      var (low, high) = (run[max(best - 1, 0)].x, run[min(best + 1, run.count - 1)].x)
      var peak = run[best]
      for _ in 0..<60 {
        let side = high - peak.x > peak.x - low ? high : low
        let x = peak.x + 0.381_966_011_250_105 * (side - peak.x)
        guard x != peak.x, low < x, x < high else { break }
        let value = ratio(x)
        if value > peak.ratio {
          if x > peak.x { low = peak.x } else { high = peak.x }
          peak = (x, value)
        } else if x > peak.x {
          high = x
        } else {
          low = x
        }
      }
      maximum = max(maximum, peak.ratio)
    }
    return maximum
  }

  /// Points at which the truth of a predicate changes between neighbouring nodes, to the last bit.
  private static func boundaries(
    _ nodes: [[(x: Double, ratio: Double)]], _ predicate: (Double) -> Bool
  ) -> [Double] {
    var boundaries: [Double] = []
    for run in nodes {
      for (a, b) in zip(run, run.dropFirst()) {
        let first = predicate(a.x)
        guard predicate(b.x) != first else { continue }
        var (low, high) = (a.x, b.x)
        while true {
          let middle = low + (high - low) / 2
          guard low < middle, middle < high else { break }
          if predicate(middle) == first { low = middle } else { high = middle }
        }
        boundaries.append(high)
      }
    }
    return boundaries
  }

  /// The model's mass where a predicate holds that changes at `cuts` alone.
  private static func mass(
    where predicate: (Double) -> Bool, cuts: [Double], of model: any ContinuousDistribution
  ) -> Estimate {
    var sum = Estimate(0, error: 0)
    for interval in model.support {
      let inner = cuts.filter { interval.lower < $0 && $0 < interval.upper }
      let ends = [interval.lower] + inner + [interval.upper]
      for (lower, upper) in zip(ends, ends.dropFirst()) {
        let middle = model.quantile((model.cumulative(lower) + model.cumulative(upper)) / 2)
        guard predicate(middle) else { continue }
        let below = model.cumulative(lower)
        sum.value +=
          below < 0.5
          ? model.cumulative(upper) - below : model.survival(lower) - model.survival(upper)
        sum.error += 1e-14
      }
    }
    return sum.value >= 1 - sum.error ? Estimate(1, error: 0) : sum
  }

  /// `∫ q a(r)`.
  ///
  /// - Throws: `GSLError` when the integral cannot be computed, such as for a ratio that is NaN between the nodes.
  public func rate(of acceptance: Acceptance) throws(GSLError) -> Estimate {
    try expectation(cutAt: acceptance.kinks) { acceptance($0) }
  }

  /// `∫ q f(r)` for a function of the ratio with kinks or jumps at `levels`, and at 0.
  private func expectation(
    cutAt levels: [Double], _ f: (Double) -> Double
  ) throws(GSLError) -> Estimate {
    var cuts = breaks + model.landmarks + Self.boundaries(nodes) { ratio($0) > 0 }
    for level in levels { cuts += Self.boundaries(nodes) { ratio($0) >= level } }
    var sum = Estimate(0, error: 0)
    var workspace = try QuadratureWorkspace()
    for interval in model.support {
      let part = try workspace.integrate(
        from: interval.lower, to: interval.upper, breaks: cuts.filter(\.isFinite).sorted()
      ) { x in
        let density = model.density(x)
        guard density > 0 else { return 0 }
        let value = ratio(x)
        return value >= 0 ? density * f(value) : .nan
      }
      sum.value += part.value
      sum.error += part.error
    }
    return sum
  }

  /// The smallest factor with `∫ q min(factor r, 1) = 1 / K`.
  ///
  /// - Throws: `GSLError` when an integral or the root cannot be computed.
  public func factor(budget: Double) throws(GSLError) -> Estimate? {
    let goal = 1 / budget
    let room = supportPrecision.error + 4 * .ulpOfOne
    guard goal <= supportPrecision.value + room else { return nil }
    func rate(_ factor: Double) throws(GSLError) -> Estimate {
      try expectation(cutAt: [1 / factor]) { min(factor * $0, 1) }
    }
    let least = nodes.joined().reduce(Double.infinity) { $1.ratio > 0 ? min($0, $1.ratio) : $0 }
    let atLimit = Estimate(1 / least, error: 4 * (1 / least).ulp)
    if goal >= supportPrecision.value - room { return atLimit }
    var (low, high) = (1 / maximumRatio.value, 1 / maximumRatio.value)
    while try rate(low).value > goal { low /= 4 }
    while try rate(high).value < goal {
      guard high < 4 / least else { return atLimit }
      (low, high) = (high, 4 * high)
    }
    let root = try GSL.root(
      between: .log(low), and: .log(high) + 0x1p-40, absoluteTolerance: 0x1p-52
    ) { logarithm in (try? rate(.exp(logarithm)).value - goal) ?? .nan }
    let factor = Double.exp(root.value)
    let slope = try expectation(cutAt: [1 / factor]) { factor * $0 < 1 ? $0 : 0 }.value
    let reached = try rate(factor)
    let error = (reached.error + (reached.value - goal).magnitude) / slope
    return Estimate(factor, error: error + root.error * factor)
  }
}
