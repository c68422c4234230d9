extension Figure {
  /// The figure as one SVG element, to be put inline in a page or written to a file.
  ///
  /// The same figure gives the same bytes. Throws `PlotError`, or what a mark's source throws.
  public func svg() throws -> String {
    // Each try is coarser, the last by more than the width of a line.
    for tolerance in [0.05, 0.2, 0.8, 2.4] {
      let svg = try scene(tolerance: tolerance).svg()
      if svg.utf8.count < Self.largestSVG { return svg }
    }
    throw PlotError.renderer(
      detail: "the SVG is larger than \(Self.largestSVG / 1000) kB: draw fewer marks or points")
  }

  /// What a page and a repository bear, in bytes.
  private static let largestSVG = 300_000

  /// The figure as a PNG image: `scale` is 1 for 96 pixels an inch, 2 for twice as many.
  public func png(scale: Double = 2) throws -> [UInt8] {
    let scene = try scene()
    let unit = scale * 96 / 72
    let longest = max(scene.width, scene.height) * unit
    guard scale > 0, longest >= 16, longest <= 16_000 else {
      throw PlotError.invalidSetting(
        name: "scale of the image", detail: "\(scale) gives no image of 16 to 16000 pixels")
    }
    return try Device.png.render(
      width: Int((scene.width * unit).rounded()), height: Int((scene.height * unit).rounded())
    ) { canvas throws(PlotError) in canvas.draw(scene, unit: unit) }
  }

  /// The figure as a PDF page of its own size, fonts embedded.
  public func pdf() throws -> [UInt8] {
    let scene = try scene()
    func render(unit: Int) throws -> [UInt8] {
      try Device.pdf.render(
        width: Int((scene.width * Double(unit)).rounded()),
        height: Int((scene.height * Double(unit)).rounded())
      ) { canvas throws(PlotError) in canvas.draw(scene, unit: Double(unit)) }
    }
    let fine = PDFPage(try render(unit: 8))
    return try fine.shrunk(width: scene.width, height: scene.height, unit: 8) ?? render(unit: 1)
  }

  /// The figure in words, worked out from its data: alternative text for who cannot see it.
  public var description: String {
    (try? scene().description) ?? "A figure that cannot be drawn."
  }
}
