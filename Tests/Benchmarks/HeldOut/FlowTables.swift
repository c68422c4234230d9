import Distributions
import GenerativeModels

// Section 2 of the recipes.

/// Whether the couplings are affine (NVP, six) or splines (RQS, four).
private enum Kind: String {
  case affine, spline
}

private func flow(
  _ kind: Kind, _ objective: FlowObjective, _ name: String, _ published: String,
  discriminator: FlowConfiguration.Discriminator = .init()
) -> Table.Entry {
  Table.Entry(name: "\(kind.rawValue) \(name)", published: published) { seed in
    var configuration = FlowConfiguration(
      target: try .ring(count: 8, radius: 2, sd: 0.15), objective: objective,
      discriminator: discriminator, seed: seed)
    if kind == .spline {
      configuration.transform = .spline(bins: 8, bound: 4)
      configuration.couplings = 4
    }
    return try Row(configuration)
  }
}

private func flows(
  _ kind: Kind, _ name: String, _ rows: [(Double, String)],
  discriminator: FlowConfiguration.Discriminator = .init(),
  _ objective: (Double) -> FlowObjective
) -> [Table.Entry] {
  rows.map {
    flow(kind, objective($0.0), "\(name), lambda \($0.0)", $0.1, discriminator: discriminator)
  }
}

let flowTable = Table(
  title: "2 flows", seeds: 7001...7005,
  entries: [
    [flow(.affine, .maximumLikelihood, "ML", "8.0 0.79+-0.01 0.52+-0.01 0.72+-0.01 1.00")],
    flows(
      .affine, "MIX",
      [
        (0.05, "8.0 0.66+-0.03 0.33+-0.02 0.57+-0.04 1.00+-0.00"),
        (0.2, "8.0 0.71+-0.01 0.42+-0.01 0.63+-0.01 1.00+-0.00"),
        (1, "8.0 0.83+-0.01 0.56+-0.01 0.76+-0.01 0.93+-0.02"),
        (5, "7.0+-1.1 0.91+-0.02 0.37+-0.05 0.89+-0.03 0.65+-0.10"),
        (20, "6.8+-0.7 0.89+-0.02 0.27+-0.05 0.85+-0.03 0.53+-0.13"),
      ]
    ) { .mixture(lambda: $0) },
    flows(
      .affine, "EXACT",
      [
        (0.05, "8.0 0.65+-0.05 0.34+-0.03 0.56+-0.06 1.00"),
        (1, "8.0 0.82+-0.01 0.54+-0.02 0.75+-0.02 0.93+-0.01"),
        (20, "5.0+-1.8 0.95+-0.01 0.27+-0.02 0.94+-0.02 0.55+-0.09"),
      ]
    ) { .reparametrised(lambda: $0) },
    [
      flow(
        .affine, .reverseKullbackLeibler, "reverse KL",
        "7.2+-1.0 0.93+-0.01 0.46+-0.03 0.90+-0.01 0.77+-0.06"),
      flow(.spline, .maximumLikelihood, "ML", "8.0 0.95+-0.01 0.84+-0.02 0.95+-0.01 1.00"),
    ],
    flows(
      .spline, "MIX",
      [
        (0.05, "8.0 0.89+-0.01 0.60+-0.02 0.86+-0.02 1.00"),
        (0.2, "8.0 0.88+-0.01 0.67+-0.03 0.86+-0.01 1.00"),
        (1, "7.8+-0.4 0.95+-0.00 0.84+-0.02 0.94+-0.01 0.97+-0.04"),
        (5, "5.4+-0.8 0.97+-0.00 0.32+-0.03 0.97+-0.01 0.49+-0.08"),
        (20, "2.8+-1.6 0.98+-0.01 0.16+-0.05 0.97+-0.03 0.28+-0.12"),
      ]
    ) { .mixture(lambda: $0) },
  ].flatMap { $0 })

let adversarialFlowTable = Table(
  title: "2 flows with a discriminator", seeds: 7001...7005,
  entries: [
    flows(
      .affine, "ADV-MIX, D 128-128, 4 steps",
      [
        (0.05, "8.0 0.63+-0.03 0.31+-0.02 0.53+-0.03 0.99"),
        (1, "8.0 0.81+-0.01 0.51+-0.01 0.75+-0.01 0.96"),
        (5, "7.3+-0.5 0.86+-0.05 0.43+-0.04 0.82+-0.06 0.89+-0.07"),
        (20, "7.7+-0.5 0.83+-0.05 0.41+-0.03 0.79+-0.06 0.92+-0.05"),
      ], discriminator: .init(hidden: [128, 128], steps: 4)
    ) { .adversarialMixture(lambda: $0) },
    flows(
      .affine, "ADV-MIX, D 64-64, 2 steps",
      [
        (0.05, "8 0.62 0.31 0.53 0.94"), (1, "8 0.81 0.47 0.74 0.95"),
        (20, "8 0.76 0.45 0.69 0.99"),
      ]
    ) { .adversarialMixture(lambda: $0) },
    flows(
      .affine, "ADV",
      [
        (0.05, "8 0.72 0.38 0.63 0.96"), (1, "8 0.78 0.28 0.63 0.51"),
        (20, "8 0.66 0.27 0.53 0.58"),
      ]
    ) { .adversarial(lambda: $0) },
    flows(
      .spline, "ADV",
      [
        (0.05, "8 0.93 0.66 0.92 0.99"), (1, "7.7 0.93 0.31 0.87 0.66"),
        (20, "5.0 0.82 0.27 0.65 0.54"),
      ]
    ) { .adversarial(lambda: $0) },
  ].flatMap { $0 })
