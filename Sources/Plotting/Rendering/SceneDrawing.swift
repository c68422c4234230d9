extension Canvas {
  /// Draws a scene; `unit` is the number of device units in a point.
  func draw(_ scene: Scene, unit: Double) {
    window(width: scene.width, height: scene.height)
    for primitive in scene.primitives {
      switch primitive {
      case .stroke(let lines, let color, let width, let opacity):
        self.color(color, opacity: opacity)
        pen(width * unit)
        for line in lines { self.line(line) }
      case .fill(let region, let color, let opacity):
        fill(region, color, opacity: opacity)
      case .dots(let centers, let color, let diameter, let opacity, let isSquare):
        let outline = (isSquare ? Self.square : Self.circle).map { $0 * (diameter / 2) }
        for center in centers { fill(outline.map { center + $0 }, color, opacity: opacity) }
      case .image(let raster, let origin, let size):
        image(raster, origin: origin, size: size)
      case .text(let text, let place, let size, let anchor, let color, let isTurned):
        self.color(color, opacity: 1)
        let shift =
          switch anchor {
          case .start: 0.0
          case .middle: -0.5 * text.width * size
          case .end: -text.width * size
          }
        set(text, at: place, shift: shift, size: size, unit: unit, isTurned: isTurned)
      }
    }
  }

  private func fill(_ region: [Point], _ color: Color, opacity: Double) {
    self.color(color, opacity: opacity)
    // The driver outlines every fill with the pen: a pen too thin to see.
    pen(1e-4)
    fill(region)
  }

  private static let square = [Point(-1, -1), Point(1, -1), Point(1, 1), Point(-1, 1)]

  private static let circle: [Point] = {
    // Turning by a fixed rotation needs no library of functions: (cos, sin) of 2 pi / 32.
    let turn = Point(0.980785280403230, 0.195090322016128)
    return (1..<32).reduce(into: [Point(1, 0)]) { points, _ in
      let last = points[points.count - 1]
      points.append(
        Point(last.x * turn.x - last.y * turn.y, last.x * turn.y + last.y * turn.x))
    }
  }()

  /// Cells of one colour in a row are one rectangle. Each reaches over its right and upper
  /// neighbours, which are painted later: no seams.
  private func image(_ raster: Raster, origin: Point, size: Point) {
    let cell = size / Point(Double(raster.columns), Double(raster.rows))
    let end = origin + size
    for row in 0..<raster.rows {
      var column = 0
      while column < raster.columns {
        let level = raster.levels[row * raster.columns + column]
        var next = column + 1
        while next < raster.columns, raster.levels[row * raster.columns + next] == level {
          next += 1
        }
        let low = origin + cell * Point(Double(column), Double(row))
        let high = Point(
          min(origin.x + cell.x * (Double(next) + 0.6), end.x),
          min(origin.y + cell.y * (Double(row) + 1.6), end.y))
        let box = Rectangle(left: low.x, bottom: low.y, right: high.x, top: high.y)
        fill(box.corners, raster.palette[Int(level)], opacity: 1)
        column = next
      }
    }
  }

  /// Sets the runs of a label one after the other along the line, by the widths of our metrics.
  private func set(
    _ text: RichText, at place: Point, shift: Double, size: Double, unit: Double, isTurned: Bool
  ) {
    var pen = shift
    for run in text.runs {
      pen += run.kern * size
      guard !run.text.isEmpty else { continue }
      let em = size * run.scale
      // PLplot centres text on its point: Cairo puts the baseline 3/8 of an em below.
      let lift = run.rise * size + 0.375 * em
      let width = run.width(isBold: text.isBold) * size
      let middle = pen + width / 2
      let point =
        isTurned ? place + Point(-lift, middle) : place + Point(middle, lift)
      // Pango's points are 4/3 of Cairo's units, and PLplot counts in millimetres at 72 dpi.
      self.text(
        run, isBold: text.isBold, at: point, height: em * unit * 0.75 * 25.4 / 72,
        justification: 0.5, isTurned: isTurned)
      pen += width
    }
  }
}
