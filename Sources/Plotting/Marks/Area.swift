/// The region between two graphs, or between a graph and zero.
public struct Area: Mark {
  /// The look that the author asked for.
  public var style = Style()
  private let source: Source

  private enum Source {
    case data(x: [Double], upper: [Double], lower: [Double]?)
    case functions(
      over: ClosedRange<Double>, upper: (Double) throws -> Double,
      lower: ((Double) throws -> Double)?)
  }

  /// The region between the lines through (x[i], lower[i]) and (x[i], upper[i]); `lower` is 0 if left out.
  public init(x: [Double], upper: [Double], lower: [Double]? = nil) {
    source = .data(x: x, upper: upper, lower: lower)
  }

  /// The region between the graphs of two functions; `lower` is 0 if left out.
  public init(
    over range: ClosedRange<Double>, upper: @escaping (Double) throws -> Double,
    lower: ((Double) throws -> Double)? = nil
  ) {
    source = .functions(over: range, upper: upper, lower: lower)
  }

  /// Adds the region to a panel; throws `PlotError` on empty, mismatched or non-finite data.
  public func draw(into drawing: inout Drawing) throws {
    let name = name("area")
    var upperEdge: [Point]
    var lowerEdge: [Point]?
    switch source {
    case .data(let x, let upper, let lower):
      try drawing.check(x: x, y: upper, of: name)
      upperEdge = zip(x, upper).map { Point($0, $1) }
      if let lower {
        try drawing.check(x: x, y: lower, of: "\(name), lower edge")
        lowerEdge = zip(x, lower).map { Point($0, $1) }
      }
    case .functions(let range, let upper, let lower):
      try drawing.check(range, axis: "x", of: name)
      let sampler = drawing.sampler
      upperEdge = try sampler.pieces(of: upper, over: range, mark: name).flatMap { $0 }
      lowerEdge = try lower.map {
        try sampler.pieces(of: $0, over: range, mark: "\(name), lower edge").flatMap { $0 }
      }
    }
    let heights = upperEdge.lazy.map(\.y).extent
    // The layout puts minus infinity on the panel's floor: a logarithmic axis has no zero.
    let floor = drawing.yAxis.scale == .log ? -Double.infinity : 0
    let lower =
      lowerEdge ?? [Point(upperEdge[0].x, floor), Point(upperEdge[upperEdge.count - 1].x, floor)]
    drawing.layers.append(
      Layer(
        kind: "area", label: style.label,
        style: try drawing.resolve(style, width: 0, opacity: 0.28, color: .overlap),
        shapes: [.polygon(upperEdge + lower.reversed(), outlined: false)],
        x: upperEdge.lazy.map(\.x).extent,
        y: union(heights, lower.lazy.map(\.y).filter(\.isFinite).extent)))
  }
}

/// A closed region of the plane, filled and outlined.
public struct Polygon: Mark {
  /// The look that the author asked for.
  public var style = Style()
  private let x: [Double]
  private let y: [Double]

  /// The region inside the closed line through (x[i], y[i]).
  public init(x: [Double], y: [Double]) { (self.x, self.y) = (x, y) }

  /// The region inside the closed line through the points.
  public init(_ points: [SIMD2<Double>]) { (x, y) = (points.map(\.x), points.map(\.y)) }

  /// Adds the region to a panel; throws `PlotError` on empty, mismatched or non-finite data.
  public func draw(into drawing: inout Drawing) throws {
    try drawing.check(x: x, y: y, of: name("polygon"))
    drawing.layers.append(
      Layer(
        kind: "region", label: style.label,
        style: try drawing.resolve(style, width: 2.2, opacity: 0.22),
        shapes: [.polygon(zip(x, y).map { Point($0, $1) }, outlined: true)],
        x: x.extent, y: y.extent))
  }
}
