import Distributions
import Divergences

/// A differentiable generator that maps fractions to fractions, for exact checks.
struct RationalGenerator: Sendable {
  /// The generator's entry of the library, for its divergence and its name.
  var f: any GeneratorFunction
  /// `f(u)` for u > 0.
  var value: @Sendable (Rational) -> Rational
  /// `f'(u)` for u > 0.
  var derivative: @Sendable (Rational) -> Rational
  /// `f(0)`, nil for infinity.
  var valueAtZero: Rational?
  /// `f'(0)`, nil for minus infinity.
  var slopeAtZero: Rational?
  /// `f'(infinity)`, nil for infinity.
  var slopeAtInfinity: Rational?

  /// Pearson's and Neyman's chi-squared and Le Cam's distance.
  static let all: [RationalGenerator] = [
    RationalGenerator(
      f: PearsonChiSquared(), value: { ($0 - 1) * ($0 - 1) }, derivative: { 2 * ($0 - 1) },
      valueAtZero: 1, slopeAtZero: -2),
    RationalGenerator(
      f: NeymanChiSquared(), value: { ($0 - 1) * ($0 - 1) / $0 },
      derivative: { 1 - 1 / ($0 * $0) }, slopeAtInfinity: 1),
    RationalGenerator(
      f: LeCam(), value: { ($0 - 1) * ($0 - 1) / (2 * ($0 + 1)) },
      derivative: { Rational(1) / 2 - 2 / (($0 + 1) * ($0 + 1)) }, valueAtZero: Rational(1) / 2,
      slopeAtZero: Rational(-3) / 2, slopeAtInfinity: Rational(1) / 2),
  ]
}
