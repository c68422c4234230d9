import RealModule
import Testing

@testable import NeuralNetworks

@Suite("The sigmoid linear unit")
struct SiLUTests {
  @Test("and its slope are right to single precision")
  func accuracy() {
    for index in 0...200_000 {
      let x = -40 + 80 * Float(index) / 200_000
      let s = 1 / (1 + Double.exp(-Double(x)))
      let value = Double(x) * s
      #expect(abs(Double(silu(Eight(repeating: x))[5]) - value) <= 4 * Double(Float(value).ulp))
      let slope = s * (1 + Double(x) * (1 - s))
      #expect(abs(Double(siluSlope(Eight(repeating: x))[2]) - slope) <= 1e-6)
    }
  }

  @Test("take what is extreme")
  func extremes() {
    #expect(silu(Eight(repeating: .infinity))[0] == .infinity)
    #expect(abs(silu(Eight(repeating: -.infinity))[0]) < 1.5e-36)
    #expect(silu(Eight(repeating: .nan))[0].isNaN)
    #expect(siluSlope(Eight(repeating: .infinity))[0] == 1)
    #expect(abs(siluSlope(Eight(repeating: -.infinity))[0]) < 1.5e-36)
    #expect(siluSlope(Eight(repeating: .nan))[0].isNaN)
  }

  @Test("has the gradient that differences give, and its slope has too")
  func gradients() {
    let tests = GradientTests()
    tests.compare(parameters: [(3, 6), (1, 6), (6, 1)], inputs: [3], seed: 1) { p, x in
      ((x[0] * p[0] + p[1]).map(.silu) * p[2]).sum()
    }
    tests.compare(parameters: [(2, 8), (1, 8), (8, 1)], inputs: [2], batch: 7, seed: 4) { p, x in
      let slope = x[0].gradient(of: (x[0] * p[0] + p[1]).map(.silu) * p[2])
      return slope.times(slope).sum()
    }
  }
}
