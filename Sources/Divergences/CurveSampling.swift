public import Distributions
import GSL

/// A point of a curve together with its tangent arc `alpha = modelBelow + slope * targetAbove`.
///
/// With `A = {q < lambda p}`: `modelBelow = Q(A)`, `targetAbove = P(not A)`. Both are masses, so that
/// `alpha_lambda = modelBelow + lambda targetAbove` and `alpha_mu <= modelBelow + mu targetAbove` for all mu.
struct TangentArc {
  var lambda: Double
  var modelBelow: Double
  var targetAbove: Double

  var point: PrecisionRecallPoint {
    switch lambda {
    case 0: PrecisionRecallPoint(lambda: 0, precision: 0, recall: targetAbove)
    case .infinity: PrecisionRecallPoint(lambda: lambda, precision: modelBelow, recall: 0)
    default:
      PrecisionRecallPoint(
        lambda: lambda, precision: modelBelow + lambda * targetAbove,
        recall: modelBelow / lambda + targetAbove)
    }
  }

  /// The point at which this tangent arc meets the ray of slope `lambda`.
  func point(onRay lambda: Double) -> SIMD2<Double> {
    [modelBelow / lambda + targetAbove, modelBelow + lambda * targetAbove]
  }
}

/// Few points of a curve such that the polygon through them stays within `tolerance` of it.
///
/// The sandwich algorithm: since alpha is concave in lambda, the curve between two points lies between the arc of
/// their chord in the (lambda, alpha) plane and their two tangent arcs, whose meeting point is a corner
/// wherever the curve has one. The distance of either bound from the polygon's side bounds the error, whatever
/// the curve; the next point is taken where the wider bound is.
///
/// - Parameters:
///   - lambdas: increasing lambdas from 0 to infinity whose points are kept.
///   - arc: the point at a lambda, with its tangent arc.
func sampledCurve(
  keeping lambdas: [Double], tolerance: Double, arc: (Double) -> TangentArc
) throws(ParameterError) -> [PrecisionRecallPoint] {
  guard tolerance > 0, tolerance <= 1 else {
    throw ParameterError(
      "sampled", "tolerance", value: "\(tolerance)", rule: "must be positive and at most 1")
  }
  let limit = lambdas.count + 10_000
  var points: [PrecisionRecallPoint] = []
  var left = arc(lambdas[0])
  // What is still to do, the nearest last.
  var pending = lambdas.dropFirst().reversed().map(arc)
  while let right = pending.last {
    if points.count + pending.count < limit,
      let lambda = refinement(left, right, tolerance: tolerance),
      left.lambda < lambda, lambda < right.lambda
    {
      pending.append(arc(lambda))
    } else {
      points.append(left.point)
      left = right
      pending.removeLast()
    }
  }
  return points + [left.point]
}

/// Where to look between two points, nil when the curve is within `tolerance` of their chord.
private func refinement(
  _ left: TangentArc, _ right: TangentArc, tolerance: Double
) -> Double? {
  let (start, end) = (left.point, right.point)
  func distance(_ point: SIMD2<Double>) -> Double {
    let from = SIMD2(start.recall, start.precision)
    let side = SIMD2(end.recall, end.precision) - from
    let square = (side * side).sum()
    guard square > 0 else { return length(point - from) }
    let along = ((point - from) * side).sum() / square
    return length(point - from - min(1, max(0, along)) * side)
  }
  // Above: the corner of the two tangent arcs.
  let corner =
    (right.modelBelow - left.modelBelow) / (left.targetAbove - right.targetAbove)
  let hasCorner = left.lambda < corner && corner < right.lambda
  let above = hasCorner ? distance(left.point(onRay: corner)) : 0
  // Below: the arc of the chord in (lambda, alpha), at its farthest from the chord of the curve.
  let middle: Double
  let lowest: SIMD2<Double>
  switch (left.lambda, right.lambda) {
  case (0, .infinity):
    (middle, lowest) = (1, [0, 0])
  case (0, let upper):
    // A curve may creep towards its end as slowly as it likes: the exponent grows, not the number.
    (middle, lowest) = (upper < 0.25 ? upper * upper.squareRoot() : upper / 4, [end.recall, 0])
  case (let lower, .infinity):
    (middle, lowest) = (lower > 4 ? lower * lower.squareRoot() : lower * 4, [0, start.precision])
  case (let lower, let upper):
    middle = lower.squareRoot() * upper.squareRoot()
    let slope = (end.precision - start.precision) / (upper - lower)
    let intercept = max(0, start.precision - slope * lower)
    lowest = [slope + intercept / middle, intercept + slope * middle]
  }
  let below = distance(lowest)
  guard max(above, below) > tolerance else { return nil }
  return hasCorner && above >= below ? corner : middle
}

private func length(_ vector: SIMD2<Double>) -> Double { (vector * vector).sum().squareRoot() }

extension FinitePrecisionRecallCurve {
  /// Points of the curve by increasing lambda for drawing: every vertex, and as many in between that the
  /// polygon is within `tolerance` of the curve in the plane of recall and precision.
  ///
  /// - Throws: `ParameterError` when the tolerance is not in `(0, 1]`.
  public func sampled(
    tolerance: Double = 1e-3
  ) throws(ParameterError) -> [PrecisionRecallPoint] {
    let vertices = ratios.map { Double($0) }
    return try sampledCurve(keeping: [0] + vertices + [.infinity], tolerance: tolerance) { lambda in
      var (low, high) = (0, vertices.count)
      while low < high {
        let middle = (low + high) / 2
        if vertices[middle] <= lambda { low = middle + 1 } else { high = middle }
      }
      let arc = self.arc(low)
      return TangentArc(
        lambda: lambda, modelBelow: arc.modelBelow, targetAbove: arc.targetAbove)
    }
  }
}

extension ApproximatePrecisionRecallCurve {
  /// Points of the curve by increasing lambda for drawing: as many that the polygon is within `tolerance` of the
  /// curve in the plane of recall and precision, however many vertices it has.
  ///
  /// - Throws: `ParameterError` when the tolerance is not in `(0, 1]`.
  public func sampled(
    tolerance: Double = 1e-3
  ) throws(ParameterError) -> [PrecisionRecallPoint] {
    try sampledCurve(keeping: [0, .infinity], tolerance: tolerance) { lambda in
      let arc = self.arc(at: lambda)
      return TangentArc(
        lambda: lambda, modelBelow: arc.modelBelow, targetAbove: arc.targetAbove)
    }
  }
}

extension PrecisionRecallCurve {
  /// Points of the curve by increasing lambda for drawing, from `(recall, 0)` to `(0, precision)` of the supports:
  /// as many that the polygon is within `tolerance` of the curve in the plane of recall and precision.
  ///
  /// - Throws: `ParameterError` when the tolerance is not in `(0, 1]`.
  public func sampled(
    tolerance: Double = 1e-3
  ) throws(ParameterError) -> [PrecisionRecallPoint] {
    try sampledCurve(keeping: [0, .infinity], tolerance: tolerance) { lambda in
      switch lambda {
      case 0:
        return TangentArc(lambda: 0, modelBelow: 0, targetAbove: supportRecall.value)
      case .infinity:
        return TangentArc(lambda: lambda, modelBelow: supportPrecision.value, targetAbove: 0)
      default:
        let masses = masses(at: lambda)
        return TangentArc(
          lambda: lambda, modelBelow: masses.model.value, targetAbove: masses.target.value)
      }
    }
  }
}
