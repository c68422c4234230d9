import Distributions
import GenerativeModels
import NeuralNetworks

/// Flows, targets and points for tests.
enum FlowSupport {
  static let transforms: [CouplingTransform] = [.affine, .spline(bins: 5, bound: 3)]

  /// A flow with random parameters that bends the plane.
  static func bent(
    _ transform: CouplingTransform, seed: UInt64, couplings: Int = 4, strength: Float = 1,
    latent: FlowLatent = .normal
  ) throws -> NormalizingFlow {
    var generator = SeededGenerator(seed: seed, stream: "bent")
    let layers = (0..<couplings).map { _ in
      var network = Network(
        sizes: [1, 9, 7, transform.parameterCount], hidden: .silu, using: &generator)
      for index in network.layers[2].weight.values.indices {
        // Beyond this the inverse amplifies rounding by more than 1e5.
        network.layers[2].weight.values[index] *= strength * (transform == .affine ? 0.5 : 0.15)
      }
      return Coupling(transform, conditioner: network)
    }
    return try NormalizingFlow(couplings: layers, scale: 1.3, latent: latent)
  }

  static func ring() throws -> PlanarMixture { try .ring(count: 8, radius: 2, sd: 0.15) }

  /// Points of a square, not on a lattice.
  static func points(_ count: Int, size: Double = 3, seed: UInt64 = 5) -> [SIMD2<Double>] {
    var generator = SeededGenerator(seed: seed, stream: "points")
    return (0..<count).map { _ in
      SIMD2(
        Double.random(in: -size...size, using: &generator),
        Double.random(in: -size...size, using: &generator))
    }
  }

  /// The midpoint rule for a function's integral over `[-size, size]^2`.
  static func integral(
    size: Double, count: Int, _ values: ([SIMD2<Double>]) -> [Double]
  ) -> Double {
    let cell = 2 * size / Double(count)
    func coordinate(_ index: Int) -> Double { -size + cell * (Double(index) + 0.5) }
    var points: [SIMD2<Double>] = []
    points.reserveCapacity(count * count)
    for i in 0..<count { for j in 0..<count { points.append(SIMD2(coordinate(i), coordinate(j))) } }
    return values(points).reduce(0, +) * cell * cell
  }
}
