// Trains with seeds that were not used for tuning, and prints what the issue of the trade-off promises: whether lambda moves
// the PR-GAN from recall to precision, whether each lambda wins its own precision or recall with the flow, and whether the cure
// of the collapse keeps all modes.
import Distributions
import GSL
import GenerativeModels
import Metrics

struct Row {
  var highQuality: Double
  var recall: Double
  var modes: Int
}

func row(_ configuration: GANConfiguration, binWidth: Double = 0.1) throws -> Row {
  let gan = try configuration.train().gan
  var generator = SeededGenerator(seed: configuration.seed, stream: "held-out samples")
  let samples = gan.samples(count: 100_000, using: &generator)
  let curve = try SamplePrecisionRecallCurve(
    target: configuration.target, samples: samples, binWidth: binWidth)
  let modes = try ModeMetrics(samples: Array(samples.prefix(2500)), target: configuration.target)
  return Row(
    highQuality: modes.highQualityFraction4Sigma.value, recall: try curve.beta(0.05).value,
    modes: modes.modesCovered)
}

func spread(_ values: [Double]) -> String {
  let mean = values.reduce(0, +) / Double(values.count)
  let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
  func fixed(_ x: Double) -> String { "\((x * 1000).rounded() / 1000)" }
  return "\(fixed(mean)) ± \(fixed(variance.squareRoot()))"
}

func tradeOff(seeds: ClosedRange<UInt64>) throws {
  var moved = 0
  var rows: [Double: [Row]] = [:]
  for seed in seeds {
    var pair: [Row] = []
    for lambda in [0.05, 20] {
      pair.append(try row(.precisionRecallRing(lambda: lambda, seed: seed)))
      rows[lambda, default: []].append(pair[pair.count - 1])
    }
    let isMoved =
      pair[1].highQuality > pair[0].highQuality + 0.1 && pair[1].recall < pair[0].recall - 0.1
    if isMoved { moved += 1 }
  }
  for lambda in [0.05, 20] {
    let all = rows[lambda]!
    print(
      "PR-GAN, lambda \(lambda): high quality \(spread(all.map(\.highQuality))), recall R20",
      "\(spread(all.map(\.recall))), modes \(spread(all.map { Double($0.modes) }))")
  }
  print(
    "high quality up and recall down by more than 0.1: \(moved) of \(seeds.count) (goal 19 of 20)")
}

func cure(seeds: ClosedRange<UInt64>) throws {
  let cured = try seeds.map { try row(.cured(seed: $0)).modes }
  let collapsed = try seeds.map { try row(.collapsing(seed: $0)).modes }
  print("modes of 8 after the collapse: \(collapsed), after its cure: \(cured) (goal 8 in all)")
}

func winners(seeds: ClosedRange<UInt64>, spline: Bool) throws {
  let lambdas = [0.05, 0.2, 1, 5, 20]
  var means: [[Double]] = []
  for lambda in lambdas {
    var sums = [Double](repeating: 0, count: 3)
    for seed in seeds {
      let target = try PlanarMixture.ring(count: 8, radius: 2, sd: 0.15)
      let configuration: FlowConfiguration =
        spline
        ? .spline(target: target, lambda: lambda, seed: seed)
        : .affine(target: target, lambda: lambda, seed: seed)
      let pair = try PlanarDensityPair(target: target, model: try configuration.train().flow)
      let summary = pair.summary
      let values = [summary.recall5, summary.alpha1, summary.precision5].map(\.value)
      for index in sums.indices { sums[index] += values[index] / Double(seeds.count) }
    }
    means.append(sums)
    print(
      "\(spline ? "spline" : "affine") flow, lambda \(lambda): R5 \(sums[0]), alpha_1 \(sums[1]), P5 \(sums[2])"
    )
  }
  for (index, (name, lambda)) in [("R5", 0.2), ("alpha_1", 1), ("P5", 5)].enumerated() {
    let best = lambdas.indices.max { means[$0][index] < means[$1][index] }!
    print("\(name) is largest at lambda \(lambdas[best]) (goal \(lambda))")
  }
}

try tradeOff(seeds: 9001...9020)
try cure(seeds: 9001...9010)
try winners(seeds: 9001...9005, spline: false)
try winners(seeds: 9001...9005, spline: true)
