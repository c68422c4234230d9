import RealModule

/// The search for a fault of f: simple points first, so that what is reported can be checked by hand.
struct GeneratorCheck<F: GeneratorFunction> {
  private typealias Point = GeneratorFault.Point

  let f: F

  /// The first fault.
  var fault: GeneratorFault.Kind? {
    let simple = points(Self.simpleRatios)
    let dense = points(Self.denseRatios)
    return notANumber(simple) ?? notANumber(dense) ?? valueAtOne ?? notConvex(simple)
      ?? infinite(simple) ?? notConvex(dense) ?? infinite(dense) ?? jumpAtZero
  }

  private func points(_ ratios: [Double]) -> [Point] {
    ratios.map { Point(ratio: $0, value: f($0)) }
  }

  /// NaN or minus infinity. Far out, where the parts of a formula overflow, either may come of rounding alone.
  private func notANumber(_ points: [Point]) -> GeneratorFault.Kind? {
    points.first {
      ($0.value.isNaN || $0.value == -.infinity)
        && ($0.ratio == 0 || (1e-30...1e30).contains($0.ratio))
    }.map { .notFinite($0) }
  }

  /// Plus infinity next to a moderate value at a moderate ratio: not by growth beyond the doubles, nor by a square
  /// on the way.
  private func infinite(_ points: [Point]) -> GeneratorFault.Kind? {
    for point in points where point.value == .infinity && point.ratio > 0 {
      var (inside, outside) = (1.0, point.ratio)
      while true {
        let isFar = max(inside, outside) > 2 * min(inside, outside)
        let middle =
          isFar
          ? inside.squareRoot() * outside.squareRoot() : inside + (outside - inside) / 2
        guard middle != inside, middle != outside else { break }
        if f(middle) < .infinity { inside = middle } else { outside = middle }
      }
      if abs(f(inside)) < 1e250, (1e-30...1e30).contains(inside) {
        return .notFinite(Point(ratio: outside, value: f(outside)))
      }
    }
    return nil
  }

  private var valueAtOne: GeneratorFault.Kind? {
    let point = Point(ratio: 1, value: f(1))
    let scale = abs(f.valueAtOne) + abs(f(0.5) - point.value) + abs(f(2) - point.value)
    return abs(point.value - f.valueAtOne) <= 1e-13 * scale
      ? nil : .valueAtOne(point, stated: f.valueAtOne)
  }

  /// The worst of the triples of points at the distances 1, 2, 4, ... in the list.
  private func notConvex(_ points: [Point]) -> GeneratorFault.Kind? {
    let finite = points.filter { $0.value.isFinite }
    var worst: (excess: Double, kind: GeneratorFault.Kind)?
    var distance = 1
    while distance <= finite.count / 2 {
      for index in distance..<finite.count - distance {
        let (a, b, c) = (finite[index - distance], finite[index], finite[index + distance])
        let excess = excess(a, b, c)
        if excess > worst?.excess ?? 1 { worst = (excess, .notConvex(a, b, c)) }
      }
      distance *= 2
    }
    return worst?.kind
  }

  /// By how much b lies above the line through a and c, in units of what rounding may do.
  private func excess(_ a: Point, _ b: Point, _ c: Point) -> Double {
    let share = (c.ratio - b.ratio) / (c.ratio - a.ratio)
    let excess = (b.value - a.value) * share + (b.value - c.value) * (1 - share)
    let size = max(abs(a.value), abs(b.value), abs(c.value))
    guard excess > 1e-13 * size else { return 0 }
    let noise = [a, b, c].reduce(0) { $0 + ($1.ratio > 0 ? roundingNoise($1.ratio) { f($0) } : 0) }
    return excess / (64 * noise + 1e-13 * size)
  }

  private var jumpAtZero: GeneratorFault.Kind? {
    let point = Point(ratio: 0, value: f(0))
    let near = f(0x1p-1000)
    guard point.value.isFinite, near.isFinite else { return nil }
    // What f can still move below that point, if it goes on as over the decades before.
    let allowance = 4 * abs(near - f(0x1p-500)) + 1e-12 * abs(near)
    return point.value - near > allowance ? .jumpAtZero(point, limit: near) : nil
  }

  private static var simpleRatios: [Double] {
    [0, 0.01, 0.05, 0.1, 0.2, 0.25, 0.5, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 2, 3, 4, 5, 10, 20, 100]
  }

  private static var denseRatios: [Double] {
    let near = (-2048...2048).map { Double.exp2(Double($0) / 128) }
    let far = stride(from: 17.0, to: 996, by: 0.5).map { Double.exp2($0) }
    return [0] + far.reversed().map { 1 / $0 } + near + far
  }
}
