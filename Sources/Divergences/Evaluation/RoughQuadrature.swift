import GSL

extension QuadratureWorkspace {
  /// `int_a^b f(x) dx` of a function whose values carry rounding of the given integral: refined no further than that,
  /// and where the adaptive rule still takes rounding for a singularity, panel by panel with a coarser goal, at the
  /// last by the mean and the spread of a few values.
  mutating func integrateRough(
    from a: Double, to b: Double, breaks: [Double], noise: Double, relativeTolerance: Double,
    _ f: (Double) -> Double
  ) -> Estimate {
    let whole = try? integrate(
      from: a, to: b, breaks: breaks, absoluteTolerance: noise / 8,
      relativeTolerance: relativeTolerance, f)
    if let whole { return whole }
    let ends = [a] + breaks.filter { a < $0 && $0 < b }.sorted() + [b]
    var sum = Estimate(0, error: 0)
    for (a, b) in zip(ends, ends.dropFirst()) where a < b {
      let part = integratePart(from: a, to: b, noise: noise, depth: 6, f)
      sum.value += part.value
      sum.error += part.error
    }
    return sum
  }

  private mutating func integratePart(
    from a: Double, to b: Double, noise: Double, depth: Int, _ f: (Double) -> Double
  ) -> Estimate {
    let integral = try? integrate(
      from: a, to: b, absoluteTolerance: noise, relativeTolerance: 1e-6, f)
    if let integral { return integral }
    let middle = a + (b - a) / 2
    guard depth > 0, a < middle, middle < b else {
      let values = (0..<8).map { f(a + (b - a) * (0.5 + Double($0)) / 8) }
      let spread = (values.max() ?? 0) - (values.min() ?? 0)
      return Estimate(values.reduce(0, +) / 8 * (b - a), error: spread * (b - a))
    }
    let left = integratePart(from: a, to: middle, noise: noise / 2, depth: depth - 1, f)
    let right = integratePart(from: middle, to: b, noise: noise / 2, depth: depth - 1, f)
    return Estimate(left.value + right.value, error: left.error + right.error)
  }
}
