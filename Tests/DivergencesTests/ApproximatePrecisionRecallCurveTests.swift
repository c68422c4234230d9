import Distributions
import Divergences
import GSL
import Testing
import TestSupport

@Suite struct ApproximatePrecisionRecallCurveTests {
  /// The exact curve of the very doubles that the fast curve sees, which need not sum to 1.
  static func exact(
    _ p: [Double], _ q: [Double], _ lambda: Double
  ) throws -> (alpha: Rational, beta: Rational) {
    let lambda = try Rational(exactly: lambda)
    var (alpha, beta): (Rational, Rational) = (0, 0)
    for (p, q) in zip(p, q) {
      let (p, q) = (try Rational(exactly: p), try Rational(exactly: q))
      alpha += min(lambda * p, q)
      beta += min(p, q / lambda)
    }
    return (alpha, beta)
  }

  static func isWithin(_ value: Double, _ truth: Rational, relative: Double) throws -> Bool {
    let error = (try Rational(exactly: value) - truth).magnitude
    return try error <= Rational(exactly: relative) * truth + Rational(exactly: 0x1p-1073)
  }

  @Test func `every vertex is within the stated error of the exact curve`() {
    forAll(FinitePair.arbitrary) { pair in
      let (target, model) = try pair.laws
      let (p, q) = (target.approximate, model.approximate)
      let curve = try ApproximatePrecisionRecallCurve(target: p, model: q)
      return try curve.lambdas.indices.dropFirst().dropLast().allSatisfy { index in
        let truth = try Self.exact(p.values, q.values, curve.lambdas[index])
        return try Self.isWithin(curve.alphas[index], truth.alpha, relative: curve.relativeError)
          && Self.isWithin(curve.betas[index], truth.beta, relative: curve.relativeError)
      }
    }
  }

  @Test func `it has the vertices of the exact curve`() {
    forAll(FinitePair.arbitrary) { pair in
      let (target, model) = try pair.laws
      let exact = try FinitePrecisionRecallCurve(target: target, model: model)
      let curve = try ApproximatePrecisionRecallCurve(
        target: target.approximate, model: model.approximate)
      // Rounded ratios may split a tie, so vertices are compared up to rounding.
      return zip([0] + curve.lambdas, curve.lambdas).allSatisfy { $0 <= $1 }
        && exact.vertices.allSatisfy { vertex in
          let lambda = Double(vertex.lambda)
          return zip(curve.lambdas, zip(curve.alphas, curve.betas)).contains { other, values in
            (other == lambda || abs(other - lambda) <= 1e-15 * lambda)
              && abs(values.0 - Double(vertex.alpha)) <= 1e-14
              && abs(values.1 - Double(vertex.beta)) <= 1e-14
          }
        }
    }
  }

  @Test func `weights from the smallest to the largest double keep the error bound`() throws {
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<40 {
      var (p, q): ([Double], [Double]) = ([1], [1])
      for _ in 0..<12 {
        p.append(Double(sign: .plus, exponent: -30 - Int(generator.next() % 1045), significand: 1))
        q.append(Double(sign: .plus, exponent: -30 - Int(generator.next() % 1045), significand: 1))
      }
      let (target, model) = (try FiniteWeights(p), try FiniteWeights(q))
      let curve = try ApproximatePrecisionRecallCurve(target: target, model: model)
      for lambda in curve.lambdas.dropFirst().dropLast() + [1e-300, 1e-3, 1, 1e3, 1e300] {
        let truth = try Self.exact(p, q, lambda)
        let (alpha, beta) = (try curve.alpha(lambda), try curve.beta(lambda))
        #expect(try Self.isWithin(alpha.value, truth.alpha, relative: curve.relativeError))
        #expect(try Self.isWithin(beta.value, truth.beta, relative: curve.relativeError))
      }
    }
  }

  @Test func `many atoms of all shapes agree with the definition`() throws {
    var generator = SeededGenerator(seed: 5)
    let n = 20_000
    let shapes: [(inout SeededGenerator) -> Double] = [
      { $0.nextUniform() },
      { 1 + 1e-13 * $0.nextUniform() },
      // Ratios that agree in the leading bits of a wide range, for the second half of the sort.
      { $0.nextUniform() < 0.001 ? 1e-150 : 1 + 1e-13 * $0.nextUniform() },
      { $0.nextUniform() < 0.5 ? 0 : 1 },
      { 1 / ($0.nextUniform() + 1e-12) },
    ]
    for shape in shapes {
      let p = try FiniteWeights(normalizing: (0..<n).map { _ in shape(&generator) })
      let q = try FiniteWeights(normalizing: (0..<n).map { _ in shape(&generator) })
      let curve = try ApproximatePrecisionRecallCurve(target: p, model: q)
      #expect(zip(curve.lambdas, curve.lambdas.dropFirst()).allSatisfy { $0 < $1 })
      for lambda in [0.01, 0.3, 0.999, 1, 1 + 1e-14, 1.7, 40] {
        // A plain sum of n terms is off by n u relative to its value.
        let alpha = zip(p.values, q.values).reduce(0) { $0 + min(lambda * $1.0, $1.1) }
        expectClose(try curve.alpha(lambda).value, alpha, relative: Double(n) * 0x1p-53)
        expectClose(try curve.beta(lambda).value, alpha / lambda, relative: Double(n) * 0x1p-53)
      }
    }
  }

  @Test func `the error does not grow with the number of atoms`() throws {
    let n = 99_991
    let weight = 1 / Double(n)
    let law = try FiniteWeights(Array(repeating: weight, count: n))
    // All ratios are 1, so that the two ends are plain sums of n equal doubles.
    let curve = try ApproximatePrecisionRecallCurve(target: law, model: law)
    let sum = try Rational(exactly: weight) * Rational(n)
    for end in [curve.supportPrecision.value, curve.supportRecall.value] {
      #expect(try Self.isWithin(end, sum, relative: curve.relativeError))
    }
    #expect(curve.relativeError < 1e-15)
  }

  @Test func `ends, disjoint laws and one atom`() throws {
    let p = try FiniteWeights([0.5, 0.5, 0])
    let q = try FiniteWeights([0.25, 0, 0.75])
    let curve = try ApproximatePrecisionRecallCurve(target: p, model: q)
    #expect(curve.lambdas == [0, 0.5, .infinity])
    #expect(curve.alphas == [0, 0.25, 0.25] && curve.betas == [0.5, 0.5, 0])
    #expect(try curve.alpha(.infinity).value == 0.25 && curve.alpha(0).value == 0)
    #expect(try curve.beta(.infinity).value == 0 && curve.beta(0).value == 0.5)
    let disjoint = try ApproximatePrecisionRecallCurve(
      target: FiniteWeights([1, 0]), model: FiniteWeights([0, 1]))
    #expect(disjoint.lambdas == [0, .infinity])
    #expect(disjoint.alphas == [0, 0] && disjoint.betas == [0, 0])
    #expect(try disjoint.alpha(3) == disjoint.supportRecall)
    let one = try ApproximatePrecisionRecallCurve(
      target: FiniteWeights([1]), model: FiniteWeights([1]))
    #expect(one.alphas == [0, 1, 1] && one.betas == [1, 1, 0])
  }

  @Test func `bad lambdas and different sizes are refused`() throws {
    let (one, two) = (try FiniteWeights([1]), try FiniteWeights([0.5, 0.5]))
    #expect(throws: ParameterError.self) {
      try ApproximatePrecisionRecallCurve(target: one, model: two)
    }
    let curve = try ApproximatePrecisionRecallCurve(target: two, model: two)
    for lambda in [-1, -.infinity, .nan] as [Double] {
      #expect(throws: ParameterError.self) { try curve.alpha(lambda) }
      #expect(throws: ParameterError.self) { try curve.beta(lambda) }
    }
  }
}
