/// Points, one marker each.
public struct Points: Mark {
  /// The look that the author asked for; its width is the marker's diameter.
  public var style = Style()
  private let x: [Double]
  private let y: [Double]

  /// The points (x[i], y[i]).
  public init(x: [Double], y: [Double]) { (self.x, self.y) = (x, y) }

  /// The points of the plane.
  public init(_ points: [SIMD2<Double>]) { (x, y) = (points.map(\.x), points.map(\.y)) }

  /// Adds the points to a panel; throws `PlotError` on empty, mismatched or non-finite data.
  public func draw(into drawing: inout Drawing) throws {
    try drawing.check(x: x, y: y, of: name("points"))
    // A crowd is drawn smaller than a few, in shapes that cost an SVG little; a small one lets
    // what lies behind shine through, which a large one does at the cost of size: if it is asked to.
    let isCrowd = x.count > 60
    var resolved = try drawing.resolve(
      style, width: isCrowd ? 4.2 : 9, opacity: isCrowd && x.count <= 800 ? 0.7 : 1)
    if isCrowd && style.marker == nil && resolved.marker == .diamond { resolved.marker = .square }
    drawing.layers.append(
      Layer(
        kind: x.count == 1 ? "point" : "\(x.count) points", label: style.label, style: resolved,
        shapes: [.points(zip(x, y).map { Point($0, $1) })], x: x.extent, y: y.extent))
  }
}
