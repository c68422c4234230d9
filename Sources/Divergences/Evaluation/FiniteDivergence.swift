import BigInt
public import Distributions
public import GSL
import RealModule

extension GeneratorFunction {
  /// `D_f(P || Q) = sum q f(p / q)` in exact fractions, with `p f'(infinity)` where q = 0 (2025 deck, Definition 2.1);
  /// nil where f is not rational. Atoms are matched by label.
  ///
  /// - Throws: `ParameterError` that names an atom which one of the spaces lacks.
  public func exactDivergence(
    target: FiniteDistribution, model: FiniteDistribution
  ) throws(ParameterError) -> ExtendedRational? {
    var sum: Rational = 0
    var isInfinite = false
    for (p, q) in zip(target.weights, try model.weights(onSpaceOf: target)) {
      switch perspective(p, q) {
      case .finite(let term)?: sum += term
      case .infinity?: isInfinite = true
      case nil: return nil
      }
    }
    return isInfinite ? .infinity : .finite(sum)
  }

  /// `D_f(P || Q) = sum q f(p / q)`, with `p f'(infinity)` where q = 0 (2025 deck, Definition 2.1), `.infinity` with
  /// error 0 where a term is infinite. Atoms are matched by label.
  ///
  /// The nearest double to the exact fraction where f is rational; otherwise a sum of rounded terms.
  ///
  /// - Throws: `ParameterError` that names an atom which one of the spaces lacks.
  public func divergence(
    target: FiniteDistribution, model: FiniteDistribution
  ) throws(ParameterError) -> Estimate {
    if let exact = try exactDivergence(target: target, model: model) {
      let value = Double(exact)
      return Estimate(value, error: value == .infinity ? 0 : value.ulp / 2)
    }
    let (p, q) = (target.weights, try model.weights(onSpaceOf: target))
    let weights = (p.map { Double($0) }, q.map { Double($0) })
    let isTiny = zip(p + q, weights.0 + weights.1).contains { $0 > 0 && $1 < 1e-290 }
    if isTiny { return rounded(zip(p, q).reduce(0) { $0 + scaledPerspective($1.0, $1.1) }) }
    return try divergence(target: FiniteWeights(weights.0), model: FiniteWeights(weights.1))
  }

  /// The perspective of weights that may be too small for doubles, by its homogeneity.
  private func scaledPerspective(_ p: Rational, _ q: Rational) -> Double {
    let scale = max(p, q)
    guard scale > 0 else { return 0 }
    let (a, b) = (Double(p / scale), Double(q / scale))
    let isLost = p > 0 && a < 1e-300 || q > 0 && b < 1e-300
    guard isLost, (p > q ? slopeAtInfinity : valueAtZero) == .infinity else {
      return Double(scale) * perspective(a, b)
    }
    return Double(scale) * .exp(logExcess(atLog: logarithm(p / q)))
  }

  /// `D_f(P || Q) = sum q f(p / q)` of weights in doubles, atom by atom in their order: the fast form.
  ///
  /// Terms are summed in a fixed order, in blocks whose sums are compensated. The error bounds the rounding of
  /// the weights, of the terms and of their sum by the sensitivity of f to its argument; `.infinity` with error 0
  /// where a term is infinite.
  ///
  /// - Throws: `ParameterError` when the numbers of atoms differ.
  @inlinable
  public func divergence(
    target: FiniteWeights, model: FiniteWeights
  ) throws(ParameterError) -> Estimate {
    guard target.values.count == model.values.count else {
      throw mismatch(target.values.count, model.values.count)
    }
    let (p, q) = (target.values.span, model.values.span)
    var sum = BlockSum()
    var start = 0
    while start + 64 <= p.count {
      var lanes = SIMD4<Double>()
      var index = start
      while index < start + 64 {
        let targets = SIMD4(p[index], p[index + 1], p[index + 2], p[index + 3])
        let models = SIMD4(q[index], q[index + 1], q[index + 2], q[index + 3])
        lanes += perspective(targets, models)
        index += 4
      }
      sum.add((lanes[0] + lanes[1]) + (lanes[2] + lanes[3]))
      start += 64
    }
    while start < p.count {
      sum.add(perspective(p[start], q[start]))
      start += 1
    }
    return rounded(sum.value)
  }

  /// The value of a sum of terms with a bound on its rounding.
  ///
  /// A convex f is above its tangent at 1, so that the negative terms sum to at most `|f(1)| + 2 |f'(1)|`.
  @usableFromInline
  func rounded(_ sum: Double) -> Estimate {
    guard sum.isFinite else { return Estimate(sum, error: sum == .infinity ? 0 : .infinity) }
    let negative = valueAtOne.magnitude + 2 * derivative(1).magnitude
    let magnitude = sum.magnitude + 2 * negative
    return Estimate(
      sum, error: 0x1p-53 * (24 * magnitude + 4 * sensitivity * (magnitude + 2)))
  }

  /// The largest `(|u f'(u)| + |f(u) - u f'(u)|) / (|f(u)| + 1 + u)`: how much a relative change of p and q moves
  /// a term, relative to `|term| + p + q`.
  @usableFromInline
  var sensitivity: Double {
    (-60...60).reduce(1) { largest, exponent in
      let u = Double(sign: .plus, exponent: exponent, significand: 1)
      let (value, slope) = (self(u), u * derivative(u))
      let ratio = (slope.magnitude + (value - slope).magnitude) / (value.magnitude + 1 + u)
      return ratio.isFinite ? max(largest, ratio) : largest
    }
  }
}

/// A compensated sum of the sums of blocks.
@usableFromInline
struct BlockSum {
  @usableFromInline var sum = 0.0
  @usableFromInline var compensation = 0.0

  @inlinable
  init() {}

  @inlinable var value: Double {
    // Beyond the largest double the compensation is NaN.
    sum.isFinite ? sum + compensation : sum
  }

  @inlinable
  mutating func add(_ x: Double) {
    let total = sum + x
    let part = total - sum
    compensation += (sum - (total - part)) + (x - part)
    sum = total
  }
}

/// The logarithm of a positive fraction, also where its nearest double is 0 or infinity.
func logarithm(_ value: Rational) -> Double {
  func parts(_ integer: BigInt) -> (exponent: Int, significand: Double) {
    let exponent = max(0, integer.bitWidth - 64)
    return (exponent, Double(integer >> exponent))
  }
  let (a, b) = (parts(value.numerator), parts(value.denominator))
  return .log(a.significand / b.significand) + Double(a.exponent - b.exponent) * .log(2)
}

@usableFromInline
func mismatch(_ target: Int, _ model: Int) -> ParameterError {
  ParameterError(
    "divergence", "model", value: "\(model) atoms",
    rule: "must have as many atoms as the target, \(target)")
}
