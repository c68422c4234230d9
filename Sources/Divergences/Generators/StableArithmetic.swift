import Distributions
public import RealModule

// What the generators share so that no column cancels, overflows or turns into NaN on the way.

/// `log(p / q)` of positive numbers to a few units in the last place, also near p = q and where the quotient leaves
/// the range of doubles.
///
/// With p scaled by the power of 2 that brings it next to q, `s = (p - q) / (p + q)` is at most 1/5 and its numerator
/// exact; the logarithm is the series of `2 artanh s`. Neither branches nor calls, for sums over many atoms.
@inlinable
func logRatio(_ p: Double, _ q: Double) -> Double {
  guard min(p, q) > 0x1p-1000, max(p, q) < 0x1p1000 else {
    let ratio = p / q
    if ratio > 0.5 && ratio < 2 { return .log(onePlus: (p - q) / q) }
    return ratio.isNormal ? .log(ratio) : .log(p) - .log(q)
  }
  let distance = Int64(bitPattern: p.bitPattern) - Int64(bitPattern: q.bitPattern)
  let exponent = (distance + (1 << 51)) >> 52
  let scaled = Double(bitPattern: p.bitPattern &- UInt64(bitPattern: exponent << 52))
  let s = (scaled - q) / (scaled + q)
  let x = s * s
  // 2 / 25, 2 / 23, ... 2 / 3: what is left out is below 2^-55 of the sum.
  var series = 0.08
  series = series * x + 0.086_956_521_739_130_43
  series = series * x + 0.095_238_095_238_095_24
  series = series * x + 0.105_263_157_894_736_84
  series = series * x + 0.117_647_058_823_529_41
  series = series * x + 0.133_333_333_333_333_33
  series = series * x + 0.153_846_153_846_153_85
  series = series * x + 0.181_818_181_818_181_82
  series = series * x + 0.222_222_222_222_222_22
  series = series * x + 0.285_714_285_714_285_71
  series = series * x + 0.4
  series = series * x + 0.666_666_666_666_666_67
  // log 2 in two parts, the first with room for the factor.
  let k = Double(exponent)
  return k * 0x1.62e42feep-1 + (k * 0x1.a39ef35793c76p-33 + (2 * s + s * x * series))
}

/// `q log(1 + p / q)` of positive numbers.
@inlinable
func timesLogOnePlusRatio(_ q: Double, _ p: Double) -> Double {
  let ratio = p / q
  if ratio < 0x1p-60 { return p }
  return q * (ratio < .infinity ? .log(onePlus: ratio) : .log(p) - .log(q))
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
  return abs(product) < 0x1p-60 ? x : .expMinusOne(product) / a
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
