/// A function of the plane shown by colour, one cell of a grid at a time.
///
/// Without a colour it runs through viridis; with one, from white to that colour.
public struct DensityImage: Mark {
  /// The look that the author asked for.
  public var style = Style()
  private let grid: Grid

  /// The values of `function` at the centres of `columns` by `rows` cells of the rectangle.
  public init(
    x: ClosedRange<Double>, y: ClosedRange<Double>, columns: Int = 200, rows: Int = 200,
    _ function: @escaping (Double, Double) throws -> Double
  ) {
    grid = Grid(x: x, y: y, columns: columns, rows: rows, function: function)
  }

  /// Adds the image to a panel; throws `PlotError` on an empty grid or a non-finite value.
  public func draw(into drawing: inout Drawing) throws {
    let name = name("density image")
    try drawing.requireLinear(name)
    let values = try grid.values(atCenters: true, in: drawing, mark: name)
    let extent = values.extent ?? 0...1
    let span = extent.upperBound - extent.lowerBound
    let levels = values.map { value in
      span > 0 ? UInt8(((value - extent.lowerBound) / span * 255).rounded()) : 0
    }
    let palette = (0...255).map { index -> Color in
      let position = Double(index) / 255
      return style.color.map { $0.tint(position) } ?? Color.viridis(position)
    }
    drawing.layers.append(
      Layer(
        kind: "density image from \(short(extent.lowerBound)) to \(short(extent.upperBound))",
        label: style.label,
        style: try drawing.resolve(style, width: 0, opacity: 1, color: .viridis(0.5)),
        shapes: [
          .image(
            Raster(columns: grid.columns, rows: grid.rows, levels: levels, palette: palette),
            x: grid.x, y: grid.y)
        ], x: grid.x, y: grid.y))
  }
}

/// A function on a rectangle, and how finely it is looked at.
struct Grid {
  let x: ClosedRange<Double>
  let y: ClosedRange<Double>
  let columns: Int
  let rows: Int
  let function: (Double, Double) throws -> Double

  /// The function's values row by row, the lowest y first: at the cells' centres, or at the
  /// `columns` by `rows` nodes of a lattice that includes the rectangle's corners.
  func values(atCenters: Bool, in drawing: Drawing, mark: String) throws -> [Double] {
    for (name, count) in [("columns", columns), ("rows", rows)] {
      guard (2...2000).contains(count) else {
        throw PlotError.invalidSetting(
          name: "\(name) of \(mark)", detail: "\(count) is not in 2...2000")
      }
    }
    try drawing.check(x, axis: "x", of: mark)
    try drawing.check(y, axis: "y", of: mark)
    var values: [Double] = []
    values.reserveCapacity(columns * rows)
    for row in 0..<rows {
      for column in 0..<columns {
        let place = place(
          Double(column) + (atCenters ? 0.5 : 0), Double(row) + (atCenters ? 0.5 : 0),
          intervals: atCenters ? (columns, rows) : (columns - 1, rows - 1))
        let value: Double
        do {
          value = try function(place.x, place.y)
        } catch {
          throw PlotError.functionFailed(mark: mark, detail: "\(error) at \(place.x), \(place.y)")
        }
        guard value.isFinite else {
          throw PlotError.nonFinite(
            mark: mark,
            detail: "its value is \(value.isNaN ? .nan : value) at x = \(place.x), y = \(place.y)")
        }
        values.append(value)
      }
    }
    return values
  }

  /// The point at a fractional place of the lattice.
  func place(_ column: Double, _ row: Double, intervals: (Int, Int)) -> Point {
    Point(
      x.lowerBound + (x.upperBound - x.lowerBound) * column / Double(intervals.0),
      y.lowerBound + (y.upperBound - y.lowerBound) * row / Double(intervals.1))
  }
}

/// An image of 256 colours, the lowest row first.
struct Raster {
  var columns: Int
  var rows: Int
  var levels: [UInt8]
  var palette: [Color]
}

extension Drawing {
  /// Refuses what has no meaning on logarithmic axes.
  func requireLinear(_ mark: String) throws {
    guard xAxis.scale != .log, yAxis.scale != .log else {
      throw PlotError.invalidSetting(name: mark, detail: "it needs linear axes")
    }
  }
}
