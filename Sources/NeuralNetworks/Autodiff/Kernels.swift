internal import COpenBLAS
import RealModule

typealias Floats = UnsafeMutablePointer<Float>

/// `C = op(A) op(B)` or `C += op(A) op(B)`, all row by row without gaps; `scratch` has room for four rows of C, A or B.
func product(
  _ a: Floats, _ transposedLeft: Bool, _ b: Floats, _ transposedRight: Bool, into c: Floats,
  rows: Int, columns: Int, inner: Int, accumulates: Bool, scratch: Floats
) {
  switch (transposedLeft, transposedRight) {
  case (false, false) where inner <= skinny:
    combineRows(
      a, b, into: c, rows: rows, columns: columns, inner: inner, accumulates: accumulates)
  case (false, true) where inner <= skinny && columns > skinny:
    transpose(b, into: scratch, rows: columns, columns: inner)
    combineRows(
      a, scratch, into: c, rows: rows, columns: columns, inner: inner, accumulates: accumulates)
  case (false, false) where columns <= skinny:
    transpose(b, into: scratch, rows: inner, columns: columns)
    dotRows(
      a, scratch, into: c, rows: rows, columns: columns, inner: inner, accumulates: accumulates)
  case (false, true) where columns <= skinny:
    dotRows(a, b, into: c, rows: rows, columns: columns, inner: inner, accumulates: accumulates)
  case (true, false) where rows <= skinny:
    sumOuterProducts(
      a, b, into: c, rows: rows, columns: columns, inner: inner, accumulates: accumulates)
  case (true, false) where columns <= skinny:
    sumOuterProducts(
      b, a, into: scratch, rows: columns, columns: rows, inner: inner, accumulates: false)
    transpose(scratch, into: c, rows: columns, columns: rows, accumulates: accumulates)
  default:
    OpenBLAS.sgemm(
      CblasRowMajor, transposedLeft ? CblasTrans : CblasNoTrans,
      transposedRight ? CblasTrans : CblasNoTrans, numericCast(rows), numericCast(columns),
      numericCast(inner), 1, a, numericCast(transposedLeft ? rows : inner), b,
      numericCast(transposedRight ? inner : columns), accumulates ? 1 : 0, c, numericCast(columns))
  }
}

@inline(__always)
func sum(_ x: Floats, _ count: Int) -> Float {
  var sums = SIMD8<Float>.zero
  var i = 0
  while i + 8 <= count {
    sums += load(x + i)
    i += 8
  }
  var total = sums.sum()
  while i < count {
    total += x[i]
    i += 1
  }
  return total
}

/// `log(sum_j exp x_j)`, by the largest term.
func logSumExp(_ x: Floats, _ count: Int) -> Float {
  var largest = x[0]
  for i in 1..<count { largest = max(largest, x[i]) }
  guard largest.isFinite else { return largest }
  var sums = Eight.zero
  var i = 0
  while i < count {
    var part = Eight(repeating: -.infinity)
    for j in 0..<min(8, count - i) { part[j] = x[i + j] - largest }
    sums += exponential(part)
    i += 8
  }
  return largest + .log(sums.sum())
}

func sumOfSquares(_ x: Floats, _ count: Int) -> Float { dot(x, x, count) }

func sumRows(_ x: Floats, into y: Floats, rows: Int, columns: Int, accumulates: Bool) {
  if !accumulates { y.update(repeating: 0, count: columns) }
  if columns == 1 {
    y[0] += sum(x, rows)
    return
  }
  for row in 0..<rows {
    let x = x + row * columns
    for i in 0..<columns { y[i] += x[i] }
  }
}

func combine(_ partials: Floats, into y: Floats, count: Int, _ range: Range<Int>) {
  for i in range { y[i] = partials[i] + partials[count + i] }
}

func addRow(
  _ x: Floats, _ row: Floats, into y: Floats, rows: Int, columns: Int, _ function: Function?
) {
  for r in 0..<rows {
    let (x, y) = (x + r * columns, y + r * columns)
    if case .leakyReLU(let slope) = function {
      for i in 0..<columns {
        let value = x[i] + row[i]
        y[i] = max(value, 0) + slope * min(value, 0)
      }
    } else {
      for i in 0..<columns { y[i] = x[i] + row[i] }
      function?.apply(to: y, into: y, count: columns)
    }
  }
}

extension Function {
  /// The function of each number.
  func apply(to x: Floats, into y: Floats, count: Int) {
    switch self {
    case .leakyReLU(let slope): for i in 0..<count { y[i] = max(x[i], 0) + slope * min(x[i], 0) }
    case .leakyReLUSlope(let slope): for i in 0..<count { y[i] = x[i] > 0 ? 1 : slope }
    case .tanh: mapEight(x, into: y, count: count, hyperbolicTangent)
    case .sigmoid: mapEight(x, into: y, count: count, logistic)
    case .softplus: mapEight(x, into: y, count: count, NeuralNetworks.softplus)
    case .silu: mapEight(x, into: y, count: count, NeuralNetworks.silu)
    case .siluSlope: mapEight(x, into: y, count: count, NeuralNetworks.siluSlope)
    case .exp: mapEight(x, into: y, count: count, exponential)
    case .log: for i in 0..<count { y[i] = .log(x[i]) }
    case .squareRoot: for i in 0..<count { y[i] = x[i].squareRoot() }
    case .reciprocal: for i in 0..<count { y[i] = 1 / x[i] }
    case .atMost(let bound): for i in 0..<count { y[i] = min(x[i], bound) }
    case .atLeast(let bound): for i in 0..<count { y[i] = max(x[i], bound) }
    case .isBelow(let bound): for i in 0..<count { y[i] = x[i] < bound ? 1 : 0 }
    }
  }

  /// `x f(z)`, entry by entry, in one pass.
  func multiply(_ x: Floats, byValueAt z: Floats, into y: Floats, count: Int) {
    switch self {
    case .leakyReLUSlope(let slope):
      for i in 0..<count { y[i] = z[i] > 0 ? x[i] : slope * x[i] }
    case .isBelow(let bound): for i in 0..<count { y[i] = z[i] < bound ? x[i] : 0 }
    case .siluSlope: multiplyBySiluSlope(x, at: z, into: y, count: count)
    default:
      for i in 0..<count {
        var value: Float = 0
        apply(to: z + i, into: &value, count: 1)
        y[i] = x[i] * value
      }
    }
  }
}
