extension PanelLayout {
  /// The legend as a column inside the axes where it hides least, and how much it hides there.
  func inset(among primitives: [Primitive], in box: Rectangle) -> (
    drawing: [Primitive], hidden: Int
  ) {
    let size = theme.tickSize
    let lineHeight = 1.42 * size
    let width = (entries.map { $0.width(theme) }.max() ?? 0) + 2 * theme.gap
    let height = Double(entries.count) * lineHeight + theme.gap
    let margin = 0.5 * size
    guard width + margin < box.width, height + margin < box.height else { return ([], .max) }
    let lefts = [
      box.right - width, box.left + margin, (box.left + box.right - width) / 2,
    ]
    let bottoms = [
      box.top - height, box.bottom + margin, (box.bottom + box.top - height) / 2,
    ]
    let obstacles = Obstacles(primitives)
    var best: (Rectangle, Int)?
    for bottom in bottoms {
      for left in lefts {
        let place = Rectangle(left: left, bottom: bottom, right: left + width, top: bottom + height)
        let hidden = obstacles.count(in: place)
        if hidden < best?.1 ?? .max { best = (place, hidden) }
      }
    }
    guard let (place, hidden) = best else { return ([], .max) }
    var drawing: [Primitive] = [.fill(place.corners, theme.white, opacity: 0.85)]
    for (index, entry) in entries.enumerated() {
      let baseline = place.top - theme.gap / 2 - Double(index) * lineHeight - 1.02 * size
      drawing += entry.draw(at: Point(place.left + theme.gap, baseline), theme: theme)
    }
    return (drawing, hidden)
  }
}

/// Where ink lies, as points a few points apart.
private struct Obstacles {
  var points: [Point] = []
  var regions: [[Point]] = []

  init(_ primitives: [Primitive]) {
    for primitive in primitives {
      switch primitive {
      case .stroke(let lines, _, _, _):
        for line in lines { trace(line) }
      case .fill(let region, _, _): regions.append(region)
      case .discs(let centers, _, _, _): points += centers
      case .image(_, let origin, let size):
        regions.append(
          Rectangle(
            left: origin.x, bottom: origin.y, right: origin.x + size.x, top: origin.y + size.y
          ).corners)
      case .text(let text, let place, let size, let anchor, _, _):
        let width = text.width * size
        let start =
          switch anchor {
          case .start: place.x
          case .middle: place.x - width / 2
          case .end: place.x - width
          }
        trace([Point(start, place.y + 0.3 * size), Point(start + width, place.y + 0.3 * size)])
      }
    }
  }

  private mutating func trace(_ line: [Point]) {
    for (a, b) in zip(line, line.dropFirst()) {
      let step = b - a
      let pieces = max(1, Int((step * step).sum().squareRoot() / 4))
      for piece in 0...pieces { points.append(a + step * (Double(piece) / Double(pieces))) }
    }
  }

  /// How much ink a rectangle covers; ink just outside counts, as it would touch.
  func count(in box: Rectangle) -> Int {
    var total = points.count { box.contains($0, margin: 3) }
    for region in regions {
      for column in 0...6 {
        for row in 0...6 {
          let point = Point(
            box.left + box.width * Double(column) / 6, box.bottom + box.height * Double(row) / 6)
          if contains(region, point) { total += 1 }
        }
      }
    }
    return total
  }
}
