/// One step of a compiled program on one shard: what to do with which memory.
struct Instruction {
  enum Kind {
    case product(transposedLeft: Bool, transposedRight: Bool, accumulates: Bool)
    case add, subtract, multiply
    case affine(scale: Float, offset: Float)
    case function(Function)
    /// `f(left + row)`, or the sum alone.
    case addRow(Function?)
    /// `f(left right + third)`, or the sum alone.
    case dense(Function?, transposedRight: Bool)
    /// `left * f(right)`.
    case multiplyByFunction(Function)
    case sumRows(accumulates: Bool)
    case sumColumns
    case repeatRow, repeatColumn
    case slice(from: Int)
    case concatenate
    case fill(Float)
    case logSumOfExponentials
    case spline(RationalQuadraticSpline, isInverse: Bool)
    case splineGradient(RationalQuadraticSpline, isInverse: Bool)
    case pointwise(PointwiseFunction)
    /// The sum of the shards' partial results, which lie one after the other in `left`.
    case combine
  }

  typealias Memory = UnsafeMutablePointer<Float>

  var kind: Kind
  var output: Memory
  /// The first input, or the output where there is none.
  var left: Memory
  /// The second input, or the output where there is none.
  var right: Memory
  /// The third input, or the output where there is none.
  var third: Memory
  /// The shape of the output; of a product, the inner dimension too.
  var rows: Int
  var columns: Int
  var inner = 0
  /// The number of columns of the first input.
  var leftColumns = 0
  /// Room for four rows of any input or output of fixed shape.
  var scratch: Memory

  func run() {
    let count = rows * columns
    switch kind {
    case .product(let transposedLeft, let transposedRight, let accumulates):
      product(
        left, transposedLeft, right, transposedRight, into: output, rows: rows, columns: columns,
        inner: inner, accumulates: accumulates, scratch: scratch)
    case .add: zipEight(left, right, into: output, count: count) { $0 + $1 }
    case .subtract: zipEight(left, right, into: output, count: count) { $0 - $1 }
    case .multiply: zipEight(left, right, into: output, count: count) { $0 * $1 }
    case .affine(let scale, let offset):
      mapEight(left, into: output, count: count) { $0 * scale + offset }
    case .function(let function): function.apply(to: left, into: output, count: count)
    case .addRow(let function):
      addRow(left, right, into: output, rows: rows, columns: columns, function)
    case .dense(let function, let transposedRight):
      dense(
        left, right, transposedRight, bias: third, into: output, rows: rows, columns: columns,
        inner: inner, scratch: scratch, function)
    case .multiplyByFunction(let function):
      function.multiply(left, byValueAt: right, into: output, count: count)
    case .sumRows(let accumulates):
      sumRows(left, into: output, rows: inner, columns: columns, accumulates: accumulates)
    case .sumColumns:
      for row in 0..<rows { output[row] = sum(left + row * leftColumns, leftColumns) }
    case .repeatRow:
      for row in 0..<rows { (output + row * columns).update(from: left, count: columns) }
    case .repeatColumn:
      for row in 0..<rows {
        (output + row * columns).update(repeating: left[row], count: columns)
      }
    case .slice(let from):
      for row in 0..<rows {
        (output + row * columns).update(from: left + row * leftColumns + from, count: columns)
      }
    case .concatenate:
      let rightColumns = columns - leftColumns
      for row in 0..<rows {
        (output + row * columns).update(from: left + row * leftColumns, count: leftColumns)
        (output + row * columns + leftColumns)
          .update(from: right + row * rightColumns, count: rightColumns)
      }
    case .fill(let value): output.update(repeating: value, count: count)
    case .logSumOfExponentials:
      for row in 0..<rows {
        output[row] = logSumExp(left + row * leftColumns, leftColumns)
      }
    case .spline(let spline, let isInverse):
      spline.apply(to: left, parameters: right, into: output, rows: rows, isInverse: isInverse)
    case .splineGradient(let spline, let isInverse):
      spline.pullBack(
        third, at: left, parameters: right, into: output, rows: rows, isInverse: isInverse)
    case .pointwise(let function): for i in 0..<count { output[i] = function.apply(left[i]) }
    case .combine: combine(left, into: output, count: count, 0..<count)
    }
  }
}
