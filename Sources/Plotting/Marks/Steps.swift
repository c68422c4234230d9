/// A line that keeps each value until the next: a distribution function, a histogram's outline.
public struct Steps: Mark {
  /// The look that the author asked for.
  public var style = Style()
  private let x: [Double]
  private let y: [Double]

  /// The value y[i] from x[i] to x[i + 1]; `x` has as many values as `y`, or one more for the last step's end.
  public init(x: [Double], y: [Double]) { (self.x, self.y) = (x, y) }

  /// Adds the steps to a panel; throws `PlotError` on empty, mismatched or non-finite data.
  public func draw(into drawing: inout Drawing) throws {
    let name = name("steps")
    guard x.count == y.count || x.count == y.count + 1 else {
      throw PlotError.mismatchedCounts(
        mark: name,
        detail: "x has \(x.count) values and y has \(y.count): x needs as many or one more")
    }
    guard !y.isEmpty else { throw PlotError.emptyData(mark: name) }
    try drawing.check(x, axis: "x", of: name)
    try drawing.check(y, axis: "y", of: name)
    var corners: [Point] = []
    for index in y.indices {
      corners.append(Point(x[index], y[index]))
      if index + 1 < x.count { corners.append(Point(x[index + 1], y[index])) }
    }
    drawing.layers.append(
      Layer(
        kind: "steps", label: style.label,
        style: try drawing.resolve(style, width: 2.6, opacity: 1), shapes: [.polyline(corners)],
        x: x.extent, y: y.extent))
  }
}
