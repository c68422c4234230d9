/// A panel whose marks are evaluated and whose axes are settled.
struct EvaluatedPanel {
  var title: RichText?
  var layers: [Layer]
  var x: SettledAxis
  var y: SettledAxis
  var equal: Bool
  var legend: Legend?
  /// What an error message calls it.
  var name: String

  init(_ panel: Panel, name: String) throws {
    var drawing = Drawing(panel: name, xAxis: panel.x, yAxis: panel.y, equal: panel.equal)
    for content in panel.content { try content.draw(into: &drawing) }
    try drawing.layOutBars()
    guard !drawing.layers.isEmpty else { throw PlotError.noMarks(panel: name) }
    title = try panel.title.map { title throws(PlotError) in try RichText(title, isBold: true) }
    layers = drawing.layers
    legend = panel.legend
    equal = drawing.equal
    self.name = name
    let hasPoints = layers.contains { $0.kind.hasSuffix("point") || $0.kind.hasSuffix("points") }
    x = try SettledAxis(
      drawing.xAxis, named: "x", data: layers.reduce(nil) { union($0, $1.x) },
      padding: hasPoints ? 0.04 : 0, isFloored: false, layers: layers)
    y = try SettledAxis(
      drawing.yAxis, named: "y", data: layers.reduce(nil) { union($0, $1.y) },
      padding: layers.contains { $0.isRaster } ? 0 : 0.05, isFloored: true, layers: layers)
    if equal && (x.scale == .log || y.scale == .log) {
      throw PlotError.invalidSetting(name: name, detail: "equal axes must be linear")
    }
  }
}

extension Layer {
  var isRaster: Bool {
    shapes.contains { if case .image = $0 { true } else { false } }
  }
}

/// An axis of which everything is known but its length on the page.
struct SettledAxis {
  var label: RichText?
  var scale: Scale
  var range: ClosedRange<Double>
  private var given: [(value: Double, label: RichText)]?

  init(
    _ axis: Axis, named name: String, data: ClosedRange<Double>?, padding: Double,
    isFloored: Bool, layers: [Layer]
  ) throws(PlotError) {
    label = try axis.label.map { label throws(PlotError) in try RichText(label) }
    scale = axis.scale ?? .linear
    if let range = axis.range {
      self.range = range
    } else {
      range = Self.room(for: data ?? 0...1, scale: scale, padding: padding, isFloored: isFloored)
    }
    let (low, high) = (range.lowerBound, range.upperBound)
    if scale == .log, low <= 0 {
      throw .nonPositive(mark: "the range \(low)...\(high)", axis: name, value: low)
    }
    let span = scale.forward(high) - scale.forward(low)
    guard low.isFinite, high.isFinite, span.isFinite, span > 0 else {
      throw .invalidRange(
        axis: name,
        detail: "\(low)...\(high) is not a range that can be drawn: give two finite ends")
    }
    guard span > 1e-9 * max(scale.forward(low).magnitude, scale.forward(high).magnitude),
      span > 1e-280
    else {
      throw .invalidRange(
        axis: name, detail: "\(low)...\(high) is too narrow to be labelled: subtract an offset")
    }
    guard let ticks = axis.ticks else { return }
    var given: [(value: Double, label: RichText)] = []
    for tick in ticks {
      guard tick.value.isFinite, scale == .linear || tick.value > 0 else {
        throw .nonFinite(mark: "tick \"\(tick.label)\"", detail: "its value is \(tick.value)")
      }
      given.append((tick.value, try RichText(tick.label)))
    }
    self.given = given
  }

  /// The data's extent with some air, from zero where the data almost reaches it.
  private static func room(
    for data: ClosedRange<Double>, scale: Scale, padding: Double, isFloored: Bool
  ) -> ClosedRange<Double> {
    guard scale == .linear || data.lowerBound > 0 else { return data }
    var low = scale.forward(data.lowerBound)
    var high = scale.forward(data.upperBound)
    // One value, or values that differ by rounding only.
    if high - low <= 1e-9 * max(low.magnitude, high.magnitude) {
      let air = scale == .log ? 0.5 : low == 0 ? 1 : 0.1 * low.magnitude
      (low, high) = (low - air, high + air)
    }
    let span = high - low
    let reachesZero = scale == .linear && isFloored && low >= 0 && low < 0.3 * high
    let floor = reachesZero ? 0 : low - padding * span
    let ceiling = high + padding * span
    guard floor.isFinite, ceiling.isFinite else { return data }
    return max(
      scale.inverse(floor), -.greatestFiniteMagnitude)...min(
        scale.inverse(ceiling), .greatestFiniteMagnitude)
  }

  /// From one end of the range to the other.
  var length: Double { range.upperBound - range.lowerBound }

  /// The ticks inside the range, about `count` of them unless the author gave them.
  func ticks(count: Int) -> Ticks {
    if let given { return Ticks(major: given.filter { range.contains($0.value) }) }
    return scale == .log
      ? .log(over: range, count: count) : .linear(over: range, count: count)
  }

  /// Where a value stands between the ends of the range: 0 at the lower, 1 at the upper.
  func fraction(_ value: Double) -> Double {
    // Minus infinity is an area's floor on an axis that has no zero.
    guard value != -.infinity, scale == .linear || value > 0 else { return 0 }
    let low = scale.forward(range.lowerBound)
    return (scale.forward(value) - low) / (scale.forward(range.upperBound) - low)
  }
}
