import Distributions
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
