public import Distributions
import RealModule

/// The PR-divergence of lambda: `f(u) = max(lambda u, 1) - max(lambda, 1)`,
/// `D = min(lambda, 1) - ∫ min(lambda p, q)`, in `[0, min(lambda, 1)]` (2025 deck, Definition 2.3).
///
/// `lambda = 0` gives `f = 0` and `D = 0`. `lambda = infinity` gives `f(u) = 1` at 0 and 0 elsewhere, and D is the
/// model's mass where the target has none. That f is the limit of `f(u) - lambda (u - 1) = min(lambda, 1) -
/// min(lambda u, 1)`, which generates the same divergence, not of f itself, which tends to minus infinity. It is
/// not lower semicontinuous: `f*` is 0 on `t <= 0`, so the dual form gives 0, and `f''` is the zero measure, so
/// the mixture representation gives 0 too.
public struct PrecisionRecallDivergence: GeneratorFunction {
  /// The trade-off, from 0 to infinity: large for precision, small for recall.
  public let lambda: Double

  /// The fraction that was given, nil where a double was.
  @usableFromInline let fraction: ExtendedRational?

  /// The PR-divergence of lambda.
  ///
  /// - Throws: `ParameterError` when lambda is negative or NaN.
  public init(lambda: Double) throws(ParameterError) {
    guard lambda >= 0 else { throw Self.refusal("\(lambda)") }
    self.lambda = abs(lambda)
    fraction = nil
  }

  /// The PR-divergence of an exact lambda; the columns in doubles use the double that is nearest to it.
  ///
  /// - Throws: `ParameterError` when lambda is negative.
  public init(exactly lambda: ExtendedRational) throws(ParameterError) {
    guard lambda >= .finite(0) else { throw Self.refusal("\(lambda)") }
    self.lambda = Double(lambda)
    fraction = lambda
  }

  /// The caller vouches for a trade-off in `[0, infinity]`.
  package init(tradeOff lambda: Double) {
    self.lambda = lambda
    fraction = nil
  }

  private static func refusal(_ value: String) -> ParameterError {
    ParameterError(
      "PrecisionRecallDivergence", "lambda", value: value, rule: "must be in [0, infinity]")
  }

  /// The trade-off as a fraction: the one that was given, or every bit of the double.
  public var exactLambda: ExtendedRational {
    if let fraction { return fraction }
    guard let value = try? Rational(exactly: lambda) else { return .infinity }
    return .finite(value)
  }

  /// For example "PR-divergence of lambda = 2".
  public var name: String {
    switch fraction {
    case .finite(let value): "PR-divergence of lambda = \(value)"
    case .infinity: "PR-divergence of lambda = inf"
    case nil: "PR-divergence of lambda = \(lambda)"
    }
  }

  /// `max(lambda u, 1) - max(lambda, 1)`.
  @inlinable
  public func callAsFunction(_ u: Double) -> Double {
    u == .infinity ? (slopeAtInfinity > 0 ? .infinity : 0) : perspective(u, 1)
  }

  // MARK: Derivatives

  /// Lambda from `1 / lambda` on, 0 below.
  public func derivative(_ u: Double) -> Double { u >= kink && u > 0 ? slopeAtInfinity : 0 }

  /// Lambda above `1 / lambda`, 0 up to there.
  public func leftDerivative(_ u: Double) -> Double { u > kink ? slopeAtInfinity : 0 }

  /// One atom of mass lambda at `1 / lambda`; none at lambda = 0 and infinity.
  public var curvature: Curvature {
    kink > 0 && kink < .infinity
      ? Curvature(atoms: [.init(location: kink, mass: lambda)]) : Curvature()
  }

  private var kink: Double { 1 / lambda }

  // MARK: Conjugate

  /// `t+ / lambda + (lambda - 1)+` for `t <= lambda`; at lambda = infinity, 0 for `t <= 0`.
  public func conjugate(_ t: Double) -> Double {
    guard t <= slopeAtInfinity else { return .infinity }
    let atZero = lambda < .infinity ? max(lambda - 1, 0) : 0
    return t > 0 ? t / lambda + atZero : atZero
  }

  /// 0 below 0, `1 / lambda` from there to lambda: a critic tells nothing of the ratio.
  public func conjugateDerivative(_ t: Double) -> Double {
    guard t <= slopeAtInfinity else { return .infinity }
    return t >= 0 && slopeAtInfinity > 0 ? kink : 0
  }

  /// True: `f*(lambda) = max(lambda, 1)`.
  public var conjugateIsFiniteAtEnd: Bool { true }

  // MARK: Ends

  /// `-(lambda - 1)+`, and 1 at lambda = infinity, where the limit from above is 0.
  public var valueAtZero: Double { lambda == .infinity ? 1 : min(1 - lambda, 0) }

  /// Lambda, and 0 at lambda = infinity.
  @inlinable
  public var slopeAtInfinity: Double { lambda == .infinity ? 0 : lambda }

  /// 0.
  public var valueAtOne: Double { 0 }

  // MARK: Critic

  /// `lambda / (1 + e^-v)`; at lambda = 0 and infinity, where no critic is above 0, `-log(1 + e^-v)`.
  public func activation(_ v: Double) -> Double {
    slopeAtInfinity > 0 ? lambda * sigmoid(v) : bounded(-softplus(-v), below: 0)
  }

  // MARK: Perspective

  /// `max(lambda p, q) - max(lambda, 1) q`; at lambda = infinity, q where p = 0.
  @inlinable
  public func perspective(_ p: Double, _ q: Double) -> Double {
    if lambda == .infinity { return p == 0 ? q : 0 }
    return lambda < 1 ? max(lambda * p - q, 0) : max(lambda * (p - q), (1 - lambda) * q)
  }

  /// `max(lambda p, q) - max(lambda, 1) q`, exactly.
  public func perspective(_ p: Rational, _ q: Rational) -> ExtendedRational? {
    guard case .finite(let lambda) = exactLambda else { return .finite(p == 0 ? q : 0) }
    return .finite(max(lambda * p, q) - max(lambda, 1) * q)
  }
}
