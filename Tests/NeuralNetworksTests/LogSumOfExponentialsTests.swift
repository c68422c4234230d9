import RealModule
import Testing

@testable import NeuralNetworks

@Suite("Logarithms of sums of exponentials")
struct LogSumOfExponentialsTests {
  func value(_ row: [Float]) -> Float {
    var row = row
    return logSumExp(&row, row.count)
  }

  @Test("are right for any number of terms, and where terms leave the range")
  func values() {
    var generator = TestGenerator(state: 3)
    for count in 1...20 {
      let row = (0..<count).map { _ in Float.random(in: -20...20, using: &generator) }
      let truth = Double.log(row.reduce(0) { $0 + .exp(Double($1)) })
      #expect(abs(Double(value(row)) - truth) < 1e-5)
    }
    #expect(value([1000, 1000]) == 1000 + .log(2))
    #expect(value([-1000, -1001]) == -1000 + .log(onePlus: .exp(-1)))
    #expect(value([-.infinity, -.infinity]) == -.infinity)
    #expect(value([.infinity, 0]) == .infinity)
  }

  @Test("have the gradient that differences give, twice")
  func gradient() {
    let tests = GradientTests()
    tests.compare(parameters: [(2, 5), (1, 5)], inputs: [2], seed: 5) { p, x in
      let y = (3 * (x[0] * p[0]) + p[1]).logSumOfExponentials()
      return y.times(y).sum()
    }
    tests.compare(parameters: [(2, 5), (1, 5)], inputs: [2], seed: 6) { p, x in
      let slope = x[0].gradient(of: (3 * (x[0] * p[0]) + p[1]).logSumOfExponentials())
      return slope.times(slope).sum()
    }
  }
}
