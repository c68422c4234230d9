import Distributions
import Testing
import TestSupport

@Suite struct MixtureTests {
  @Test func `three terms make one mixture, and a mixture can be a term`() throws {
    let a = try Normal(mean: -2, sd: 0.7)
    let three =
      try 0.2 * a + 0.3 * Laplace(location: 0, scale: 1) + 0.5 * Cauchy(location: 1, scale: 2)
    #expect(three.components.count == 3)
    let nested = try 0.5 * three + 0.5 * a
    #expect(nested.weights == [0.1, 0.15, 0.25, 0.5])
  }

  @Test func `quantiles invert the distribution function in both tails`() throws {
    let law = try 0.999999 * Normal(mean: 0, sd: 1) + 0.000001 * Normal(mean: 12, sd: 0.3)
    for probability in [1e-300, 1e-20, 1e-7, 0.1, 0.5, 0.9, 0.9999] {
      expectClose(law.cumulative(law.quantile(probability)), probability, relative: 1e-12)
    }
    for tail in [1e-300, 1e-20, 1e-7, 0.3] {
      expectClose(law.survival(law.upperQuantile(tail)), tail, relative: 1e-12)
    }
  }

  @Test func `weights that do not sum to one are refused with their sum`() throws {
    let a = try Normal(mean: 0, sd: 1)
    #expect(
      throws: ParameterError("Mixture", "sum of the weights", value: "0.8", rule: "must be 1")
    ) {
      let _: Mixture = try 0.3 * a + 0.5 * a
    }
  }
}
