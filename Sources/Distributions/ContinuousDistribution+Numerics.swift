internal import GSL
internal import RealModule

extension ContinuousDistribution {
  /// The `x` with `survival(x) = tail`, for a tail in `[0, 1]`; accurate where `quantile(1 - tail)` is not.
  public func upperQuantile(_ tail: Double) -> Double {
    tail <= 0.5 ? inverted(tail, isUpper: true) : quantile(1 - tail)
  }

  /// Solves `cumulative(x) = probability`, or `survival(x) = probability` when `isUpper`, by bisection sped up by
  /// Newton steps; exact to the last bits that the distribution function tells apart.
  func inverted(_ probability: Double, isUpper: Bool, near start: Double? = nil) -> Double {
    guard probability >= 0, probability <= 1, let first = support.first, let last = support.last
    else {
      return .nan
    }
    if probability == 0 { return isUpper ? last.upper : first.lower }
    if probability == 1 { return isUpper ? first.lower : last.upper }
    // `excess` grows with x and is zero at the quantile.
    func excess(_ x: Double) -> Double {
      isUpper ? probability - survival(x) : cumulative(x) - probability
    }
    var lower = first.lower
    var upper = last.upper
    var x = start.map { min(max($0, lower), upper) } ?? .nan
    if !x.isFinite {
      x =
        lower.isFinite
        ? (upper.isFinite ? lower + (upper - lower) / 2 : lower + 1) : min(upper - 1, 0)
    }
    var step = max(x.magnitude * 0.5, 1)
    while !lower.isFinite {
      let trial = x - step
      if excess(trial) < 0 || trial == -.greatestFiniteMagnitude {
        lower = trial
      } else {
        upper = trial
      }
      step = min(step * 4, .greatestFiniteMagnitude / 2)
    }
    step = max(x.magnitude * 0.5, 1)
    while !upper.isFinite {
      let trial = max(x, lower) + step
      if excess(trial) >= 0 || trial > .greatestFiniteMagnitude / 4 {
        upper = trial
      } else {
        lower = trial
      }
      step = min(step * 4, .greatestFiniteMagnitude / 2)
    }
    if !(lower < x && x < upper) { x = lower + (upper - lower) / 2 }
    for _ in 0..<2000 {
      let error = excess(x)
      if error == 0 { return x }
      if error < 0 { lower = x } else { upper = x }
      let newton = x - error / density(x)
      let width = upper - lower
      // Newton where it stays well inside; otherwise the middle, geometric when the ends differ by orders of magnitude.
      if newton.isFinite, lower < newton, newton < upper, (newton - x).magnitude < width / 2 {
        if newton == x || (newton - x).magnitude <= x.ulp { return newton }
        x = newton
      } else {
        let middle = middle(of: lower, upper)
        if !(lower < middle && middle < upper) { return upper }
        x = middle
      }
    }
    return x
  }

  private func middle(of lower: Double, _ upper: Double) -> Double {
    if lower > 0, upper / lower > 4 { return .sqrt(lower) * .sqrt(upper) }
    if upper < 0, lower / upper > 4 { return -(.sqrt(-lower) * .sqrt(-upper)) }
    if lower == 0, upper > 1e-300 { return upper * 1e-3 }
    if upper == 0, lower < -1e-300 { return lower * 1e-3 }
    return lower + (upper - lower) / 2
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

extension RandomNumberGenerator {
  /// A uniform number in the open unit interval, from the upper 53 bits of one draw.
  mutating func openUniform() -> Double { (Double(next() >> 11) + 0.5) * 0x1p-53 }
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
