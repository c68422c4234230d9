public import Distributions
public import GSL
import RealModule

extension GeneratorFunction {
  /// `D_f(P || Q) = ∫ q f(p / q) + f'(infinity) P(q = 0)` of two laws on the real line (2025 deck, Definition 2.1, with
  /// the singular part), with a bound on the error.
  ///
  /// The integral is split at the landmarks of both laws and at the kinks of f. At each end, pole, zero and tail the
  /// growth of the integrand's logarithm tells beforehand whether it converges: where it does not, the value is
  /// `.infinity` with error 0. A value beyond the largest double is that double with an error of `.infinity`.
  ///
  /// - Throws: `DivergenceError` where rounding hides whether the integral converges.
  public func divergence(
    target: any ContinuousDistribution, model: any ContinuousDistribution
  ) throws -> Estimate {
    try divergence(DensityPair(target: target, model: model))
  }

  /// `D_f(P || Q)` of a prepared pair.
  ///
  /// - Throws: `DivergenceError` where rounding hides whether the integral converges.
  public func divergence(_ pair: DensityPair) throws -> Estimate {
    let parts = [(pair.targetAlone, slopeAtInfinity), (pair.modelAlone, valueAtZero)]
    if parts.contains(where: { !$0.0.isEmpty && $0.1 == .infinity }) {
      return Estimate(.infinity, error: 0)
    }
    var sum = try PairIntegral(of: self, on: pair).estimate()
    guard sum.error < .infinity, sum.value < .infinity else { return sum }
    for (part, slope) in parts where !part.isEmpty {
      let value = part.mass.value * slope
      sum.value += value
      sum.error += part.mass.error * slope.magnitude + 2 * .ulpOfOne * value.magnitude
    }
    return sum
  }
}

/// Why a divergence of two laws on the real line could not be computed.
public struct DivergenceError: Error, Hashable, CustomStringConvertible {
  /// The divergence's name.
  public var name: String
  /// What failed, and where.
  public var reason: String

  /// For example "KL: whether the integral converges towards inf is hidden by rounding".
  public var description: String { "\(name): \(reason)" }
}
