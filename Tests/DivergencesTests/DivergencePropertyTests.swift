import Distributions
import Divergences
import GSL
import RealModule
import Testing
import TestSupport

/// Theorems on f-divergences of random finite pairs, for every generator.
@Suite struct DivergencePropertyTests {
  private static let symmetric: [any GeneratorFunction] = [
    JensenShannon(), TotalVariation(), SquaredHellinger(), Jeffreys(), LeCam(), OriginalGAN(),
  ]

  /// Each with the generator of the divergence with its arguments exchanged, `u f(1 / u)`.
  private static let adjoint: [(any GeneratorFunction, any GeneratorFunction)] = [
    (KullbackLeibler(), ReverseKullbackLeibler()), (PearsonChiSquared(), NeymanChiSquared()),
  ]

  private func agree(_ a: Estimate, _ b: Estimate) -> Bool {
    a.value == .infinity || b.value == .infinity ? a.value == b.value : a.agrees(with: b)
  }

  @Test func `a law is at f(1) from itself`() {
    forAll(FinitePair.arbitrary) { pair in
      let target = try pair.laws.target
      return try StandardGenerators.all.allSatisfy {
        let divergence = try $0.divergence(target: target, model: target)
        return divergence.agrees(with: Estimate($0.valueAtOne, error: 0))
          && divergence.error < 1e-13
      }
    }
  }

  @Test func `no divergence is below f(1)`() {
    forAll(FinitePair.arbitrary) { pair in
      let (target, model) = try pair.laws
      return try StandardGenerators.all.allSatisfy {
        let divergence = try $0.divergence(target: target, model: model)
        return divergence.value + divergence.error >= $0.valueAtOne
      }
    }
  }

  @Test func `the symmetric ones are symmetric and the adjoint ones exchange the laws`() {
    forAll(FinitePair.arbitrary) { pair in
      let (target, model) = try pair.laws
      let pairs = Self.symmetric.map { ($0, $0) } + Self.adjoint
      return try pairs.allSatisfy { generator, adjoint in
        agree(
          try generator.divergence(target: target, model: model),
          try adjoint.divergence(target: model, model: target))
      }
    }
  }

  @Test func `exchanging the laws turns alpha into 1 - alpha`() {
    forAll(FinitePair.arbitrary, cases: 100) { pair in
      let (target, model) = try pair.laws
      return try [-1.5, 0, 0.25, 0.5, 2, 3].allSatisfy { alpha in
        agree(
          try AlphaDivergence(alpha).divergence(target: target, model: model),
          try AlphaDivergence(1 - alpha).divergence(target: model, model: target))
      }
    }
  }

  @Test func `merging two atoms lowers no divergence below the merged one's`() {
    forAll(FinitePair.arbitrary) { pair in
      guard pair.target.count > 1 else { return nil }
      let merged = FinitePair(
        target: [pair.target[0] + pair.target[1]] + pair.target.dropFirst(2),
        model: [pair.model[0] + pair.model[1]] + pair.model.dropFirst(2))
      let (fine, coarse) = (try pair.laws, try merged.laws)
      return try StandardGenerators.all.allSatisfy { generator in
        if let before = try generator.exactDivergence(target: fine.target, model: fine.model),
          let after = try generator.exactDivergence(target: coarse.target, model: coarse.model)
        {
          return after <= before
        }
        let before = try generator.divergence(target: fine.target, model: fine.model)
        let after = try generator.divergence(target: coarse.target, model: coarse.model)
        return after.value - after.error <= before.value + before.error
      }
    }
  }

  @Test func `Theorem 2.5 holds both ways, exactly, at every lambda`() {
    forAll(FinitePair.arbitrary.and(.positive)) { pair, slope in
      let (target, model) = try pair.laws
      let curve = try FinitePrecisionRecallCurve(target: target, model: model)
      let exchanged = try FinitePrecisionRecallCurve(target: model, model: target)
      for lambda in [.finite(slope), ExtendedRational.infinity] {
        // The divergence from its definition, by the generator; the curve's by its masses.
        let generator = try PrecisionRecallDivergence(exactly: lambda)
        guard
          case .finite(let divergence)? = try generator.exactDivergence(
            target: target, model: model),
          try curve.divergence(lambda) == divergence
        else { return false }
        guard case .finite(let lambda) = lambda else {
          return try curve.alpha(.infinity) == 1 - divergence
        }
        guard try curve.alpha(lambda) == min(1, lambda) - divergence else { return false }
        if lambda > 0 {
          guard
            try curve.beta(lambda) == min(1, 1 / lambda) - exchanged.divergence(1 / lambda)
          else { return false }
        }
      }
      return true
    }
  }

  @Test func `lambda 1 is total variation`() {
    forAll(FinitePair.arbitrary) { pair in
      let (target, model) = try pair.laws
      let curve = try FinitePrecisionRecallCurve(target: target, model: model)
      return try TotalVariation().exactDivergence(target: target, model: model)
        == .finite(try curve.divergence(1))
    }
  }
}
