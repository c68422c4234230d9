/// What a node does with its inputs.
enum Operation: Hashable {
  case input
  /// The parameter at an index of the store.
  case parameter(Int)
  /// Every entry is the same number; the shape is the node's.
  case fill(Float)
  /// The product of two matrices, each transposed or not.
  case product(transposedLeft: Bool, transposedRight: Bool)
  /// Entry by entry, of two nodes of one shape.
  case add, subtract, multiply
  /// `scale * x + offset`, entry by entry.
  case affine(scale: Float, offset: Float)
  /// A function, entry by entry.
  case function(Function)
  /// A row added to each row of the left input, and a function of that where a plan has merged both.
  case addRow(Function?)
  /// `f(A B + row)`, or the sum alone: made by a plan of a product, `addRow` and a function.
  case dense(Function?, transposedRight: Bool)
  /// The left input times a function of the right one, entry by entry: made by a plan.
  case multiplyByFunction(Function)
  /// The sum of products `A^T B` over the batch, of inputs in pairs: made by a plan.
  case sumOfProducts
  /// The sum of all rows of all inputs: 1 x columns.
  case sumRows
  /// The sum of each row: rows x 1.
  case sumColumns
  /// A row (1 x columns) repeated for each row of the node.
  case repeatRow
  /// A column (rows x 1) repeated for each column of the node.
  case repeatColumn
  /// The columns from one index up to another.
  case slice(from: Int)
  /// The columns of the left input, then those of the right one.
  case concatenate
  /// `log(sum_j exp x_j)` of each row: rows x 1.
  case logSumOfExponentials
  /// A spline's value and log-slope (two columns) at the left input, by the parameters in the right one.
  case spline(RationalQuadraticSpline, isInverse: Bool)
  /// What flows back through `spline` for the cotangents in the third input: to the point, then to the parameters.
  case splineGradient(RationalQuadraticSpline, isInverse: Bool)
  /// A function that the caller wrote, entry by entry.
  case pointwise(PointwiseFunction)
  /// Its input, whose gradient is taken to be zero.
  case detach
}

extension Operation {
  /// Whether each entry of the output depends on the same entry of the batch inputs alone.
  var isEntrywise: Bool {
    switch self {
    case .add, .subtract, .multiply, .affine, .function, .addRow, .multiplyByFunction: true
    default: false
    }
  }
}

/// Functions of one number, applied entry by entry.
public enum Function: Hashable, Sendable {
  /// `x` where positive, `slope x` elsewhere.
  case leakyReLU(slope: Float)
  /// The derivative of `leakyReLU`.
  case leakyReLUSlope(slope: Float)
  /// The hyperbolic tangent.
  case tanh
  /// `1 / (1 + exp(-x))`.
  case sigmoid
  /// `log(1 + exp x)`.
  case softplus
  /// `x / (1 + exp(-x))`: the sigmoid linear unit, or swish.
  case silu
  /// The derivative of `silu`.
  case siluSlope
  /// The exponential.
  case exp
  /// The natural logarithm.
  case log
  /// The square root.
  case squareRoot
  /// `1 / x`.
  case reciprocal
  /// `min(x, bound)`.
  case atMost(Float)
  /// `max(x, bound)`.
  case atLeast(Float)
  /// 1 below the bound, 0 from it on.
  case isBelow(Float)
}

extension Function {
  /// Whether a product with it is taken in one pass, without keeping its values.
  var isStep: Bool {
    switch self {
    case .leakyReLUSlope, .isBelow, .siluSlope: true
    default: false
    }
  }
}
