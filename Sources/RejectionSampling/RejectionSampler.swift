public import Distributions
import RealModule

/// Draws of a model passed through an acceptance, counting what they cost.
///
/// A sampler of any kind of points is given as a function, so that images, atoms and numbers are refined alike.
public struct RejectionSampler<Point: Sendable>: Sendable {
  /// With which probability a point is accepted, by its ratio.
  public let acceptance: Acceptance
  /// What happened so far.
  public private(set) var tally: RejectionTally
  private let ratio: @Sendable (Point) -> Double
  private let draw: @Sendable (inout SeededGenerator) -> Point
  private let patience: Int

  /// Refines the draws of a model.
  ///
  /// - Parameters:
  ///   - ratio: the density ratio of the target to the model, exact or learned.
  ///   - patience: the number of refusals in a row after which a draw gives up, at least 1.
  ///   - draw: one draw of the model.
  public init(
    _ acceptance: Acceptance, ratio: @escaping @Sendable (Point) -> Double,
    patience: Int = 1_000_000, draw: @escaping @Sendable (inout SeededGenerator) -> Point
  ) {
    self.acceptance = acceptance
    self.ratio = ratio
    self.patience = max(1, patience)
    self.draw = draw
    tally = RejectionTally(maximumRatio: acceptance.maximumRatio)
  }

  /// The next accepted point.
  ///
  /// - Throws: `ParameterError` when a ratio is negative or NaN, or nothing is accepted for as long as the patience lasts.
  public mutating func next(using generator: inout SeededGenerator) throws(ParameterError) -> Point
  {
    for _ in 0..<patience {
      let point = draw(&generator)
      let ratio = ratio(point)
      guard ratio >= 0 else {
        throw ParameterError(
          "RejectionSampler", "ratio(\(point))", value: "\(ratio)",
          rule: "must not be negative or NaN")
      }
      let isAccepted = generator.nextUniform() < acceptance(ratio)
      tally.count(ratio, isAccepted: isAccepted)
      if isAccepted { return point }
    }
    throw ParameterError(
      "RejectionSampler", "acceptance", value: "\(acceptance)",
      rule: "must accept now and then; it refused \(patience) draws in a row")
  }

  /// The next `count` accepted points.
  ///
  /// - Throws: `ParameterError` as `next(using:)`; the tally keeps what was counted until then.
  public mutating func samples(
    _ count: Int, using generator: inout SeededGenerator
  ) throws(ParameterError) -> [Point] {
    var samples: [Point] = []
    samples.reserveCapacity(max(0, count))
    while samples.count < count { samples.append(try next(using: &generator)) }
    return samples
  }
}

/// What a rejection sampler has drawn, accepted, and met that its rule did not foresee.
public struct RejectionTally: Sendable, Hashable, CustomStringConvertible {
  /// The greatest ratio that the rule foresees, nil when it is made to cut off.
  public let maximumRatio: Double?
  /// The number of draws of the model.
  public private(set) var draws = 0
  /// The number of draws that were accepted.
  public private(set) var accepted = 0
  /// The number of draws whose ratio exceeded `maximumRatio`: any at all says that M was underestimated.
  public private(set) var excesses = 0
  /// The greatest ratio met.
  public private(set) var greatestRatio = 0.0
  private var ratios = 0.0
  private var cutOff = 0.0

  init(maximumRatio: Double?) { self.maximumRatio = maximumRatio }

  mutating func count(_ ratio: Double, isAccepted: Bool) {
    draws += 1
    if isAccepted { accepted += 1 }
    greatestRatio = max(greatestRatio, ratio)
    ratios += ratio
    if let maximumRatio, ratio > maximumRatio {
      excesses += 1
      cutOff += ratio - maximumRatio
    }
  }

  /// Accepted draws over all draws; NaN before the first.
  public var acceptanceRate: Double { Double(accepted) / Double(draws) }

  /// The standard error of the acceptance rate.
  public var standardError: Double {
    .sqrt(acceptanceRate * (1 - acceptanceRate) / Double(draws))
  }

  /// Draws for each accepted one: what a sample costs.
  public var costPerSample: Double { Double(draws) / Double(accepted) }

  /// The effect of an underestimated M: the part `∫ (p - M q)_+` of the target that was cut off, as estimated from the
  /// draws so far.
  ///
  /// The rule acts as if the target were `min(p, M q)`: for plain rejection the refined law is at most this far
  /// from the target in total variation. An infinite ratio counts as everything.
  public var lostTargetMass: Double {
    cutOff == 0 ? 0 : cutOff < .infinity ? cutOff / ratios : 1
  }

  /// For example "4030 draws, 1000 accepted (4.03 each); 12 ratios exceed M = 3.5, up to 3.9: 0.2 % of the target is
  /// cut off".
  public var description: String {
    var text = "\(draws) draws, \(accepted) accepted"
    if accepted > 0 { text += " (\(Self.rounded(costPerSample)) each)" }
    if let maximumRatio, excesses > 0 {
      text +=
        "; \(excesses) ratios exceed M = \(maximumRatio), up to \(greatestRatio): "
        + "\(Self.rounded(100 * lostTargetMass)) % of the target is cut off"
    }
    return text
  }

  private static func rounded(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }
}
