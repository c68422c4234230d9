public import Testing

/// Expects `|actual - expected| <= absolute + relative * |expected|`.
public func expectClose(
  _ actual: Double, _ expected: Double, absolute: Double = 0, relative: Double = 0,
  _ comment: @autoclosure () -> Comment? = nil,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let allowed = absolute + relative * expected.magnitude
  let difference = (actual - expected).magnitude
  #expect(
    actual == expected || difference <= allowed,
    "\(actual) is not \(expected) within \(allowed): off by \(difference). \(comment().map { "\($0)" } ?? "")",
    sourceLocation: sourceLocation)
}
