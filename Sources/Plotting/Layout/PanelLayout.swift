/// A panel on the page: where its axes lie, and its marks as primitives.
struct PanelLayout {
  let panel: EvaluatedPanel
  let theme: Theme
  let xTicks: Ticks
  let yTicks: Ticks
  let entries: [LegendEntry]
  /// How far, in points, a drawn line may lie from the true one.
  let tolerance: Double

  /// Space that the labels around the axes need.
  struct Margins {
    var left = 0.0
    var right = 0.0
    var bottom = 0.0
    var top = 0.0
  }

  /// Ticks are chosen for a cell of this size.
  init(_ panel: EvaluatedPanel, cell: Point, theme: Theme, tolerance: Double)
    throws(PlotError)
  {
    self.panel = panel
    self.tolerance = tolerance
    self.theme = theme
    var count = max(2, Int(cell.x / (66 * theme.factor)))
    var ticks = panel.x.ticks(count: count)
    // Fewer ticks until their labels stand apart.
    while count > 2, Self.isCrowded(ticks, panel.x, length: cell.x * 0.8, theme) {
      count -= 1
      ticks = panel.x.ticks(count: count)
    }
    xTicks = ticks
    yTicks = panel.y.ticks(count: max(2, Int(cell.y / (52 * theme.factor))))
    var entries: [LegendEntry] = []
    for layer in panel.layers {
      if let entry = try LegendEntry(layer), !entries.contains(where: { $0.key == entry.key }) {
        entries.append(entry)
      }
    }
    self.entries = entries
  }

  private static func isCrowded(
    _ ticks: Ticks, _ axis: SettledAxis, length: Double, _ theme: Theme
  ) -> Bool {
    zip(ticks.major, ticks.major.dropFirst()).contains { a, b in
      let room = (axis.fraction(b.value) - axis.fraction(a.value)) * length
      return (a.label.width + b.label.width) / 2 * theme.tickSize + theme.gap > room
    }
  }

  var margins: Margins {
    var margins = Margins()
    let tick = theme.tickSize
    margins.left = theme.tickLength + 0.4 * tick
    margins.left += (yTicks.major.map(\.label.width).max() ?? 0) * tick
    if panel.y.label != nil { margins.left += 1.75 * theme.labelSize }
    margins.bottom = theme.tickLength + 1.35 * tick
    if panel.x.label != nil { margins.bottom += 1.4 * theme.labelSize }
    margins.right = 0.5 * tick
    if let last = xTicks.major.last, panel.x.fraction(last.value) > 0.9 {
      margins.right = max(margins.right, last.label.width / 2 * tick + 2)
    }
    if let first = xTicks.major.first, panel.x.fraction(first.value) < 0.1 {
      margins.left = max(margins.left, first.label.width / 2 * tick + 2)
    }
    margins.top = panel.title == nil ? 0.7 * tick : 1.9 * theme.titleSize
    return margins
  }

  /// The rectangle of the axes inside a cell, shrunk where both axes must have the same unit.
  func axes(in available: Rectangle) -> Rectangle {
    guard panel.equal else { return available }
    let ratio = panel.x.length / panel.y.length
    let width = min(available.width, available.height * ratio)
    let height = width / ratio
    let left = available.left + (available.width - width) / 2
    let top = available.top - (available.height - height) / 2
    return Rectangle(left: left, bottom: top - height, right: left + width, top: top)
  }

  /// A point of the data on the page; what is far outside is brought nearer, out of sight still.
  func place(_ point: Point, in box: Rectangle) -> Point {
    func bounded(_ fraction: Double) -> Double { min(max(fraction, -1e6), 1e6) }
    return Point(
      box.left + bounded(panel.x.fraction(point.x)) * box.width,
      box.bottom + bounded(panel.y.fraction(point.y)) * box.height)
  }

  /// Marks and the labels beside rules, back to front.
  func content(in box: Rectangle, page: Rectangle) throws(PlotError) -> [Primitive] {
    var result: [Primitive] = []
    for layer in panel.layers { result += try marks(of: layer, in: box, page: page) }
    for layer in panel.layers {
      if let label = try ruleLabel(of: layer, in: box, avoiding: result) { result.append(label) }
    }
    return result
  }

  /// What lies behind the marks.
  func background(in box: Rectangle) -> [Primitive] {
    panel.layers.contains(where: \.isRaster) ? [] : grid(in: box)
  }

  /// Axes with their ticks and labels.
  func foreground(in box: Rectangle) -> [Primitive] { frame(in: box) + labels(around: box) }

  private func grid(in box: Rectangle) -> [Primitive] {
    let isCategorical = panel.layers.contains { $0.kind.hasPrefix("bars") }
    var lines = yTicks.major.map { tick in
      let y = place(Point(panel.x.range.lowerBound, tick.value), in: box).y
      return [Point(box.left, y), Point(box.right, y)]
    }
    if !isCategorical {
      lines += xTicks.major.map { tick in
        let x = place(Point(tick.value, panel.y.range.lowerBound), in: box).x
        return [Point(x, box.bottom), Point(x, box.top)]
      }
    }
    return [.stroke(lines, theme.grid, width: theme.gridWidth, opacity: 1)]
  }

  private func frame(in box: Rectangle) -> [Primitive] {
    // The bottom line runs on to the corner that it makes with the left one.
    let half = theme.axisWidth / 2
    var lines = [
      [Point(box.left, box.top), Point(box.left, box.bottom - half)],
      [Point(box.left, box.bottom), Point(box.right, box.bottom)],
    ]
    let isCategorical = panel.layers.contains { $0.kind.hasPrefix("bars") }
    func ticks(_ values: [Double], length: Double, isX: Bool) {
      for value in values {
        if isX {
          let x = place(Point(value, panel.y.range.lowerBound), in: box).x
          lines.append([Point(x, box.bottom), Point(x, box.bottom - length)])
        } else {
          let y = place(Point(panel.x.range.lowerBound, value), in: box).y
          lines.append([Point(box.left, y), Point(box.left - length, y)])
        }
      }
    }
    if !isCategorical { ticks(xTicks.major.map(\.value), length: theme.tickLength, isX: true) }
    ticks(yTicks.major.map(\.value), length: theme.tickLength, isX: false)
    ticks(xTicks.minor, length: theme.tickLength * 0.55, isX: true)
    ticks(yTicks.minor, length: theme.tickLength * 0.55, isX: false)
    return [.stroke(lines, theme.axis, width: theme.axisWidth, opacity: 1)]
  }

  private func labels(around box: Rectangle) -> [Primitive] {
    let size = theme.tickSize
    var result: [Primitive] = []
    func add(_ text: RichText, _ at: Point, _ size: Double, _ anchor: Anchor, turned: Bool = false)
    {
      result.append(.text(text, at: at, size: size, anchor: anchor, theme.text, isTurned: turned))
    }
    let below = box.bottom - theme.tickLength - 1.05 * size
    for tick in xTicks.major {
      let x = place(Point(tick.value, panel.y.range.lowerBound), in: box).x
      add(tick.label, Point(x, below), size, .middle)
    }
    let beside = box.left - theme.tickLength - 0.35 * size
    for tick in yTicks.major {
      let y = place(Point(panel.x.range.lowerBound, tick.value), in: box).y
      add(tick.label, Point(beside, y - 0.36 * size), size, .end)
    }
    if let label = panel.x.label {
      add(
        label, Point((box.left + box.right) / 2, below - 1.35 * theme.labelSize), theme.labelSize,
        .middle)
    }
    if let label = panel.y.label {
      let widest = (yTicks.major.map(\.label.width).max() ?? 0) * size
      add(
        label, Point(beside - widest - 0.75 * theme.labelSize, (box.bottom + box.top) / 2),
        theme.labelSize, .middle, turned: true)
    }
    return result
  }
}
