import Distributions
import RealModule

/// A target's density at the midpoints of a square lattice that covers it, prepared once for thousands of models.
///
/// The midpoint rule is spectrally accurate for normal densities no narrower than the lattice's step; kinks cost an
/// error of the order of its square.
struct PlanarGrid {
  let step: Double
  private let origin: SIMD2<Double>
  private let columns, rows: Int
  /// Row by row; 1e-300 where the density underflows.
  private let densities: [Double]

  /// Covers eight standard deviations around every component, with `nodesPerDeviation` nodes in the smallest one.
  init(target: PlanarMixture, nodesPerDeviation: Double) {
    var (low, high) = (SIMD2(repeating: Double.infinity), SIMD2(repeating: -Double.infinity))
    var finest = Double.infinity
    for law in target.components {
      let reach = 8 * SIMD2(law.covariance.xx.squareRoot(), law.covariance.yy.squareRoot())
      low = pointwiseMin(low, law.mean - reach)
      high = pointwiseMax(high, law.mean + reach)
      finest = min(finest, law.covariance.principalDeviations.minor)
    }
    let size = high - low
    // A component a thousand times finer than the whole cannot be resolved: the step keeps to a million nodes.
    let step = max(finest / nodesPerDeviation, (size.x * size.y / 1e6).squareRoot())
    let columns = Int((size.x / step).rounded(.up))
    let rows = Int((size.y / step).rounded(.up))
    let origin = low + step / 2
    var densities: [Double] = []
    densities.reserveCapacity(columns * rows)
    for row in 0..<rows {
      for column in 0..<columns {
        let x = origin + step * SIMD2(Double(column), Double(row))
        densities.append(max(target.density(x), 1e-300))
      }
    }
    (self.step, self.origin, self.columns, self.rows) = (step, origin, columns, rows)
    self.densities = densities
  }

  /// The f-divergence, its integrand not negative; see `FitGrid`.
  func divergence(_ f: some GeneratorFunction, _ model: PlanarPlace) -> Double {
    let (atOne, slope) = (f(1), f.derivative(1))
    let atZero = f.valueAtZero - atOne + slope
    var sum = 0.0
    let outside = visit(model) { p, q, _ in
      sum += max(0, f.perspective(p, q) - atOne * q - slope * (p - q))
      return 0
    }
    return atOne + step * step * sum + (atZero.isFinite ? outside * atZero : 0)
  }

  /// The PR-divergence, exactly zero when `lambda p` and q are in order at every node up to the recurrence's rounding.
  ///
  /// Along each row the positive part of `g = lambda p - q` or `q - lambda p` is integrated from zero to zero of its
  /// linear interpolant, with the Euler-Maclaurin term `step^2 |g'| / 12` at each: so a kink costs no more than the
  /// third power of the step, and the sum is as smooth in the model as the integral is.
  func divergence(lambda: Double, _ model: PlanarPlace) -> Double {
    let sign = lambda <= 1 ? 1.0 : -1.0
    var sum = 0.0
    let outside = visit(model) { p, q, before in
      var g = sign * (lambda * p - q)
      if g > 0, g <= 1e-9 * q { g = 0 }
      guard let before else { return g }
      if g > 0 || before > 0 {
        if g >= 0 && before >= 0 {
          sum += (g + before) / 2
        } else {
          let (rise, part) = (abs(g - before), max(g, before))
          sum += part * part / (2 * rise) + rise / 12
        }
      }
      return g
    }
    return step * step * sum + (lambda > 1 ? outside : 0)
  }

  /// Calls `body` with p, q and its own last value at each node, in every row from the crest of q to one side and then
  /// from there to the other, and returns the model's mass off the lattice.
  @inline(__always)
  private func visit(
    _ model: PlanarPlace, _ body: (_ p: Double, _ q: Double, _ before: Double?) -> Double
  ) -> Double {
    let peak = 1 / (2 * .pi * model.a * model.c)
    let (slope, width) = (model.b / model.a, step / model.a)
    let variance = model.b * model.b + model.c * model.c
    // Along a row log q is a quadratic in the column, with this second difference.
    let curvature = Double.exp(-width * width * (1 + (model.b / model.c) * (model.b / model.c)))
    var mass = 0.0
    densities.withUnsafeBufferPointer { densities in
      for row in 0..<rows {
        let dy = origin.y + Double(row) * step - model.mean.y
        func exponent(_ column: Int) -> Double {
          let dx = origin.x + Double(column) * step - model.mean.x
          let u = dx / model.a
          let v = (dy - slope * dx) / model.c
          return -0.5 * (u * u + v * v)
        }
        // The column where q is largest in this row; from there q falls by the recurrence to both sides.
        let crest = (model.mean.x + dy * model.a * model.b / variance - origin.x) / step
        let start = Int(min(max(crest.rounded(), 0), Double(columns - 1)))
        let top = max(peak * .exp(exponent(start)), 1e-300)
        let atTop = body(densities[row * columns + start], top, nil)
        mass += top
        for direction in [1, -1] {
          var before = atTop
          var q = top
          var ratio = Double.exp(exponent(start + direction) - exponent(start))
          var column = start + direction
          while column >= 0 && column < columns {
            q = max(q * ratio, 1e-300)
            ratio *= curvature
            before = body(densities[row * columns + column], q, before)
            mass += q
            column += direction
          }
        }
      }
    }
    let outside = 1 - step * step * mass
    return outside > 1e-12 ? outside : 0
  }
}

/// A normal law in the plane by its mean and the factor `[[a, 0], [b, c]]` of its covariance.
struct PlanarPlace: Hashable {
  var mean: SIMD2<Double>
  var a, b, c: Double

  init(_ law: PlanarNormal) {
    mean = law.mean
    (a, b, c) = (law.covariance.factor.a, law.covariance.factor.b, law.covariance.factor.c)
  }

  /// From the coordinates of a search: the mean, `log a`, b, `log c`.
  init(_ coordinates: [Double]) {
    mean = SIMD2(coordinates[0], coordinates[1])
    (a, b, c) = (.exp(coordinates[2]), coordinates[3], .exp(coordinates[4]))
  }

  var coordinates: [Double] { [mean.x, mean.y, .log(a), b, .log(c)] }

  /// The place on the straight way to another, in the coordinates of a search.
  func mixed(with other: PlanarPlace, _ part: Double) -> PlanarPlace {
    PlanarPlace(zip(coordinates, other.coordinates).map { $0 + part * ($1 - $0) })
  }

  /// The law, nil when its covariance is singular up to rounding.
  var law: PlanarNormal? {
    guard
      let covariance = try? PlanarCovariance(xx: a * a, xy: a * b, yy: b * b + c * c)
    else { return nil }
    return try? PlanarNormal(mean: mean, covariance: covariance)
  }

  /// The largest difference of the means and of the factors' entries, in the smaller law's finest deviation.
  func distance(to other: PlanarPlace) -> Double {
    let scale = min(a, c, other.a, other.c)
    return max(
      abs(mean.x - other.mean.x), abs(mean.y - other.mean.y), abs(a - other.a), abs(b - other.b),
      abs(c - other.c)) / scale
  }
}
