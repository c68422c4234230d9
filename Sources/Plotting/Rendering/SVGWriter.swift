extension Scene {
  /// Has PLplot draw the scene and writes its geometry as a small, clean SVG element.
  ///
  /// PLplot's own SVG repeats every attribute on every line and misplaces scripts; so each primitive
  /// is drawn with a pen of its number's width, and that number finds the look again here.
  func svg() throws(PlotError) -> String {
    let scene = self
    let raw = try Device.svg.render(
      width: Int(width.rounded()), height: Int(height.rounded())
    ) { canvas throws(PlotError) in
      canvas.window(width: scene.width, height: scene.height)
      for (index, primitive) in scene.primitives.enumerated() {
        canvas.trace(primitive, number: index + 1)
      }
    }
    let geometry = try PLplotSVG(raw)
    var writer = SVGWriter(width: width, height: height, description: description)
    for (index, primitive) in primitives.enumerated() {
      try writer.add(primitive, geometry.lines[index + 1] ?? [])
    }
    return writer.finished()
  }
}

extension Canvas {
  /// Draws a primitive's outline with a pen that tells its number.
  func trace(_ primitive: Primitive, number: Int) {
    color(.ink, opacity: 1)
    pen(Double(number))
    switch primitive {
    case .stroke(let lines, _, _, _): for line in lines { self.line(line) }
    case .fill(let region, _, _): fill(region)
    case .dots(let centers, _, _, _, _):
      for center in centers { line([center, center + Point(0.1, 0)]) }
    case .image(_, let origin, let size): line([origin, origin + size])
    case .text(_, let place, _, _, _, _): line([place, place + Point(0.1, 0)])
    }
  }
}

/// Writes an SVG element: one path for each primitive, neighbours of one look in one group.
struct SVGWriter {
  private let width: Double
  private let height: Double
  private var out: String
  private var openGroup: String?

  init(width: Double, height: Double, description: String) {
    (self.width, self.height) = (width, height)
    let (w, h) = (coordinate(width), coordinate(height))
    out = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(w) \(h)" \
      width="\(coordinate(width * 96 / 72))" height="\(coordinate(height * 96 / 72))" role="img" \
      aria-label="\(escaped(description))" style="max-width:100%;height:auto" \
      font-family="'DejaVu Sans',Verdana,sans-serif" fill="none" stroke-linejoin="round">
      <path d="M0 0h\(w)v\(h)H0z" fill="#fff"/>

      """
  }

  mutating func finished() -> String {
    closeGroup()
    return out + "</svg>\n"
  }

  /// Writes a primitive with the lines that PLplot drew for it.
  mutating func add(_ primitive: Primitive, _ lines: [[Point]]) throws(PlotError) {
    guard let first = lines.first?.first else {
      throw .renderer(detail: "it left out a part of the figure")
    }
    switch primitive {
    case .stroke(_, let color, let width, let opacity):
      group(
        "stroke=\"\(hex(color))\" stroke-width=\"\(coordinate(width))\"" + alpha("stroke-", opacity)
      )
      out += "<path d=\"\(lines.map { path($0) }.joined())\"/>\n"
    case .fill(_, let color, let opacity):
      group("fill=\"\(hex(color))\"" + alpha("fill-", opacity))
      out += "<path d=\"\(lines.map { path($0) + "z" }.joined())\"/>\n"
    case .dots(_, let color, let diameter, let opacity, let isSquare):
      group(
        "stroke=\"\(hex(color))\" stroke-width=\"\(coordinate(diameter))\" stroke-linecap=\""
          + (isSquare ? "square" : "round") + "\"" + alpha("stroke-", opacity))
      // A line of no length with round ends is a disc, with square ends a square. Those that let shine through are drawn one
      // by one, so that two on top of each other look denser.
      let dots = lines.compactMap(\.first).map { "M\(place($0))h0" }
      if opacity < 1 {
        for dot in dots { out += "<path d=\"\(dot)\"/>\n" }
      } else {
        out += "<path d=\"\(dots.joined())\"/>\n"
      }
    case .image(let raster, _, _):
      closeGroup()
      let last = lines[0][lines[0].count - 1]
      let data = base64(PNGEncoder.encode(raster))
      out += """
        <image x="\(coordinate(first.x))" y="\(coordinate(height - last.y))" \
        width="\(coordinate(last.x - first.x))" height="\(coordinate(last.y - first.y))" \
        preserveAspectRatio="none" style="image-rendering:pixelated" \
        href="data:image/png;base64,\(data)"/>

        """
    case .text(let text, _, let size, let anchor, let color, let isTurned):
      write(text, at: first, size: size, anchor: anchor, color: color, isTurned: isTurned)
    }
  }

  // MARK: Text

  private mutating func write(
    _ text: RichText, at point: Point, size: Double, anchor: Anchor, color: Color, isTurned: Bool
  ) {
    let anchoring =
      switch anchor {
      case .start: ""
      case .middle: " text-anchor=\"middle\""
      case .end: " text-anchor=\"end\""
      }
    group(
      "fill=\"\(hex(color))\" font-size=\"\(coordinate(size))\"\(anchoring)"
        + (text.isBold ? " font-weight=\"bold\"" : ""))
    let (x, y) = (coordinate(point.x), coordinate(height - point.y))
    out +=
      isTurned
      ? "<text transform=\"translate(\(x) \(y))rotate(-90)\">" : "<text x=\"\(x)\" y=\"\(y)\">"
    var height = 0.0
    var kern = 0.0
    for run in text.runs {
      kern += run.kern
      guard !run.text.isEmpty else { continue }
      var attributes = ""
      if run.rise != height { attributes += " dy=\"\(coordinate((height - run.rise) * size))\"" }
      if kern != 0 { attributes += " dx=\"\(coordinate(kern * size))\"" }
      if run.scale != 1 { attributes += " font-size=\"\(coordinate(run.scale * size))\"" }
      if run.isItalic { attributes += " font-style=\"italic\"" }
      if run.isSerif { attributes += " font-family=\"'DejaVu Serif',Georgia,serif\"" }
      let words = escaped(run.text)
      out += attributes.isEmpty ? words : "<tspan\(attributes)>\(words)</tspan>"
      height = run.rise
      kern = 0
    }
    out += "</text>\n"
  }

  // MARK: Groups

  private mutating func group(_ attributes: String) {
    guard openGroup != attributes else { return }
    closeGroup()
    out += "<g \(attributes)>\n"
    openGroup = attributes
  }

  private mutating func closeGroup() {
    if openGroup != nil { out += "</g>\n" }
    openGroup = nil
  }

  // MARK: Values

  private func place(_ point: Point) -> String {
    "\(coordinate(point.x)) \(coordinate(height - point.y))"
  }

  /// A path in relative steps of whole hundredths, so that rounding never adds up.
  private func path(_ points: [Point]) -> String {
    var result = "M\(place(points[0]))"
    var last = hundredths(points[0])
    var isFirst = true
    for point in points.dropFirst() {
      let next = hundredths(point)
      guard next != last else { continue }
      let x = decimalText(next.0 - last.0)
      let y = decimalText(next.1 - last.1)
      result += isFirst ? "l" : x.hasPrefix("-") ? "" : " "
      result += "\(x)\(y.hasPrefix("-") ? "" : " ")\(y)"
      last = next
      isFirst = false
    }
    return result
  }

  private func hundredths(_ point: Point) -> (Int, Int) {
    (Int((point.x * 100).rounded()), Int(((height - point.y) * 100).rounded()))
  }

  private func alpha(_ prefix: String, _ opacity: Double) -> String {
    opacity < 1 ? " \(prefix)opacity=\"\(coordinate(opacity))\"" : ""
  }

  private func hex(_ color: Color) -> String {
    "#"
      + [color.red, color.green, color.blue].map { component in
        let digits = String(component, radix: 16)
        return digits.count < 2 ? "0\(digits)" : digits
      }.joined()
  }
}

/// A length with at most two decimals.
func coordinate(_ value: Double) -> String {
  decimalText(Int((value * 100).rounded()))
}

/// Hundredths as a decimal without needless zeros: -50 is "-.5".
private func decimalText(_ hundredths: Int) -> String {
  let sign = hundredths < 0 ? "-" : ""
  let (whole, part) = hundredths.magnitude.quotientAndRemainder(dividingBy: 100)
  if part == 0 { return "\(sign)\(whole)" }
  let digits = part % 10 == 0 ? "\(part / 10)" : part < 10 ? "0\(part)" : "\(part)"
  return "\(sign)\(whole == 0 ? "" : "\(whole)").\(digits)"
}

/// Text as it may stand in XML, in an element or an attribute.
func escaped(_ text: String) -> String {
  var result = ""
  for character in text.unicodeScalars {
    switch character {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    default: result.unicodeScalars.append(character)
    }
  }
  return result
}
