import Distributions
import GSL
import RealModule
import Testing

/// Expects `|actual - expected| <= absolute + relative * |expected|`.
func expectClose(
  _ actual: Double, _ expected: Double, absolute: Double = 0, relative: Double = 0,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let allowed = absolute + relative * expected.magnitude
  #expect(
    actual == expected || (actual - expected).magnitude <= allowed,
    "\(actual) is not \(expected) within \(allowed)", sourceLocation: sourceLocation)
}

/// Expects that an estimate's error is not larger than `limit` and bounds its distance from the truth.
func expectBounds(
  _ estimate: Estimate, _ truth: Double, limit: Double,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(
    (estimate.value - truth).magnitude <= estimate.error && estimate.error <= limit,
    "\(estimate) against \(truth): off by \((estimate.value - truth).magnitude)",
    sourceLocation: sourceLocation)
}

/// Mean and standard deviation, divisor `n - 1`.
func meanAndDeviation(_ values: [Double]) -> (mean: Double, deviation: Double) {
  let n = Double(values.count)
  let mean = values.reduce(0, +) / n
  let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  return (mean, (square / (n - 1)).squareRoot())
}

extension RandomNumberGenerator {
  /// A number between two ends.
  mutating func uniform(_ low: Double, _ high: Double) -> Double {
    low + (high - low) * nextUniform()
  }

  /// A mixture of one to four normal laws of any shape with deviations from 0.05 to 1.6.
  mutating func mixture() throws -> PlanarMixture {
    let count = Int(uniform(1, 4.999))
    let weights = (0..<count).map { _ in uniform(0.1, 1) }
    let sum = weights.reduce(0, +)
    return try PlanarMixture(
      weights: weights.map { $0 / sum },
      components: (0..<count).map { _ in
        try PlanarNormal(
          mean: [uniform(-3, 3), uniform(-3, 3)],
          covariance: PlanarCovariance(
            major: .exp(uniform(-2, 0.5)), minor: .exp(uniform(-3, 0.5)),
            angle: uniform(-1.5, 1.5)))
      })
  }
}
