extension Figure {
  /// Evaluates the marks and lays them out on the page.
  func scene() throws -> Scene {
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
    let layouts = try evaluated.map { try PanelLayout($0, cell: cell, theme: theme) }

    var primitives: [Primitive] = []
    var inner = page
    inner.left += 3
    inner.right -= 3
    inner.bottom += 3
    if let title {
      let text = try RichText(title, isBold: true)
      let size = theme.titleSize * 1.1
      primitives.append(
        .text(
          text, at: Point(page.width / 2, page.top - 1.25 * size), size: size, anchor: .middle,
          theme.text, isTurned: false))
      inner.top -= 1.7 * size
    }
    let shared = sharedEntries(of: layouts)
    if !shared.isEmpty {
      let legend = LegendRows(shared, width: inner.width, theme: theme)
      primitives += legend.draw(
        left: inner.left, right: inner.right, top: inner.bottom + legend.height, isCentered: true)
      inner.bottom += legend.height + 0.3 * theme.tickSize
    }
    let boxes = try boxes(for: layouts, columns: columns, rows: rows, in: inner, theme: theme)
    for (layout, box) in zip(layouts, boxes) {
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
    let width = (page.width - used - gap * Double(columns - 1)) / Double(columns)
    let taken = (0..<rows).reduce(0) { $0 + highest(\.bottom, row: $1) + highest(\.top, row: $1) }
    let height = (page.height - taken - gap * 0.6 * Double(rows - 1)) / Double(rows)
    guard width > 2 * theme.tickSize, height > 2 * theme.tickSize else {
      throw .invalidSetting(
        name: "size of the figure",
        detail:
          "\(self.width) by \(self.height) inches leave no room for its panels: make it larger")
    }
    var boxes: [Rectangle] = []
    var top = page.top
    for row in 0..<rows {
      top -= highest(\.top, row: row)
      var left = page.left
      for column in 0..<columns where row * columns + column < layouts.count {
        left += widest(\.left, column: column)
        boxes.append(
          Rectangle(left: left, bottom: top - height, right: left + width, top: top))
        left += width + widest(\.right, column: column) + gap
      }
      top -= height + highest(\.bottom, row: row) + gap * 0.6
    }
    return boxes
  }

  /// A panel with its title and its own legend.
  private func draw(
    _ layout: PanelLayout, in box: Rectangle, page: Rectangle, theme: Theme
  ) throws(PlotError) -> [Primitive] {
    let choice = legend(of: layout)
    let hasOwn =
      !layout.entries.isEmpty && (choice == .automatic || choice == .inside || choice == .above)
    var axes = layout.axes(in: box)
    var extra: [Primitive] = []
    if hasOwn {
      var marks: [Primitive] = []
      for layer in layout.panel.layers {
        marks += try layout.marks(of: layer, in: axes, page: page)
      }
      let inset = choice == .above ? ([], Int.max) : layout.inset(among: marks, in: axes)
      if inset.1 == 0 || choice == .inside && inset.1 < .max {
        extra = inset.0
      } else {
        let rows = LegendRows(layout.entries, width: page.right - box.left, theme: theme)
        var lowered = box
        lowered.top -= rows.height
        axes = layout.axes(in: lowered)
        extra = rows.draw(
          left: axes.left, right: page.right, top: axes.top + rows.height + 0.25 * theme.tickSize,
          isCentered: false)
        if axes.height < 2 * theme.tickSize {
          throw .invalidSetting(
            name: "height of the figure", detail: "\(height) inches leave no room for the legend")
        }
      }
    }
    var result = try layout.draw(in: axes, page: page)
    if let title = layout.panel.title {
      let above = extra.isEmpty || !hasOwn ? axes.top : box.top
      result.append(
        .text(
          title, at: Point(axes.left, max(axes.top, min(above, box.top)) + 0.6 * theme.titleSize),
          size: theme.titleSize, anchor: .start, theme.text, isTurned: false))
    }
    return result + extra
  }
}
