import Distributions
import NeuralNetworks
import Testing

@testable import GenerativeModels

@Suite struct MixtureSamplerTests {
  @Test func `components come by their weights, with their means and covariances`() throws {
    let law = try PlanarMixture(
      weights: [0.6, 0.1, 0.3],
      components: [
        PlanarNormal(mean: [0, 10], covariance: PlanarCovariance(xx: 1, xy: 0.8, yy: 2)),
        PlanarNormal(mean: [50, 0], sd: 0.5), PlanarNormal(mean: [-50, 3], sd: 2),
      ])
    var stream = NormalStream(seed: 5, stream: "test")
    let count = 400_000
    var room = [Float](repeating: 0, count: 2 * count)
    room.withUnsafeMutableBufferPointer { MixtureSampler(law).fill($0, from: &stream) }
    let points = (0..<count).map { SIMD2(Double(room[2 * $0]), Double(room[2 * $0 + 1])) }
    let groups = [
      points.filter { abs($0.x) < 20 }, points.filter { $0.x > 20 }, points.filter { $0.x < -20 },
    ]
    for (weight, (component, group)) in zip(law.weights, zip(law.components, groups)) {
      let n = Double(group.count)
      // Five standard deviations: two sides of three laws and five numbers, in all below 1e-5 times 1.7.
      #expect(
        abs(n - weight * Double(count)) < 5 * (Double(count) * weight * (1 - weight)).squareRoot())
      let mean = group.reduce(.zero, +) / n
      let (c, d) = (component.covariance, mean - component.mean)
      #expect(abs(d.x) < 5 * (c.xx / n).squareRoot() && abs(d.y) < 5 * (c.yy / n).squareRoot())
      let moments =
        group.reduce(SIMD4<Double>.zero) {
          let e = $1 - component.mean
          return $0 + SIMD4(e.x * e.x, e.x * e.y, e.y * e.y, 0)
        } / n
      #expect(abs(moments[0] - c.xx) < 5 * c.xx * (2 / n).squareRoot())
      #expect(abs(moments[2] - c.yy) < 5 * c.yy * (2 / n).squareRoot())
      #expect(abs(moments[1] - c.xy) < 5 * ((c.xx * c.yy + c.xy * c.xy) / n).squareRoot())
    }
  }

  @Test func `shards have streams of their own`() {
    let inputs = TrainingInputs(seed: 1, stream: "test")
    func numbers(_ shard: Int) -> [Float] {
      var room = [Float](repeating: 0, count: 16)
      room.withUnsafeMutableBufferPointer { inputs.normal($0, shard) }
      return room
    }
    #expect(Set((0..<4).map { numbers($0) }).count == 4)
  }
}
