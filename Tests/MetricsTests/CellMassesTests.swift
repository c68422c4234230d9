import Distributions
import GSL
@testable import Metrics
import Testing

struct CellMassesTests {
  static let laws: [PlanarMixture] = [
    try! .ring(count: 8, radius: 2, sd: 0.15),
    try! PlanarMixture(
      weights: [0.3, 0.6, 0.1],
      components: [
        PlanarNormal(mean: [1, -2], covariance: PlanarCovariance(xx: 2, xy: -0.9, yy: 0.7)),
        PlanarNormal(
          mean: [0.3, 0.2], covariance: PlanarCovariance(major: 1, minor: 0.02, angle: 0.6)),
        PlanarNormal(mean: [-3, 1], covariance: PlanarCovariance(xx: 0.01, xy: 0, yy: 4)),
      ]),
  ]

  @Test(arguments: laws, [0.1, 0.35])
  func `columns and rows add up to the coordinates' own masses`(
    law: PlanarMixture, binWidth: Double
  ) throws {
    let cells = try #require(CellMasses(of: law, binWidth: binWidth, limit: 4_000_000))
    expectClose(cells.masses.reduce(0, +), 1, absolute: 1e-13)
    #expect(cells.masses.allSatisfy { $0 >= 0 })
    func expected(_ edge: Double, _ mean: Double, _ variance: Double) -> Double {
      let sd = variance.squareRoot()
      return StandardNormal.lower((edge + binWidth - mean) / sd)
        - StandardNormal.lower((edge - mean) / sd)
    }
    for column in 0..<cells.columns {
      let sum = (0..<cells.rows).reduce(0) { $0 + cells.masses[$1 * cells.columns + column] }
      let edge = Double(cells.firstColumn + column) * binWidth
      let mass = zip(law.weights, law.components).reduce(0) {
        $0 + $1.0 * expected(edge, $1.1.mean.x, $1.1.covariance.xx)
      }
      expectClose(sum, mass, absolute: 1e-13)
    }
    for row in 0..<cells.rows {
      let sum = (0..<cells.columns).reduce(0) { $0 + cells.masses[row * cells.columns + $1] }
      let edge = Double(cells.firstRow + row) * binWidth
      let mass = zip(law.weights, law.components).reduce(0) {
        $0 + $1.0 * expected(edge, $1.1.mean.y, $1.1.covariance.yy)
      }
      expectClose(sum, mass, absolute: 1e-13)
    }
  }

  @Test
  func `a cell's mass is the integral of the density`() throws {
    let (law, binWidth) = (Self.laws[1], 0.2)
    let cells = try #require(CellMasses(of: law, binWidth: binWidth, limit: 4_000_000))
    for point: SIMD2<Double> in [[0.3, 0.25], [0.31, 0.41], [1.5, -2.1], [-3, 1.5]] {
      let index = try #require(cells.index(of: point))
      let corner =
        binWidth
        * SIMD2(
          Double(cells.firstColumn + index % cells.columns),
          Double(cells.firstRow + index / cells.columns))
      #expect(corner.x <= point.x && point.x < corner.x + binWidth)
      #expect(corner.y <= point.y && point.y < corner.y + binWidth)
      // The midpoint rule's error is below (h / sd)^2 / 24 = 3e-5 of the mass.
      let count = 400
      let h = binWidth / Double(count)
      var sum = 0.0
      for i in 0..<count {
        for j in 0..<count {
          sum += law.density(corner + h * SIMD2(Double(i) + 0.5, Double(j) + 0.5))
        }
      }
      expectClose(cells.masses[index], h * h * sum, relative: 3e-5)
    }
  }

  @Test
  func `outside of the lattice there is no cell`() throws {
    let cells = try #require(CellMasses(of: Self.laws[0], binWidth: 0.1, limit: 100_000))
    #expect(cells.index(of: [1e300, 0]) == nil)
    #expect(cells.index(of: [0, -50]) == nil)
    #expect(CellMasses(of: Self.laws[0], binWidth: 0.001, limit: 100_000) == nil)
    #expect(CellMasses(of: Self.laws[0], binWidth: 1e-300, limit: 100_000) == nil)
  }
}
