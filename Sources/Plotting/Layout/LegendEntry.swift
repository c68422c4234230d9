/// A name and a sample of what it names.
struct LegendEntry {
  var text: RichText
  var style: ResolvedStyle
  var sample: Sample
  /// Tells entries of different panels apart.
  var key: String

  enum Sample { case line, box, point }

  /// The entry of a layer, if it has a name that is not written beside it.
  init?(_ layer: Layer) throws(PlotError) {
    guard let label = layer.label, let first = layer.shapes.first else { return nil }
    style = layer.style
    switch first {
    case .polyline: sample = .line
    case .polygon, .bar, .image: sample = .box
    case .points: sample = .point
    case .verticalRule, .horizontalRule, .text: return nil
    }
    text = try RichText(label)
    key = "\(label) \(style.color) \(style.dash) \(sample)"
  }

  /// Sample, gap and name.
  func width(_ theme: Theme) -> Double {
    theme.swatch + theme.gap + text.width * theme.tickSize
  }

  /// Draws the entry with its name's baseline starting right of the sample.
  func draw(at origin: Point, theme: Theme) -> [Primitive] {
    let size = theme.tickSize
    let middle = origin.y + 0.3 * size
    let right = origin.x + theme.swatch
    var result: [Primitive] = []
    switch sample {
    case .line:
      let width = style.width * theme.factor
      let line = [Point(origin.x, middle), Point(right, middle)]
      let strokes = dashes(of: line, pattern: style.dash.pattern.map { $0 * width })
      result.append(.stroke(strokes, style.color, width: width, opacity: style.opacity))
    case .box:
      let box = Rectangle(
        left: origin.x + 0.15 * theme.swatch, bottom: middle - 0.4 * size,
        right: right - 0.05 * theme.swatch, top: middle + 0.4 * size)
      result.append(.fill(box.corners, style.color, opacity: max(style.opacity, 0.15)))
    case .point:
      let center = Point(origin.x + theme.swatch * 0.6, middle)
      result += markers([center], style, diameter: max(style.width, 6) * theme.factor, halo: nil)
    }
    result.append(
      .text(
        text, at: Point(right + theme.gap, origin.y), size: size, anchor: .start, theme.text,
        isTurned: false))
    return result
  }
}

/// Markers as primitives; a halo parts them from the lines behind.
func markers(_ centers: [Point], _ style: ResolvedStyle, diameter: Double, halo: Color?)
  -> [Primitive]
{
  func shape(_ center: Point, _ radius: Double) -> [Point] {
    style.marker == .triangle
      ? [Point(-1.1, -0.7), Point(1.1, -0.7), Point(0, 1.2)].map { center + $0 * radius }
      : [Point(-1.2, 0), Point(0, -1.2), Point(1.2, 0), Point(0, 1.2)].map { center + $0 * radius }
  }
  func dots(_ color: Color, _ diameter: Double, _ opacity: Double) -> Primitive {
    .dots(
      centers, color, diameter: diameter, opacity: opacity, isSquare: style.marker == .square)
  }
  switch style.marker {
  case .circle, .ring, .square:
    let size = style.marker == .square ? diameter * 0.86 : diameter
    var result = halo.map { [dots($0, size * 1.3, 1)] } ?? []
    result.append(dots(style.color, size, style.opacity))
    if style.marker == .ring { result.append(dots(Color(255, 255, 255), size * 0.55, 1)) }
    return result
  case .diamond, .triangle:
    return centers.flatMap { center in
      let back = halo.map { [Primitive.fill(shape(center, diameter * 0.68), $0, opacity: 1)] } ?? []
      return back + [.fill(shape(center, diameter / 2), style.color, opacity: style.opacity)]
    }
  }
}

/// Entries in rows that fit a width, each row centred or flush left.
struct LegendRows {
  let rows: [[LegendEntry]]
  let theme: Theme

  init(_ entries: [LegendEntry], width: Double, theme: Theme) {
    self.theme = theme
    var rows: [[LegendEntry]] = []
    var used = 0.0
    for entry in entries {
      let needed = entry.width(theme) + 3 * theme.gap
      if rows.isEmpty || used + needed > width {
        rows.append([])
        used = 0
      }
      rows[rows.count - 1].append(entry)
      used += needed
    }
    self.rows = rows
  }

  var lineHeight: Double { 1.5 * theme.tickSize }
  var height: Double { Double(rows.count) * lineHeight }

  /// Draws the rows downwards from `top`.
  func draw(left: Double, right: Double, top: Double, isCentered: Bool) -> [Primitive] {
    var result: [Primitive] = []
    for (index, row) in rows.enumerated() {
      let total =
        row.reduce(0) { $0 + $1.width(theme) } + 3 * theme.gap * Double(max(row.count - 1, 0))
      var x = isCentered ? (left + right - total) / 2 : left
      let baseline = top - Double(index) * lineHeight - 1.1 * theme.tickSize
      for entry in row {
        result += entry.draw(at: Point(x, baseline), theme: theme)
        x += entry.width(theme) + 3 * theme.gap
      }
    }
    return result
  }
}
