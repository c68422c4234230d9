import Distributions
import Testing

struct ParameterTests {
  /// What a construction says when it refuses.
  private func refusal(_ make: () throws -> any ContinuousDistribution) -> ParameterError? {
    do { _ = try make() } catch { return error as? ParameterError }
    return nil
  }

  @Test(arguments: [0, -1, .nan, .infinity, -.infinity] as [Double])
  func `a scale that is not finite and positive is refused by name and value`(bad: Double) {
    func expectRefusal(
      _ parameter: String, sourceLocation: SourceLocation = #_sourceLocation,
      _ make: () throws -> any ContinuousDistribution
    ) {
      let error = refusal(make)
      #expect(error?.parameter == parameter, sourceLocation: sourceLocation)
      #expect(error?.value == "\(bad)", sourceLocation: sourceLocation)
    }
    expectRefusal("sd") { try Normal(mean: 0, sd: bad) }
    expectRefusal("scale") { try Laplace(location: 0, scale: bad) }
    expectRefusal("rate") { try Exponential(rate: bad) }
    expectRefusal("shape") { try Gamma(shape: bad, rate: 1) }
    expectRefusal("rate") { try Gamma(shape: 1, rate: bad) }
    expectRefusal("alpha") { try Beta(alpha: bad, beta: 1) }
    expectRefusal("beta") { try Beta(alpha: 1, beta: bad) }
    expectRefusal("degreesOfFreedom") { try StudentT(degreesOfFreedom: bad) }
    expectRefusal("scale") { try StudentT(degreesOfFreedom: 1, scale: bad) }
    expectRefusal("scale") { try Cauchy(location: 0, scale: bad) }
    expectRefusal("logSD") { try LogNormal(logMean: 0, logSD: bad) }
  }

  @Test(arguments: [.nan, .infinity, -.infinity] as [Double])
  func `a location that is not finite is refused`(bad: Double) {
    let law = try! Normal(mean: 0, sd: 1)
    #expect(refusal { try Normal(mean: bad, sd: 1) }?.parameter == "mean")
    #expect(refusal { try Laplace(location: bad, scale: 1) }?.parameter == "location")
    #expect(refusal { try Cauchy(location: bad, scale: 1) }?.parameter == "location")
    #expect(refusal { try StudentT(degreesOfFreedom: 1, location: bad) }?.parameter == "location")
    #expect(refusal { try LogNormal(logMean: bad, logSD: 1) }?.parameter == "logMean")
    #expect(refusal { try Uniform(lower: bad, upper: 1) } != nil)
    #expect(refusal { try Uniform(lower: 0, upper: bad) } != nil)
    #expect(refusal { try law.shifted(by: bad) }?.parameter == "shift")
    #expect(refusal { try law.scaled(by: bad) }?.parameter == "scale")
  }

  @Test
  func `a message names the family, the parameter, the value and the rule`() {
    #expect(
      refusal { try Normal(mean: 0, sd: -1) }?.description
        == "Normal: sd = -1.0: must be finite and positive")
  }

  @Test
  func `intervals out of order or without mass are refused`() throws {
    let law = try Normal(mean: 0, sd: 1)
    #expect(refusal { try Uniform(lower: 1, upper: 1) } != nil)
    #expect(refusal { try Uniform(lower: 2, upper: 1) } != nil)
    #expect(refusal { try law.truncated(from: 2, to: 1) }?.parameter == "upper")
    #expect(refusal { try law.truncated(from: .nan) }?.parameter == "lower")
    #expect(refusal { try law.truncated(to: .nan) }?.parameter == "upper")
    #expect(refusal { try law.truncated(from: 40, to: 41) }?.parameter == "interval")
    #expect(refusal { try Exponential(rate: 1).truncated(to: 0) }?.parameter == "interval")
    #expect(refusal { try law.scaled(by: 0) }?.parameter == "scale")
  }

  @Test
  func `weights that are no weights are refused`() throws {
    let law = try Normal(mean: 0, sd: 1)
    #expect(refusal { try Mixture(weights: [], components: []) }?.parameter == "components")
    #expect(refusal { try Mixture(weights: [1], components: [law, law]) }?.parameter == "weights")
    for bad in [-0.5, .nan, .infinity] {
      let error = refusal { try Mixture(weights: [1 - bad, bad], components: [law, law]) }
      #expect(error?.value == "\(bad.isFinite ? bad : 1 - bad)")
    }
    #expect(refusal { try Mixture(weights: [0.5, 0.4], components: [law, law]) }?.value == "0.9")
    #expect(refusal { try 0.5 * law + 0.5 * law + 0.1 * law } != nil)
    #expect(
      refusal {
        try Mixture(
          weights: Array(repeating: 0.1, count: 10), components: Array(repeating: law, count: 10))
      } == nil)
  }
}
