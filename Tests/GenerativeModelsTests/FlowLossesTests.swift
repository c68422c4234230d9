import Distributions
import Divergences
import NeuralNetworks
import RealModule
import Testing

@testable import GenerativeModels

/// Gradients of the training's losses against differences of what they stand for, computed from exact densities.
@Suite("Losses of flows")
struct FlowLossesTests {
  static let batch = 12
  static let lambdas = [0.2, 1, 5]

  let flow: NormalizingFlow
  let target: PlanarMixture
  let points = FlowSupport.points(Self.batch, size: 2, seed: 9)
  let discriminator: Network

  init() throws {
    flow = try FlowSupport.bent(.affine, seed: 7, couplings: 2)
    target = try PlanarMixture(
      weights: [0.5, 0.3, 0.2],
      components: [
        PlanarNormal(mean: SIMD2(1, 0), sd: 0.9),
        PlanarNormal(mean: SIMD2(-1, 0.5), covariance: PlanarCovariance(xx: 1, xy: 0.4, yy: 0.6)),
        PlanarNormal(mean: SIMD2(0, -1), sd: 1.2),
      ])
    var generator = SeededGenerator(seed: 4)
    discriminator = Network(sizes: [2, 8, 1], hidden: .leakyReLU(slope: 0.2), using: &generator)
  }

  // MARK: Exact values

  func logRatios(_ x: [SIMD2<Double>], _ flow: NormalizingFlow) -> [Double] {
    zip(x, flow.logDensities(x)).map { target.logDensity($0) - $1 }
  }

  func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

  func critic(_ x: [SIMD2<Double>]) -> [Double] {
    discriminator(Matrix(x)).values.map(Double.init)
  }

  /// The mean over fixed points of `q f(p / q) / m`, m the mixture of target and the unchanged flow.
  func mixture(_ changed: NormalizingFlow, _ f: (Double) -> Double) -> Double {
    let before = flow.logDensities(points)
    let after = changed.logDensities(points)
    return mean(
      points.indices.map { index in
        let p = target.density(points[index])
        let (q0, q) = (Double.exp(before[index]), Double.exp(after[index]))
        return q * f(p / q) / ((p + q0) / 2)
      })
  }

  /// The log-ratios at the images of fixed latents.
  func images(_ changed: NormalizingFlow) -> (x: [SIMD2<Double>], logRatios: [Double]) {
    let images = changed.images(ofLatents: points)
    let x = images.map(\.point)
    return (
      x,
      zip(points, images).map { z, image in
        target.logDensity(image.point)
          - (FlowLatent.normal.logDensity(z) - image.logDeterminant)
      }
    )
  }

  // MARK: Comparison

  func configuration(_ objective: FlowObjective) -> FlowConfiguration {
    FlowConfiguration(target: target, objective: objective, batch: Self.batch)
  }

  /// The gradient of a loss with respect to every parameter, and the loss's values.
  func gradients(
    _ objective: FlowObjective, _ flow: NormalizingFlow,
    _ build: (FlowLosses, Tensor, PlacedNetwork) throws -> (minimised: Tensor, value: Tensor)
  ) throws -> (gradients: [[Double]], value: Double) {
    let (store, graph) = (ParameterStore(), Graph())
    let placed = PlacedFlow(flow, in: store)
    let critic = PlacedNetwork(discriminator, in: store)
    let losses = FlowLosses(configuration(objective), placed, in: store)
    let x = graph.input(columns: 2)
    let (loss, value) = try build(losses, x, critic)
    let gradients = graph.gradients(
      of: loss,
      withRespectTo: placed.conditioners.flatMap(\.parameters).map { graph.parameter($0) })
    let program = Program(
      graph, batch: Self.batch, store: store, outputs: gradients + [value])
    program.write(Matrix(points), to: x)
    program.run()
    return (
      gradients.map { program.value(of: $0).values.map(Double.init) },
      Double(program.value(of: value).values[0])
    )
  }

  /// A flow with one entry changed: of the weight or the bias of a layer.
  func changed(
    _ flow: NormalizingFlow, coupling: Int, parameter: Int, entry: Int, by step: Float
  ) throws -> (flow: NormalizingFlow, value: Float) {
    var couplings = flow.couplings
    let layer = parameter / 2
    var value: Float = 0
    if parameter.isMultiple(of: 2) {
      couplings[coupling].conditioner.layers[layer].weight.values[entry] += step
      value = couplings[coupling].conditioner.layers[layer].weight.values[entry]
    } else {
      couplings[coupling].conditioner.layers[layer].bias.values[entry] += step
      value = couplings[coupling].conditioner.layers[layer].bias.values[entry]
    }
    return (try NormalizingFlow(couplings: couplings, scale: flow.scale), value)
  }

  func compare(
    _ found: [[Double]], _ flow: NormalizingFlow, _ exact: (NormalizingFlow) -> Double
  ) throws {
    for (index, gradient) in found.enumerated() {
      let perCoupling = found.count / flow.couplings.count
      let (coupling, parameter) = (index / perCoupling, index % perCoupling)
      for entry in gradient.indices {
        let sides = try [Float(1) / 2048, -1 / 2048].map {
          try changed(flow, coupling: coupling, parameter: parameter, entry: entry, by: $0)
        }
        let difference =
          (exact(sides[0].flow) - exact(sides[1].flow)) / Double(sides[0].value - sides[1].value)
        #expect(
          abs(gradient[entry] - difference) <= 1e-3 * (1 + abs(difference)),
          "coupling \(coupling + 1), parameter \(parameter), entry \(entry): \(gradient[entry]), by differences \(difference)"
        )
      }
    }
  }

  // MARK: Objectives

  @Test("maximum likelihood", arguments: FlowSupport.transforms)
  func likelihood(_ transform: CouplingTransform) throws {
    let flow = try FlowSupport.bent(transform, seed: 7, couplings: 2)
    let (found, value) = try gradients(.maximumLikelihood, flow) { losses, x, _ in
      let loss = losses.likelihood(at: x)
      return (loss, loss)
    }
    let exact: (NormalizingFlow) -> Double = { -mean($0.logDensities(points)) }
    #expect(abs(value - exact(flow)) < 1e-4)
    try compare(found, flow, exact)
  }

  @Test("MIX follows alpha_lambda at fixed points", arguments: lambdas)
  func mixture(lambda: Double) throws {
    let top = min(lambda, 1)
    let f = { (u: Double) in top - min(lambda * u, 1) }
    let (found, value) = try gradients(.mixture(lambda: lambda), flow) { losses, x, _ in
      try losses.mixture(at: x)
    }
    #expect(abs(value - mixture(flow, f)) < 1e-4)
    // Up to a multiple of u - 1, which changes no divergence, f is the negative of min(lambda u, 1).
    try compare(found, flow) { mixture($0) { -min(lambda * $0, 1) } }
  }

  @Test(
    "MIX follows any divergence at fixed points",
    arguments: [
      CriticDivergence.kullbackLeibler, .reverseKullbackLeibler, .jensenShannon,
      .squaredHellinger, .leCam, .jeffreys,
    ])
  func divergence(_ divergence: CriticDivergence) throws {
    let f = try #require(try divergence.generatorFunction())
    let (found, value) = try gradients(.mixtureDivergence(divergence), flow) { losses, x, _ in
      try losses.mixture(at: x)
    }
    #expect(abs(value - mixture(flow) { f($0) }) < 1e-3)
    try compare(found, flow) { mixture($0) { f($0) } }
  }

  @Test("ADV-MIX weighs log q by the discriminator's ratio", arguments: lambdas)
  func adversarialMixture(lambda: Double) throws {
    let h = { (r: Double) in lambda * r > 1 ? -1.0 : 0 }
    let weights = critic(points).map { h(.exp($0)) * 2 / (1 + Double.exp($0)) }
    let (found, _) = try gradients(.adversarialMixture(lambda: lambda), flow) {
      try $0.mixture(at: $1, discriminator: $2)
    }
    try compare(found, flow) { changed in
      mean(zip(weights, changed.logDensities(points)).map { $0 * $1 })
    }
  }

  @Test("EXACT follows alpha_lambda at the images of fixed latents", arguments: lambdas)
  func reparametrised(lambda: Double) throws {
    let exact: (NormalizingFlow) -> Double = { changed in
      min(lambda, 1) - mean(images(changed).logRatios.map { min(lambda * .exp($0), 1) })
    }
    let (found, value) = try gradients(.reparametrised(lambda: lambda), flow) { losses, z, _ in
      let loss = losses.reparametrised(from: z)
      return (loss, loss)
    }
    #expect(abs(value - exact(flow)) < 1e-4)
    try compare(found, flow, exact)
  }

  @Test("EXACT-F follows the literal mean", arguments: lambdas)
  func literal(lambda: Double) throws {
    let exact: (NormalizingFlow) -> Double = { changed in
      mean(images(changed).logRatios.map { max(lambda * .exp($0), 1) }) - max(lambda, 1)
    }
    let (found, value) = try gradients(.literalReparametrised(lambda: lambda), flow) {
      let loss = $0.reparametrised(from: $1)
      _ = $2
      return (loss, loss)
    }
    #expect(abs(value - exact(flow)) < 1e-3)
    try compare(found, flow, exact)
  }

  @Test("reverse KL, also of splines", arguments: FlowSupport.transforms)
  func reverseKullbackLeibler(_ transform: CouplingTransform) throws {
    let flow = try FlowSupport.bent(transform, seed: 7, couplings: 2)
    let (found, value) = try gradients(.reverseKullbackLeibler, flow) { losses, z, _ in
      let loss = losses.reparametrised(from: z)
      return (loss, loss)
    }
    let exact: (NormalizingFlow) -> Double = { -mean(images($0).logRatios) }
    #expect(abs(value - exact(flow)) < 1e-4)
    try compare(found, flow, exact)
  }

  @Test("ADV follows the discriminator's ratio, frozen", arguments: lambdas)
  func adversarial(lambda: Double) throws {
    let (found, _) = try gradients(.adversarial(lambda: lambda), flow) {
      let loss = $0.reparametrised(from: $1, discriminator: $2)
      return (loss, loss)
    }
    try compare(found, flow) { changed in
      min(lambda, 1) - mean(critic(images(changed).x).map { min(lambda * .exp($0), 1) })
    }
  }
}
