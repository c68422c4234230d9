import Distributions
import Foundation
import NeuralNetworks
import Testing

@testable import GenerativeModels

@Suite struct GANTests {
  let gan: GAN

  init() throws {
    var configuration = GANConfiguration.cured()
    configuration.steps = 30
    gan = try configuration.train().gan
  }

  @Test func `the ratio is the exponential of the critic for the original GAN`() throws {
    let points: [SIMD2<Double>] = [[0, 2], [0.3, -1], [5, 5]]
    for (v, r) in zip(gan.criticValues(at: points), try gan.ratios(at: points)) {
      #expect(abs(r - exp(v)) <= 1e-12 * r)
    }
    var other = gan
    other.criticLoss = .wasserstein(penalty: 1)
    #expect(throws: TrainingError.self) { try other.ratios(at: points) }
  }

  @Test func `a sample does not depend on how many there are`() throws {
    var (a, b) = (SeededGenerator(seed: 1), SeededGenerator(seed: 1))
    let many = gan.samples(count: 3000, using: &a)
    #expect(many.count == 3000 && many.allSatisfy { $0.x.isFinite && $0.y.isFinite })
    #expect(gan.samples(count: 1000, using: &b) == Array(many.prefix(1000)))
    #expect(gan.samples(count: 0, using: &b).isEmpty)
  }

  @Test func `latents pass through the skip connection`() throws {
    let latents: [SIMD2<Double>] = [[0.5, -1]]
    var plain = gan
    plain.skip = 0
    let difference = gan.generated(from: latents)[0] - plain.generated(from: latents)[0]
    #expect(difference == [1, -2])
  }
}
