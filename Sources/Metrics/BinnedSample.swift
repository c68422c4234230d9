import Distributions
import RealModule

/// A sample's counts in the bins that have points and where the target has mass.
struct BinnedSample {
  /// All points, also those where the target has no mass.
  let count: Int
  private var bins: [(mass: Double, count: Int)] = []

  init(_ samples: [SIMD2<Double>], masses: CellMasses) {
    count = samples.count
    var counts = [Int32](repeating: 0, count: masses.masses.count)
    for point in samples {
      if let index = masses.index(of: point) { counts[index] += 1 }
    }
    for (index, count) in counts.enumerated() where count > 0 && masses.masses[index] > 0 {
      bins.append((masses.masses[index], Int(count)))
    }
  }

  /// `sum min(a p_c, b N_c / n)` with the jackknife's standard error and the estimated bias of a finite sample.
  func overlap(
    target a: Double, model b: Double
  ) -> (value: Double, standardError: Double, samplingBias: Double) {
    let n = Double(count)
    var value = 0.0
    // What leaving out a point of a bin changes, summed over all points, and its squares.
    var (change, square) = (0.0, 0.0)
    // What the first and the second halving of the sample take away: in bins with few points, and in the others.
    var (sparse, first, second) = (0.0, 0.0, 0.0)
    let (halfSize, quarterSize) = (count / 2, count / 4)
    for bin in bins {
      let limit = a * bin.mass / b
      let points = Double(bin.count)
      let share = points / n
      value += min(limit, share)
      let d = min(limit, (points - 1) / (n - 1)) - min(limit, points / (n - 1))
      change += points * d
      square += points * d * d
      let half = meanMinimum(limit, of: bin.count, chosen: halfSize)
      if limit * n < 8 {
        sparse += min(limit, share) - half
      } else {
        first += min(limit, share) - half
        second += half - meanMinimum(limit, of: bin.count, chosen: quarterSize)
      }
    }
    let variance = (n - 1) / n * max(0, square - change * change / n)
    let ratio = first > 0 ? min(2, max(2.squareRoot(), second / first)) : 2
    let bias = min(0, -sparse - first / (ratio - 1))
    return (b * value, b * variance.squareRoot(), b * bias)
  }

  /// `E min(limit, H / m)` for the number H of a bin's `points` among m chosen of all, a hypergeometric number.
  ///
  /// It is `limit - E (limit - H / m)+`, a sum over the small H only; the probabilities follow from each other,
  /// starting at the most probable one.
  private func meanMinimum(_ limit: Double, of points: Int, chosen m: Int) -> Double {
    let (n, size, k) = (Double(count), Double(m), Double(points))
    if limit >= min(k, size) / size { return k / n }
    let mean = size * k / n
    let variance = mean * (1 - k / n) * (n - size) / (n - 1)
    if limit * size < mean - 10 * variance.squareRoot() - 1 { return limit }
    /// `P(H = h + 1) / P(H = h)`.
    func ratio(_ h: Double) -> Double { (k - h) * (size - h) / ((h + 1) * (n - k - size + h + 1)) }
    let mode = ((k + 1) * (size + 1) / (n + 2)).rounded(.down)
    var (total, deficit) = (0.0, 0.0)
    func add(_ h: Double, _ weight: Double) {
      total += weight
      deficit += weight * max(0, limit - h / size)
    }
    var (h, weight) = (mode, 1.0)
    while weight > 1e-18 {
      add(h, weight)
      weight *= ratio(h)
      h += 1
    }
    (h, weight) = (mode, 1)
    while h > 0 {
      weight /= ratio(h - 1)
      guard weight > 1e-18 else { break }
      h -= 1
      add(h, weight)
    }
    return limit - deficit / total
  }
}
