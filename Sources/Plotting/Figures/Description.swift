extension Figure {
  /// Titles, axes and marks with the ranges of their data, in sentences.
  func describe(_ panels: [EvaluatedPanel]) -> String {
    var sentences: [String] = []
    if let title, let words = try? RichText(title).plain { sentences.append(words + ".") }
    for (index, panel) in panels.enumerated() {
      let heading = panel.title.map(\.plain)
      let start =
        panels.count == 1
        ? heading.map { "\($0). " } ?? ""
        : "Panel \(index + 1)\(heading.map { ", \($0)" } ?? ""): "
      let marks = panel.layers.map { sentence(for: $0) }.joined(separator: "; ")
      sentences.append(
        "\(start)\(axis("x", panel.x)), \(axis("y", panel.y)). Shown: \(marks).")
    }
    return sentences.joined(separator: " ")
  }

  private func axis(_ name: String, _ axis: SettledAxis) -> String {
    let label = axis.label.map(\.plain) ?? name
    let scale = axis.scale == .log ? " (logarithmic)" : ""
    return
      "\(label)\(scale) from \(short(axis.range.lowerBound)) to \(short(axis.range.upperBound))"
  }

  private func sentence(for layer: Layer) -> String {
    let name =
      layer.label.flatMap { try? RichText($0).plain }.map { " \u{201C}\($0)\u{201D}" } ?? ""
    var words = layer.kind + name
    guard !layer.kind.contains("rule"), !layer.kind.hasPrefix("the words") else { return words }
    if let y = layer.y { words += ", from \(short(y.lowerBound)) to \(short(y.upperBound))" }
    return words
  }
}
