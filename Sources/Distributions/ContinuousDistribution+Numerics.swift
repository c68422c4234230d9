internal import GSL
internal import RealModule

extension ContinuousDistribution {
  /// The inverse of `survival` by search, for a law that has no better way.
  public func upperQuantile(_ tail: Double) -> Double {
    tail <= 0.5 ? inverted(tail, isUpper: true) : quantile(1 - tail)
  }

  /// The first `x` with `cumulative(x) >= probability`, or with `survival(x) <= probability` when
  /// `isUpper`, to the last bit that the distribution function tells apart.
  func inverted(_ probability: Double, isUpper: Bool, near start: Double? = nil) -> Double {
    guard probability >= 0, probability <= 1, let first = support.first, let last = support.last
    else {
      return .nan
    }
    if probability == 0 { return isUpper ? last.upper : first.lower }
    if probability == 1 { return isUpper ? first.lower : last.upper }
    return firstArgument(
      reaching: probability, in: first.lower, last.upper, startingAt: start ?? .nan,
      increasing: !isUpper, slope: density, isUpper ? survival : cumulative)
  }

  /// Quantiles that show the density at its own scale, out to tails of 1e-16.
  var quantileLandmarks: [Double] {
    let tails = [1e-16, 1e-12, 1e-8, 1e-5, 1e-3, 0.02, 0.1, 0.3]
    return tails.map(quantile) + [quantile(0.5)] + tails.reversed().map(upperQuantile)
  }
}

/// Sorted, without repetitions, infinities and NaN.
func ordered(_ points: [Double]) -> [Double] {
  var result: [Double] = []
  for point in points.filter(\.isFinite).sorted() where result.last != point {
    result.append(point)
  }
  return result
}

/// Throws unless `value` is finite.
func requireFinite(
  _ value: Double, _ parameter: String, of subject: String
) throws(ParameterError) {
  guard value.isFinite else {
    throw ParameterError(subject, parameter, value: "\(value)", rule: "must be finite")
  }
}

/// Throws unless `value` is finite and positive.
func requirePositive(
  _ value: Double, _ parameter: String, of subject: String
) throws(ParameterError) {
  guard value.isFinite, value > 0 else {
    throw ParameterError(subject, parameter, value: "\(value)", rule: "must be finite and positive")
  }
}

extension ContinuousDistribution {
  /// `P(a < X <= b)`, to full relative accuracy: by the smaller tail, and where even its difference
  /// cancels by the integral of the density over what is then a short interval.
  func mass(from a: Double, to b: Double) -> Double {
    let below = cumulative(b)
    let above = survival(a)
    let (difference, scale) =
      below <= 0.5
      ? (below - cumulative(a), below)
      : above <= 0.5
        ? (above - survival(b), above)
        : (1 - cumulative(a) - survival(b), 1)
    if difference > 1e-3 * scale || scale == 0 { return max(difference, 0) }
    var sum = 0.0
    for interval in support where interval.upper > a && interval.lower < b {
      let part = try? integrate(
        from: max(a, interval.lower), to: min(b, interval.upper), breaks: landmarks,
        absoluteTolerance: 0, relativeTolerance: 1e-13, density)
      guard let part else { return max(difference, 0) }
      sum += part.value
    }
    return sum
  }

  /// `E g(X)` by quadrature split at the landmarks; nil where the integral does not converge.
  func moment(_ g: (Double) -> Double) -> Double? {
    var sum = 0.0
    for interval in support {
      guard
        let part = try? integrate(
          from: interval.lower, to: interval.upper, breaks: landmarks,
          { x in
            let p = density(x)
            return p == 0 ? 0 : g(x) * p
          })
      else { return nil }
      sum += part.value
    }
    return sum
  }
}
