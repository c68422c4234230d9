import Distributions
import Divergences
import NeuralNetworks
import RealModule
import Testing

@testable import GenerativeModels

@Suite struct AdversarialGraphsTests {
  func graphs(
    _ generatorLoss: GeneratorLoss, critic: CriticLoss = .divergence(.originalGAN), batch: Int,
    logitPenalty: Double = 0, gradientPenalty: Double = 0
  ) throws -> AdversarialGraphs {
    var configuration = GANConfiguration.cured()
    configuration.generatorLoss = generatorLoss
    configuration.criticLoss = critic
    configuration.batch = batch
    configuration.logitPenalty = logitPenalty
    configuration.gradientPenalty = gradientPenalty
    return AdversarialGraphs(
      configuration: configuration, meaning: try CriticMeaning(of: critic, divergence: nil))
  }

  // MARK: The gradient of a frozen ratio, P = N(0, 1), Q = N(theta, 1.3^2) at theta = 1.5

  /// `d/dtheta` of a generator's loss with the exact critic, frozen: the graph itself on 2^16 quantiles.
  func slope(_ loss: GeneratorLoss) throws -> Double {
    let batch = 1 << 16
    let (store, graph) = (ParameterStore(), Graph())
    let place = store.add(Matrix(rows: 1, columns: 1, repeating: 1.5))
    let theta = graph.parameter(place)
    let z = graph.input(columns: 1)
    let x = z.affine(scale: 1.3) + theta
    // log p / q, with q where it is.
    let fromModel = x.affine(scale: 1, offset: -1.5)
    let v =
      (0.5 / 1.69 * fromModel.times(fromModel) - 0.5 * x.times(x))
      .affine(scale: 1, offset: .log(1.3))
    let value = try graphs(loss, batch: batch).generatorLoss(v)
    let gradient = theta.gradient(of: value)
    let program = Program(graph, batch: batch, store: store, outputs: [value, gradient])
    let normal = try Normal(mean: 0, sd: 1)
    let quantiles = (0..<batch).map { Float(normal.quantile((Double($0) + 0.5) / Double(batch))) }
    program.write(Matrix(rows: batch, columns: 1, values: quantiles), to: z)
    program.run()
    return Double(program.number(of: gradient))
  }

  /// The same by a sum over a fine grid, `int q h'(r) r' dx` for the loss `E h(r)`.
  func reference(_ derivative: (_ ratio: Double) -> Double) throws -> Double {
    let (p, q) = (try Normal(mean: 0, sd: 1), try Normal(mean: 1.5, sd: 1.3))
    let step = 1e-4
    return stride(from: -12.0, to: 14, by: step).reduce(0) { sum, left in
      let x = left + step / 2
      let r = p.density(x) / q.density(x)
      let slope = r * ((x - 1.5) / 1.69 - x)
      return sum + step * q.density(x) * derivative(r) * slope
    }
  }

  /// `d/dtheta` of the f-divergence with `f'' = (lambda / u) 1{u < 1 / lambda}`, by differences.
  func truncatedKullbackLeibler(_ lambda: Double) throws -> Double {
    func divergence(_ theta: Double) throws -> Double {
      let (p, q) = (try Normal(mean: 0, sd: 1), try Normal(mean: theta, sd: 1.3))
      let step = 1e-4
      return stride(from: -12.0, to: 14, by: step).reduce(0) { sum, left in
        let x = left + step / 2
        let u = p.density(x) / q.density(x)
        let f = u < 1 / lambda ? lambda * (u * .log(lambda * u) - u) : -1
        return sum + step * q.density(x) * f
      }
    }
    return (try divergence(1.501) - divergence(1.499)) / 0.002
  }

  @Test(arguments: [(0.3, -0.0519, 0.2144), (1, -0.6058, 0.2817), (3, -2.4077, 0.2550)])
  func `the PR-GAN's gradient is right, and the literal primal's has the wrong sign`(
    lambda: Double, literal: Double, alpha: Double
  ) throws {
    let found = try slope(.precisionRecall(lambda: lambda))
    #expect(abs(found - alpha) < 1e-4)
    #expect(abs(found - (try reference { lambda * $0 < 1 ? -lambda : 0 })) < 1e-4)
    #expect(abs(found - (try truncatedKullbackLeibler(lambda))) < 1e-4)
    let wrong = try slope(.literalPrimal(lambda: lambda))
    #expect(abs(wrong - literal) < 1e-4)
    #expect(abs(wrong - (try reference { lambda * $0 > 1 ? lambda : 0 })) < 1e-4)
  }

  @Test func `the other losses have the gradients of their formulas`() throws {
    let losses: [(GeneratorLoss, (Double) -> Double)] = [
      (.logHinge(lambda: 2), { 2 * $0 < 1 ? -1 / $0 : 0 }), (.reverseKullbackLeibler, { -1 / $0 }),
      (.kullbackLeibler(clip: 0), { $0 < 1 ? -1 : 0 }),
      // softplus(-V) and -softplus(V), V = log r.
      (.nonSaturating, { -1 / ($0 * (1 + $0)) }), (.saturating, { -1 / (1 + $0) }),
    ]
    for (loss, derivative) in losses {
      let (found, expected) = (try slope(loss), try reference(derivative))
      #expect(abs(found - expected) < 3e-4 * (1 + abs(expected)), "\(loss)")
    }
  }

  // MARK: Whole losses by differences

  /// Compares gradients in all parameters of the moving networks with symmetric differences.
  func compare(
    _ networks: [Network], moving: [Int], inputs: [Int], batch: Int, tolerance: Double = 3e-3,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ build: ([PlacedNetwork], [Tensor]) -> Tensor
  ) {
    let (store, graph) = (ParameterStore(), Graph())
    let placed = networks.map { PlacedNetwork($0, in: store) }
    let x = inputs.map { graph.input(columns: $0) }
    let loss = build(placed, x)
    let parameters = moving.flatMap { placed[$0].parameters }
    let gradients = graph.gradients(
      of: loss, withRespectTo: parameters.map { graph.parameter($0) })
    let program = Program(graph, batch: batch, store: store, outputs: [loss] + gradients)
    var stream = NormalStream(seed: 11, stream: "inputs")
    for input in x {
      var matrix = Matrix(rows: batch, columns: input.columns)
      matrix.values.withUnsafeMutableBufferPointer { stream.fill($0) }
      program.write(matrix, to: input)
    }
    program.run()
    let found = gradients.map { program.value(of: $0) }
    #expect(
      found.contains { $0.values.contains { abs($0) > 1e-3 } }, sourceLocation: sourceLocation)
    for (parameter, gradient) in zip(parameters, found) {
      let original = store[parameter]
      for index in original.values.indices {
        let sides = [Float(1) / 256, -1 / 256].map { step -> Double in
          store[parameter].values[index] = original.values[index] + step
          program.run()
          return Double(program.number(of: loss))
        }
        store[parameter] = original
        let difference = (sides[0] - sides[1]) * 128
        #expect(
          abs(difference - Double(gradient.values[index])) <= tolerance * (1 + abs(difference)),
          "entry \(index): \(gradient.values[index]), by differences \(difference)",
          sourceLocation: sourceLocation)
      }
    }
  }

  func networks(spectralGain: Float? = nil) -> [Network] {
    var random = SeededGenerator(seed: 4)
    var (g, v) = (
      Network(sizes: [2, 5, 2], hidden: .tanh, using: &random),
      Network(sizes: [2, 6, 4, 1], hidden: .tanh, using: &random)
    )
    for index in v.layers.indices { v.layers[index].spectralGain = spectralGain }
    for index in g.layers.indices { g.layers[index].bias.values[0] = 0.1 }
    return [g, v]
  }

  static let divergences: [CriticDivergence] = [
    .kullbackLeibler, .reverseKullbackLeibler, .jensenShannon, .originalGAN, .totalVariation,
    .pearsonChiSquared, .neymanChiSquared, .squaredHellinger, .jeffreys, .leCam, .alpha(1.5),
    .precisionRecall(lambda: 2),
  ]

  @Test(arguments: divergences)
  func `critic's losses`(_ divergence: CriticDivergence) throws {
    let graphs = try graphs(
      .saturating, critic: .divergence(divergence), batch: 6, logitPenalty: 0.3)
    compare(networks(), moving: [1], inputs: [2, 2], batch: 6) { nets, x in
      graphs.criticLoss(real: nets[1](x[0]), fake: nets[1](nets[0](x[1]).detached()))
    }
  }

  @Test(
    arguments: [
      GeneratorLoss.saturating, .nonSaturating, .precisionRecall(lambda: 0.7),
      .literalPrimal(lambda: 3), .logHinge(lambda: 0.7), .kullbackLeibler(clip: 3),
      .reverseKullbackLeibler,
    ], [CriticDivergence.originalGAN, .kullbackLeibler, .pearsonChiSquared, .squaredHellinger])
  func `generator's losses`(_ loss: GeneratorLoss, _ divergence: CriticDivergence) throws {
    let graphs = try graphs(loss, critic: .divergence(divergence), batch: 6)
    compare(networks(), moving: [0, 1], inputs: [2], batch: 6) { nets, z in
      graphs.generatorLoss(nets[1](nets[0](z[0]) + 2 * z[0]))
    }
  }

  @Test func `WGAN-GP: second derivatives through the critic`() throws {
    let graphs = try graphs(.wasserstein, critic: .wasserstein(penalty: 10), batch: 6)
    compare(networks(), moving: [1], inputs: [2, 2, 1], batch: 6) { nets, x in
      let fake = nets[0](x[1]).detached()
      return graphs.criticLoss(real: nets[1](x[0]), fake: nets[1](fake))
        + graphs.lipschitzPenalty(
          2, critic: { nets[1]($0) }, real: x[0], fake: fake, share: x[2].map(.sigmoid))
    }
  }

  @Test func `a penalty on the slope at real samples`() throws {
    let graphs = try graphs(.nonSaturating, batch: 6, gradientPenalty: 1.5)
    compare(networks(), moving: [1], inputs: [2], batch: 6) { nets, x in
      graphs.slopePenalty(critic: { nets[1]($0) }, real: x[0])
    }
  }

  @Test func `a critic with spectral normalisation, with a penalty on its slope too`() throws {
    let graphs = try graphs(.nonSaturating, batch: 6, gradientPenalty: 1)
    compare(networks(spectralGain: 2), moving: [1], inputs: [2, 2], batch: 6) { nets, x in
      graphs.criticLoss(real: nets[1](x[0]), fake: nets[1](nets[0](x[1]).detached()))
        + graphs.slopePenalty(critic: { nets[1]($0) }, real: x[0])
    }
  }

  // MARK: Closed forms against the table

  @Test(arguments: [
    CriticDivergence.originalGAN, .jensenShannon, .kullbackLeibler, .pearsonChiSquared,
  ])
  func `closed forms agree with the generator function's own`(
    _ divergence: CriticDivergence
  ) throws {
    let f = try #require(try divergence.generatorFunction())
    let loss = CriticLoss.divergence(divergence)
    let meanings = [
      try CriticMeaning(of: loss, divergence: nil), try CriticMeaning(of: loss, divergence: f),
    ]
    let (store, graph) = (ParameterStore(), Graph())
    let v = graph.input(columns: 1)
    let outputs = meanings.flatMap {
      [$0.activation(v), $0.conjugate(v), $0.ratio(v), $0.logRatio(v)]
    }
    let program = Program(graph, batch: 60, store: store, outputs: outputs)
    let points = (0..<60).map { Float($0) / 2 - 9.9 }
    program.write(Matrix(rows: 60, columns: 1, values: points), to: v)
    program.run()
    for (closed, table) in zip(outputs.prefix(4), outputs.suffix(4)) {
      for (a, b) in zip(program.value(of: closed).values, program.value(of: table).values) {
        #expect(abs(a - b) <= 5e-6 * (1 + abs(a)), "\(divergence)")
      }
    }
  }
}
