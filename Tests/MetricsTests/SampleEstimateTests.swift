@testable import Metrics
import Testing

struct SampleEstimateTests {
  @Test(arguments: [
    (0.83249, 0.0123, "0.832 ± 0.012"), (-1.5, 0.25, "-1.50 ± 0.25"), (3, 0, "3.0"),
    (12345.6, 210, "12346 ± 210"), (0.0001234, 0.00001, "0.000123 ± 0.000010"),
    (-0.0001, 0.1, "0.00 ± 0.10"), (.infinity, 1, "inf ± 1.0"), (1, .infinity, "1.0 ± inf"),
  ])
  func `value and error are written to the error's second digit`(
    value: Double, error: Double, text: String
  ) {
    #expect(SampleEstimate(value, standardError: error).description == text)
  }

  @Test
  func `a proportion of none is not known exactly`() {
    let none = SampleEstimate(successes: 0, of: 100)
    #expect(none.value == 0)
    // f = 1 / 202.
    expectClose(none.standardError, (201.0 / 202 / 202 / 101).squareRoot(), relative: 1e-14)
    let half = SampleEstimate(successes: 5000, of: 10_000)
    expectClose(half.value, 0.5)
    expectClose(half.standardError, 0.005, relative: 1e-4)
  }
}
