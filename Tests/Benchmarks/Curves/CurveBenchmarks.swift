import Distributions
import Divergences
import GSL
import RealModule

/// Times the curves and divergences that `Tests/Benchmarks/*.py` also compute: prints the milliseconds of each round, then values.
@main
enum CurveBenchmarks {
  static func main() throws {
    switch CommandLine.arguments.dropFirst() {
    case ["finite"]: try finite()
    case ["mixture"]: try mixture()
    case ["divergence-kl"]: try divergence(KullbackLeibler())
    case ["divergence-tv"]: try divergence(TotalVariation())
    case ["divergence-chi2"]: try divergence(PearsonChiSquared())
    case ["divergence-js"]: try divergence(JensenShannon())
    default: print("usage: curve-benchmarks finite|mixture|divergence-(kl|tv|chi2|js)")
    }
  }

  private static let rounds = 9

  private static func report(_ values: [Double], rounds body: () throws -> Void) rethrows {
    let times = try (0..<rounds).map { _ in
      let time = try ContinuousClock().measure(body)
      return
        "\(Double(time.components.attoseconds) * 1e-15 + Double(time.components.seconds) * 1e3)"
    }
    print(times.joined(separator: " "))
    print(values.map { "\($0)" }.joined(separator: " "))
  }

  /// All vertices for 100 000 atoms; the weights are those of the peer, up to the rounding of their sum.
  private static func finite() throws {
    let (target, model) = (try weights(seed: 1, 100_000), try weights(seed: 2, 100_000))
    let curve = try ApproximatePrecisionRecallCurve(target: target, model: model)
    try report(try [0.01, 0.5, 1, 2, 100].map { try curve.alpha($0).value }) {
      let curve = try ApproximatePrecisionRecallCurve(target: target, model: model)
      precondition(curve.alphas.count > 99_000)
    }
  }

  private static func weights(seed: UInt64, _ count: Int) throws -> FiniteWeights {
    var mixer = SplitMix64(state: seed)
    return try FiniteWeights(
      normalizing: (0..<count).map { _ in Double(mixer.next() >> 11) * 0x1p-53 })
  }

  /// A divergence of 10^6 atoms in doubles.
  private static func divergence(_ generator: some GeneratorFunction) throws {
    let (target, model) = (try weights(seed: 1, 1_000_000), try weights(seed: 2, 1_000_000))
    let value = try generator.divergence(target: target, model: model).value
    try report([value]) {
      let again = try generator.divergence(target: target, model: model)
      precondition(again.value == value)
    }
  }

  /// Alpha at 101 lambdas for a model that keeps one of two modes, the curve's preparation included.
  private static func mixture() throws {
    let lambdas = (0...100).map { Double.exp2(Double($0 - 50) / 5) }
    let target = try 0.5 * Normal(mean: -2, sd: 0.7) + 0.5 * Normal(mean: 2, sd: 0.7)
    let model = try Normal(mean: -1.8, sd: 0.9)
    func alphas() throws -> [Double] {
      let curve = PrecisionRecallCurve(target: target, model: model)
      return try lambdas.map { try curve.alpha($0).value }
    }
    try report(try alphas()) { _ = try alphas() }
  }
}
