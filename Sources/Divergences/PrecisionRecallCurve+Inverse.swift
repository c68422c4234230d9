import Distributions
public import GSL
import RealModule

extension PrecisionRecallCurve {
  /// The smallest lambda whose precision is `precision`; nil above the support-based precision. It is `.infinity` where
  /// the curve reaches its limit only there.
  ///
  /// The error is alpha's over its slope `P(q >= lambda p)`: where the curve is nearly flat, lambda is uncertain.
  ///
  /// - Throws: `ParameterError` when the precision is negative or NaN; `GSLError` when the root cannot be found.
  public func lambda(ofPrecision precision: Double) throws -> Estimate? {
    guard precision >= 0 else {
      throw ParameterError(
        "PrecisionRecallCurve", "precision", value: "\(precision)", rule: "must not be negative")
    }
    guard precision > 0 else { return Estimate(0, error: 0) }
    let room = supportPrecision.error + 4 * .ulpOfOne
    guard precision <= supportPrecision.value + room else { return nil }
    let least = ratioRange.least
    let atLimit = Estimate(
      1 / least.value, error: least.value > 0 ? least.error / (least.value * least.value) : 0)
    if precision >= supportPrecision.value - room { return atLimit }
    func excess(_ lambda: Double) throws(ParameterError) -> Double {
      try alpha(lambda).value - precision
    }
    // alpha_lambda is at most lambda.
    var (low, high) = (precision, precision)
    while try excess(high) < 0 {
      guard high < 1e300 else { return atLimit }
      (low, high) = (high, 4 * high)
    }
    guard low < high else { return Estimate(low, error: 4 * low.ulp) }
    let root = try GSL.root(
      between: .log(low), and: .log(high), absoluteTolerance: 0x1p-53
    ) { logarithm in (try? excess(.exp(logarithm))) ?? .nan }
    let lambda = Double.exp(root.value)
    let reached = try alpha(lambda)
    let slope = masses(at: lambda).target.value
    let error = (reached.error + (reached.value - precision).magnitude) / slope
    return Estimate(lambda, error: error + root.error * lambda + 4 * lambda.ulp)
  }

  /// The least and the greatest ratio `p / q` on the common support, 0 and `.infinity` where it is not bounded.
  ///
  /// Read off at the local extrema that were found for the crossings, and towards every end of the support out to
  /// the last doubles, where densities far below the smallest number still have a logarithm. The error is that of
  /// rounding.
  public var ratioRange: (least: Estimate, greatest: Estimate) {
    // Of many points with nearly one ratio the one that rounding spoils least counts.
    var least: DensityRatio.Node?
    var greatest: DensityRatio.Node?
    func visit(_ node: DensityRatio.Node) {
      guard !node.ratio.isNaN else { return }
      if greatest.map({ node.ratio + node.noise < $0.ratio + $0.noise }) ?? true { greatest = node }
      if least.map({ node.ratio - node.noise > $0.ratio - $0.noise }) ?? true { least = node }
    }
    for run in ratio.runs {
      for node in run.nodes { visit(node) }
      guard let first = run.nodes.first?.x, let last = run.nodes.last?.x else { continue }
      for (start, end) in [(first, run.lower), (last, run.upper)] {
        if end.isFinite { visit(ratio.node(at: end)) }
        var step = end.isFinite ? (end - start) / 2 : (end < 0 ? -1 : 1) * (1 + last - first)
        while step.isFinite, step != 0 {
          let x = end.isFinite ? end - step : start + step
          guard x.isFinite, x != end else { break }
          visit(ratio.node(at: x))
          step = end.isFinite ? step / 4 : step * 4
        }
      }
    }
    func estimate(_ node: DensityRatio.Node?) -> Estimate {
      let ratio = Double.exp(-(node?.ratio ?? .nan))
      let isBound = ratio > 0 && ratio < .infinity
      return Estimate(ratio, error: isBound ? ratio * .expMinusOne(node?.noise ?? 0) : 0)
    }
    return (estimate(least), estimate(greatest))
  }
}
