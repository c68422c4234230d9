import Distributions
import Divergences
import GSL
import RealModule
import RejectionSampling

/// Times budgeted rejection, some of it against what `Tests/Benchmarks/rejection.py` computes: prints the milliseconds
/// of each round, then values.
@main
enum RejectionBenchmarks {
  static func main() throws {
    switch CommandLine.arguments.dropFirst() {
    case ["million"]: try million()
    case ["sort"]: try sort()
    case ["exact"]: try exact()
    default: print("usage: rejection-benchmarks million|sort|exact")
    }
  }

  private static let rounds = 5
  private static let count = 1_000_000

  private static func report(_ values: [Double], rounds body: () throws -> Void) rethrows {
    let times = try (0..<rounds).map { _ in
      let time = try ContinuousClock().measure(body)
      return
        "\(Double(time.components.attoseconds) * 1e-15 + Double(time.components.seconds) * 1e3)"
    }
    print(times.joined(separator: " "))
    print(values.map { "\($0)" }.joined(separator: " "))
  }

  /// Uniform numbers normalised; those of the peer, up to the rounding of their sum.
  private static func weights(seed: UInt64) throws -> FiniteWeights {
    var mixer = SplitMix64(state: seed)
    return try FiniteWeights(
      normalizing: (0..<count).map { _ in Double(mixer.next() >> 11) * 0x1p-53 })
  }

  /// From the weights to the constant, the acceptance of every atom and the refined law, for K = 3.
  private static func million() throws {
    let (target, model) = (try weights(seed: 1), try weights(seed: 2))
    func solve() throws -> BudgetedAcceptance {
      let law = try WeightedRatios(target: target, model: model)
      let optimum = try law.budgeted(3)
      let acceptance = law.probabilities(of: optimum.acceptance)
      let refined = try law.refined(by: optimum.acceptance)
      precondition(acceptance.count == count && refined.values.count == count)
      return optimum
    }
    let optimum = try solve()
    try report([optimum.factor?.value ?? .nan, optimum.constant?.value ?? .nan]) {
      _ = try solve()
    }
  }

  /// What the standard library takes to sort the same ratios.
  private static func sort() throws {
    let (target, model) = (try weights(seed: 1), try weights(seed: 2))
    let ratios = zip(target.values, model.values).map { $0 / $1 }
    report([ratios.max() ?? .nan]) { precondition(ratios.sorted().count == count) }
  }

  /// A thousand atoms in fractions: each weight is a fraction of three digits over three, normalised.
  private static func exact() throws {
    func law(seed: UInt64) throws -> FiniteDistribution {
      var mixer = SplitMix64(state: seed)
      func digits() -> UInt64 { 100 + mixer.next() % 900 }
      let weights = try (0..<1000).map { _ in try Rational(digits(), digits()) }
      let sum = weights.reduce(0, +)
      return try FiniteDistribution(weights: weights.map { $0 / sum })
    }
    let (target, model) = (try law(seed: 1), try law(seed: 2))
    let optimum = try BudgetedRejection(target: target, model: model, budget: 3)
    try report([optimum.constant.map { Double($0) } ?? .nan]) {
      _ = try BudgetedRejection(target: target, model: model, budget: 3)
    }
  }
}
