import Divergences
import TestSupport
import Testing

@Suite struct GeneratorsReferenceTests {
  @Test(arguments: GeneratorReference.given)
  func `all columns of the given table`(_ reference: GeneratorReference) throws {
    let f = try reference.generator
    try compare(reference.columns, f, ulps: 4)
    let valueAtZero = try #require(reference.columns.valueAtZero.flatMap(Double.init))
    expectClose(f.valueAtZero, valueAtZero, relative: 2e-16)
    expectClose(f(0), valueAtZero, relative: 2e-16)
    let slope = try #require(reference.columns.slopeAtInfinity.flatMap(Double.init))
    expectClose(f.slopeAtInfinity, slope, relative: 2e-16)
    let domain = try #require(reference.columns.domain)
    #expect(f.conjugateIsFiniteAtEnd == domain.contains("<="))
    #expect((f.slopeAtInfinity == .infinity) == (domain == "R"))
  }

  @Test(arguments: GeneratorReference.hard)
  func `all columns at hard arguments`(_ reference: GeneratorReference) throws {
    let f = try reference.generator
    let columns = reference.columns
    #expect(columns.f.count > 10 && columns.conjugate.count > 3)
    try compare(columns, f, ulps: 12)
  }

  /// Compares all columns to units in the last place, whatever the size of a value; the conjugate's besides to
  /// what one unit in the last place of t makes, which is much close to the end of the domain.
  private func compare(
    _ columns: GeneratorReference.Columns, _ f: any GeneratorFunction, ulps: Double
  ) throws {
    let density = f.curvature.density
    try compare(columns.f, f.callAsFunction, "f", ulps)
    try compare(columns.derivative, f.derivative, "f'", ulps)
    try compare(columns.derivative, f.leftDerivative, "left f'", ulps)
    try compare(columns.conjugate, f.conjugate, "f*", ulps) { t in f.conjugateDerivative(t) }
    try compare(columns.conjugateDerivative, f.conjugateDerivative, "f*'", ulps) { t in
      let ratio = f.conjugateDerivative(t)
      return ratio > 0 ? 1 / density(ratio) : 0
    }
  }

  private func compare(
    _ column: [String: String], _ function: (Double) -> Double, _ name: String, _ ulps: Double,
    slope: (Double) -> Double = { _ in 0 }
  ) throws {
    for (argument, value) in column {
      let x = try #require(Double(argument))
      let expected = try #require(Double(value))
      expectClose(
        function(x), expected, absolute: x.ulp * slope(x), relative: ulps * .ulpOfOne,
        "\(name)(\(x))")
    }
  }
}
