extension PanelLayout {
  /// The legend as a column inside the axes where it hides least, and how much it hides there.
  func inset(among primitives: [Primitive], in box: Rectangle) -> (
    drawing: [Primitive], hidden: Int
  ) {
    let size = theme.tickSize
    let lineHeight = 1.42 * size
    let width = (entries.map { $0.width(theme) }.max() ?? 0) + 2 * theme.gap
    let height = Double(entries.count) * lineHeight + theme.gap
    let margin = 0.5 * size
    guard width + margin < box.width, height + margin < box.height else { return ([], .max) }
    let lefts = [
      box.right - width, box.left + margin, (box.left + box.right - width) / 2,
    ]
    let bottoms = [
      box.top - height, box.bottom + margin, (box.bottom + box.top - height) / 2,
    ]
    let obstacles = Obstacles(primitives)
    var best: (Rectangle, Int)?
    for bottom in bottoms {
      for left in lefts {
        let place = Rectangle(left: left, bottom: bottom, right: left + width, top: bottom + height)
        let hidden = obstacles.count(in: place)
        if hidden < best?.1 ?? .max { best = (place, hidden) }
      }
    }
    guard let (place, hidden) = best else { return ([], .max) }
    var drawing: [Primitive] = [.fill(place.corners, theme.white, opacity: 0.85)]
    for (index, entry) in entries.enumerated() {
      let baseline = place.top - theme.gap / 2 - Double(index) * lineHeight - 1.02 * size
      drawing += entry.draw(at: Point(place.left + theme.gap, baseline), theme: theme)
    }
    return (drawing, hidden)
  }
}
