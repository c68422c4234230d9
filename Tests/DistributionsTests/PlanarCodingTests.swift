import Distributions
import Foundation
import Testing

struct PlanarCodingTests {
  @Test
  func `a mixture is read back as it was written`() throws {
    let mixture = try PlanarMixture(
      weights: [0.25, 0, 0.75],
      components: [
        PlanarNormal(mean: [0.1, -2], covariance: PlanarCovariance(xx: 2, xy: -0.9, yy: 0.7)),
        PlanarNormal(mean: [50, 50], sd: 1), PlanarNormal(mean: [-3, 1], sd: 0.6),
      ])
    let bytes = try JSONEncoder().encode(mixture)
    #expect(try JSONDecoder().decode(PlanarMixture.self, from: bytes) == mixture)
    let broken = Data(#"{"weights": [0.5], "components": []}"#.utf8)
    #expect(throws: ParameterError.self) {
      try JSONDecoder().decode(PlanarMixture.self, from: broken)
    }
  }
}
