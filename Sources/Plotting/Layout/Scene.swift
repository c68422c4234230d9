/// What is to be put on the page, back to front; lengths in points, y upwards.
struct Scene {
  var width: Double
  var height: Double
  var primitives: [Primitive] = []
  /// The figure in words.
  var description: String
}

/// The least that a renderer has to know.
enum Primitive {
  /// Lines, already cut into dashes.
  case stroke([[Point]], Color, width: Double, opacity: Double)
  /// A region.
  case fill([Point], Color, opacity: Double)
  /// Small discs, or squares.
  case dots([Point], Color, diameter: Double, opacity: Double, isSquare: Bool)
  /// An image stretched over a rectangle given by its lower left corner and its size.
  case image(Raster, origin: Point, size: Point)
  /// A label on its baseline; turned, it reads upwards.
  case text(RichText, at: Point, size: Double, anchor: Anchor, Color, isTurned: Bool)
}

/// A rectangle on the page.
struct Rectangle {
  var left: Double
  var bottom: Double
  var right: Double
  var top: Double

  var width: Double { right - left }
  var height: Double { top - bottom }

  func contains(_ point: Point, margin: Double = 0) -> Bool {
    point.x >= left - margin && point.x <= right + margin
      && point.y >= bottom - margin && point.y <= top + margin
  }

  var corners: [Point] {
    [Point(left, bottom), Point(right, bottom), Point(right, top), Point(left, top)]
  }
}
