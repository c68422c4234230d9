import Distributions
import GSL
import GenerativeModels
import Metrics

/// Whether lambda moves the PR-GAN from recall to precision.
func tradeOff(seeds: ClosedRange<UInt64>) throws {
  var moved = 0
  var rows: [Double: [Row]] = [:]
  for seed in seeds {
    var pair: [Row] = []
    for lambda in [0.05, 20] {
      pair.append(try Row(.precisionRecallRing(lambda: lambda, seed: seed)))
      rows[lambda, default: []].append(pair[pair.count - 1])
    }
    let isMoved =
      pair[1].highQuality > pair[0].highQuality + 0.1 && pair[1].recall < pair[0].recall - 0.1
    if isMoved { moved += 1 }
  }
  for lambda in [0.05, 20] {
    let all = rows[lambda]!
    print(
      "PR-GAN, lambda \(lambda): high quality \(Spread(of: all.map(\.highQuality)).text), recall R20",
      "\(Spread(of: all.map(\.recall)).text), modes \(Spread(of: all.map(\.modes)).text)")
  }
  print(
    "high quality up and recall down by more than 0.1: \(moved) of \(seeds.count) (goal 19 of 20)")
}

/// Whether the cure of the collapse keeps all modes.
func cure(seeds: ClosedRange<UInt64>) throws {
  let cured = try seeds.map { try Int(Row(.cured(seed: $0)).modes) }
  let collapsed = try seeds.map { try Int(Row(.collapsing(seed: $0)).modes) }
  print("modes of 8 after the collapse: \(collapsed), after its cure: \(cured) (goal 8 in all)")
}

/// Whether each lambda wins its own precision or recall with the flow.
func winners(seeds: ClosedRange<UInt64>, spline: Bool) throws {
  let lambdas = [0.05, 0.2, 1, 5, 20]
  var spreads: [[Spread]] = []
  for lambda in lambdas {
    var columns = [[Double]](repeating: [], count: 3)
    for seed in seeds {
      let target = try PlanarMixture.ring(count: 8, radius: 2, sd: 0.15)
      let configuration: FlowConfiguration =
        spline
        ? .spline(target: target, lambda: lambda, seed: seed)
        : .affine(target: target, lambda: lambda, seed: seed)
      let pair = try PlanarDensityPair(target: target, model: try configuration.train().flow)
      let summary = pair.summary
      let values = [summary.recall5, summary.alpha1, summary.precision5].map(\.value)
      for index in columns.indices { columns[index].append(values[index]) }
    }
    let row = columns.map { Spread(of: $0) }
    spreads.append(row)
    print(
      "\(spline ? "spline" : "affine") flow, lambda \(lambda):",
      "R5 \(row[0].text), alpha_1 \(row[1].text), P5 \(row[2].text)")
  }
  for (index, (name, lambda)) in [("R5", 0.2), ("alpha_1", 1), ("P5", 5)].enumerated() {
    let best = lambdas.indices.max { spreads[$0][index].mean < spreads[$1][index].mean }!
    print("\(name) is largest at lambda \(lambdas[best]) (goal \(lambda))")
  }
}
