import Distributions
import Divergences
import Foundation
import Testing

/// The independent reference values of `Reference/*.json`; each file tells how they were made.
enum Reference {
  struct FinitePair: Decodable, Sendable, CustomTestStringConvertible {
    let id: String
    let p: [String]
    let q: [String]
    let supportPrecision: String
    let supportRecall: String
    let alpha: [String: String]
    let beta: [String: String]

    var testDescription: String { id }

    var laws: (target: FiniteDistribution, model: FiniteDistribution) {
      get throws {
        (
          try FiniteDistribution(weights: p.map { try Rational.parse($0) }),
          try FiniteDistribution(weights: q.map { try Rational.parse($0) })
        )
      }
    }
  }

  static let finite: [FinitePair] = load("finite")

  struct ContinuousPair: Decodable, Sendable, CustomTestStringConvertible {
    let id: String
    let P: Law
    let Q: Law
    let supportPrecision: String
    let supportRecall: String
    let alpha: [String: String]
    let beta: [String: String]
    /// Absent in `more.json`.
    let crossings: [String: [String]]?

    var testDescription: String { id }

    var curve: PrecisionRecallCurve {
      get throws { PrecisionRecallCurve(target: try P.law, model: try Q.law) }
    }
  }

  /// A continuous law by the name of its family and its parameters as decimals.
  struct Law: Decodable, Sendable {
    private enum Value: Decodable {
      case text(String)
      case list([String])
      case laws([Law])

      init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let list = try? container.decode([String].self) {
          self = .list(list)
        } else if let laws = try? container.decode([Law].self) {
          self = .laws(laws)
        } else if let law = try? container.decode(Law.self) {
          self = .laws([law])
        } else {
          self = .text(try container.decode(String.self))
        }
      }
    }

    private let values: [String: Value]

    init(from decoder: any Decoder) throws {
      values = try decoder.singleValueContainer().decode([String: Value].self)
    }

    private func list(_ name: String) -> [Double] {
      switch values[name] {
      case .list(let list): list.compactMap(Double.init)
      case .text(let text): [Double(text)].compactMap { $0 }
      case .laws, nil: []
      }
    }

    private func number(_ name: String) -> Double { list(name).first ?? .nan }

    private func laws(_ name: String) throws -> [any ContinuousDistribution] {
      guard case .laws(let laws) = values[name] else { throw Unknown(type: name) }
      return try laws.map { try $0.law }
    }

    private func affine(of base: some ContinuousDistribution) throws -> any ContinuousDistribution {
      try Affine(of: base, scale: number("scale"), shift: number("shift"))
    }

    private func truncated(
      _ base: some ContinuousDistribution
    ) throws -> any ContinuousDistribution {
      try base.truncated(from: number("lower"), to: number("upper"))
    }

    var law: any ContinuousDistribution {
      get throws {
        guard case .text(let type) = values["type"] else { throw Unknown(type: "\(values)") }
        switch type {
        case "normal": return try Normal(mean: number("mean"), sd: number("sd"))
        case "normal_mixture":
          return try Mixture(
            weights: list("weights"),
            components: zip(list("means"), list("sds")).map { try Normal(mean: $0, sd: $1) })
        case "laplace": return try Laplace(location: number("loc"), scale: number("scale"))
        case "uniform": return try Uniform(lower: number("a"), upper: number("b"))
        case "student_t":
          return try StudentT(
            degreesOfFreedom: number("df"), location: number("loc"), scale: number("scale"))
        case "cauchy": return try Cauchy(location: number("loc"), scale: number("scale"))
        case "beta": return try Beta(alpha: number("a"), beta: number("b"))
        case "gamma": return try Gamma(shape: number("shape"), rate: number("rate"))
        case "log_normal": return try LogNormal(logMean: number("mean"), logSD: number("sd"))
        case "mixture":
          return try Mixture(weights: list("weights"), components: try laws("components"))
        case "affine": return try affine(of: try laws("of")[0])
        case "truncated": return try truncated(try laws("of")[0])
        case "exponential": return try Exponential(rate: number("rate"))
        default: throw Unknown(type: type)
        }
      }
    }

    struct Unknown: Error { let type: String }
  }

  static let continuous: [ContinuousPair] = load("continuous")
  static let more: [ContinuousPair] = load("more")

  private struct File<Pair: Decodable>: Decodable { let pairs: [Pair] }

  static func load<Pair: Decodable>(_ name: String) -> [Pair] {
    guard
      let url = Bundle.module.url(
        forResource: name, withExtension: "json", subdirectory: "Reference")
    else { fatalError("Reference/\(name).json is not in the test bundle") }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    do {
      return try decoder.decode(File<Pair>.self, from: Data(contentsOf: url)).pairs
    } catch {
      fatalError("Reference/\(name).json: \(error)")
    }
  }
}
