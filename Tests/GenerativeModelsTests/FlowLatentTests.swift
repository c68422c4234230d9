import Distributions
import RealModule
import Testing

@testable import GenerativeModels

@Suite("Latent laws of flows")
struct FlowLatentTests {
  static let laws: [FlowLatent] = [
    .normal, .disc(mass: 0.5), .disc(mass: 0.99), .disc(mass: 1e-9), .scaled(0.4), .scaled(2),
  ]

  /// The radius that holds a part of the mass.
  func radius(_ law: FlowLatent, _ part: Double) -> Double {
    switch law {
    case .normal: (-2 * Double.log(onePlus: -part)).squareRoot()
    case .disc(let mass): (-2 * Double.log(onePlus: -part * mass)).squareRoot()
    case .scaled(let factor): factor * (-2 * Double.log(onePlus: -part)).squareRoot()
    }
  }

  @Test("have densities of mass 1", arguments: laws)
  func mass(_ law: FlowLatent) {
    let end = radius(law, 1 - 1e-12)
    let count = 20_000
    let step = end / Double(count)
    // In rings of the plane.
    let mass = (0..<count).reduce(0.0) { sum, index in
      let r = step * (Double(index) + 0.5)
      return sum + 2 * .pi * r * .exp(law.logDensity(SIMD2(0.6 * r, -0.8 * r))) * step
    }
    #expect(abs(mass - 1) < 1e-6)
  }

  @Test("are drawn by them: the radius by quarters, the direction by quadrants", arguments: laws)
  func sampling(_ law: FlowLatent) {
    var generator = SeededGenerator(seed: 3)
    let count = 40_000
    var (inside, quadrants) = ([0, 0, 0], [0, 0, 0, 0])
    let radii = [0.25, 0.5, 0.75].map { radius(law, $0) }
    for _ in 0..<count {
      let z = law.sample(using: &generator)
      #expect(law.logDensity(z).isFinite)
      let r = (z * z).sum().squareRoot()
      for index in radii.indices where r <= radii[index] { inside[index] += 1 }
      quadrants[(z.x > 0 ? 1 : 0) + (z.y > 0 ? 2 : 0)] += 1
    }
    // 4.9 standard deviations: a false alarm in one of 1e6 runs.
    let tolerance = 4.9 * (0.25 / Double(count)).squareRoot()
    for (index, part) in [0.25, 0.5, 0.75].enumerated() {
      #expect(abs(Double(inside[index]) / Double(count) - part) < tolerance)
    }
    for quadrant in quadrants {
      #expect(abs(Double(quadrant) / Double(count) - 0.25) < tolerance)
    }
  }

  @Test("end at the disc")
  func edge() {
    let law = FlowLatent.disc(mass: 0.5)
    let r = (2 * Double.log(2)).squareRoot()
    #expect(law.logDensity(SIMD2(r - 1e-9, 0)).isFinite)
    #expect(law.logDensity(SIMD2(r + 1e-9, 0)) == -.infinity)
  }
}
