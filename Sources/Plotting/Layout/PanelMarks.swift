extension PanelLayout {
  /// A layer's shapes as primitives, clipped to the axes.
  func marks(of layer: Layer, in box: Rectangle, page: Rectangle) throws(PlotError) -> [Primitive] {
    var result: [Primitive] = []
    for shape in layer.shapes {
      result += try primitives(of: shape, layer, in: box, page: page)
    }
    return result
  }

  private func primitives(of shape: Shape, _ layer: Layer, in box: Rectangle, page: Rectangle)
    throws(PlotError) -> [Primitive]
  {
    let style = layer.style
    let width = style.width * theme.factor
    switch shape {
    case .polyline(let points):
      return stroke(points.map { place($0, in: box) }, style, width: width, in: box)
    case .polygon(let points, let outlined):
      let outline = points.map { place($0, in: box) }
      let region = simplify(clip(polygon: outline, to: box), tolerance: tolerance)
      var result: [Primitive] = []
      if region.count > 2 { result.append(.fill(region, style.color, opacity: style.opacity)) }
      if outlined {
        var edge = style
        edge.opacity = 1
        result += stroke(outline + [outline[0]], edge, width: width, in: box)
      }
      return result
    case .points(let points):
      let visible = points.map { place($0, in: box) }.filter { box.contains($0, margin: 0.01) }
      guard !visible.isEmpty else { return [] }
      return markers(
        distinct(visible), style, diameter: width, halo: points.count <= 60 ? theme.white : nil)
    case .bar(let x, let from, let to):
      let a = place(Point(x.lowerBound, from), in: box)
      let b = place(Point(x.upperBound, to), in: box)
      let bar = Rectangle(
        left: a.x, bottom: min(a.y, b.y), right: b.x, top: max(a.y, b.y))
      let visible = clip(polygon: bar.corners, to: box)
      return visible.count > 2 ? [.fill(visible, style.color, opacity: style.opacity)] : []
    case .image(let raster, let x, let y):
      return image(raster, x, y, in: box)
    case .verticalRule(let value):
      let x = place(Point(value, panel.y.range.lowerBound), in: box).x
      return stroke([Point(x, box.bottom), Point(x, box.top)], style, width: width, in: box)
    case .horizontalRule(let value):
      let y = place(Point(panel.x.range.lowerBound, value), in: box).y
      return stroke([Point(box.left, y), Point(box.right, y)], style, width: width, in: box)
    case .text(let label, let point, let anchor, let lift):
      let place = place(point, in: box)
      guard box.contains(place, margin: 1) else { return [] }
      let color = layer.kind.hasPrefix("the words") ? style.color : theme.text
      return try words(
        label, at: place + Point(0, lift * theme.tickSize), anchor, color, within: page)
    }
  }

  private func stroke(_ line: [Point], _ style: ResolvedStyle, width: Double, in box: Rectangle)
    -> [Primitive]
  {
    let strokes = clip(line: line, to: box).flatMap { piece in
      dashes(
        of: simplify(piece, tolerance: tolerance), pattern: style.dash.pattern.map { $0 * width })
    }
    return strokes.isEmpty
      ? [] : [.stroke(strokes, style.color, width: width, opacity: style.opacity)]
  }

  /// Words moved sideways as far as the page's edges demand.
  private func words(
    _ label: String, at point: Point, _ anchor: Anchor, _ color: Color, within page: Rectangle
  ) throws(PlotError) -> [Primitive] {
    let text = try RichText(label)
    let width = text.width * theme.tickSize
    let start =
      switch anchor {
      case .start: point.x
      case .middle: point.x - width / 2
      case .end: point.x - width
      }
    let shift = max(page.left + 2 - start, min(0, page.right - 2 - width - start))
    return [
      .text(
        text, at: point + Point(shift, 0), size: theme.tickSize, anchor: anchor, color,
        isTurned: false)
    ]
  }

  /// The part of an image that the axes show.
  private func image(
    _ raster: Raster, _ x: ClosedRange<Double>, _ y: ClosedRange<Double>, in box: Rectangle
  ) -> [Primitive] {
    func cells(_ axis: ClosedRange<Double>, _ shown: ClosedRange<Double>, _ count: Int) -> Range<
      Int
    > {
      let cell = (axis.upperBound - axis.lowerBound) / Double(count)
      func index(_ value: Double) -> Double {
        min(max((value - axis.lowerBound) / cell, 0), Double(count))
      }
      let first = Int((index(shown.lowerBound) - 1e-9).rounded(.up))
      return max(
        first, 0)..<max(Int((index(shown.upperBound) + 1e-9).rounded(.down)), max(first, 0))
    }
    let columns = cells(x, panel.x.range, raster.columns)
    let rows = cells(y, panel.y.range, raster.rows)
    guard !columns.isEmpty, !rows.isEmpty else { return [] }
    func edge(_ axis: ClosedRange<Double>, _ index: Int, _ count: Int) -> Double {
      axis.lowerBound + (axis.upperBound - axis.lowerBound) * Double(index) / Double(count)
    }
    let low = place(
      Point(edge(x, columns.lowerBound, raster.columns), edge(y, rows.lowerBound, raster.rows)),
      in: box)
    let high = place(
      Point(edge(x, columns.upperBound, raster.columns), edge(y, rows.upperBound, raster.rows)),
      in: box)
    let levels = rows.flatMap { row in
      raster.levels[
        (row * raster.columns + columns.lowerBound)..<(row * raster.columns + columns.upperBound)]
    }
    let visible = Raster(
      columns: columns.count, rows: rows.count, levels: levels, palette: raster.palette)
    return [.image(visible, origin: low, size: high - low)]
  }

  /// One of all points that fall on the same spot, a tenth of a point wide; coarser for a crowd, so that a page stays small.
  private func distinct(_ points: [Point]) -> [Point] {
    var grain = 2 * tolerance
    while true {
      var seen: Set<Point> = []
      let kept = points.filter { seen.insert(($0 / grain).rounded(.toNearestOrEven)).inserted }
      if kept.count <= 8000 { return kept }
      grain *= 1.5
    }
  }
}
