import GSL
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
