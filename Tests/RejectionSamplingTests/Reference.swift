import Distributions
import Foundation
import Testing

/// The independent reference values of `Reference/*.json`; each file tells how they were made.
enum Reference {
  /// One pair and one budget of `finite.json`.
  struct Budgeted: Sendable, CustomTestStringConvertible {
    let pair: Pair
    let solution: Solution
    var testDescription: String { "\(pair.id), K = \(solution.K)" }
  }

  struct Pair: Decodable, Sendable {
    let id: String
    let p: [String]
    let q: [String]
    let obrs: [Solution]
  }

  struct Solution: Decodable, Sendable {
    let K: String
    let M: String
    let status: String
    let constant: String?
    let acceptance: [String?]
    let rate: String
    let refined: [String]
    let alphaRefined: [String: String]

    private enum CodingKeys: String, CodingKey {
      case K, M, status, acceptance, rate, refined
      case constant = "c_K"
      case alphaRefined = "alpha_refined"
    }
  }

  static let budgeted: [Budgeted] = (load("finite") as Pairs).pairs.flatMap { pair in
    pair.obrs.map { Budgeted(pair: pair, solution: $0) }
  }

  private struct Pairs: Decodable { let pairs: [Pair] }

  /// One pair and one budget of `drs.json`; what depends on gamma is absent where there is none.
  struct Discriminated: Decodable, Sendable, CustomTestStringConvertible {
    let pair: String
    let p: [String]
    let q: [String]
    let K: String
    let M: String
    let gamma: String?
    let acceptance: [String?]?
    let refined: [String]?
    let divergences: [String: String]?
    let optimalDivergences: [String: String]?

    var testDescription: String { "\(pair), K = \(K)" }

    private enum CodingKeys: String, CodingKey {
      case pair, p, q, K, M, gamma
      case acceptance = "drs_acceptance"
      case refined = "drs_refined"
      case divergences = "drs_divergences"
      case optimalDivergences = "obrs_divergences"
    }
  }

  static let discriminated: [Discriminated] = (load("drs") as Cases).cases

  private struct Cases: Decodable { let cases: [Discriminated] }

  /// A decimal or a fraction as the nearest double.
  static func double(_ text: String) throws -> Double { Double(try Rational.parse(text)) }

  static func law(_ weights: [String]) throws -> FiniteDistribution {
    try FiniteDistribution(weights: weights.map { try Rational.parse($0) })
  }

  static func load<Content: Decodable>(_ name: String) -> Content {
    guard
      let url = Bundle.module.url(
        forResource: name, withExtension: "json", subdirectory: "Reference")
    else { fatalError("Reference/\(name).json is not in the test bundle") }
    do {
      return try JSONDecoder().decode(Content.self, from: Data(contentsOf: url))
    } catch {
      fatalError("Reference/\(name).json: \(error)")
    }
  }
}
