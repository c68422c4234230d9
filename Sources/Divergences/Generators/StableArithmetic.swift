import Distributions
public import RealModule

// What the generators share so that no column cancels, overflows or turns into NaN on the way.

/// `log(p / q)` of positive numbers to two units in the last place, near p = q too, and where the quotient leaves the
/// range of doubles.
@inlinable
func logRatio(_ p: Double, _ q: Double) -> Double {
  logRatio(SIMD4(repeating: p), SIMD4(repeating: q))?[0] ?? logRatioAtEnds(p, q)
}

/// The same of four pairs at once, for sums over many atoms; nil where a number is 0 or next to the end of the
/// doubles.
///
/// With q scaled by the power of two that makes it nearest to p, `log(p / q) = k log 2 + 2 atanh(s)` with
/// `s = (p - q) / (p + q)` in `[-1/5, 1/5]`: one division, no branch, and an exact difference.
@inlinable
func logRatio(_ p: SIMD4<Double>, _ q: SIMD4<Double>) -> SIMD4<Double>? {
  let (a, b) = (
    unsafeBitCast(p, to: SIMD4<Int64>.self), unsafeBitCast(q, to: SIMD4<Int64>.self)
  )
  // The exponents must leave room for the scaling.
  let (lowest, highest) = (3 << 52 as Int64, 2043 << 52 as Int64)
  let outside = (a &- lowest) | (highest &- a) | (b &- lowest) | (highest &- b)
  let halves = outside.lowHalf | outside.highHalf
  guard halves[0] | halves[1] >= 0 else { return nil }
  // k + 2048: the nearest number of binades between p and q.
  let bias = Int64(bitPattern: 0x8008_0000_0000_0000)
  let exponent = unsafeBitCast(a &- b &+ bias, to: SIMD4<UInt64>.self) &>> 52
  let bits = unsafeBitCast(b, to: SIMD4<UInt64>.self) &+ (exponent &<< 52) &- (1 << 63)
  let scaled = unsafeBitCast(bits, to: SIMD4<Double>.self)
  let k = unsafeBitCast(exponent | 0x4330_0000_0000_0000, to: SIMD4<Double>.self) - (0x1p52 + 2048)
  let s = (p - scaled) / (p + scaled)
  // 2 atanh(s) = 2 s + s x (2/3 + 2/5 x + ...), summed in pairs.
  let x = s * s
  let (x2, x4) = (x * x, x * x * (x * x))
  let (pair1, pair2) = (2.0 / 3 + 2.0 / 5 * x, 2.0 / 7 + 2.0 / 9 * x)
  let (pair3, pair4) = (2.0 / 11 + 2.0 / 13 * x, 2.0 / 15 + 2.0 / 17 * x)
  let pair5 = 2.0 / 19 + 2.0 / 21 * x
  let upper = pair3 + pair4 * x2 + x4 * pair5
  let series = pair1 + pair2 * x2 + x4 * upper
  // log 2 in two parts, the first short enough for an exact product.
  let rest = k * 0x1.a39ef35793c76p-33 + (2 * s + s * (x * series))
  return k * 0x1.62e42fee00000p-1 + rest
}

/// The same where a number is next to the end of the doubles.
@usableFromInline
func logRatioAtEnds(_ p: Double, _ q: Double) -> Double {
  if p > 0x1p900, q > 0x1p900, max(p, q) < .infinity { return logRatio(p * 0x1p-200, q * 0x1p-200) }
  if p < 0x1p-900, q < 0x1p-900, min(p, q) > 0 { return logRatio(p * 0x1p200, q * 0x1p200) }
  return .log(p) - .log(q)
}

/// `a^2 / b` for positive b, also where `a / b` or `a^2` overflows.
@inlinable
func squareOver(_ a: Double, _ b: Double) -> Double {
  let quotient = a / b
  if quotient.isFinite { return a * quotient }
  let root = a / b.squareRoot()
  return root * root
}

/// `(e^(a x) - 1) / a`, and x at a = 0.
@inlinable
func expMinusOneOver(_ a: Double, _ x: Double) -> Double {
  let product = a * x
  guard abs(product) < 0.5 else { return (.exp(product) - 1) / a }
  // x times the sum of product^k / (k + 1)!, several times faster than the library's function.
  var sum = 1.0 / 1307674368000
  sum = sum * product + 1.0 / 87178291200
  sum = sum * product + 1.0 / 6227020800
  sum = sum * product + 1.0 / 479001600
  sum = sum * product + 1.0 / 39916800
  sum = sum * product + 1.0 / 3628800
  sum = sum * product + 1.0 / 362880
  sum = sum * product + 1.0 / 40320
  sum = sum * product + 1.0 / 5040
  sum = sum * product + 1.0 / 720
  sum = sum * product + 1.0 / 120
  sum = sum * product + 1.0 / 24
  sum = sum * product + 1.0 / 6
  sum = sum * product + 1.0 / 2
  return x * (sum * product + 1)
}

/// `log(1 + e^v)`.
func softplus(_ v: Double) -> Double {
  v > 0 ? v + .log(onePlus: .exp(-v)) : .log(onePlus: .exp(v))
}

/// `1 / (1 + e^-v)`.
func sigmoid(_ v: Double) -> Double {
  v < 0 ? .exp(v) / (1 + .exp(v)) : 1 / (1 + .exp(-v))
}

/// A finite critic's value strictly below the end of an open domain, where rounding has reached the end.
func bounded(_ t: Double, below end: Double) -> Double {
  let last = end == 0 ? -Double.leastNormalMagnitude : min(end.nextDown, .greatestFiniteMagnitude)
  return max(-.greatestFiniteMagnitude, min(t, last))
}
