/// Where the names of marks are written.
public enum Legend: Hashable, Sendable {
  /// Inside the panel where there is free space, otherwise in a row above it.
  case automatic
  /// Inside the panel, in the emptiest corner.
  case inside
  /// In a row above the panel.
  case above
  /// One row below all panels, each name once.
  case shared
  /// Nowhere.
  case none
}

/// A figure as a value: panels of marks over data, drawn only when asked for SVG, PNG or PDF.
///
/// ```swift
/// let figure = Figure(width: 7, height: 4.2) {
///   Line(over: -4...6) { p.density($0) }.label("target $p$").color(.target)
/// }
/// .xAxis("$x$")
/// let svg = try figure.svg()
/// ```
public struct Figure {
  var width: Double
  var height: Double
  var columns: Int
  var panels: [Panel]
  var title: String?
  var legend: Legend?
  private let isGrid: Bool

  /// A figure of one panel, its size in inches.
  public init(
    width: Double = 7, height: Double = 4.2,
    @FigureBuilder _ content: () throws -> [any FigureContent]
  ) rethrows {
    self.width = width
    self.height = height
    columns = 1
    panels = [try Panel(content)]
    isGrid = false
  }

  /// A grid of panels, filled row by row, its size in inches.
  ///
  /// Without a height, the panels are a little wider than high.
  public init(
    columns: Int, width: Double = 11, height: Double? = nil,
    @PanelBuilder _ panels: () throws -> [Panel]
  ) rethrows {
    self.panels = try panels()
    self.columns = columns
    self.width = width
    let rows = columns > 0 ? (self.panels.count + columns - 1) / columns : 1
    self.height = height ?? width / Double(max(columns, 1)) * 0.8 * Double(max(rows, 1))
    isGrid = true
  }

  /// The title above the figure; `$...$` holds TeX.
  public func title(_ title: String) -> Figure {
    change {
      if isGrid { $0.title = title } else { $0.panels[0] = $0.panels[0].title(title) }
    }
  }

  /// Says what the horizontal axis is; in a grid, for each panel that does not say it itself.
  public func xAxis(
    _ label: String? = nil, range: ClosedRange<Double>? = nil, scale: Scale? = nil,
    ticks: [Tick]? = nil
  ) -> Figure {
    let axis = Axis(label, range: range, scale: scale, ticks: ticks)
    return eachPanel { $0.x = isGrid ? $0.x.completed(by: axis) : axis.completed(by: $0.x) }
  }

  /// Says what the vertical axis is; in a grid, for each panel that does not say it itself.
  public func yAxis(
    _ label: String? = nil, range: ClosedRange<Double>? = nil, scale: Scale? = nil,
    ticks: [Tick]? = nil
  ) -> Figure {
    let axis = Axis(label, range: range, scale: scale, ticks: ticks)
    return eachPanel { $0.y = isGrid ? $0.y.completed(by: axis) : axis.completed(by: $0.y) }
  }

  /// Gives both axes the same unit of length, as the unit square of a precision-recall curve wants.
  public func equalAxes() -> Figure { eachPanel { $0.equal = true } }

  /// Decides where the names of marks are written.
  public func legend(_ legend: Legend) -> Figure { change { $0.legend = legend } }

  private func change(_ edit: (inout Figure) -> Void) -> Figure {
    var copy = self
    edit(&copy)
    return copy
  }

  private func eachPanel(_ edit: (inout Panel) -> Void) -> Figure {
    change { figure in
      for index in figure.panels.indices { edit(&figure.panels[index]) }
    }
  }
}

/// One set of axes with its marks.
public struct Panel {
  var content: [any FigureContent]
  var title: String?
  var x = Axis()
  var y = Axis()
  var equal = false
  var legend: Legend?

  /// A panel of the given marks.
  public init(@FigureBuilder _ content: () throws -> [any FigureContent]) rethrows {
    self.content = try content()
  }

  /// The title above the panel; `$...$` holds TeX.
  public func title(_ title: String) -> Panel { change { $0.title = title } }

  /// Says what the horizontal axis is.
  public func xAxis(
    _ label: String? = nil, range: ClosedRange<Double>? = nil, scale: Scale? = nil,
    ticks: [Tick]? = nil
  ) -> Panel {
    change { $0.x = Axis(label, range: range, scale: scale, ticks: ticks).completed(by: $0.x) }
  }

  /// Says what the vertical axis is.
  public func yAxis(
    _ label: String? = nil, range: ClosedRange<Double>? = nil, scale: Scale? = nil,
    ticks: [Tick]? = nil
  ) -> Panel {
    change { $0.y = Axis(label, range: range, scale: scale, ticks: ticks).completed(by: $0.y) }
  }

  /// Gives both axes the same unit of length.
  public func equalAxes() -> Panel { change { $0.equal = true } }

  /// Decides where the names of this panel's marks are written.
  public func legend(_ legend: Legend) -> Panel { change { $0.legend = legend } }

  private func change(_ edit: (inout Panel) -> Void) -> Panel {
    var copy = self
    edit(&copy)
    return copy
  }
}
