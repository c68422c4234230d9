/// Lines along which a function of the plane is constant.
public struct Contour: Mark {
  /// The look that the author asked for.
  public var style = Style()
  private let grid: Grid
  private let levels: [Double]

  /// The lines `function` = level, found by marching squares on `columns` by `rows` nodes.
  public init(
    x: ClosedRange<Double>, y: ClosedRange<Double>, columns: Int = 120, rows: Int = 120,
    levels: [Double], _ function: @escaping (Double, Double) throws -> Double
  ) {
    grid = Grid(x: x, y: y, columns: columns, rows: rows, function: function)
    self.levels = levels
  }

  /// Adds the lines to a panel; throws `PlotError` on an empty grid, no levels, or a non-finite value.
  public func draw(into drawing: inout Drawing) throws {
    let name = name("contour")
    try drawing.requireLinear(name)
    guard !levels.isEmpty else { throw PlotError.emptyData(mark: "\(name): levels") }
    for level in levels where !level.isFinite {
      throw PlotError.nonFinite(mark: name, detail: "a level is \(level)")
    }
    let values = try grid.values(atCenters: false, in: drawing, mark: name)
    var lines: [[Point]] = []
    for level in levels {
      let marching = MarchingSquares(columns: grid.columns, rows: grid.rows, values: values)
      for line in marching.lines(at: level) {
        lines.append(
          line.map { grid.place($0.x, $0.y, intervals: (grid.columns - 1, grid.rows - 1)) })
      }
    }
    drawing.layers.append(
      Layer(
        kind: "contour lines at " + levels.map(short).joined(separator: ", "), label: style.label,
        style: try drawing.resolve(style, width: 1.6, opacity: 1, color: .ink),
        shapes: lines.map(Shape.polyline), x: grid.x, y: grid.y))
  }
}

/// Level lines of values on a lattice, joined end to end.
struct MarchingSquares {
  let columns: Int
  let rows: Int
  let values: [Double]

  /// The lines at `level`, in lattice coordinates; a closed line ends where it starts.
  func lines(at level: Double) -> [[Point]] {
    // An edge of the lattice has a number; each cell links the edges that the line crosses.
    var links: [Int: [Int]] = [:]
    var order: [Int] = []
    func link(_ a: Int, _ b: Int) {
      for (from, to) in [(a, b), (b, a)] {
        if links[from] == nil { order.append(from) }
        links[from, default: []].append(to)
      }
    }
    for row in 0..<(rows - 1) {
      for column in 0..<(columns - 1) {
        let corner = row * columns + column
        let corners = [corner, corner + 1, corner + columns + 1, corner + columns]
        let above = corners.map { values[$0] > level }
        guard above.contains(true), above.contains(false) else { continue }
        // Horizontal edges are even, vertical ones odd: bottom, right, top, left.
        let edges = [2 * corner, 2 * (corner + 1) + 1, 2 * (corner + columns), 2 * corner + 1]
        let crossed = (0..<4).filter { above[$0] != above[($0 + 1) % 4] }
        if crossed.count == 2 {
          link(edges[crossed[0]], edges[crossed[1]])
        } else {
          // A saddle: the value in the middle tells which corners belong together.
          let middle = corners.map { values[$0] }.reduce(0, +) / 4 > level
          let cutsOffFirst = above[0] != middle
          link(edges[0], edges[cutsOffFirst ? 3 : 1])
          link(edges[2], edges[cutsOffFirst ? 1 : 3])
        }
      }
    }
    return join(order, links).map { $0.map { crossing(of: $0, at: level) } }
  }

  /// Follows the links from every open end, then round every closed line.
  private func join(_ order: [Int], _ links: [Int: [Int]]) -> [[Int]] {
    var links = links
    var lines: [[Int]] = []
    let openEnds = order.filter { links[$0]?.count == 1 }
    for start in openEnds + order {
      guard links[start]?.isEmpty == false else { continue }
      var line = [start]
      var current = start
      while let next = links[current]?.popLast() {
        if let back = links[next]?.firstIndex(of: current) { links[next]?.remove(at: back) }
        line.append(next)
        current = next
      }
      lines.append(line)
    }
    return lines
  }

  private func crossing(of edge: Int, at level: Double) -> Point {
    let node = edge / 2
    let isVertical = edge % 2 == 1
    let a = values[node]
    let b = values[node + (isVertical ? columns : 1)]
    let part = (level - a) / (b - a)
    let base = Point(Double(node % columns), Double(node / columns))
    return base + (isVertical ? Point(0, part) : Point(part, 0))
  }
}
