internal import GSL
internal import RealModule

/// A mixture of laws, `p(x) = sum_i w_i p_i(x)`.
///
/// Written as a sum, `try 0.3 * a + 0.7 * b`, or from weights and components. Mixtures of mixtures are flattened.
public struct Mixture: ContinuousDistribution, CustomStringConvertible {
  // MARK: Parameters

  /// The weights, positive, with sum 1 up to rounding; components of weight zero are dropped.
  public let weights: [Double]
  /// The components, none of them a mixture.
  public let components: [any ContinuousDistribution]
  /// Terms are kept apart by kind: a normal one costs an exponential, any other a call by witness.
  private let normals: [NormalTerm]
  private let others: [OtherTerm]

  /// The mixture of `components` with `weights`.
  ///
  /// - Throws: `ParameterError` when there are no components, the counts differ, or the weights are negative, not
  ///   finite, or do not sum to 1 within 1e-12 per component.
  public init(weights: [Double], components: [any ContinuousDistribution]) throws(ParameterError) {
    guard !components.isEmpty else {
      throw ParameterError("Mixture", "components", value: "[]", rule: "must not be empty")
    }
    guard weights.count == components.count else {
      throw ParameterError(
        "Mixture", "weights", value: "\(weights)",
        rule: "must be \(components.count), one a component")
    }
    for (index, weight) in weights.enumerated() where !(weight.isFinite && weight >= 0) {
      throw ParameterError(
        "Mixture", "weights[\(index)]", value: "\(weight)", rule: "must be finite and not negative")
    }
    let sum = weights.reduce(0, +)
    guard (sum - 1).magnitude <= 1e-12 * Double(weights.count) else {
      throw ParameterError("Mixture", "sum of the weights", value: "\(sum)", rule: "must be 1")
    }
    var flat: [(Double, any ContinuousDistribution)] = []
    for (weight, component) in zip(weights, components) where weight > 0 {
      if let mixture = component as? Mixture {
        flat += zip(mixture.weights, mixture.components).map { (weight * $0, $1) }
      } else {
        flat.append((weight, component))
      }
    }
    self.weights = flat.map(\.0)
    self.components = flat.map(\.1)
    normals = flat.compactMap { weight, law in
      (law as? Normal).map { NormalTerm(weight: weight, law: $0) }
    }
    others = flat.filter { !($0.1 is Normal) }.map(OtherTerm.init)
  }

  /// For example "0.5 N(-2.0, 0.7^2) + 0.5 N(2.0, 0.7^2)".
  public var description: String {
    zip(weights, components).map { "\($0) \($1)" }.joined(separator: " + ")
  }

  // MARK: Support

  /// The union of the components' supports.
  public var support: [Interval] {
    var merged: [Interval] = []
    for interval in components.flatMap(\.support).sorted(by: { $0.lower < $1.lower }) {
      if let last = merged.last, interval.lower <= last.upper {
        merged[merged.count - 1] = Interval(last.lower, max(last.upper, interval.upper))
      } else {
        merged.append(interval)
      }
    }
    return merged
  }

  /// The landmarks of every component, however small its weight.
  public var landmarks: [Double] { ordered(components.flatMap(\.landmarks)) }

  // MARK: Density

  /// `sum_i w_i p_i(x)`.
  public func density(_ x: Double) -> Double {
    var sum = 0.0
    for term in normals {
      let z = (x - term.mean) / term.sd
      sum += term.height * .exp(-0.5 * z * z)
    }
    for term in others { sum += term.weight * term.law.density(x) }
    return sum
  }

  /// `log sum_i w_i p_i(x)`, by the largest term, so that it is right where every `p_i(x)` underflows.
  public func logDensity(_ x: Double) -> Double {
    var sum = LogSum()
    for term in normals {
      let z = (x - term.mean) / term.sd
      sum.add(term.logHeight - 0.5 * z * z)
    }
    for term in others { sum.add(term.logWeight + term.law.logDensity(x)) }
    return sum.value
  }

  // MARK: Distribution function

  /// The weighted sum of the distribution functions.
  public func cumulative(_ x: Double) -> Double {
    var sum = 0.0
    for index in weights.indices { sum += weights[index] * components[index].cumulative(x) }
    return min(sum, 1)
  }

  /// The weighted sum of the survival functions.
  public func survival(_ x: Double) -> Double {
    var sum = 0.0
    for index in weights.indices { sum += weights[index] * components[index].survival(x) }
    return min(sum, 1)
  }

  /// The first `x` that reaches the probability, searched between the components' quantiles.
  public func quantile(_ probability: Double) -> Double {
    if probability > 0.5 { return probability <= 1 ? upperQuantile(1 - probability) : .nan }
    guard probability > 0 else { return probability == 0 ? support[0].lower : .nan }
    let places = components.map { $0.quantile(probability) }
    return search(probability, between: places, isUpper: false)
  }

  /// The first `x` whose tail is no larger, searched between the components' upper quantiles.
  public func upperQuantile(_ tail: Double) -> Double {
    if tail > 0.5 { return tail <= 1 ? quantile(1 - tail) : .nan }
    guard tail > 0 else { return tail == 0 ? support.last!.upper : .nan }
    let places = components.map { $0.upperQuantile(tail) }
    return search(tail, between: places, isUpper: true)
  }

  private func search(_ probability: Double, between places: [Double], isUpper: Bool) -> Double {
    // One ulp more on each side: the components' quantiles are themselves rounded.
    let lower = places.min()!.nextDown
    let upper = places.max()!.nextUp
    return firstArgument(
      reaching: probability, in: lower, upper, startingAt: lower / 2 + upper / 2,
      increasing: !isUpper, slope: density, isUpper ? survival : cumulative)
  }

  // MARK: Moments

  /// `sum_i w_i m_i`; nil when a component has no mean.
  public var mean: Double? {
    var sum = 0.0
    for (weight, component) in zip(weights, components) {
      guard let mean = component.mean else { return nil }
      sum += weight * mean
    }
    return sum
  }

  /// `sum_i w_i (v_i + (m_i - m)^2)`; nil when a component has no mean.
  public var variance: Double? {
    guard let mean else { return nil }
    var sum = 0.0
    for (weight, component) in zip(weights, components) {
      guard let center = component.mean, let variance = component.variance else { return nil }
      sum += weight * (variance + (center - mean) * (center - mean))
    }
    return sum
  }

  // MARK: Sampling

  /// One draw: a component by its weight, then a draw of it.
  public func sample(using generator: inout some RandomNumberGenerator) -> Double {
    var left = generator.nextUniform() * weights.reduce(0, +)
    for index in weights.indices.dropLast() {
      if left < weights[index] { return components[index].sample(using: &generator) }
      left -= weights[index]
    }
    return components[components.count - 1].sample(using: &generator)
  }
}

/// A sum of weighted laws that is not yet a mixture; `+` makes it one.
public struct WeightedSum: Sendable {
  fileprivate var weights: [Double]
  fileprivate var components: [any ContinuousDistribution]
}

/// One weighted law, a term of a mixture.
public func * (weight: Double, law: some ContinuousDistribution) -> WeightedSum {
  WeightedSum(weights: [weight], components: [law])
}

/// The mixture of two sums of weighted laws, `try 0.3 * a + 0.7 * b`.
///
/// - Throws: `ParameterError` as `Mixture.init(weights:components:)`.
public func + (left: WeightedSum, right: WeightedSum) throws(ParameterError) -> Mixture {
  try Mixture(
    weights: left.weights + right.weights, components: left.components + right.components)
}

/// A longer sum of weighted laws, all but the last `+` of `try 0.2 * a + 0.3 * b + 0.5 * c`.
///
/// Generic, so that overload resolution prefers the mixture wherever both fit.
public func + <Sum: WeightedSumProtocol>(left: Sum, right: Sum) -> WeightedSum {
  WeightedSum(
    weights: left.sum.weights + right.sum.weights,
    components: left.sum.components + right.sum.components)
}

/// What `+` adds; `WeightedSum` alone conforms.
public protocol WeightedSumProtocol {
  /// The sum itself.
  var sum: WeightedSum { get }
}

extension WeightedSum: WeightedSumProtocol {
  /// The sum itself.
  public var sum: WeightedSum { self }
}

/// A weighted normal law.
private struct NormalTerm {
  let mean: Double
  let sd: Double
  let height: Double
  let logHeight: Double

  init(weight: Double, law: Normal) {
    mean = law.center
    sd = law.sd
    height = weight * law.peak
    logHeight = .log(weight) + law.logPeak
  }
}

/// A weighted law of any other kind.
private struct OtherTerm {
  let weight: Double
  let logWeight: Double
  let law: any ContinuousDistribution

  init(weight: Double, law: any ContinuousDistribution) {
    self.weight = weight
    self.law = law
    logWeight = .log(weight)
  }
}

/// `log sum_i exp(t_i)` of terms that come one by one.
private struct LogSum {
  private var largest = -Double.infinity
  /// `sum_i exp(t_i - largest)` over the terms other than the largest.
  private var rest = 0.0

  mutating func add(_ term: Double) {
    if term > largest {
      rest = largest == -.infinity || term == .infinity ? 0 : (rest + 1) * .exp(largest - term)
      largest = term
    } else if term > largest - 750 {
      rest += .exp(term - largest)
    }
  }

  var value: Double { largest.isFinite ? largest + .log(onePlus: rest) : largest }
}
