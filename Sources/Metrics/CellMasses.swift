import Distributions
import GSL
import RealModule

/// The masses that a mixture gives to the squares of a lattice, `[i h, (i + 1) h) x [j h, (j + 1) h)` for whole i, j.
///
/// Those of components with uncorrelated coordinates are products of differences of distribution functions; of others
/// the one-dimensional integral over the square's width of the conditional mass, by Gauss-Legendre panels no
/// wider than half of a deviation, which leaves an error below 1e-14. What is farther than `reach` deviations from every
/// mode has mass below 1e-16 and counts as nothing.
struct CellMasses {
  static let reach = 8.5

  let binWidth: Double
  /// The first column's i and the first row's j.
  let firstColumn, firstRow: Int
  let columns, rows: Int
  /// Row by row.
  private(set) var masses: [Double]

  /// Nil when the lattice would have more than `limit` squares.
  init?(of target: PlanarMixture, binWidth: Double, limit: Int) {
    var (low, high) = (SIMD2(repeating: Double.infinity), SIMD2(repeating: -Double.infinity))
    for law in target.components {
      let reach = Self.reach * law.deviations
      low = pointwiseMin(low, law.mean - reach)
      high = pointwiseMax(high, law.mean + reach)
    }
    let first = (low / binWidth).rounded(.down)
    let size = (high / binWidth).rounded(.down) - first + 1
    guard size.x * size.y <= Double(limit), first.x.magnitude < 1e15, first.y.magnitude < 1e15
    else { return nil }
    self.binWidth = binWidth
    (firstColumn, firstRow) = (Int(first.x), Int(first.y))
    (columns, rows) = (Int(size.x), Int(size.y))
    masses = Array(repeating: 0, count: columns * rows)
    for (weight, law) in zip(target.weights, target.components) { add(weight, law) }
  }

  /// The position of a point's square, nil outside of the lattice.
  @inline(__always)
  func index(of point: SIMD2<Double>) -> Int? {
    let place = (point / binWidth).rounded(.down) - SIMD2(Double(firstColumn), Double(firstRow))
    guard place.x >= 0, place.y >= 0, place.x < Double(columns), place.y < Double(rows) else {
      return nil
    }
    return Int(place.y) * columns + Int(place.x)
  }

  private mutating func add(_ weight: Double, _ law: PlanarNormal) {
    let reach = Self.reach * law.deviations
    func range(_ mean: Double, _ reach: Double, _ first: Int, _ count: Int) -> Range<Int> {
      let from = Int(((mean - reach) / binWidth).rounded(.down)) - first
      let to = Int(((mean + reach) / binWidth).rounded(.down)) - first
      return max(0, from)..<min(count, to + 1)
    }
    let columnRange = range(law.mean.x, reach.x, firstColumn, columns)
    let rowRange = range(law.mean.y, reach.y, firstRow, rows)
    func edge(_ first: Int, _ index: Int) -> Double { Double(first + index) * binWidth }
    let factor = law.covariance.factor
    if law.covariance.xy == 0 {
      let across = rowRange.map { row in
        weight
          * intervalMass(
            (edge(firstRow, row) - law.mean.y) / factor.c,
            (edge(firstRow, row + 1) - law.mean.y) / factor.c)
      }
      for column in columnRange {
        let along = intervalMass(
          (edge(firstColumn, column) - law.mean.x) / factor.a,
          (edge(firstColumn, column + 1) - law.mean.x) / factor.a)
        for (row, mass) in zip(rowRange, across) { masses[row * columns + column] += along * mass }
      }
      return
    }
    // u is the first coordinate in its deviations; given u the second is normal with mean m + b u and deviation c.
    let slope = (factor.b / factor.c).magnitude
    let panel = 0.5 / max(1, slope)
    for column in columnRange {
      let (from, to) = (
        (edge(firstColumn, column) - law.mean.x) / factor.a,
        (edge(firstColumn, column + 1) - law.mean.x) / factor.a
      )
      let parts = max(1, Int(((to - from) / panel).rounded(.up)))
      let half = (to - from) / Double(parts) / 2
      for part in 0..<parts {
        let middle = from + (2 * Double(part) + 1) * half
        for (node, share) in gaussLegendre8 {
          let u = middle + half * node
          let density = weight * half * share * StandardNormal.density(u)
          guard density > 1e-300 else { continue }
          let center = law.mean.y + factor.b * u
          // Only rows within reach of the conditional law.
          let near = range(center, Self.reach * factor.c, firstRow, rows).clamped(to: rowRange)
          for row in near {
            masses[row * columns + column] +=
              density
              * intervalMass(
                (edge(firstRow, row) - center) / factor.c,
                (edge(firstRow, row + 1) - center) / factor.c)
          }
        }
      }
    }
  }
}

extension PlanarNormal {
  /// The standard deviations of both coordinates.
  var deviations: SIMD2<Double> {
    SIMD2(covariance.xx.squareRoot(), covariance.yy.squareRoot())
  }
}

/// The standard normal mass of an interval, from the tail on its side so that it does not cancel.
private func intervalMass(_ a: Double, _ b: Double) -> Double {
  a > 0
    ? StandardNormal.upper(a) - StandardNormal.upper(b)
    : StandardNormal.lower(b) - StandardNormal.lower(a)
}

/// Nodes and weights of the Gauss-Legendre rule with eight nodes on [-1, 1].
private let gaussLegendre8: [(Double, Double)] = [
  (0.183_434_642_495_649_8, 0.362_683_783_378_362_0),
  (0.525_532_409_916_329_0, 0.313_706_645_877_887_3),
  (0.796_666_477_413_626_7, 0.222_381_034_453_374_5),
  (0.960_289_856_497_536_2, 0.101_228_536_290_376_3),
].flatMap { [($0.0, $0.1), (-$0.0, $0.1)] }
