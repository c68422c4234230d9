extension PanelLayout {
  /// The name of a rule beside it, where it covers least of what is drawn.
  func ruleLabel(of layer: Layer, in box: Rectangle, avoiding marks: [Primitive])
    throws(PlotError) -> Primitive?
  {
    guard let label = layer.label, let shape = layer.shapes.first else { return nil }
    let text = try RichText(label)
    let size = theme.tickSize
    let length = text.width * size
    // Places in order of preference: the text's left end on its baseline.
    var places: [Point] = []
    switch shape {
    case .verticalRule(let value):
      let x = place(Point(value, panel.y.range.lowerBound), in: box).x
      guard x >= box.left - 0.01, x <= box.right + 0.01 else { return nil }
      for part in [1, 0.85, 0.7, 0.55, 0.4, 0.25, 0.12] {
        let y = box.bottom + part * (box.height - size) + (part == 1 ? 0 : 0.3 * size)
        places += [Point(x + 0.4 * size, y), Point(x - 0.4 * size - length, y)]
      }
    case .horizontalRule(let value):
      let y = place(Point(panel.x.range.lowerBound, value), in: box).y
      guard y >= box.bottom - 0.01, y <= box.top + 0.01 else { return nil }
      for part in [1, 0, 0.8, 0.6, 0.4, 0.2] {
        let x = box.left + 0.4 * size + part * (box.width - length - 0.8 * size)
        places += [Point(x, y + 0.42 * size), Point(x, y - 1.1 * size)]
      }
    default: return nil
    }
    let obstacles = Obstacles(marks)
    var best: (Point, Int)?
    for start in places {
      let room = Rectangle(
        left: start.x, bottom: start.y - 0.15 * size, right: start.x + length,
        top: start.y + 0.75 * size)
      var hidden = obstacles.count(in: room, margin: 0.1 * size)
      if !box.contains(Point(room.left, room.bottom)) || !box.contains(Point(room.right, room.top))
      {
        hidden += 1000
      }
      if hidden < best?.1 ?? .max { best = (start, hidden) }
    }
    guard let start = best?.0 else { return nil }
    return .text(
      text, at: start, size: size, anchor: .start, layer.style.color, isTurned: false)
  }
}
