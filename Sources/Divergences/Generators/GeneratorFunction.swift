public import Distributions

/// The generator f of an f-divergence `D_f(P || Q) = ∫ q f(p / q)` of a target p and a model q, with what follows
/// from f (2025 deck, Definition 2.1).
///
/// Convex on `[0, infinity)` and finite on `(0, infinity)`. Where the target has mass and the model none, the
/// integrand is `p f'(infinity)`. A conforming file gives f alone; all else is derived from it numerically until
/// the file overrides it by closed forms. Conforming files keep one order of sections: f, derivatives, conjugate,
/// ends, critic, perspective.
///
/// Two generators that differ by `c (u - 1)` give the same divergence: only the curvature is intrinsic.
///
/// ## How to add a divergence
///
/// 1. One file, one struct, two members; it works everywhere at once:
///    ```swift
///    public struct Huber: GeneratorFunction {
///      public var name: String { "Huber" }
///      public func callAsFunction(_ u: Double) -> Double {
///        abs(u - 1) < 0.5 ? (u - 1) * (u - 1) / 2 : 0.5 * abs(u - 1) - 0.125
///      }
///    }
///    ```
///    The convention is `∫ q f(p / q)` with the target p above: a table that writes `∫ p f(q / p)` gives `u f(1 / u)`.
/// 2. `try Huber().checked()` in its test finds an f that is not convex, not finite, or not 0 at 1.
/// 3. Override what has a closed form, in the order of the sections below: `valueAtZero` and `slopeAtInfinity` first,
///    for they decide which divergences are infinite; then the perspective, if f cancels near `u = 1` or overflows;
///    then the conjugate. Derived columns are good to about 1e-9 and cost hundreds of values of f.
/// 4. Compare each override with the derived column of a second struct that gives f alone, as
///    `GeneratorsDerivedTests` does, and add the struct to `StandardGenerators`.
public protocol GeneratorFunction: Sendable {
  /// The divergence's name, e.g. "reverse KL".
  var name: String { get }

  /// `f(u)` for `u >= 0`; `f(0)` is the limit, which may be `.infinity`.
  func callAsFunction(_ u: Double) -> Double

  // MARK: Derivatives

  /// The right derivative `f'(u+)` for `u > 0`: an optimal critic's value where the density ratio is u.
  func derivative(_ u: Double) -> Double

  /// The left derivative `f'(u-)` for `u > 0`; differs from `derivative` where f has a kink.
  func leftDerivative(_ u: Double) -> Double

  /// `f''` as a measure on `(0, infinity)`: a density and atoms.
  var curvature: Curvature { get }

  // MARK: Conjugate

  /// `f*(t) = sup over u >= 0 of t u - f(u)`: nondecreasing, `.infinity` beyond its effective domain.
  func conjugate(_ t: Double) -> Double

  /// The right derivative of `f*`, which is the density ratio that a critic's value t stands for; the left one
  /// at the upper end of the domain, and `.infinity` beyond.
  func conjugateDerivative(_ t: Double) -> Double

  /// Whether `f*` is finite at the upper end of its domain; the domain is `(-infinity, slopeAtInfinity)` with or
  /// without that end.
  var conjugateIsFiniteAtEnd: Bool { get }

  // MARK: Ends

  /// `f(0)`, the limit at 0: `.infinity` for reverse KL.
  var valueAtZero: Double { get }

  /// The recession slope `f'(infinity) = lim f(u) / u`, `.infinity` for KL.
  var slopeAtInfinity: Double { get }

  /// `f(1)`: 0, but for a generator that is stated with an offset (the original GAN's: `-2 log 2`).
  var valueAtOne: Double { get }

  // MARK: Critic

  /// An increasing smooth map of the real line into the domain of `f*`: the output activation of a critic.
  func activation(_ v: Double) -> Double

  // MARK: Perspective

  /// `q f(p / q)`, continued by `p f'(infinity)` at q = 0 and by 0 at p = q = 0.
  func perspective(_ p: Double, _ q: Double) -> Double

  /// The perspective of four pairs at once, for sums over many atoms: lane by lane unless overridden.
  func perspective(_ p: SIMD4<Double>, _ q: SIMD4<Double>) -> SIMD4<Double>

  /// The perspective in exact fractions, nil where f is not rational.
  func perspective(_ p: Rational, _ q: Rational) -> ExtendedRational?

  // MARK: Growth

  /// `log(f(u) / max(u, 1))` at `u = e^s`, where f grows without such a bound and u or f may leave the range of
  /// doubles: for large s when `slopeAtInfinity` is infinite, for large -s when `valueAtZero` is. Asked for
  /// nowhere else.
  func logExcess(atLog s: Double) -> Double
}
