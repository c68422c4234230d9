/// A point in data coordinates or on the page.
typealias Point = SIMD2<Double>

/// What a mark looks like once nothing is left open. Widths are in points at 7 inches.
struct ResolvedStyle {
  var color: Color
  var dash: Dash
  var width: Double
  var opacity: Double
  var marker: Marker
}

/// Where a label stands relative to its point.
enum Anchor {
  case start, middle, end
}

/// A mark's geometry in data coordinates.
enum Shape {
  case polyline([Point])
  /// A filled region; the flag says whether its outline is drawn too.
  case polygon([Point], outlined: Bool)
  case points([Point])
  case bar(x: ClosedRange<Double>, from: Double, to: Double)
  case image(Raster, x: ClosedRange<Double>, y: ClosedRange<Double>)
  case verticalRule(Double)
  case horizontalRule(Double)
  /// Text by a point; `lift` is in lines of text, upwards.
  case text(String, at: Point, anchor: Anchor, lift: Double)
}

/// A mark evaluated: what the layout needs and nothing of where it came from.
struct Layer {
  /// The kind of mark, in words, for the alternative text.
  var kind: String
  var label: String?
  var style: ResolvedStyle
  var shapes: [Shape]
  /// The part of the plane that the axes must cover; `nil` for guides.
  var x: ClosedRange<Double>?
  var y: ClosedRange<Double>?
}

extension Drawing {
  /// Completes a mark's style from its kind's defaults and its colour's role.
  mutating func resolve(_ style: Style, width: Double, opacity: Double, color: Color? = nil)
    throws -> ResolvedStyle
  {
    let color = style.color ?? color ?? nextColor()
    if let width = style.width { try check(width, in: 0.05...60, named: "width of a mark") }
    if let opacity = style.opacity { try check(opacity, in: 0...1, named: "opacity of a mark") }
    return ResolvedStyle(
      color: color, dash: style.dash ?? (color.role == .model ? .dashed : .solid),
      width: style.width ?? width, opacity: style.opacity ?? opacity,
      marker: style.marker ?? (color.role == .model ? .diamond : .circle))
  }

  private func check(_ value: Double, in range: ClosedRange<Double>, named name: String) throws {
    guard range.contains(value) else {
      throw PlotError.invalidSetting(
        name: name, detail: "\(value) is not in \(range.lowerBound)...\(range.upperBound)")
    }
  }

  /// Checks that every value is a number that its axis can show.
  func check(_ values: some Sequence<Double>, axis: String, of mark: String) throws {
    let isLog = (axis == "x" ? xAxis : yAxis).scale == .log
    for (index, value) in values.enumerated() {
      guard value.isFinite else {
        throw PlotError.nonFinite(
          mark: mark, detail: "\(axis)[\(index)] is \(value.isNaN ? .nan : value)")
      }
      if isLog && value <= 0 {
        throw PlotError.nonPositive(mark: mark, axis: axis, value: value)
      }
    }
  }

  /// Checks a pair of columns: as many of one as of the other, at least one, all of them numbers.
  func check(x: [Double], y: [Double], of mark: String) throws {
    guard x.count == y.count else {
      throw PlotError.mismatchedCounts(
        mark: mark, detail: "x has \(x.count) values and y has \(y.count): they must be as many")
    }
    guard !x.isEmpty else { throw PlotError.emptyData(mark: mark) }
    try check(x, axis: "x", of: mark)
    try check(y, axis: "y", of: mark)
  }

  /// Checks a range over which a mark is drawn.
  func check(_ range: ClosedRange<Double>, axis: String, of mark: String) throws {
    guard range.lowerBound.isFinite, range.upperBound.isFinite,
      range.lowerBound < range.upperBound
    else {
      throw PlotError.invalidRange(
        axis: axis,
        detail: "\(mark) is to be drawn over \(range.lowerBound)...\(range.upperBound): "
          + "give two finite ends, the first less than the second")
    }
    try check([range.lowerBound], axis: axis, of: mark)
  }
}

extension Sequence<Double> {
  /// The least interval that holds all values; `nil` of none.
  var extent: ClosedRange<Double>? {
    var low = Double.infinity
    var high = -Double.infinity
    for value in self { (low, high) = (Swift.min(low, value), Swift.max(high, value)) }
    return low <= high ? low...high : nil
  }
}

/// The least interval that holds both.
func union(_ a: ClosedRange<Double>?, _ b: ClosedRange<Double>?) -> ClosedRange<Double>? {
  guard let a, let b else { return a ?? b }
  return min(a.lowerBound, b.lowerBound)...max(a.upperBound, b.upperBound)
}
