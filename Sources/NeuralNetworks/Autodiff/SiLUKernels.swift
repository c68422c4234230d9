// The sigmoid linear unit x s(x), s the logistic function.

/// `x` where its size is at most 87, else 87 with its sign; NaN stays.
@inline(__always)
private func bounded(_ x: Eight) -> Eight {
  x.replacing(with: Eight(repeating: -87), where: x .< -87)
    .replacing(with: Eight(repeating: 87), where: x .> 87)
}

/// The logistic function of a bounded x, to about 3 units in the last place: without the cases of `exponential`.
@inline(__always)
private func boundedLogistic(_ x: Eight) -> Eight {
  let magic = Eight(repeating: 12_582_912)
  let shifted = magic.addingProduct(x, Eight(repeating: -1.442_695_04))
  let n = shifted - magic
  let integer =
    unsafeBitCast(shifted, to: SIMD8<Int32>.self) &- unsafeBitCast(magic, to: SIMD8<Int32>.self)
  let r = (-x).addingProduct(n, Eight(repeating: -0.693_359_375))
    .addingProduct(n, Eight(repeating: 2.121_944_4e-4))
  var p = Eight(repeating: 1.398_199_95e-3).addingProduct(r, Eight(repeating: 1.987_569_15e-4))
  p = Eight(repeating: 8.333_451_91e-3).addingProduct(p, r)
  p = Eight(repeating: 4.166_579_59e-2).addingProduct(p, r)
  p = Eight(repeating: 1.666_666_55e-1).addingProduct(p, r)
  p = Eight(repeating: 5.000_000_12e-1).addingProduct(p, r)
  let value = (r + 1).addingProduct(p, r * r)
  return 1 / Eight(repeating: 1).addingProduct(value, power(integer))
}

/// `x s(x)`; below -87, where it is less than 1.5e-36 in size, that of -87.
@inline(__always)
func silu(_ x: Eight) -> Eight {
  let y = bounded(x)
  // Beyond the bounds s is 0 or 1 beside any x of interest.
  return boundedLogistic(y) * x.replacing(with: y, where: x .< y)
}

/// `s (1 + x (1 - s))`; beyond 87 on either side, where it is within 1.5e-36 of 0 or 1, that of 87.
@inline(__always)
func siluSlope(_ x: Eight) -> Eight {
  let y = bounded(x)
  let s = boundedLogistic(y)
  return s.addingProduct(s * y, 1 - s)
}

/// `x silu'(z)`, entry by entry.
func multiplyBySiluSlope(_ x: Floats, at z: Floats, into y: Floats, count: Int) {
  var i = 0
  while i + 8 <= count {
    store(load(x + i) * siluSlope(load(z + i)), y + i)
    i += 8
  }
  guard i < count else { return }
  var rest = Eight.zero
  for j in i..<count { rest[j - i] = z[j] }
  rest = siluSlope(rest)
  for j in i..<count { y[j] = x[j] * rest[j - i] }
}
