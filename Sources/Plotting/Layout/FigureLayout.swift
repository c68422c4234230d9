extension Figure {
  /// Evaluates the marks and lays them out on the page.
  ///
  /// `tolerance` is how far, in points, a drawn line may lie from the true one.
  func scene(tolerance: Double = 0.05) throws -> Scene {
    try checkSize()
    let evaluated = try panels.enumerated().map { index, panel in
      try EvaluatedPanel(
        panel, name: panels.count == 1 ? "the figure" : "panel \(index + 1) of the figure")
    }
    let theme = Theme(width: width)
    let page = Rectangle(left: 0, bottom: 0, right: width * 72, top: height * 72)
    let columns = min(self.columns, evaluated.count)
    let rows = (evaluated.count + columns - 1) / columns
    let cell = Point(page.width / Double(columns), page.height / Double(rows))
    func layouts(_ size: (Int) -> (axes: Point, width: Double)) throws(PlotError) -> [PanelLayout] {
      var result: [PanelLayout] = []
      for (index, panel) in evaluated.enumerated() {
        let (axes, width) = size(index)
        result.append(
          try PanelLayout(panel, axes: axes, width: width, theme: theme, tolerance: tolerance))
      }
      return result
    }
    var laidOut = try layouts { _ in (cell * 0.7, cell.x * 0.8) }

    var primitives: [Primitive] = []
    var inner = page
    inner.left += theme.gap
    inner.right -= theme.gap
    inner.bottom += theme.gap
    inner.top -= theme.gap / 2
    if let title {
      let size = theme.titleSize * 1.1
      for line in try RichText(title, isBold: true).lines(fitting: inner.width / size) {
        let size = line.size(size, fitting: inner.width)
        primitives.append(
          .text(
            line, at: Point(page.width / 2, inner.top - 1.25 * size), size: size, anchor: .middle,
            theme.text, isTurned: false))
        inner.top -= Theme.leading * size
      }
      inner.top -= 0.5 * size
    }
    let shared = sharedEntries(of: laidOut)
    if !shared.isEmpty {
      let legend = LegendRows(shared, width: inner.width, theme: theme)
      primitives += legend.draw(
        left: inner.left, right: inner.right, top: inner.bottom + legend.height, isCentered: true)
      inner.bottom += legend.height + 0.3 * theme.tickSize
    }
    // Ticks depend on the axes' lengths, and these on the room that the ticks' labels take.
    let draft = try boxes(for: laidOut, columns: columns, rows: rows, in: inner, theme: theme)
    laidOut = try layouts { index in
      let axes = laidOut[index].axes(in: draft[index])
      return (Point(axes.width, axes.height), draft[index].width)
    }
    let boxes = try boxes(for: laidOut, columns: columns, rows: rows, in: inner, theme: theme)
    for (layout, box) in zip(laidOut, boxes) {
      primitives += try draw(layout, in: box, page: page, theme: theme)
    }
    return Scene(
      width: page.width, height: page.height, primitives: primitives,
      description: describe(evaluated))
  }

  private func checkSize() throws(PlotError) {
    for (name, length) in [("width", width), ("height", height)] {
      guard length >= 1, length <= 60 else {
        throw .invalidSetting(
          name: "\(name) of the figure", detail: "\(length) is not in 1...60 inches")
      }
    }
    guard columns >= 1 else {
      throw .invalidSetting(name: "columns of the figure", detail: "\(columns) is less than 1")
    }
    guard !panels.isEmpty else { throw .noMarks(panel: "the figure") }
  }

  private func legend(of layout: PanelLayout) -> Legend {
    layout.panel.legend ?? legend ?? (panels.count > 1 ? .shared : .automatic)
  }

  /// The names of all panels that leave theirs to the shared legend, each once.
  private func sharedEntries(of layouts: [PanelLayout]) -> [LegendEntry] {
    var entries: [LegendEntry] = []
    for layout in layouts where legend(of: layout) == .shared {
      for entry in layout.entries where !entries.contains(where: { $0.key == entry.key }) {
        entries.append(entry)
      }
    }
    return entries
  }

  /// The rectangles of the axes: all of a column as wide and of a row as high as each other.
  private func boxes(
    for layouts: [PanelLayout], columns: Int, rows: Int, in page: Rectangle, theme: Theme
  ) throws(PlotError) -> [Rectangle] {
    let margins = layouts.map(\.margins)
    func widest(_ side: (PanelLayout.Margins) -> Double, column: Int) -> Double {
      margins.indices.filter { $0 % columns == column }.map { side(margins[$0]) }.max() ?? 0
    }
    func highest(_ side: (PanelLayout.Margins) -> Double, row: Int) -> Double {
      margins.indices.filter { $0 / columns == row }.map { side(margins[$0]) }.max() ?? 0
    }
    let gap = theme.tickSize
    let used = (0..<columns).reduce(0) {
      $0 + widest(\.left, column: $1) + widest(\.right, column: $1)
    }
    let taken = (0..<rows).reduce(0) { $0 + highest(\.bottom, row: $1) + highest(\.top, row: $1) }
    let height = (page.height - taken - gap * 0.6 * Double(rows - 1)) / Double(rows)
    let free = page.width - used - gap * Double(columns - 1)
    let widths = columnWidths(layouts, columns: columns, free: free, height: height)
    guard widths.allSatisfy({ $0 > 2 * theme.tickSize }), height > 2 * theme.tickSize else {
      throw .invalidSetting(
        name: "size of the figure",
        detail: "\(self.width) by \(self.height) inches leave no room for its panels: enlarge it")
    }
    var boxes: [Rectangle] = []
    var top = page.top
    for row in 0..<rows {
      top -= highest(\.top, row: row)
      var left = page.left
      for column in 0..<columns where row * columns + column < layouts.count {
        left += widest(\.left, column: column)
        boxes.append(
          Rectangle(left: left, bottom: top - height, right: left + widths[column], top: top))
        left += widths[column] + widest(\.right, column: column) + gap
      }
      top -= height + highest(\.bottom, row: row) + gap * 0.6
    }
    return boxes
  }

  /// Equal shares, but a column whose panels all have equal axes takes no more than these can use.
  private func columnWidths(
    _ layouts: [PanelLayout], columns: Int, free: Double, height: Double
  ) -> [Double] {
    let share = free / Double(columns)
    let needs = (0..<columns).map { column -> Double? in
      let panels = layouts.indices.filter { $0 % columns == column }.map { layouts[$0].panel }
      guard panels.allSatisfy(\.equal) else { return nil }
      let widest = panels.map { $0.x.length / $0.y.length * height }.max() ?? share
      return widest < share ? widest : nil
    }
    let flexible = needs.count { $0 == nil }
    guard flexible > 0 else { return needs.map { _ in share } }
    let rest = (free - needs.reduce(0) { $0 + ($1 ?? 0) }) / Double(flexible)
    return needs.map { $0 ?? rest }
  }

  /// A panel with its title and its own legend.
  private func draw(
    _ layout: PanelLayout, in box: Rectangle, page: Rectangle, theme: Theme
  ) throws(PlotError) -> [Primitive] {
    let choice = legend(of: layout)
    var axes = layout.axes(in: box)
    var content = try layout.content(in: axes, page: page)
    var legend: [Primitive] = []
    var top = axes.top
    if !layout.entries.isEmpty, choice == .automatic || choice == .inside || choice == .above {
      let inset = layout.inset(among: content, in: axes)
      let isFree = choice == .automatic && inset.hidden == 0
      if isFree || (choice == .inside && !inset.drawing.isEmpty) {
        legend = inset.drawing
      } else {
        let rows = LegendRows(layout.entries, width: page.right - axes.left, theme: theme)
        var lowered = box
        lowered.top -= rows.height
        guard lowered.height > 2 * theme.tickSize else {
          throw .invalidSetting(
            name: "height of the figure", detail: "\(height) inches leave no room for the legend")
        }
        axes = layout.axes(in: lowered)
        content = try layout.content(in: axes, page: page)
        top = axes.top + rows.height
        legend = rows.draw(
          left: axes.left, right: page.right, top: top + 0.25 * theme.tickSize, isCentered: false)
      }
    }
    return layout.background(in: axes) + content + layout.foreground(in: axes, page: page)
      + layout.title(above: top, axes: axes, in: box) + legend
  }
}
