import Distributions
import Divergences
import Foundation
import Testing

/// The columns of one generator in `Reference/conjugates.json` or `Reference/generators.json`: arguments and
/// values as decimals.
struct GeneratorReference: Sendable, CustomTestStringConvertible {
  private struct File: Decodable { let generators: [String: Columns] }

  struct Columns: Decodable, Sendable {
    let f: [String: String]
    let derivative: [String: String]
    let conjugate: [String: String]
    let conjugateDerivative: [String: String]
    let valueAtZero: String?
    let slopeAtInfinity: String?
    let domain: String?

    private enum CodingKeys: String, CodingKey {
      case f, conjugate
      case derivative = "f_prime"
      case conjugateDerivative = "grad_conjugate"
      case valueAtZero = "f_at_0"
      case slopeAtInfinity = "slope_at_infinity"
      case domain = "domain_of_conjugate"
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      f = try container.decode([String: String].self, forKey: .f)
      derivative = try container.decodeIfPresent([String: String].self, forKey: .derivative) ?? [:]
      conjugate = try container.decode([String: String].self, forKey: .conjugate)
      conjugateDerivative =
        try container.decodeIfPresent([String: String].self, forKey: .conjugateDerivative) ?? [:]
      valueAtZero = try container.decodeIfPresent(String.self, forKey: .valueAtZero)
      slopeAtInfinity = try container.decodeIfPresent(String.self, forKey: .slopeAtInfinity)
      domain = try container.decodeIfPresent(String.self, forKey: .domain)
    }
  }

  let id: String
  let columns: Columns

  var testDescription: String { id }

  /// The generator of that name; the files call half of the squared Hellinger distance `hellinger_half`.
  var generator: any GeneratorFunction {
    get throws {
      switch id {
      case "kl": return KullbackLeibler()
      case "rkl": return ReverseKullbackLeibler()
      case "js": return JensenShannon()
      case "gan": return OriginalGAN()
      case "tv": return TotalVariation()
      case "chi2_pearson": return PearsonChiSquared()
      case "chi2_neyman": return NeymanChiSquared()
      case "hellinger_full": return SquaredHellinger()
      case "jeffreys": return Jeffreys()
      case "le_cam": return LeCam()
      default: break
      }
      let parts = id.split(separator: "_")
      let parameter = try #require(parts.count == 2 ? parts.last.map(String.init) : nil)
      return switch parts[0] {
      case "alpha": try AlphaDivergence(try #require(Double(parameter)))
      default: try PrecisionRecallDivergence(exactly: .finite(try Rational.parse(parameter)))
      }
    }
  }

  static let given = load("conjugates").filter { $0.id != "hellinger_half" }
  static let hard = load("generators")

  private static func load(_ name: String) -> [GeneratorReference] {
    guard
      let url = Bundle.module.url(
        forResource: name, withExtension: "json", subdirectory: "Reference")
    else { fatalError("Reference/\(name).json is not in the test bundle") }
    do {
      let file = try JSONDecoder().decode(File.self, from: Data(contentsOf: url))
      return file.generators.map { GeneratorReference(id: $0, columns: $1) }
        .sorted { $0.id < $1.id }
    } catch {
      fatalError("Reference/\(name).json: \(error)")
    }
  }
}
