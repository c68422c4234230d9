// The sigmoid linear unit x s(x), s the logistic function.

/// `x s(x)`, and 0 at minus infinity.
@inline(__always)
func silu(_ x: Eight) -> Eight {
  let bounded = x.replacing(with: Eight(repeating: -1000), where: x .< -1000)
  return bounded * logistic(x)
}

/// `s (1 + x (1 - s))`; 0 and 1 far out, also at the infinities.
@inline(__always)
func siluSlope(_ x: Eight) -> Eight {
  let s = logistic(x)
  let bounded = x.clamped(
    lowerBound: Eight(repeating: -1000), upperBound: Eight(repeating: 1000))
  return s * (1 + bounded * (1 - s))
}

/// `x silu'(z)`, entry by entry.
func multiplyBySiluSlope(_ x: Floats, at z: Floats, into y: Floats, count: Int) {
  zipEight(x, z, into: y, count: count) { $0 * siluSlope($1) }
}
