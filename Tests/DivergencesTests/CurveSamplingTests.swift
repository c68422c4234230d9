import Distributions
import Divergences
import GSL
import RealModule
import Testing
import TestSupport

@Suite struct CurveSamplingTests {
  /// The largest distance of the curve, at many lambdas, from the polygon through `points`.
  static func deviation(
    of points: [PrecisionRecallPoint], curve: (Double) throws -> (recall: Double, precision: Double)
  ) rethrows -> Double {
    try (-400...400).map { Double.exp2(Double($0) / 20) }.map { lambda in
      let (recall, precision) = try curve(lambda)
      return zip(points, points.dropFirst()).map { a, b in
        let (x, y) = (b.recall - a.recall, b.precision - a.precision)
        let square = x * x + y * y
        let along =
          square > 0
          ? ((recall - a.recall) * x + (precision - a.precision) * y) / square : 0
        let t = min(1, max(0, along))
        let (dx, dy) = (recall - a.recall - t * x, precision - a.precision - t * y)
        return (dx * dx + dy * dy).squareRoot()
      }.min() ?? .infinity
    }.max() ?? .infinity
  }

  @Test(arguments: [1e-1, 1e-2, 1e-3, 1e-4])
  func `the polygon stays within the tolerance of an exact curve`(tolerance: Double) {
    forAll(FinitePair.arbitrary, cases: 60) { pair in
      let curve = try FinitePrecisionRecallCurveTests.curve(pair)
      let (target, model) = try pair.laws
      let fast = try ApproximatePrecisionRecallCurve(
        target: target.approximate, model: model.approximate)
      let evaluate = { (lambda: Double) in
        (recall: try fast.beta(lambda).value, precision: try fast.alpha(lambda).value)
      }
      let points = try curve.sampled(tolerance: tolerance)
      let few = try fast.sampled(tolerance: tolerance)
      return try Self.deviation(of: points, curve: evaluate) <= tolerance + 1e-12
        && Self.deviation(of: few, curve: evaluate) <= tolerance + 1e-12
    }
  }

  @Test func `an exact curve keeps its vertices and both ends`() {
    forAll(FinitePair.arbitrary, cases: 100) { pair in
      let curve = try FinitePrecisionRecallCurveTests.curve(pair)
      let points = try curve.sampled(tolerance: 0.5)
      return curve.vertices.allSatisfy { vertex in
        points.contains {
          abs($0.precision - Double(vertex.alpha)) < 1e-15
            && abs($0.recall - Double(vertex.beta)) < 1e-15
            && $0.lambda == Double(vertex.lambda)
        }
      } && zip(points, points.dropFirst()).allSatisfy { $0.lambda < $1.lambda }
    }
  }

  @Test func `a box needs its corner only`() throws {
    let law = try FiniteWeights([0.5, 0.5])
    let points = try ApproximatePrecisionRecallCurve(target: law, model: law).sampled()
    #expect(points.map(\.lambda) == [0, 1, .infinity])
    #expect(points.map(\.precision) == [0, 1, 1] && points.map(\.recall) == [1, 1, 0])
  }

  @Test func `many vertices do not mean many points`() throws {
    var generator = SeededGenerator(seed: 9)
    let draw = { (_: Int) in generator.nextUniform() }
    let p = try FiniteWeights(normalizing: (0..<50_000).map(draw))
    let q = try FiniteWeights(normalizing: (0..<50_000).map(draw))
    let curve = try ApproximatePrecisionRecallCurve(target: p, model: q)
    let points = try curve.sampled(tolerance: 1e-3)
    #expect(curve.lambdas.count > 49_000)
    #expect(points.count <= 80)
    let deviation = try Self.deviation(of: points) {
      (recall: try curve.beta($0).value, precision: try curve.alpha($0).value)
    }
    #expect(deviation <= 1e-3)
  }

  @Test func `a bad tolerance is refused`() throws {
    let curve = try FinitePrecisionRecallCurveTests.curve(FinitePair(target: [1], model: [1]))
    for tolerance in [0, -1, 2, .nan] as [Double] {
      #expect(throws: ParameterError.self) { try curve.sampled(tolerance: tolerance) }
    }
  }
}
