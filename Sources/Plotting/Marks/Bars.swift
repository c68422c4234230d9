/// Bars over named categories; several in one panel stand side by side.
public struct Bars: Mark {
  /// The look that the author asked for.
  public var style = Style()
  let categories: [String]
  let values: [Double]
  let labels: [String]?

  /// A bar of height values[i] over categories[i], with labels[i] (such as `"3/8"`) above it.
  public init(categories: [String], values: [Double], labels: [String]? = nil) {
    (self.categories, self.values, self.labels) = (categories, values, labels)
  }

  /// Adds the bars to a panel; throws `PlotError` on empty, mismatched or non-finite data.
  public func draw(into drawing: inout Drawing) throws {
    let name = name("bars")
    guard categories.count == values.count else {
      throw PlotError.mismatchedCounts(
        mark: name, detail: "\(categories.count) categories for \(values.count) values")
    }
    guard !values.isEmpty else { throw PlotError.emptyData(mark: name) }
    if let labels, labels.count != values.count {
      throw PlotError.mismatchedCounts(
        mark: name, detail: "\(labels.count) labels for \(values.count) values")
    }
    if let first = drawing.bars.first, first.categories != categories {
      throw PlotError.mismatchedCounts(
        mark: name, detail: "all bars of a panel must have the same categories in the same order")
    }
    try drawing.check(values, axis: "y", of: name)
    drawing.suggest(
      x: Axis(
        range: -0.55...Double(categories.count) - 0.45,
        ticks: categories.enumerated().map { Tick(Double($0), $1) }))
    guard drawing.xAxis.scale != .log else {
      throw PlotError.invalidSetting(name: name, detail: "categories need a linear x axis")
    }
    var bars = self
    bars.style.color = style.color ?? drawing.nextColor()
    drawing.bars.append(bars)
  }
}

extension Drawing {
  /// Turns the bars collected so far into layers, side by side, below all others.
  mutating func layOutBars() throws {
    let slot = 0.8 / Double(max(bars.count, 1))
    var barLayers: [Layer] = []
    for (position, group) in bars.enumerated() {
      var shapes: [Shape] = []
      let isLog = yAxis.scale == .log
      for (index, value) in group.values.enumerated() {
        let left = Double(index) - 0.4 + slot * (Double(position) + 0.06)
        let right = left + slot * 0.88
        shapes.append(.bar(x: left...right, from: isLog ? -.infinity : 0, to: value))
        if let label = group.labels?[index] {
          shapes.append(
            .text(
              label, at: Point((left + right) / 2, value), anchor: .middle,
              lift: value < 0 ? -1.1 : 0.35))
        }
      }
      let extent = union(group.values.extent, isLog ? nil : 0...0)
      barLayers.append(
        Layer(
          kind: "bars over \(group.categories.joined(separator: ", "))", label: group.style.label,
          style: try resolve(group.style, width: 0, opacity: 0.9), shapes: shapes, x: nil,
          // Room for the labels above the highest bar.
          y: group.labels == nil ? extent : extent.map { $0.lowerBound...($0.upperBound * 1.08) }))
    }
    layers.insert(contentsOf: barLayers, at: 0)
  }
}
