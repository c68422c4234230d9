import RealModule
import Testing

@testable import NeuralNetworks

@Suite("Elementary functions of eight numbers")
struct VectorFunctionsTests {
  /// The largest error in units in the last place of the result over a grid of arguments.
  func largestError(
    _ range: ClosedRange<Float>, _ function: (Eight) -> Eight, _ exact: (Double) -> Double
  ) -> Double {
    var largest = 0.0
    let count = 100_000
    for index in 0...count {
      let x = range.lowerBound + (range.upperBound - range.lowerBound) * Float(index) / Float(count)
      let value = function(Eight(repeating: x))[3]
      let truth = exact(Double(x))
      largest = max(largest, abs(Double(value) - truth) / Double(Float(truth).ulp))
    }
    return largest
  }

  @Test("are right to a few units in the last place")
  func accuracy() {
    #expect(largestError(-87...88, exponential) { .exp($0) } <= 2)
    #expect(largestError(0...1, logOnePlus) { .log(onePlus: $0) } <= 2)
    #expect(largestError(-10...10, hyperbolicTangent) { .tanh($0) } <= 3)
    #expect(largestError(-80...80, logistic) { 1 / (1 + .exp(-$0)) } <= 4)
    #expect(largestError(-80...80, softplus) { max($0, 0) + .log(onePlus: .exp(-abs($0))) } <= 3)
  }

  @Test("take what is extreme")
  func extremes() {
    for (x, y) in [
      (Float.infinity, Float.infinity), (-.infinity, 0), (1000, .infinity), (-1000, 0),
    ] {
      #expect(exponential(Eight(repeating: x))[0] == y)
    }
    #expect(exponential(Eight(repeating: .nan))[0].isNaN)
    #expect(hyperbolicTangent(Eight(repeating: .infinity))[0] == 1)
    #expect(hyperbolicTangent(Eight(repeating: -1e30))[0] == -1)
    #expect(softplus(Eight(repeating: 1e30))[0] == 1e30)
    #expect(softplus(Eight(repeating: -1e30))[0] == 0)
  }
}
