// What can be written with tensors. Shapes that do not match are mistakes of the program, and stop it.

extension Tensor {
  // MARK: Products

  /// The matrix product.
  public static func * (left: Tensor, right: Tensor) -> Tensor { left.product(right) }

  func product(_ other: Tensor, transposed: Bool = false, otherTransposed: Bool = false) -> Tensor {
    let (left, right) = (node, other.node)
    let inner: (Graph.Rows, Graph.Rows) = (
      transposed ? left.rows : .fixed(left.columns),
      otherTransposed ? .fixed(right.columns) : right.rows
    )
    precondition(inner.0 == inner.1, "product of shapes that do not match: \(self) and \(other)")
    let rows = transposed ? Graph.Rows.fixed(left.columns) : left.rows
    guard case .fixed(let columns) = otherTransposed ? right.rows : .fixed(right.columns) else {
      preconditionFailure("a product with one column for each example")
    }
    return apply(
      .product(transposedLeft: transposed, transposedRight: otherTransposed), [other], rows: rows,
      columns: columns)
  }

  // MARK: Entry by entry

  /// The sum of two tensors of one shape, or of a batch and a row.
  public static func + (left: Tensor, right: Tensor) -> Tensor {
    if left.node.rows != right.node.rows, right.node.rows == .fixed(1),
      left.columns == right.columns
    {
      return left.apply(.addRow(nil), [right], rows: left.node.rows, columns: left.columns)
    }
    return left.entrywise(.add, right)
  }

  /// The difference of two tensors of one shape.
  public static func - (left: Tensor, right: Tensor) -> Tensor { left.entrywise(.subtract, right) }

  /// The entries' products.
  public func times(_ other: Tensor) -> Tensor { entrywise(.multiply, other) }

  private func entrywise(_ operation: Operation, _ other: Tensor) -> Tensor {
    precondition(
      node.rows == other.node.rows && columns == other.columns,
      "shapes that do not match: \(self) and \(other)")
    return apply(operation, [other], rows: node.rows, columns: columns)
  }

  /// `scale * x + offset`, entry by entry.
  public func affine(scale: Float, offset: Float = 0) -> Tensor {
    apply(.affine(scale: scale, offset: offset), rows: node.rows, columns: columns)
  }

  /// A number times every entry.
  public static func * (scale: Float, x: Tensor) -> Tensor { x.affine(scale: scale) }

  /// Every entry with the other sign.
  public static prefix func - (x: Tensor) -> Tensor { x.affine(scale: -1) }

  /// A function of every entry.
  public func map(_ function: Function) -> Tensor {
    apply(.function(function), rows: node.rows, columns: columns)
  }

  // MARK: Sums and shapes

  /// The sum over the rows: one row.
  public func sumOfRows() -> Tensor {
    if node.rows == .fixed(1) { return self }
    return apply(.sumRows, rows: .fixed(1), columns: columns)
  }

  /// The sum of each row: one column.
  public func sumOfColumns() -> Tensor {
    if columns == 1 { return self }
    return apply(.sumColumns, rows: node.rows, columns: 1)
  }

  /// The sum of all entries: one number.
  public func sum() -> Tensor { sumOfColumns().sumOfRows() }

  /// A row repeated for each row of `other`, or a column for each of its columns.
  func repeated(like other: Tensor) -> Tensor {
    var result = self
    if result.columns == 1, other.columns != 1 {
      result = result.apply(.repeatColumn, rows: result.node.rows, columns: other.columns)
    }
    if result.node.rows != other.node.rows {
      result = result.apply(.repeatRow, rows: other.node.rows, columns: result.columns)
    }
    return result
  }

  /// The columns of a range.
  public func columns(_ range: Range<Int>) -> Tensor {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= columns && !range.isEmpty,
      "columns \(range) of \(self)")
    if range == 0..<columns { return self }
    return apply(.slice(from: range.lowerBound), rows: node.rows, columns: range.count)
  }

  /// This tensor's columns, then those of `other`.
  public func beside(_ other: Tensor) -> Tensor {
    precondition(node.rows == other.node.rows, "different rows: \(self) and \(other)")
    return apply(.concatenate, [other], rows: node.rows, columns: columns + other.columns)
  }

  /// `log(sum_j exp x_j)` of each row, without overflow: one column.
  public func logSumOfExponentials() -> Tensor {
    apply(.logSumOfExponentials, rows: node.rows, columns: 1)
  }

  /// A function of the caller's, entry by entry, through which no gradient flows: the weights of a loss, for example.
  ///
  /// It runs on several threads at once.
  public func mapDetached(_ function: @escaping @Sendable (Float) -> Float) -> Tensor {
    apply(.pointwise(PointwiseFunction(function)), rows: node.rows, columns: columns)
  }

  /// The same numbers, through which no gradient flows.
  public func detached() -> Tensor { apply(.detach, rows: node.rows, columns: columns) }

  /// A tensor of the same shape with every entry equal.
  func filled(with value: Float) -> Tensor {
    graph.add(
      Graph.Node(operation: .fill(value), inputs: [], rows: node.rows, columns: columns))
  }
}

extension Tensor: CustomStringConvertible {
  /// The shape, e.g. "batch x 64".
  public var description: String {
    switch node.rows {
    case .batch: "batch x \(columns)"
    case .fixed(let rows): "\(rows) x \(columns)"
    }
  }
}

extension Tensor {
  /// A spline's value and log-slope at a column of points: two columns.
  ///
  /// Each row's spline has the parameters of that row. It can be differentiated once: not for a penalty on a gradient.
  ///
  /// - Parameter isInverse: whether the inverse map is meant.
  public func mapped(
    by spline: RationalQuadraticSpline, parameters: Tensor, isInverse: Bool = false
  ) -> Tensor {
    precondition(
      columns == 1 && parameters.columns == spline.parameterCount
        && node.rows == parameters.node.rows,
      "a spline of \(spline.bins) bins with points \(self) and parameters \(parameters)")
    return apply(
      .spline(spline, isInverse: isInverse), [parameters], rows: node.rows, columns: 2)
  }
}
