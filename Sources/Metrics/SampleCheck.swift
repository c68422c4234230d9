import Distributions

/// Refuses an empty set of points and one with a point that is not finite.
func requireSamples(
  _ samples: [SIMD2<Double>], _ name: String = "samples", of subject: String,
  atLeast minimum: Int = 1
) throws(ParameterError) {
  guard samples.count >= minimum else {
    throw ParameterError(
      subject, name, value: samples.isEmpty ? "[]" : "\(samples.count) points",
      rule: minimum == 1 ? "must not be empty" : "must be at least \(minimum) points")
  }
  // A product with zero is NaN for what is not finite: one test for the whole set.
  let probe = samples.reduce(SIMD2<Double>.zero) { $0 + 0 * $1 }
  guard probe != .zero else { return }
  for (index, point) in samples.enumerated() where !(point.x.isFinite && point.y.isFinite) {
    throw ParameterError(
      subject, "\(name)[\(index)]", value: "(\(point.x), \(point.y))",
      rule: "must be finite; a model whose training diverged gives such points")
  }
}
