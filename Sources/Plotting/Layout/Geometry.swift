/// The parts of a line that lie in a rectangle.
func clip(line points: [Point], to box: Rectangle) -> [[Point]] {
  guard points.count > 1 else { return [] }
  var pieces: [[Point]] = []
  for (a, b) in zip(points, points.dropFirst()) {
    guard let (start, end) = clip(segment: a, b, to: box) else { continue }
    if pieces.last?.last == start {
      pieces[pieces.count - 1].append(end)
    } else {
      pieces.append([start, end])
    }
  }
  return pieces
}

/// The part of a segment that lies in a rectangle (Liang and Barsky).
private func clip(segment a: Point, _ b: Point, to box: Rectangle) -> (Point, Point)? {
  let step = b - a
  var from = 0.0
  var to = 1.0
  for (p, q) in [
    (-step.x, a.x - box.left), (step.x, box.right - a.x),
    (-step.y, a.y - box.bottom), (step.y, box.top - a.y),
  ] {
    if p == 0 {
      if q < 0 { return nil }
    } else if p < 0 {
      from = max(from, q / p)
    } else {
      to = min(to, q / p)
    }
  }
  guard from <= to else { return nil }
  return (from == 0 ? a : a + step * from, to == 1 ? b : a + step * to)
}

/// The part of a region that lies in a rectangle (Sutherland and Hodgman).
func clip(polygon points: [Point], to box: Rectangle) -> [Point] {
  func cut(_ points: [Point], _ distance: (Point) -> Double) -> [Point] {
    var result: [Point] = []
    for (index, b) in points.enumerated() {
      let a = points[index == 0 ? points.count - 1 : index - 1]
      let (inA, inB) = (distance(a), distance(b))
      if (inA < 0) != (inB < 0) { result.append(a + (b - a) * (inA / (inA - inB))) }
      if inB >= 0 { result.append(b) }
    }
    return result
  }
  var result = cut(points) { $0.x - box.left }
  result = cut(result) { box.right - $0.x }
  result = cut(result) { $0.y - box.bottom }
  return cut(result) { box.top - $0.y }
}

/// A line with fewer points, nowhere further than `tolerance` from the given one.
func simplify(_ points: [Point], tolerance: Double) -> [Point] {
  let points = thin(points)
  guard points.count > 2 else { return points }
  var keep = [Bool](repeating: false, count: points.count)
  keep[0] = true
  keep[points.count - 1] = true
  var pending = [(0, points.count - 1)]
  while let (first, last) = pending.popLast() {
    guard last - first > 1 else { continue }
    let chord = points[last] - points[first]
    let length = (chord * chord).sum().squareRoot()
    var farthest = first
    var distance = -1.0
    for index in (first + 1)..<last {
      let offset = points[index] - points[first]
      let away =
        length > 0
        ? abs(offset.x * chord.y - offset.y * chord.x) / length
        : (offset * offset).sum().squareRoot()
      if away > distance { (farthest, distance) = (index, away) }
    }
    if distance > tolerance {
      keep[farthest] = true
      pending.append((first, farthest))
      pending.append((farthest, last))
    }
  }
  return zip(points, keep).filter(\.1).map(\.0)
}

/// At most four points in each half point of page for a line that runs from left to right: its
/// first, lowest, highest and last there, which is all that can be seen.
private func thin(_ points: [Point]) -> [Point] {
  guard points.count > 4000, zip(points, points.dropFirst()).allSatisfy({ $0.x <= $1.x }) else {
    return points
  }
  var result: [Point] = []
  var start = 0
  while start < points.count {
    let column = (points[start].x * 2).rounded(.down)
    var end = start
    var (low, high) = (start, start)
    while end < points.count, (points[end].x * 2).rounded(.down) == column {
      if points[end].y < points[low].y { low = end }
      if points[end].y > points[high].y { high = end }
      end += 1
    }
    for index in Set([start, low, high, end - 1]).sorted() { result.append(points[index]) }
    start = end
  }
  return result
}

/// A line cut into strokes by a pattern of stroke and gap lengths.
func dashes(of line: [Point], pattern: [Double]) -> [[Point]] {
  guard !pattern.isEmpty, line.count > 1 else { return [line] }
  var result: [[Point]] = []
  var current = [line[0]]
  var position = 0
  var left = pattern[0]
  for (a, b) in zip(line, line.dropFirst()) {
    let step = b - a
    let length = (step * step).sum().squareRoot()
    var done = 0.0
    while length - done > left {
      done += left
      let point = a + step * (done / length)
      if position % 2 == 0 { result.append(current + [point]) }
      current = [point]
      position = (position + 1) % pattern.count
      left = pattern[position]
    }
    left -= length - done
    if position % 2 == 0 { current.append(b) }
  }
  if position % 2 == 0 && current.count > 1 { result.append(current) }
  return result
}

/// Whether a point lies inside a closed line (even-odd rule).
func contains(_ polygon: [Point], _ point: Point) -> Bool {
  var inside = false
  for (index, b) in polygon.enumerated() {
    let a = polygon[index == 0 ? polygon.count - 1 : index - 1]
    if (a.y > point.y) != (b.y > point.y),
      point.x < a.x + (b.x - a.x) * (point.y - a.y) / (b.y - a.y)
    {
      inside.toggle()
    }
  }
  return inside
}
