import Distributions
@testable import GenerativeModels
import NeuralNetworks
import RealModule
import Testing

@Suite("Normalizing flows")
struct NormalizingFlowTests {
  static let transforms = FlowSupport.transforms

  @Test("are inverted, to rounding", arguments: transforms)
  func inverse(_ transform: CouplingTransform) throws {
    for seed in 1...5 as ClosedRange<UInt64> {
      let flow = try FlowSupport.bent(transform, seed: seed)
      let latents = FlowSupport.points(101, size: 4)
      let images = flow.images(ofLatents: latents)
      let back = flow.latents(ofImages: images.map(\.point))
      for (z, (image, again)) in zip(latents, zip(images, back)) {
        #expect(((again.point - z) * (again.point - z)).sum().squareRoot() < 1e-9)
        #expect(abs(again.logDeterminant + image.logDeterminant) < 1e-8)
      }
    }
  }

  @Test("have the determinant that differences give", arguments: transforms)
  func determinant(_ transform: CouplingTransform) throws {
    let flow = try FlowSupport.bent(transform, seed: 2)
    let step = 1e-6
    for z in FlowSupport.points(40, size: 2.5) {
      func point(_ dx: Double, _ dy: Double) -> SIMD2<Double> {
        flow.images(ofLatents: [z + SIMD2(dx, dy)])[0].point
      }
      let a = (point(step, 0) - point(-step, 0)) / (2 * step)
      let b = (point(0, step) - point(0, -step)) / (2 * step)
      let found = flow.images(ofLatents: [z])[0].logDeterminant
      #expect(abs(found - .log(abs(a.x * b.y - a.y * b.x))) < 1e-4)
    }
  }

  @Test("have densities of mass 1, whatever the latent law", arguments: transforms)
  func mass(_ transform: CouplingTransform) throws {
    for latent in [FlowLatent.normal, .scaled(0.6), .disc(mass: 0.7)] {
      let flow = try FlowSupport.bent(transform, seed: 3, strength: 0.5, latent: latent)
      let mass = FlowSupport.integral(size: 12, count: 600) {
        flow.logDensities($0).map { Double.exp($0) }
      }
      // A disc's density jumps at its edge: an error of about a cell's width times the length of the edge.
      let tolerance = if case .disc = latent { 2e-3 } else { 1e-4 }
      #expect(abs(mass - 1) < tolerance, "\(latent): \(mass)")
    }
  }

  @Test("give a point the same bits alone and in a batch of any size", arguments: transforms)
  func batches(_ transform: CouplingTransform) throws {
    let flow = try FlowSupport.bent(transform, seed: 4)
    let points = FlowSupport.points(300)
    let together = flow.logDensities(points)
    #expect(together == points.map(flow.logDensity))
    #expect(flow.logDensities(Array(points[3..<14])) == Array(together[3..<14]))
    #expect(flow.logDensities([]).isEmpty)
  }

  @Test("draw the same points one by one and together", arguments: transforms)
  func sampling(_ transform: CouplingTransform) throws {
    let flow = try FlowSupport.bent(transform, seed: 4)
    var (a, b) = (SeededGenerator(seed: 1), SeededGenerator(seed: 1))
    let together = flow.samples(count: 37, using: &a)
    let alone = (0..<37).map { _ in flow.sample(using: &b) }
    #expect(together == alone)
    #expect(a == b)
  }

  @Test("draw points by their density: a fraction against quadrature", arguments: transforms)
  func law(_ transform: CouplingTransform) throws {
    for latent in [FlowLatent.normal, .scaled(0.6), .disc(mass: 0.7)] {
      let flow = try FlowSupport.bent(transform, seed: 6, strength: 0.5, latent: latent)
      func isInside(_ x: SIMD2<Double>) -> Bool { x.x + 0.3 * x.y > 0.4 }
      let truth = FlowSupport.integral(size: 10, count: 500) { points in
        zip(points, flow.logDensities(points)).map { isInside($0) ? .exp($1) : 0 }
      }
      var generator = SeededGenerator(seed: 8)
      let count = 40_000
      let inside = flow.samples(count: count, using: &generator).filter(isInside).count
      // 4.9 standard deviations, exceeded with probability 1e-6, and the quadrature's error at the line.
      let tolerance = 4.9 * (truth * (1 - truth) / Double(count)).squareRoot() + 2e-3
      #expect(abs(Double(inside) / Double(count) - truth) < tolerance)
    }
  }

  @Test("agree with the tensors that they are trained as", arguments: transforms)
  func tensors(_ transform: CouplingTransform) throws {
    let flow = try FlowSupport.bent(transform, seed: 5)
    let points = FlowSupport.points(64)
    let (store, graph) = (ParameterStore(), Graph())
    let placed = PlacedFlow(flow, in: store)
    let x = graph.input(columns: 2)
    let logDensity = placed.logDensity(at: x)
    let (images, growth) = placed.images(of: x)
    let program = Program(graph, batch: 64, store: store, outputs: [logDensity, images, growth])
    program.write(
      Matrix(rows: 64, columns: 2, values: points.flatMap { [Float($0.x), Float($0.y)] }), to: x)
    program.run()
    let rounded = points.map { SIMD2(Double(Float($0.x)), Double(Float($0.y))) }
    let exact = flow.logDensities(rounded)
    let exactImages = flow.images(ofLatents: rounded)
    for row in 0..<64 {
      #expect(
        abs(Double(program.value(of: logDensity)[row, 0]) - exact[row]) < 3e-4
          * (1 + abs(exact[row])))
      #expect(
        abs(Double(program.value(of: growth)[row, 0]) - exactImages[row].logDeterminant) < 1e-3)
      #expect(abs(Double(program.value(of: images)[row, 0]) - exactImages[row].point.x) < 1e-3)
    }
  }

  @Test("vanish at infinity and do not hide NaN", arguments: transforms)
  func farPoints(_ transform: CouplingTransform) throws {
    let flow = try FlowSupport.bent(transform, seed: 1)
    for x in [
      SIMD2(Double.infinity, 0), SIMD2(0, -Double.infinity), SIMD2(1e300, 1e300), SIMD2(-1e200, 3),
    ] {
      #expect(flow.logDensity(x) == -.infinity || flow.logDensity(x) < -1e100)
    }
    #expect(flow.logDensity(SIMD2(.nan, 0)).isNaN)
    let truncated = try flow.with(latent: .disc(mass: 0.5))
    #expect(truncated.logDensity(SIMD2(50, 50)) == -.infinity)
  }

  @Test("refuse what is not a flow")
  func badInput() throws {
    let good = try FlowSupport.bent(.affine, seed: 1)
    let networks = good.couplings.map(\.conditioner)
    #expect(throws: ParameterError.self) { try NormalizingFlow(couplings: []) }
    for bins in [0, -1, 257] {
      #expect(throws: ParameterError.self) {
        try NormalizingFlow(couplings: [
          Coupling(.spline(bins: bins, bound: 3), conditioner: networks[0])
        ])
      }
    }
    for bound in [0, -1, .infinity, Double.nan] {
      #expect(throws: ParameterError.self) {
        try NormalizingFlow(couplings: [
          Coupling(.spline(bins: 1, bound: bound), conditioner: networks[0])
        ])
      }
    }
    for scale in [0, -1, .infinity, Double.nan] {
      #expect(throws: ParameterError.self) {
        try NormalizingFlow(couplings: good.couplings, scale: scale)
      }
    }
    for mass in [0, 1, -0.1, 1.1, Double.nan] {
      #expect(throws: ParameterError.self) { try good.with(latent: .disc(mass: mass)) }
    }
    for factor in [0, -1, .infinity, Double.nan] {
      #expect(throws: ParameterError.self) { try good.with(latent: .scaled(factor)) }
    }
    var broken = good.couplings
    broken[1].conditioner.layers[0].bias[0, 3] = .nan
    #expect(throws: ParameterError.self) { try NormalizingFlow(couplings: broken) }
    var generator = SeededGenerator(seed: 1)
    let wide = Network(sizes: [2, 4, 2], hidden: .silu, using: &generator)
    let error = #expect(throws: ParameterError.self) {
      try NormalizingFlow(couplings: [good.couplings[0], Coupling(.affine, conditioner: wide)])
    }
    #expect(error?.description.contains("coupling 2") == true)
  }
}
