import Distributions
public import RealModule

// What the generators share so that no column cancels, overflows or turns into NaN on the way.

/// `log(p / q)` of positive numbers to a few units in the last place: near p = q by the exact difference, and by
/// two logarithms where the quotient leaves the range of doubles.
@inlinable
func logRatio(_ p: Double, _ q: Double) -> Double {
  let ratio = p / q
  if ratio > 0.5 && ratio < 2 { return .log(onePlus: (p - q) / q) }
  return ratio.isNormal ? .log(ratio) : .log(p) - .log(q)
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
