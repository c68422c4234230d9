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

/// The sum of some numbers, in eight partial sums.
func sum(_ x: Floats, _ count: Int) -> Float {
  var sums = Eight.zero
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

func combine(_ partials: Floats, into y: Floats, count: Int, _ range: Range<Int>) {
  zipEight(
    partials + range.lowerBound, partials + count + range.lowerBound, into: y + range.lowerBound,
    count: range.count) { $0 + $1 }
}

func addRow(
  _ x: Floats, _ row: Floats, into y: Floats, rows: Int, columns: Int, _ function: Function?
) {
  for r in 0..<rows {
    let (x, y) = (x + r * columns, y + r * columns)
    if case .leakyReLU(let slope) = function {
      zipEight(x, row, into: y, count: columns) { leaky($0 + $1, slope) }
    } else {
      zipEight(x, row, into: y, count: columns) { $0 + $1 }
    }
  }
  if case .leakyReLU = function { return }
  function?.apply(to: y, into: y, count: rows * columns)
}

@inline(__always)
private func leaky(_ x: Eight, _ slope: Float) -> Eight {
  x.replacing(with: x * slope, where: x .<= 0)
}

extension Function {
  /// The function of each number.
  func apply(to x: Floats, into y: Floats, count: Int) {
    switch self {
    case .leakyReLU(let slope): mapEight(x, into: y, count: count) { leaky($0, slope) }
    case .leakyReLUSlope(let slope):
      mapEight(x, into: y, count: count) {
        Eight(repeating: 1).replacing(with: slope, where: $0 .<= 0)
      }
    case .tanh: mapEight(x, into: y, count: count, hyperbolicTangent)
    case .sigmoid: mapEight(x, into: y, count: count, logistic)
    case .softplus: mapEight(x, into: y, count: count, NeuralNetworks.softplus)
    case .exp: mapEight(x, into: y, count: count, exponential)
    case .log: for i in 0..<count { y[i] = .log(x[i]) }
    case .squareRoot: mapEight(x, into: y, count: count) { $0.squareRoot() }
    case .reciprocal: mapEight(x, into: y, count: count) { 1 / $0 }
    case .atMost(let bound):
      mapEight(x, into: y, count: count) { $0.replacing(with: bound, where: $0 .> bound) }
    case .atLeast(let bound):
      mapEight(x, into: y, count: count) { $0.replacing(with: bound, where: $0 .< bound) }
    case .isBelow(let bound):
      mapEight(x, into: y, count: count) {
        Eight.zero.replacing(with: 1, where: $0 .< bound)
      }
    }
  }

  /// `x f(z)`, entry by entry, in one pass.
  func multiply(_ x: Floats, byValueAt z: Floats, into y: Floats, count: Int) {
    switch self {
    case .leakyReLUSlope(let slope):
      zipEight(x, z, into: y, count: count) { $0.replacing(with: $0 * slope, where: $1 .<= 0) }
    case .isBelow(let bound):
      zipEight(x, z, into: y, count: count) {
        Eight.zero.replacing(with: $0, where: $1 .< bound)
      }
    default: preconditionFailure("a plan merges only steps: \(self)")
    }
  }
}
