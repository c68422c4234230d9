/// A panel on the page: where its axes lie, and its marks as primitives.
struct PanelLayout {
  let panel: EvaluatedPanel
  let theme: Theme
  let xTicks: Ticks
  let yTicks: Ticks
  let entries: [LegendEntry]
  /// The title, broken where it is wider than the panel.
  let titleLines: [RichText]
  /// The size of the labels below the axis: smaller where the author's own would run together.
  private let xTickSize: Double
  /// The labels below the axis read upwards, as they would still run together.
  private let isXTurned: Bool
  /// How far, in points, a drawn line may lie from the true one.
  let tolerance: Double

  /// Space that the labels around the axes need.
  struct Margins {
    var left = 0.0
    var right = 0.0
    var bottom = 0.0
    var top = 0.0
  }

  /// Ticks are chosen for axes of these lengths, the title's lines for a panel of this width.
  init(_ panel: EvaluatedPanel, axes: Point, width: Double, theme: Theme, tolerance: Double)
    throws(PlotError)
  {
    self.panel = panel
    titleLines = panel.title?.lines(fitting: width / theme.titleSize) ?? []
    self.tolerance = tolerance
    self.theme = theme
    func freedom(_ ticks: Ticks) -> Double {
      Self.freedom(ticks, panel.x, length: axes.x) { $0.width * theme.tickSize + theme.gap }
    }
    xTicks = Self.ticks(panel.x, count: Int(axes.x / (55 * theme.factor))) { freedom($0) < 1 }
    yTicks = Self.ticks(panel.y, count: Int(axes.y / (46 * theme.factor))) { ticks in
      Self.freedom(ticks, panel.y, length: axes.y) { _ in 1.25 * theme.tickSize } < 1
    }
    let room = freedom(xTicks)
    isXTurned = room < 0.7
    xTickSize = isXTurned ? theme.tickSize * 0.85 : theme.tickSize * min(1, room)
    var entries: [LegendEntry] = []
    for layer in panel.layers {
      if let entry = try LegendEntry(layer), !entries.contains(where: { $0.key == entry.key }) {
        entries.append(entry)
      }
    }
    self.entries = entries
  }

  /// About `count` ticks: more where there would be fewer than three, fewer where they are crowded.
  private static func ticks(_ axis: SettledAxis, count: Int, isCrowded: (Ticks) -> Bool) -> Ticks {
    var count = max(count, 2)
    var ticks = axis.ticks(count: count)
    let most = count + 4
    while ticks.major.count < 3, count < most {
      count += 1
      ticks = axis.ticks(count: count)
    }
    while count > 1, isCrowded(ticks) {
      count -= 1
      ticks = axis.ticks(count: count)
    }
    return ticks
  }

  /// The least room between the middles of neighbouring labels, relative to what they need.
  private static func freedom(
    _ ticks: Ticks, _ axis: SettledAxis, length: Double, extent: (RichText) -> Double
  ) -> Double {
    zip(ticks.major, ticks.major.dropFirst()).map { a, b in
      let room = abs(axis.fraction(b.value) - axis.fraction(a.value)) * length
      return room / max((extent(a.label) + extent(b.label)) / 2, 1e-9)
    }.min() ?? 1
  }

  private var xTickHeight: Double {
    isXTurned ? (xTicks.major.map(\.label.width).max() ?? 0) * xTickSize : 1.05 * theme.tickSize
  }

  var margins: Margins {
    var margins = Margins()
    let tick = theme.tickSize
    margins.left = theme.tickLength + 0.4 * tick
    margins.left += (yTicks.major.map(\.label.width).max() ?? 0) * tick
    if panel.y.label != nil { margins.left += 1.75 * theme.labelSize }
    margins.bottom = theme.tickLength + 0.3 * tick + xTickHeight
    if panel.x.label != nil { margins.bottom += 1.4 * theme.labelSize }
    margins.right = 0.5 * tick
    if let last = xTicks.major.last, panel.x.fraction(last.value) > 0.9 {
      margins.right = max(margins.right, last.label.width / 2 * tick + 2)
    }
    if let first = xTicks.major.first, panel.x.fraction(first.value) < 0.1 {
      margins.left = max(margins.left, first.label.width / 2 * tick + 2)
    }
    margins.top =
      titleLines.isEmpty
      ? 0.7 * tick : (1.9 + Theme.leading * Double(titleLines.count - 1)) * theme.titleSize
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

  /// The title above axes whose top, with the legend's, is `top`; a word that is too wide for the
  /// panel begins further left, and is set smaller if that is not enough.
  func title(above top: Double, axes: Rectangle, in box: Rectangle) -> [Primitive] {
    let size = theme.titleSize
    let end = max(box.right, axes.right) + margins.right
    return titleLines.reversed().enumerated().map { row, line in
      let start = max(box.left - margins.left, min(axes.left, end - line.width * size))
      return .text(
        line, at: Point(start, top + (0.6 + Theme.leading * Double(row)) * size),
        size: line.size(size, fitting: end - start), anchor: .start, theme.text, isTurned: false)
    }
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
  func foreground(in box: Rectangle, page: Rectangle) -> [Primitive] {
    frame(in: box) + labels(around: box, page: page)
  }

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
    return lines.isEmpty
      ? [] : [.stroke(lines, theme.grid, width: theme.gridWidth, opacity: 1)]
  }

  /// The two axes; none where neither has a tick, as in a drawing of a simplex, whose place says nothing.
  private func frame(in box: Rectangle) -> [Primitive] {
    guard !xTicks.major.isEmpty || !yTicks.major.isEmpty else { return [] }
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

  private func labels(around box: Rectangle, page: Rectangle) -> [Primitive] {
    let size = theme.tickSize
    var result: [Primitive] = []
    func add(_ text: RichText, _ at: Point, _ size: Double, _ anchor: Anchor, turned: Bool = false)
    {
      result.append(.text(text, at: at, size: size, anchor: anchor, theme.text, isTurned: turned))
    }
    let below = box.bottom - theme.tickLength - xTickHeight
    for tick in xTicks.major {
      let x = place(Point(tick.value, panel.y.range.lowerBound), in: box).x
      if isXTurned {
        let start = Point(x + 0.36 * xTickSize, box.bottom - theme.tickLength)
        add(tick.label, start, xTickSize, .end, turned: true)
      } else {
        add(tick.label, Point(x, below), xTickSize, .middle)
      }
    }
    let beside = box.left - theme.tickLength - 0.35 * size
    for tick in yTicks.major {
      let y = place(Point(panel.x.range.lowerBound, tick.value), in: box).y
      add(tick.label, Point(beside, y - 0.36 * size), size, .end)
    }
    if let label = panel.x.label {
      add(
        label, Point((box.left + box.right) / 2, below - 1.35 * theme.labelSize),
        label.size(theme.labelSize, fitting: room(around: (box.left + box.right) / 2, in: page)),
        .middle)
    }
    if let label = panel.y.label {
      let middle = (box.bottom + box.top) / 2
      let widest = (yTicks.major.map(\.label.width).max() ?? 0) * size
      add(
        label, Point(beside - widest - 0.75 * theme.labelSize, middle),
        label.size(theme.labelSize, fitting: 2 * min(page.top - middle, middle - page.bottom)),
        .middle, turned: true)
    }
    return result
  }

  /// The widest text that is centred on `x` and stays on the page.
  private func room(around x: Double, in page: Rectangle) -> Double {
    2 * (min(page.right - x, x - page.left) - 2)
  }
}
