public import Divergences
public import Plotting

// A curve stands in a figure's braces by itself, or as a `Line` that takes a label and a colour.

extension Line {
  /// The precision–recall curve of two continuous laws, recall along the horizontal axis.
  public init(_ curve: PrecisionRecallCurve) throws { try self.init(curve.sampled()) }

  /// The precision–recall curve of a finite pair, recall along the horizontal axis.
  public init(_ curve: FinitePrecisionRecallCurve) throws { try self.init(curve.sampled()) }

  private init(_ points: [PrecisionRecallPoint]) {
    self.init(x: points.map(\.recall), y: points.map(\.precision))
  }
}

extension Drawing {
  /// The unit square, recall to the right and precision upwards.
  fileprivate mutating func suggestUnitSquare() {
    suggest(
      x: Axis("recall $\\beta_\\lambda$", range: 0...1),
      y: Axis("precision $\\alpha_\\lambda$", range: 0...1), equal: true)
  }
}

extension PrecisionRecallCurve: FigureContent {
  /// Draws the curve as a line in the unit square.
  public func draw(into drawing: inout Drawing) throws {
    try drawing.add(Line(self))
    drawing.suggestUnitSquare()
  }
}

extension FinitePrecisionRecallCurve: FigureContent {
  /// Draws the curve as a line in the unit square, its vertices as points.
  public func draw(into drawing: inout Drawing) throws {
    let color = Color.series(0)
    try drawing.add(Line(self).color(color))
    try drawing.add(
      Points(x: vertices.map { Double($0.beta) }, y: vertices.map { Double($0.alpha) })
        .color(color))
    drawing.suggestUnitSquare()
  }
}
