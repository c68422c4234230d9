import Foundation
import Testing

@testable import Plotting

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct RenderingTests {
  @Test(arguments: SampleFigure.allCases)
  func `the same figure gives the same bytes`(sample: SampleFigure) throws {
    #expect(try sample.make().svg() == sample.make().svg())
    // A crowd differs from the others in its SVG only, and takes long in the others.
    guard sample != .crowd else { return }
    #expect(try sample.make().png(scale: 1) == sample.make().png(scale: 1))
    #expect(try sample.make().pdf() == sample.make().pdf())
  }

  @Test(arguments: SampleFigure.allCases)
  func `an SVG is well-formed, scalable, small and names itself`(sample: SampleFigure) throws {
    let figure = sample.make()
    let svg = try figure.svg()
    #expect(svg.utf8.count < 300_000)
    let document = try SVGDocument(svg)
    let root = try #require(document.elements.first)
    #expect(root.name == "svg")
    #expect(root.attributes["xmlns"] == "http://www.w3.org/2000/svg")
    #expect(root.attributes["role"] == "img")
    #expect(root.attributes["aria-label"] == figure.description)
    let box = try #require(root.attributes["viewBox"]).split(separator: " ").compactMap {
      Double($0)
    }
    #expect(box.count == 4)
    #expect(abs(box[2] - figure.width * 72) < 0.01 && abs(box[3] - figure.height * 72) < 0.01)
    #expect(!svg.contains("<?xml") && !svg.contains("<!DOCTYPE") && !svg.contains(" id="))
    #expect(!svg.contains("nan") && !svg.contains("inf\""))
  }

  @Test(arguments: SampleFigure.allCases)
  func `every text of an SVG starts and ends on the page`(sample: SampleFigure) throws {
    let scene = try sample.make().scene()
    for case .text(let text, let place, let size, let anchor, _, let isTurned) in scene.primitives {
      let width = text.width * size
      let shift = anchor == .start ? 0 : anchor == .middle ? -width / 2 : -width
      let (start, limit) = isTurned ? (place.y, scene.height) : (place.x, scene.width)
      #expect(start + shift >= 0 && start + shift + width <= limit, "\(text.plain)")
      #expect(place.x >= 0 && place.x <= scene.width && place.y >= 0 && place.y <= scene.height)
    }
  }

  @Test(arguments: [1, 2, 3])
  func `long titles stay legible, on the page and out of each other's way`(columns: Int) throws {
    let title = "A very long title of the panel that cannot possibly fit beside $\\hat p$"
    let scene = try Figure(columns: columns, width: 11, height: columns == 1 ? 16 : 9) {
      for index in 0..<3 {
        Panel { Line(x: [0, 1], y: [0, 1]) }.title("\(index) \(title)")
      }
    }
    .title("\(title): \(title): \(title)").scene()
    let size = Theme(width: 11).titleSize
    var boxes: [Rectangle] = []
    for case .text(let text, let place, let own, let anchor, _, _) in scene.primitives
    where text.isBold {
      #expect(own >= size)
      let left = place.x - (anchor == .middle ? text.width * own / 2 : 0)
      boxes.append(
        Rectangle(
          left: left, bottom: place.y - 0.15 * own, right: left + text.width * own,
          top: place.y + 0.8 * own))
    }
    for (index, box) in boxes.enumerated() {
      #expect(box.left >= 0 && box.right <= scene.width && box.top <= scene.height)
      for other in boxes[..<index] {
        #expect(
          box.right <= other.left || other.right <= box.left || box.top <= other.bottom
            || other.top <= box.bottom)
      }
    }
    let words = try SVGDocument(scene.svg()).words.joined(separator: " ")
    for index in 0..<3 { #expect(words.contains("\(index) A very long")) }
  }

  @Test(arguments: [3, 100, 2000])
  func `points have the opacity and the marker asked for, however many they are`(count: Int) throws
  {
    let line = (0..<count).map { Double($0) }
    let scene = try Figure { Points(x: line, y: line).opacity(0.2).color(.target) }.scene()
    let opacities = scene.primitives.compactMap { primitive -> Double? in
      if case .dots(_, .target, _, let opacity, _) = primitive { opacity } else { nil }
    }
    #expect(opacities == [0.2])
    let diamonds = try Figure { Points(x: line, y: line).marker(.diamond).color(.target) }.scene()
    #expect(
      diamonds.primitives.contains { primitive in
        if case .fill(_, .target, _) = primitive { true } else { false }
      })
  }

  @Test func `without ticks on both axes there are neither grid nor axes`() throws {
    func figure(_ ticks: [Tick]) -> Figure {
      Figure { Line(x: [0, 1], y: [0, 1]) }.xAxis(ticks: ticks).yAxis(ticks: [])
    }
    func strokes(_ ticks: [Tick]) throws -> Int {
      let scene = try figure(ticks).scene()
      return scene.primitives.count { if case .stroke = $0 { true } else { false } }
    }
    #expect(try strokes([]) == 1)
    #expect(try strokes([Tick(0.5, "half")]) == 3)
    #expect(try figure([]).svg().contains("<path"))
  }

  @Test func `labels are text in an SVG, escaped`() throws {
    let words = try SVGDocument(SampleFigure.densities.make().svg()).words
    #expect(words.contains("Two densities & <one> overlap"))
    #expect(words.contains("model p\u{302}"))
    #expect(words.contains("αλ"))
    let curve = try SVGDocument(SampleFigure.curve.make().svg()).words
    #expect(curve.contains("#1 \"quoted\""))
  }

  @Test func `target and model differ without colour`() throws {
    let scene = try SampleFigure.densities.make().scene()
    func strokes(_ color: Color) -> Int {
      scene.primitives.reduce(0) { most, primitive in
        if case .stroke(let lines, color, _, _) = primitive { max(most, lines.count) } else { most }
      }
    }
    #expect(strokes(.target) == 1)
    #expect(strokes(.model) > 10)
  }

  @Test(arguments: [1.0, 2, 0.5])
  func `a PNG has the size asked for`(scale: Double) throws {
    let png = try SampleFigure.curve.make().png(scale: scale)
    #expect(png.prefix(8).elementsEqual([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
    func number(_ offset: Int) -> Int { png[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) } }
    #expect(number(16) == Int(5 * 96 * scale) && number(20) == Int(5 * 96 * scale))
  }

  @Test func `a PDF has one page of the figure's size`() throws {
    let pdf = try SampleFigure.densities.make().pdf()
    let text = String(decoding: pdf, as: Unicode.ASCII.self)
    #expect(text.hasPrefix("%PDF-"))
    let box = try #require(text.ranges(of: "/MediaBox").last)
    #expect(text[box.upperBound...].hasPrefix(" [ 0 0 504 302.4 ]"))
    // The incremental update points at its own objects.
    let start = try #require(text.ranges(of: "startxref\n").last)
    let offset = try #require(Int(text[start.upperBound...].prefix { $0.isNumber }))
    #expect(pdf[offset...].starts(with: "xref\n".utf8))
  }

  @Test func `sixteen threads draw what one draws`() async throws {
    let samples = SampleFigure.allCases.filter { $0 != .crowd && $0 != .density }
    let serial = try samples.map { try Rendered($0.make()) }
    try await withThrowingTaskGroup(of: (Int, Rendered).self) { group in
      for task in 0..<16 {
        group.addTask {
          let index = task % samples.count
          return (index, try Rendered(samples[index].make()))
        }
      }
      for try await (index, rendered) in group { #expect(rendered == serial[index]) }
    }
  }

  @Test func `without drivers PLplot neither asks nor ends the process`() async {
    await #expect(processExitsWith: .success) {
      setenv("PLPLOT_DRV_DIR", "/nonexistent", 1)
      #expect(throws: PlotError.self) { try SampleFigure.bars.make().svg() }
      #expect(throws: PlotError.self) { try SampleFigure.bars.make().png() }
    }
  }

  @Test func `a missing driver is named with its package`() async {
    await #expect(processExitsWith: .success) {
      let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      // A driver that exists, but not ours.
      try Data("null:Null device:-1:null:42:null\n".utf8)
        .write(to: folder.appending(path: "null.driver_info"))
      setenv("PLPLOT_DRV_DIR", folder.path, 1)
      #expect(throws: PlotError.missingDriver(format: "PNG", package: "plplot-driver-cairo")) {
        try SampleFigure.bars.make().png()
      }
    }
  }

  @Test func `a figure that throws leaves the next one whole`() throws {
    let before = try SampleFigure.curve.make().svg()
    #expect(throws: PlotError.self) { try Figure { Line(x: [1], y: [.nan]) }.svg() }
    #expect(throws: PlotError.self) { try Figure { Line(x: [1, 2], y: [1, 2]) }.png(scale: -1) }
    #expect(try SampleFigure.curve.make().svg() == before)
  }
}

private struct Rendered: Equatable, Sendable {
  let svg: String
  let png: [UInt8]
  let pdf: [UInt8]

  init(_ figure: Figure) throws {
    svg = try figure.svg()
    png = try figure.png(scale: 1)
    pdf = try figure.pdf()
  }
}

/// The elements of an SVG in order, and the words of its texts.
private final class SVGDocument: NSObject, XMLParserDelegate {
  private(set) var elements: [(name: String, attributes: [String: String])] = []
  private(set) var words: [String] = []
  private var current: String?

  init(_ svg: String) throws {
    super.init()
    let parser = XMLParser(data: Data(svg.utf8))
    parser.delegate = self
    guard parser.parse() else { throw CocoaError(.propertyListReadCorrupt) }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    elements.append((name, attributes))
    if name == "text" { current = "" }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { current?.append(string) }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    guard name == "text", let finished = current else { return }
    words.append(finished)
    current = nil
  }
}
