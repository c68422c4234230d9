internal import RealModule

/// A mixture of normal laws in the plane, `p(x) = sum_i w_i p_i(x)`.
public struct PlanarMixture: PlanarDistribution, Hashable, CustomStringConvertible {
  // MARK: Parameters

  /// The weights, positive, with sum 1 up to rounding; components of weight zero are dropped.
  public let weights: [Double]
  /// The components.
  public let components: [PlanarNormal]
  private let logWeights: [Double]
  /// The covariance of the whole.
  public let covariance: PlanarCovariance

  /// The mixture of `components` with `weights`.
  ///
  /// - Throws: `ParameterError` when there are no components, the counts differ, or the weights are negative, not
  ///   finite, or do not sum to 1 within 1e-12 per component.
  public init(weights: [Double], components: [PlanarNormal]) throws(ParameterError) {
    guard !components.isEmpty else {
      throw ParameterError("PlanarMixture", "components", value: "[]", rule: "must not be empty")
    }
    guard weights.count == components.count else {
      throw ParameterError(
        "PlanarMixture", "weights", value: "\(weights)",
        rule: "must be \(components.count), one a component")
    }
    for (index, weight) in weights.enumerated() where !(weight.isFinite && weight >= 0) {
      throw ParameterError(
        "PlanarMixture", "weights[\(index)]", value: "\(weight)",
        rule: "must be finite and not negative")
    }
    let sum = weights.reduce(0, +)
    guard (sum - 1).magnitude <= 1e-12 * Double(weights.count) else {
      throw ParameterError(
        "PlanarMixture", "sum of the weights", value: "\(sum)", rule: "must be 1")
    }
    let kept = weights.indices.filter { weights[$0] > 0 }
    self.weights = kept.map { weights[$0] }
    self.components = kept.map { components[$0] }
    logWeights = kept.map { .log(weights[$0]) }
    let center = Self.mean(self.weights, self.components)
    var (xx, xy, yy) = (0.0, 0.0, 0.0)
    for (weight, law) in zip(self.weights, self.components) {
      let d = law.mean - center
      xx += weight * (law.covariance.xx + d.x * d.x)
      xy += weight * (law.covariance.xy + d.x * d.y)
      yy += weight * (law.covariance.yy + d.y * d.y)
    }
    covariance = try PlanarCovariance(xx: xx, xy: xy, yy: yy)
  }

  /// `count` round modes of equal weight on a circle around the origin, the first at `angle` from the first axis.
  ///
  /// - Throws: `ParameterError` unless `count` is 1 to 10000, the radius is finite and not negative, and `sd` is finite
  ///   and positive.
  public static func ring(
    count: Int, radius: Double, sd: Double, angle: Double = .pi / 2
  ) throws(ParameterError) -> PlanarMixture {
    guard (1...10_000).contains(count) else {
      throw ParameterError("ring", "count", value: "\(count)", rule: "must lie in 1...10000")
    }
    guard radius >= 0, radius.isFinite else {
      throw ParameterError(
        "ring", "radius", value: "\(radius)", rule: "must be finite and not negative")
    }
    try requireFinite(angle, "angle", of: "ring")
    var modes: [PlanarNormal] = []
    for index in 0..<count {
      let turn = angle + 2 * .pi * Double(index) / Double(count)
      modes.append(
        try PlanarNormal(
          mean: radius * SIMD2(Double.cos(turn), Double.sin(turn)), sd: sd))
    }
    return try PlanarMixture(
      weights: Array(repeating: 1 / Double(count), count: count), components: modes)
  }

  /// `side` times `side` round modes of equal weight on a square lattice around the origin, row by row from below, each
  /// from left to right.
  ///
  /// - Throws: `ParameterError` unless `side` is 1 to 100, and `spacing` and `sd` are finite and positive.
  public static func grid(
    side: Int, spacing: Double, sd: Double
  ) throws(ParameterError) -> PlanarMixture {
    guard (1...100).contains(side) else {
      throw ParameterError("grid", "side", value: "\(side)", rule: "must lie in 1...100")
    }
    try requirePositive(spacing, "spacing", of: "grid")
    let middle = Double(side - 1) / 2
    var modes: [PlanarNormal] = []
    for row in 0..<side {
      for column in 0..<side {
        let place = SIMD2(Double(column) - middle, Double(row) - middle)
        modes.append(try PlanarNormal(mean: spacing * place, sd: sd))
      }
    }
    let count = side * side
    return try PlanarMixture(
      weights: Array(repeating: 1 / Double(count), count: count), components: modes)
  }

  /// For example "0.5 N((0.0, 1.0), [[1.0, 0.0], [0.0, 1.0]]) + 0.5 ...".
  public var description: String {
    zip(weights, components).map { "\($0) \($1)" }.joined(separator: " + ")
  }

  // MARK: Density

  /// `sum_i w_i p_i(x)`.
  public func density(_ x: SIMD2<Double>) -> Double {
    var sum = 0.0
    for index in weights.indices { sum += weights[index] * components[index].density(x) }
    return sum
  }

  /// `log sum_i w_i p_i(x)`, by the largest term, so that it is right where every `p_i(x)` underflows.
  public func logDensity(_ x: SIMD2<Double>) -> Double {
    let terms = zip(logWeights, components).map { $0 + $1.logDensity(x) }
    guard let largest = terms.max(), largest.isFinite else { return -.infinity }
    return largest + .log(terms.reduce(0) { $0 + .exp($1 - largest) })
  }

  // MARK: Moments

  /// `sum_i w_i m_i`.
  public var mean: SIMD2<Double> { Self.mean(weights, components) }

  private static func mean(_ weights: [Double], _ components: [PlanarNormal]) -> SIMD2<Double> {
    zip(weights, components).reduce(SIMD2<Double>.zero) { $0 + $1.0 * $1.1.mean }
  }

  // MARK: Sampling

  /// One draw: a component by its weight, then a draw of it.
  public func sample(using generator: inout some RandomNumberGenerator) -> SIMD2<Double> {
    var left = generator.nextUniform() * weights.reduce(0, +)
    for index in weights.indices.dropLast() {
      if left < weights[index] { return components[index].sample(using: &generator) }
      left -= weights[index]
    }
    return components[components.count - 1].sample(using: &generator)
  }
}

extension PlanarMixture: Codable {
  private enum CodingKeys: String, CodingKey {
    case weights, components
  }

  /// Reads weights and components; throws what `init(weights:components:)` refuses.
  public init(from decoder: any Decoder) throws {
    let parameters = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      weights: parameters.decode([Double].self, forKey: .weights),
      components: parameters.decode([PlanarNormal].self, forKey: .components))
  }

  /// Writes weights and components.
  public func encode(to encoder: any Encoder) throws {
    var parameters = encoder.container(keyedBy: CodingKeys.self)
    try parameters.encode(weights, forKey: .weights)
    try parameters.encode(components, forKey: .components)
  }
}
