internal import RealModule

/// The law of `scale X + shift`.
public struct Affine<Base: ContinuousDistribution>: ContinuousDistribution, CustomStringConvertible
{
  // MARK: Parameters

  /// The law of `X`.
  public let base: Base
  /// The factor, not zero; a negative one reflects.
  public let scale: Double
  /// The term.
  public let shift: Double
  private let logScale: Double

  /// The law of `scale X + shift`.
  ///
  /// - Throws: `ParameterError` unless `scale` is finite and not zero, and `shift` is finite.
  public init(of base: Base, scale: Double = 1, shift: Double = 0) throws(ParameterError) {
    guard scale.isFinite, scale != 0 else {
      throw ParameterError(
        "Affine", "scale", value: "\(scale)", rule: "must be finite and not zero")
    }
    try requireFinite(shift, "shift", of: "Affine")
    self.base = base
    self.scale = scale
    self.shift = shift
    logScale = .log(scale.magnitude)
  }

  /// For example "2.0 Beta(3.0, 3.0) + 1.0".
  public var description: String { "\(scale) \(base) + \(shift)" }

  private func pull(_ x: Double) -> Double { (x - shift) / scale }
  private func push(_ y: Double) -> Double { scale * y + shift }

  // MARK: Support

  /// The image of the base's support.
  public var support: [Interval] {
    scale > 0
      ? base.support.map { Interval(push($0.lower), push($0.upper)) }
      : base.support.reversed().map { Interval(push($0.upper), push($0.lower)) }
  }

  /// The image of the base's landmarks.
  public var landmarks: [Double] { ordered(base.landmarks.map(push)) }

  // MARK: Density

  /// `p(y) / |scale|` at the pulled-back point.
  public func density(_ x: Double) -> Double { base.density(pull(x)) / scale.magnitude }

  /// The log-density at `x`.
  public func logDensity(_ x: Double) -> Double { base.logDensity(pull(x)) - logScale }

  // MARK: Distribution function

  /// The base's distribution function, or its survival function when reflected.
  public func cumulative(_ x: Double) -> Double {
    scale > 0 ? base.cumulative(pull(x)) : base.survival(pull(x))
  }

  /// `1 - cumulative(x)`, accurate in the upper tail.
  public func survival(_ x: Double) -> Double {
    scale > 0 ? base.survival(pull(x)) : base.cumulative(pull(x))
  }

  /// The image of the base's quantile.
  public func quantile(_ probability: Double) -> Double {
    push(scale > 0 ? base.quantile(probability) : base.upperQuantile(probability))
  }

  /// The image of the base's upper quantile.
  public func upperQuantile(_ tail: Double) -> Double {
    push(scale > 0 ? base.upperQuantile(tail) : base.quantile(tail))
  }

  // MARK: Moments

  /// `scale E X + shift`.
  public var mean: Double? { base.mean.map(push) }

  /// `scale^2 Var X`.
  public var variance: Double? { base.variance.map { scale * scale * $0 } }

  // MARK: Sampling

  /// The image of one draw of the base.
  public func sample(using generator: inout some RandomNumberGenerator) -> Double {
    push(base.sample(using: &generator))
  }
}

extension ContinuousDistribution {
  /// The law of `factor X`.
  ///
  /// - Throws: `ParameterError` unless `factor` is finite and not zero.
  public func scaled(by factor: Double) throws(ParameterError) -> Affine<Self> {
    try Affine(of: self, scale: factor)
  }

  /// The law of `X + term`.
  ///
  /// - Throws: `ParameterError` unless `term` is finite.
  public func shifted(by term: Double) throws(ParameterError) -> Affine<Self> {
    try Affine(of: self, shift: term)
  }
}
