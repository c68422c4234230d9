public import Divergences
public import Plotting

/// A precision–recall curve as a mark in the unit square: recall to the right, precision upwards.
///
/// A curve stands in a figure's braces by itself; `Curve(pair)` takes a colour, a dash and a label.
public struct Curve: Mark {
  /// The look that the author asked for.
  public var style = Style()
  private var points: @Sendable () throws -> [PrecisionRecallPoint]
  private var vertices: [PrecisionRecallPoint]

  /// The curve of two continuous laws, sampled when it is drawn.
  public init(_ curve: PrecisionRecallCurve) {
    points = { try curve.sampled() }
    vertices = []
    self = color(.ink)
  }

  /// The curve of a finite pair, its vertices as points.
  public init(_ curve: FinitePrecisionRecallCurve) {
    points = { try curve.sampled() }
    vertices = curve.vertices.map {
      PrecisionRecallPoint(
        lambda: Double($0.lambda), precision: Double($0.alpha), recall: Double($0.beta))
    }
    self = color(.ink)
  }

  /// Adds the curve to a panel and suggests the unit square for its axes.
  public func draw(into drawing: inout Drawing) throws {
    let points = try points()
    var line = Line(x: points.map(\.recall), y: points.map(\.precision))
    line.style = style
    try drawing.add(line)
    if !vertices.isEmpty {
      var corners = Points(x: vertices.map(\.recall), y: vertices.map(\.precision))
      corners.style = style
      try drawing.add(corners)
    }
    drawing.suggest(
      x: Axis("recall $\\beta_\\lambda$", range: 0...1),
      y: Axis("precision $\\alpha_\\lambda$", range: 0...1), equal: true)
  }
}

extension PrecisionRecallCurve: FigureContent {
  /// Draws the curve as a line in the unit square.
  public func draw(into drawing: inout Drawing) throws { try drawing.add(Curve(self)) }
}

extension FinitePrecisionRecallCurve: FigureContent {
  /// Draws the curve as a line in the unit square, its vertices as points.
  public func draw(into drawing: inout Drawing) throws { try drawing.add(Curve(self)) }
}
