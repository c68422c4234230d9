import Distributions
import Divergences
import Testing
import TestSupport

@Suite struct FinitePrecisionRecallCurveTests {
  static let lambdas: [Rational] = [
    0, 1 / 1000, 1 / 7, 1 / 3, 1 / 2, 3 / 4, 1, 4 / 3, 2, 3, 7, 1000,
  ]

  /// Definition 1.4, term by term, with conventions C4 at the ends.
  static func definition(
    _ pair: FinitePair, _ lambda: ExtendedRational
  ) throws -> (alpha: Rational, beta: Rational) {
    let (target, model) = try pair.laws
    return zip(target.weights, model.weights).reduce((0, 0)) { sum, weights in
      let (p, q) = weights
      switch lambda {
      case .infinity: return (sum.0 + (p > 0 ? q : 0), 0)
      case .finite(0): return (0, sum.1 + (q > 0 ? p : 0))
      case .finite(let lambda):
        return (sum.0 + min(lambda * p, q), sum.1 + min(p, q / lambda))
      }
    }
  }

  static func curve(_ pair: FinitePair) throws -> FinitePrecisionRecallCurve {
    let (target, model) = try pair.laws
    return try FinitePrecisionRecallCurve(target: target, model: model)
  }

  // MARK: Identities

  @Test func `alpha and beta are the sums of the definition`() {
    forAll(FinitePair.arbitrary) { pair in
      let curve = try Self.curve(pair)
      let all = Self.lambdas.map(ExtendedRational.finite) + curve.vertices.map(\.lambda)
      return try all.allSatisfy { lambda in
        try (curve.alpha(lambda), curve.beta(lambda)) == Self.definition(pair, lambda)
      }
    }
  }

  @Test func `vertices lie on the curve, increase, and bend it`() {
    forAll(FinitePair.arbitrary) { pair in
      let curve = try Self.curve(pair)
      let vertices = curve.vertices
      let onCurve = try vertices.allSatisfy {
        try ($0.alpha, $0.beta) == Self.definition(pair, $0.lambda)
      }
      let increasing = zip(vertices, vertices.dropFirst()).allSatisfy { $0.lambda < $1.lambda }
      // Slopes of alpha over lambda between finite vertices strictly decrease: none is superfluous.
      let finite = vertices.dropLast()
      let slopes = try zip(finite, finite.dropFirst()).map { a, b -> Rational in
        guard case .finite(let from) = a.lambda, case .finite(let to) = b.lambda else { return 0 }
        return try (curve.alpha(to) - curve.alpha(from)) / (to - from)
      }
      return onCurve && increasing && zip(slopes, slopes.dropFirst()).allSatisfy { $0 > $1 }
        && vertices.count <= pair.target.count + 2
    }
  }

  @Test func `between vertices alpha is affine in lambda`() {
    forAll(FinitePair.arbitrary) { pair in
      let curve = try Self.curve(pair)
      let lambdas: [Rational] = curve.vertices.compactMap {
        if case .finite(let lambda) = $0.lambda { lambda } else { nil }
      }
      return try zip(lambdas, lambdas.dropFirst()).allSatisfy { low, high in
        let middle = (low + high) / 2
        return try curve.alpha(middle) * 2 == curve.alpha(low) + curve.alpha(high)
      }
    }
  }

  @Test func `the recall is the precision over lambda`() {
    forAll(FinitePair.arbitrary) { pair in
      let curve = try Self.curve(pair)
      return try Self.lambdas.dropFirst().allSatisfy { try curve.alpha($0) == $0 * curve.beta($0) }
    }
  }

  @Test func `exchanging the laws exchanges precision and recall`() {
    forAll(FinitePair.arbitrary) { pair in
      let curve = try Self.curve(pair)
      let mirror = try Self.curve(FinitePair(target: pair.model, model: pair.target))
      return try Self.lambdas.dropFirst().allSatisfy {
        try curve.alpha($0) == mirror.beta(1 / $0)
      } && curve.supportPrecision == mirror.supportRecall
    }
  }

  @Test func `alpha is one minus total variation at one`() {
    forAll(FinitePair.arbitrary) { pair in
      let (target, model) = try pair.laws
      let variation =
        zip(target.weights, model.weights)
        .reduce(0 as Rational) { $0 + ($1.0 - $1.1).magnitude } / 2
      return try Self.curve(pair).alpha(1) == 1 - variation
    }
  }

  @Test func `the precision is one up to lambda one only when the laws agree`() {
    forAll(FinitePair.arbitrary) { pair in
      let (target, model) = try pair.laws
      guard target == model else { return nil }
      let curve = try Self.curve(pair)
      return try Self.lambdas.allSatisfy { try curve.alpha($0) == min(1, $0) }
    }
  }

  @Test func `splitting an atom in proportion changes nothing`() {
    forAll(FinitePair.arbitrary) { pair in
      let split = FinitePair(
        target: pair.target.map { 3 * $0 } + [0], model: pair.model.map { 3 * $0 } + [0])
      var halves = split
      halves.target[0] /= 3
      halves.model[0] /= 3
      halves.target[halves.target.count - 1] = 2 * pair.target[0]
      halves.model[halves.model.count - 1] = 2 * pair.model[0]
      return try Self.curve(pair) == Self.curve(halves)
        || Self.curve(pair).vertices == Self.curve(halves).vertices
    }
  }

  // MARK: Closed forms

  @Test(arguments: [(8, 1), (8, 4), (25, 17), (25, 24)])
  func `a model that drops modes`(modes: Int, kept: Int) throws {
    let curve = try Self.curve(
      FinitePair(
        target: .init(repeating: 1, count: modes),
        model: .init(repeating: 1, count: kept) + .init(repeating: 0, count: modes - kept)))
    let share = try Rational(kept, modes)
    for lambda in Self.lambdas {
      #expect(try curve.alpha(lambda) == min(1, lambda * share))
      #expect(try curve.beta(lambda) == (lambda == 0 ? share : min(share, 1 / lambda)))
    }
    #expect(curve.vertices.map(\.lambda) == [.finite(0), .finite(1 / share), .infinity])
  }

  @Test(arguments: [1 / 10, 1 / 2, 9 / 10] as [Rational])
  func `a model that leaves the support with mass h`(h: Rational) throws {
    let p: [Rational] = [1 / 2, 1 / 3, 1 / 6]
    let target = try FiniteDistribution(weights: p + [0])
    let model = try FiniteDistribution(weights: p.map { (1 - h) * $0 } + [h])
    let curve = try FinitePrecisionRecallCurve(target: target, model: model)
    for lambda in Self.lambdas {
      #expect(try curve.alpha(lambda) == min(lambda, 1 - h))
      #expect(try curve.beta(lambda) == (lambda == 0 ? 1 : min(1, (1 - h) / lambda)))
    }
    #expect(curve.supportPrecision == 1 - h && curve.supportRecall == 1)
  }

  @Test func `disjoint laws have a curve of two equal points`() throws {
    let curve = try Self.curve(FinitePair(target: [1, 0], model: [0, 1]))
    #expect(curve.vertices.map(\.alpha) == [0, 0] && curve.vertices.map(\.beta) == [0, 0])
  }

  // MARK: Independent references

  @Test(arguments: Reference.finite)
  func `the references are met exactly`(pair: Reference.FinitePair) throws {
    let (target, model) = try pair.laws
    let curve = try FinitePrecisionRecallCurve(target: target, model: model)
    #expect(curve.supportPrecision.description == pair.supportPrecision)
    #expect(curve.supportRecall.description == pair.supportRecall)
    #expect(pair.alpha.count == 17 && pair.beta.count == 17)
    for (text, alpha) in pair.alpha {
      let lambda = text == "inf" ? .infinity : ExtendedRational.finite(try Rational.parse(text))
      #expect(try curve.alpha(lambda).description == alpha)
      #expect(try curve.beta(lambda).description == pair.beta[text])
    }
  }

  // MARK: Refusals

  @Test func `a negative lambda and different spaces are refused`() throws {
    let curve = try Self.curve(FinitePair(target: [1, 1], model: [1, 2]))
    #expect { try curve.alpha(-1 / 2) } throws: { "\($0)".contains("lambda = -1/2") }
    #expect(throws: ParameterError.self) { try curve.beta(.finite(-1)) }
    let target = try FiniteDistribution(["cat": 1 / 2, "dog": 1 / 2])
    let model = try FiniteDistribution(["cat": 1 / 2, "eel": 1 / 2])
    #expect { try FinitePrecisionRecallCurve(target: target, model: model) } throws: {
      "\($0)".contains("\"dog\"")
    }
  }

  @Test func `atoms are matched by label whatever their order`() throws {
    let target = try FiniteDistribution(["cat": 1 / 3, "dog": 2 / 3])
    let model = try FiniteDistribution(["dog": 1 / 4, "cat": 3 / 4])
    let curve = try FinitePrecisionRecallCurve(target: target, model: model)
    #expect(try curve.alpha(1) == (7 / 12 as Rational))
  }
}
