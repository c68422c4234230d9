import Distributions
import Divergences
import GSL
import RealModule
import Testing
import TestSupport

/// A law written as weighted components of all families, so that it can be printed and shrunk.
struct RandomLaw: Sendable, CustomStringConvertible {
  enum Family: Int, CaseIterable, Sendable {
    case normal, laplace, uniform, exponential, gamma, beta, studentT, cauchy, logNormal, truncated
  }

  struct Component: Sendable {
    var family: Family
    var weight: Double
    var shape: Double
    var location: Double
    var scale: Double
  }

  var components: [Component]

  var law: Mixture {
    get throws {
      let sum = components.reduce(0) { $0 + $1.weight }
      return try Mixture(
        weights: components.map { $0.weight / sum }, components: components.map { try Self.law($0) }
      )
    }
  }

  var description: String {
    components.map { "\($0.weight) \($0.family)(\($0.shape); \($0.location), \($0.scale))" }
      .joined(separator: " + ")
  }

  private static func law(_ c: Component) throws -> any ContinuousDistribution {
    func placed(_ law: some ContinuousDistribution) throws -> any ContinuousDistribution {
      try Affine(of: law, scale: c.scale, shift: c.location)
    }
    switch c.family {
    case .normal: return try Normal(mean: c.location, sd: c.scale)
    case .laplace: return try Laplace(location: c.location, scale: c.scale)
    case .uniform: return try Uniform(lower: c.location, upper: c.location + c.scale)
    case .exponential: return try placed(Exponential(rate: 1))
    case .gamma: return try placed(Gamma(shape: c.shape, rate: 1))
    case .beta: return try placed(Beta(alpha: c.shape, beta: 2 / c.shape))
    case .studentT:
      return try StudentT(
        degreesOfFreedom: 1 + c.shape, location: c.location, scale: c.scale)
    case .cauchy: return try Cauchy(location: c.location, scale: c.scale)
    case .logNormal: return try placed(LogNormal(logMean: 0, logSD: c.shape))
    case .truncated:
      return try placed(Normal(mean: 0, sd: 1).truncated(from: -c.shape, to: 2))
    }
  }

  static func draw(_ generator: inout SeededGenerator, size: Double) -> RandomLaw {
    func between(_ low: Double, _ high: Double) -> Double {
      low + (high - low) * generator.nextUniform()
    }
    let count = 1 + Int(generator.next() % (1 + UInt64(size * 4)))
    return RandomLaw(
      components: (0..<count).map { _ in
        let family = Int(generator.next() % UInt64(Family.allCases.count))
        return Component(
          family: Family.allCases[family], weight: .exp(between(-16 * size, 0)),
          shape: .exp(between(0, 2)), location: between(-10, 10),
          scale: .exp(between(-6 * size, 3 * size)))
      })
  }

  /// Whether the density has a pole away from 0, where doubles cannot follow it.
  var hasPole: Bool { components.contains { $0.family == .beta && $0.shape > 2 } }

  var smaller: [RandomLaw] {
    components.indices.filter { _ in components.count > 1 }.map { index in
      var copy = self
      copy.components.remove(at: index)
      return copy
    }
      + components.indices.compactMap { index in
        var copy = self
        guard copy.components[index].family != .normal else { return nil }
        copy.components[index].family = .normal
        return copy
      }
      + components.indices.flatMap { index in
        [\Component.location, \.scale, \.weight, \.shape].compactMap { parameter in
          var copy = self
          let old = copy.components[index][keyPath: parameter]
          let new = old.rounded() == 0 && parameter != \.location ? 1 : old.rounded()
          guard new != old else { return nil }
          copy.components[index][keyPath: parameter] = new
          return copy
        }
      }
  }
}

struct RandomPair: Sendable, CustomStringConvertible {
  var target: RandomLaw
  var model: RandomLaw
  var lambda: Double

  var description: String { "lambda \(lambda), P = \(target), Q = \(model)" }

  static let arbitrary = Arbitrary<RandomPair> { generator, size in
    RandomPair(
      target: .draw(&generator, size: size), model: .draw(&generator, size: size),
      lambda: .exp(8 * (2 * generator.nextUniform() - 1)))
  } shrink: { pair in
    pair.target.smaller.map { RandomPair(target: $0, model: pair.model, lambda: pair.lambda) }
      + pair.model.smaller.map { RandomPair(target: pair.target, model: $0, lambda: pair.lambda) }
      + (pair.lambda == 1
        ? [] : [RandomPair(target: pair.target, model: pair.model, lambda: 1)])
  }
}

@Suite struct RandomPairTests {
  @Test func `masses and quadrature agree within their errors for laws of all families`() {
    forAll(RandomPair.arbitrary, cases: 400) { pair in
      let curve = PrecisionRecallCurve(target: try pair.target.law, model: try pair.model.law)
      let (masses, quadrature) = try curve.alphaByBothRoutes(pair.lambda)
      return masses.agrees(with: quadrature)
    }
  }

  @Test func `the error is at most 1e-10 for laws of all families`() {
    forAll(RandomPair.arbitrary, cases: 400, seed: 3) { pair in
      guard !pair.target.hasPole, !pair.model.hasPole else { return nil }
      let curve = PrecisionRecallCurve(target: try pair.target.law, model: try pair.model.law)
      return try curve.alpha(pair.lambda).error <= 1e-10
        && curve.beta(pair.lambda).error <= 1e-10
    }
  }

  @Test func `exchanging the laws exchanges the crossings`() {
    forAll(RandomPair.arbitrary, cases: 100, seed: 4) { pair in
      let (target, model) = (try pair.target.law, try pair.model.law)
      let there = try PrecisionRecallCurve(target: target, model: model).crossings(pair.lambda)
      let back = try PrecisionRecallCurve(target: model, model: target).crossings(1 / pair.lambda)
      return there.count == back.count
        && zip(there, back).allSatisfy { abs($0 - $1) <= 1e-7 * max(1, abs($0)) }
    }
  }
}
