/// A line through points, or the graph of a function.
public struct Line: Mark {
  /// The look that the author asked for.
  public var style = Style()
  private let source: Source

  private enum Source {
    case data(x: [Double], y: [Double])
    case function(over: ClosedRange<Double>, (Double) throws -> Double)
  }

  /// The line through the points (x[i], y[i]) in their order.
  public init(x: [Double], y: [Double]) { source = .data(x: x, y: y) }

  /// The line through the points in their order.
  public init(_ points: [SIMD2<Double>]) { source = .data(x: points.map(\.x), y: points.map(\.y)) }

  /// The graph of a function, sampled where it bends; a jump is left open.
  public init(over range: ClosedRange<Double>, _ function: @escaping (Double) throws -> Double) {
    source = .function(over: range, function)
  }

  /// Adds the line to a panel; throws `PlotError` on empty, mismatched or non-finite data.
  public func draw(into drawing: inout Drawing) throws {
    let name = name("line")
    let pieces: [[Point]]
    switch source {
    case .data(let x, let y):
      try drawing.check(x: x, y: y, of: name)
      pieces = [zip(x, y).map { Point($0, $1) }]
    case .function(let range, let function):
      try drawing.check(range, axis: "x", of: name)
      pieces = try drawing.sampler.pieces(of: function, over: range, mark: name)
    }
    drawing.layers.append(
      Layer(
        kind: "line", label: style.label, style: try drawing.resolve(style, width: 2.6, opacity: 1),
        shapes: pieces.map(Shape.polyline), x: pieces.joined().lazy.map(\.x).extent,
        y: pieces.joined().lazy.map(\.y).extent))
  }
}
