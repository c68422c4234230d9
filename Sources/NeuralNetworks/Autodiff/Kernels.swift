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
    // It would clear C row by row, which takes longer than to do so in one go.
    if !accumulates { c.update(repeating: 0, count: rows * columns) }
    OpenBLAS.sgemm(
      CblasRowMajor, transposedLeft ? CblasTrans : CblasNoTrans,
      transposedRight ? CblasTrans : CblasNoTrans, numericCast(rows), numericCast(columns),
      numericCast(inner), 1, a, numericCast(transposedLeft ? rows : inner), b,
      numericCast(transposedRight ? inner : columns), 1, c, numericCast(columns))
  }
}

/// The sum of some numbers, in eight partial sums.
func sum(_ x: Floats, _ count: Int) -> Float {
  var sums = Eight.zero
  var i = 0
  while i + 8 <= count {
    sums += load(x + i)
    i += 8
  }
  var result = total(sums)
  while i < count {
    result += x[i]
    i += 1
  }
  return result
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
  return largest + .log(total(sums))
}

/// 0 where all numbers are finite, else NaN.
func zeroIfFinite(_ x: Floats, _ count: Int) -> Float {
  // 0 times a number is 0 for a finite one, and NaN for others: so is the sum.
  var sums = Eight.zero
  var i = 0
  while i + 8 <= count {
    sums += load(x + i) * 0
    i += 8
  }
  var result = total(sums)
  while i < count {
    result += x[i] * 0
    i += 1
  }
  return result
}

func sumOfSquares(_ x: Floats, _ count: Int) -> Float { dot(x, x, count) }

func sumRows(_ x: Floats, into y: Floats, rows: Int, columns: Int, accumulates: Bool) {
  if columns == 1 {
    y[0] = sum(x, rows) + (accumulates ? y[0] : 0)
    return
  }
  var j = 0
  while j + 32 <= columns {
    var sums = (Eight.zero, Eight.zero, Eight.zero, Eight.zero)
    var x = x + j
    for _ in 0..<rows {
      sums.0 += load(x)
      sums.1 += load(x + 8)
      sums.2 += load(x + 16)
      sums.3 += load(x + 24)
      x += columns
    }
    let y = y + j
    store(accumulates ? load(y) + sums.0 : sums.0, y)
    store(accumulates ? load(y + 8) + sums.1 : sums.1, y + 8)
    store(accumulates ? load(y + 16) + sums.2 : sums.2, y + 16)
    store(accumulates ? load(y + 24) + sums.3 : sums.3, y + 24)
    j += 32
  }
  while j < columns {
    var sum: Float = 0
    for row in 0..<rows { sum += x[row * columns + j] }
    y[j] = accumulates ? y[j] + sum : sum
    j += 1
  }
}

/// The sum of the shards' partial results, which lie one after the other, padded.
func combine(_ partials: Floats, into y: Floats, count: Int, _ range: Range<Int>) {
  let second = partials + paddedCount(count)
  for i in range { y[i] = partials[i] + second[i] }
}

/// `f(x + row)` for each row.
func addRow(
  _ x: Floats, _ row: Floats, into y: Floats, rows: Int, columns: Int, _ function: Function?
) {
  for r in 0..<rows {
    let (x, y) = (x + r * columns, y + r * columns)
    var i = 0
    if case .leakyReLU(let slope) = function {
      while i + 8 <= columns {
        store(leaky(load(x + i) + load(row + i), slope), y + i)
        i += 8
      }
      while i < columns {
        let sum = x[i] + row[i]
        y[i] = sum > 0 ? sum : slope * sum
        i += 1
      }
    } else {
      while i + 8 <= columns {
        store(load(x + i) + load(row + i), y + i)
        i += 8
      }
      while i < columns {
        y[i] = x[i] + row[i]
        i += 1
      }
    }
  }
  if case .leakyReLU = function { return }
  function?.apply(to: y, into: y, count: rows * columns)
}

@inline(__always)
func leaky(_ x: Eight, _ slope: Float) -> Eight {
  (x * slope).replacing(with: x, where: x .> 0)
}

extension Function {
  /// The function of each number.
  func apply(to x: Floats, into y: Floats, count: Int) {
    let one = Eight(repeating: 1)
    switch self {
    case .leakyReLU(let slope): mapEight(x, into: y, count: count) { leaky($0, slope) }
    case .leakyReLUSlope(let slope):
      mapEight(x, into: y, count: count) { one.replacing(with: slope, where: $0 .<= 0) }
    case .tanh: mapEight(x, into: y, count: count, hyperbolicTangent)
    case .sigmoid: mapEight(x, into: y, count: count, logistic)
    case .softplus: mapEight(x, into: y, count: count, NeuralNetworks.softplus)
    case .silu: mapEight(x, into: y, count: count, NeuralNetworks.silu)
    case .siluSlope: mapEight(x, into: y, count: count, NeuralNetworks.siluSlope)
    case .exp: mapEight(x, into: y, count: count, exponential)
    case .log: for i in 0..<count { y[i] = .log(x[i]) }
    case .squareRoot: mapEight(x, into: y, count: count) { $0.squareRoot() }
    case .reciprocal: mapEight(x, into: y, count: count) { 1 / $0 }
    case .atMost(let bound):
      mapEight(x, into: y, count: count) { $0.replacing(with: bound, where: $0 .> bound) }
    case .atLeast(let bound):
      mapEight(x, into: y, count: count) { $0.replacing(with: bound, where: $0 .< bound) }
    case .isBelow(let bound):
      mapEight(x, into: y, count: count) { Eight.zero.replacing(with: 1, where: $0 .< bound) }
    }
  }

  /// `x f(z)`, entry by entry, in one pass.
  func multiply(_ x: Floats, byValueAt z: Floats, into y: Floats, count: Int) {
    switch self {
    case .leakyReLUSlope(let slope):
      for i in stride(from: 0, to: count, by: 8) {
        let value = load(x + i)
        store((value * slope).replacing(with: value, where: load(z + i) .> 0), y + i)
      }
    case .isBelow(let bound):
      zipEight(x, z, into: y, count: count) { x, z in
        Eight.zero.replacing(with: x, where: z .< bound)
      }
    case .siluSlope: multiplyBySiluSlope(x, at: z, into: y, count: count)
    default: preconditionFailure("a plan merges only steps: \(self)")
    }
  }
}
