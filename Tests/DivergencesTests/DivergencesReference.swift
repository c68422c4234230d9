import Distributions
import Divergences
import Foundation
import Testing

/// Divergences in the reference files, by the names that `GeneratorReference` uses.
enum DivergencesReference {
  /// The divergences of one pair, with the names of one file turned into those of another.
  struct Values: Decodable, Sendable {
    let values: [String: String]

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      values = try container.decode([String: Field].self).compactMapValues(\.text)
    }

    /// A number as text, and nil for all else.
    private struct Field: Decodable {
      var text: String?

      private struct Labelled: Decodable { let D_f: String }

      init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        text = (try? container.decode(String.self)) ?? (try? container.decode(Labelled.self))?.D_f
      }
    }

    /// The generators that the file has a value for, each with its value.
    var generators: [(generator: any GeneratorFunction, value: String)] {
      get throws {
        try values.sorted { $0.key < $1.key }.compactMap { name, value in
          guard let generator = try Self.generator(name) else { return nil }
          return (generator, value)
        }
      }
    }

    private static func generator(_ name: String) throws -> (any GeneratorFunction)? {
      switch name {
      case "kl": return KullbackLeibler()
      case "rkl": return ReverseKullbackLeibler()
      case "js": return JensenShannon()
      case "tv": return TotalVariation()
      case "chi2", "chi2_pearson": return PearsonChiSquared()
      case "chi2_neyman": return NeymanChiSquared()
      case "hellinger_full", "hellinger_sq_full": return SquaredHellinger()
      case "jeffreys": return Jeffreys()
      default: break
      }
      let parts = name.split(separator: "_")
      guard parts.count == 2, let parameter = parts.last.map(String.init) else { return nil }
      if parts[0] == "alpha" { return try AlphaDivergence(try #require(Double(parameter))) }
      guard parts[0] == "pr" else { return nil }
      return try PrecisionRecallDivergence(exactly: .finite(try Rational.parse(parameter)))
    }
  }

  struct ContinuousPair: Decodable, Sendable, CustomTestStringConvertible {
    let id: String
    let P: Reference.Law
    let Q: Reference.Law
    let divergences: Values

    var testDescription: String { id }

    private enum Keys: String, CodingKey { case id, P, Q, divergences }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Keys.self)
      id = try container.decode(String.self, forKey: .id)
      P = try container.decode(Reference.Law.self, forKey: .P)
      Q = try container.decode(Reference.Law.self, forKey: .Q)
      divergences =
        try container.decodeIfPresent(Values.self, forKey: .divergences) ?? Values(from: decoder)
    }
  }

  struct FinitePair: Decodable, Sendable, CustomTestStringConvertible {
    let id: String
    let p: [String]
    let q: [String]
    let divergences: Values

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

  struct PrecisionRecall: Decodable, Sendable {
    let shift: String
    let values: [String: String]
  }

  static let closedForms = load(Pairs<ContinuousPair>.self, "divergences").pairs
  static let integrals = load(Pairs<ContinuousPair>.self, "continuous").pairs
  static let finite = load(Pairs<FinitePair>.self, "finite").pairs
  static let conjugates = load(Conjugates.self, "conjugates").divergences
  static let precisionRecall = load(Tiny.self, "divergences").precision_recall

  private struct Pairs<Pair: Decodable>: Decodable { let pairs: [Pair] }
  private struct Conjugates: Decodable { let divergences: [String: Values] }
  private struct Tiny: Decodable { let precision_recall: [PrecisionRecall] }

  private static func load<File: Decodable>(_ type: File.Type, _ name: String) -> File {
    guard
      let url = Bundle.module.url(
        forResource: name, withExtension: "json", subdirectory: "Reference")
    else { fatalError("Reference/\(name).json is not in the test bundle") }
    do {
      return try JSONDecoder().decode(type, from: Data(contentsOf: url))
    } catch {
      fatalError("Reference/\(name).json: \(error)")
    }
  }
}
