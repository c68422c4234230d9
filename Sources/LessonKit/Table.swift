/// A table to show: heads and rows, numbers written so that a reader can compare them.
public struct Table: Sendable, Hashable {
  /// The heads of the columns; they may hold `$math$`.
  public let head: [String]
  /// The cells as text.
  public let rows: [[String]]

  /// A table of values: rationals exact, estimates as value ± error, doubles to six digits.
  ///
  /// Rows that are too short are filled with empty cells; a row that is longer than the head ends
  /// the lesson with a message.
  public init(head: [String], rows: [[any Sendable]]) {
    self.head = head
    self.rows = rows.enumerated().map { index, row in
      if row.count > head.count {
        LessonProcess.fail(
          "row \(index + 1) of the table has \(row.count) cells, its head has \(head.count)",
          hint: "give the table a head for each column")
      }
      let cells = row.map { Self.text(of: $0) }
      return cells + Array(repeating: "", count: head.count - cells.count)
    }
  }

  /// A value as a table shows it.
  static func text(of value: any Sendable) -> String {
    switch value {
    case let number as Double: number.short
    case let number as Float: Double(number).short
    case let estimate as Estimate: estimate.short
    default: String(describing: value)
    }
  }
}
