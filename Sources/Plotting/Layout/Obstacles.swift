/// Where ink lies, as points a few points apart.
struct Obstacles {
  var points: [Point] = []
  var regions: [[Point]] = []

  init(_ primitives: [Primitive]) {
    for primitive in primitives {
      switch primitive {
      case .stroke(let lines, _, _, _):
        for line in lines { trace(line) }
      case .fill(let region, _, _):
        regions.append(region)
        if region.count < 5 { points += region }
      case .dots(let centers, _, _, _, _): points += centers
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

  /// How much ink a rectangle covers; so does ink within the margin, as it would touch.
  func count(in box: Rectangle, margin: Double = 3) -> Int {
    var total = points.count { box.contains($0, margin: margin) }
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
