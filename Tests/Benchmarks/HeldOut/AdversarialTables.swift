import Distributions
import GenerativeModels
import NeuralNetworks

// Sections 1 and 4 of the recipes, with their own settings: our presets have mended some of them since.

private typealias Entry = Table.Entry

private func ring(_ sd: Double) throws -> PlanarMixture {
  try .ring(count: 8, radius: 2, sd: sd)
}

/// PRGAN-RING with a generator of one hidden layer.
private func prgan(_ lambda: Double, width: Int, _ seed: UInt64) throws -> GANConfiguration {
  GANConfiguration(
    target: try ring(0.15), generator: .init(hidden: [width], skip: 2),
    generatorLoss: .precisionRecall(lambda: lambda), logitPenalty: 0.02, steps: 4000, seed: seed)
}

private func entries(
  _ name: String, _ lambdas: [Double], _ published: [String],
  _ configuration: @escaping @Sendable (Double, UInt64) throws -> GANConfiguration
) -> [Entry] {
  zip(lambdas, published).map { lambda, published in
    Entry(name: "\(name), lambda \(lambda)", published: published) { seed in
      try Row(try configuration(lambda, seed))
    }
  }
}

let heldOutTable = Table(
  title: "1.1 PR-GAN, held-out seeds", seeds: 7001...7020,
  entries: entries(
    "G 16", [0.05, 1, 20],
    [
      "8.0+-0.0 0.44+-0.08 0.24+-0.04 0.40+-0.06 0.95+-0.03",
      "7.8+-0.5 0.69+-0.02 0.32+-0.03 0.63+-0.02 0.82+-0.06",
      "3.6+-2.0 0.82+-0.10 0.20+-0.06 0.67+-0.13 0.36+-0.21",
    ]
  ) { try prgan($0, width: 16, $1) }
    + entries("preset", [0.05, 1, 20], ["- - - - -", "- - - - -", "- - - - -"]) {
      try .precisionRecallRing(lambda: $0, seed: $1)
    })

let fiveLambdasTable = Table(
  title: "1.1 PR-GAN, five lambdas", seeds: 7001...7006,
  entries: entries(
    "G 16", [0.05, 0.2, 1, 5, 20],
    [
      "8.0+-0.0 0.45+-0.09 0.24+-0.04 0.40+-0.07 0.94+-0.02",
      "8.0+-0.0 0.51+-0.10 0.27+-0.05 0.45+-0.08 0.92+-0.03",
      "8.0+-0.0 0.67+-0.03 0.33+-0.03 0.61+-0.03 0.87+-0.03",
      "7.2+-1.1 0.72+-0.05 0.28+-0.03 0.64+-0.06 0.69+-0.08",
      "5.2+-1.3 0.77+-0.06 0.22+-0.04 0.61+-0.06 0.45+-0.14",
    ]
  ) { try prgan($0, width: 16, $1) }
    + entries(
      "G 24", [0.05, 0.2, 1, 5, 20],
      [
        "8.0+-0.0 0.54+-0.03 0.29+-0.01 0.48+-0.02 0.93+-0.04",
        "8.0+-0.0 0.62+-0.02 0.34+-0.01 0.54+-0.02 0.92+-0.04",
        "8.0+-0.0 0.73+-0.03 0.34+-0.04 0.67+-0.02 0.82+-0.07",
        "7.3+-1.1 0.76+-0.04 0.29+-0.04 0.68+-0.03 0.72+-0.10",
        "4.8+-1.8 0.76+-0.07 0.26+-0.04 0.63+-0.05 0.52+-0.16",
      ]
    ) { try prgan($0, width: 24, $1) }
    + entries(
      "G 24, spectral gain 4", [0.05, 0.2, 1, 5, 20],
      [
        "- 0.42 - - 0.94", "- 0.56 - - 0.90", "- 0.70 - - 0.81", "- 0.75 - - 0.68",
        "- 0.76 - - 0.63",
      ]
    ) { lambda, seed in
      var configuration = try prgan(lambda, width: 24, seed)
      configuration.logitPenalty = 0
      configuration.critic.spectralGain = 4
      (configuration.criticSteps, configuration.steps) = (2, 3000)
      return configuration
    })

/// Three seeds each: verdicts rather than values.
let changesTable = Table(
  title: "1.2 what matters, what fails", seeds: 7001...7003,
  entries: [
    changed("JS, no penalty, G 32", "0.37/0.66/0.80 0.96/0.79/0.53") {
      $0.generator.hidden = [32]
    },
    changed("JS, 1 critic step, 4000 steps", "0.45/0.75/0.85 0.95/0.80/0.43") {
      ($0.criticSteps, $0.steps) = (1, 4000)
    },
    changed("JS, logit penalty 0.02", "0.35/0.67/0.80 0.95/0.84/0.37") { $0.logitPenalty = 0.02 },
    changed("KL", "0.33/0.63/0.55 0.97/0.85/0.50") {
      $0.criticLoss = .divergence(.kullbackLeibler)
    },
    changed("chi^2", "0.50/0.38/0.24 0.96/0.95/0.87") {
      $0.criticLoss = .divergence(.pearsonChiSquared)
    },
    changed("spectral gain 2", "0.71/0.69/0.47 0.94/0.94/0.83") { $0.critic.spectralGain = 2 },
    changed("spectral gain 4", "0.34/0.65/0.74 0.95/0.83/0.61") { $0.critic.spectralGain = 4 },
    changed("R1 penalty 0.05", "0.76/0.75/0.26 0.94/0.89/0.45") { $0.gradientPenalty = 0.05 },
    changed("direct dual of f_lambda", "0.20/0.48/0.00 0.78/0.64/0.06") {
      guard case .precisionRecall(let lambda) = $0.generatorLoss else { return }
      $0.criticLoss = .divergence(.precisionRecall(lambda: lambda))
      $0.generatorLoss = .saturating
    },
    changed("literal primal", "0.10/0.03/0.01 0.15/0.06/0.06") {
      guard case .precisionRecall(let lambda) = $0.generatorLoss else { return }
      $0.generatorLoss = .literalPrimal(lambda: lambda)
    },
    changed("no skip, G 16", "0.42/0.64/0.83 0.85/0.69/0.39") {
      $0.generator = .init(hidden: [16])
    },
    changed("no skip, G 64-64, 1 critic step", "0.93/0.93/0.58 0.73/0.66/0.51") {
      $0.generator = .init(hidden: [64, 64])
      $0.criticSteps = 1
    },
    changed("hinge in log r, no skip, G 16", "0.83/0.86/0.91 0.47/0.45/0.22") {
      guard case .precisionRecall(let lambda) = $0.generatorLoss else { return }
      $0.generator = .init(hidden: [16])
      $0.generatorLoss = .logHinge(lambda: lambda)
    },
  ].flatMap { $0 })

/// A change of the base (G 24, skip 2, three critic steps, 2500 steps, no penalty) at lambda 0.05, 1 and 20.
private func changed(
  _ name: String, _ published: String,
  _ change: @escaping @Sendable (inout GANConfiguration) -> Void
) -> [Entry] {
  let columns = published.split(separator: " ").map { $0.split(separator: "/") }
  let lambdas = [0.05, 1, 20]
  return entries(name, lambdas, lambdas.indices.map { "- \(columns[0][$0]) - - \(columns[1][$0])" })
  {
    var configuration = try prgan($0, width: 24, $1)
    configuration.logitPenalty = 0
    (configuration.criticSteps, configuration.steps) = (3, 2500)
    change(&configuration)
    return configuration
  }
}

private func gan(
  _ name: String, _ published: String,
  _ configuration: @escaping @Sendable (UInt64) throws -> GANConfiguration
) -> Entry {
  Entry(name: name, published: published) { try Row(try configuration($0)) }
}

let droppingTable = Table(
  title: "1.3 mode dropping", seeds: 7001...7010,
  entries: [
    gan("collapse", "1.3+-1.3 0.07+-0.07 - - -") { .collapsing(seed: $0) },
    gan("drop: tanh", "4.8+-1.2 0.63+-0.16 - - -") { .dropping(seed: $0) },
    gan("tanh, KL generator", "5.4+-1.9 0.65+-0.16 - - -") {
      var configuration = GANConfiguration.dropping(seed: $0)
      configuration.generatorLoss = .kullbackLeibler(clip: 20)
      return configuration
    },
    gan("tanh, critic rate 2e-3", "6.4+-0.8 0.93+-0.02 - - -") {
      var configuration = GANConfiguration.dropping(seed: $0)
      configuration.criticOptimizer.learningRate = 2e-3
      return configuration
    },
    gan("drop by capacity", "3.5+-1.6 0.65+-0.17 - - -") { .droppingByCapacity(seed: $0) },
    gan("no drop: skip 2, critic rate 2e-3, logit penalty", "8.0+-0.0 0.84+-0.02 - - -") {
      try wide(.nonSaturating, $0)
    },
    gan("no drop, preset", "- - - - -") { .cured(seed: $0) },
    gan("no skip, rates 1e-3, 4000 steps, non-saturating", "7.8+-0.4 0.84+-0.04 - - -") {
      try plain(.nonSaturating, $0)
    },
    gan("the same, saturating", "8.0+-0.0 0.85+-0.01 - - -") { try plain(.saturating, $0) },
    gan("reverse KL generator, G 24", "3.7+-2.2 0.80+-0.12 - - -") { .modeSeeking(seed: $0) },
    gan("KL generator, clip 3, G 64-64", "8.0+-0.0 0.83+-0.01 - - -") {
      try wide(.kullbackLeibler(clip: 3), $0)
    },
  ])

private func wide(_ loss: GeneratorLoss, _ seed: UInt64) throws -> GANConfiguration {
  GANConfiguration(
    target: try ring(0.1), generator: .init(hidden: [64, 64], skip: 2), generatorLoss: loss,
    logitPenalty: 0.02, steps: 3000, seed: seed)
}

private func plain(_ loss: GeneratorLoss, _ seed: UInt64) throws -> GANConfiguration {
  GANConfiguration(
    target: try ring(0.1), generator: .init(hidden: [64, 64]), generatorLoss: loss, steps: 4000,
    criticRate: 1e-3, seed: seed)
}

let latticeTable = Table(
  title: "4 the GAN on 25 modes", seeds: 7001...7005,
  entries: [gan("GAN", "17.0+-3.7 0.28+-0.08 0.13+-0.03 0.24 0.55") { .grid(seed: $0) }])
