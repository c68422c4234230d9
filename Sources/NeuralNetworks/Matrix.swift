/// A matrix of single-precision numbers, row by row: parameters, samples, gradients.
public struct Matrix: Sendable, Hashable {
  /// The number of rows.
  public let rows: Int
  /// The number of columns.
  public let columns: Int
  /// The entries, row by row: `rows * columns` of them.
  public var values: [Float]

  /// A matrix with the given entries, row by row.
  ///
  /// - Precondition: there are `rows * columns` entries.
  public init(rows: Int, columns: Int, values: [Float]) {
    precondition(
      rows >= 0 && columns >= 0 && values.count == rows * columns,
      "a \(rows) x \(columns) matrix does not have \(values.count) entries")
    self.rows = rows
    self.columns = columns
    self.values = values
  }

  /// A matrix with all entries equal.
  public init(rows: Int, columns: Int, repeating value: Float = 0) {
    self.init(
      rows: rows, columns: columns, values: [Float](repeating: value, count: rows * columns))
  }

  /// The entry in a row and a column, both counted from 0.
  public subscript(row: Int, column: Int) -> Float {
    get { values[row * columns + column] }
    set { values[row * columns + column] = newValue }
  }
}
