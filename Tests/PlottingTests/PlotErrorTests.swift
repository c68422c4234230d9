import Testing

@testable import Plotting

@Suite struct PlotErrorTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    /// What the message must contain.
    let message: String
    let figure: @Sendable () -> Figure
  }

  static let cases: [Case] = [
    Case(testDescription: "no marks", message: "has no marks") { Figure {} },
    Case(testDescription: "no panels", message: "has no marks") { Figure(columns: 2) {} },
    Case(testDescription: "an empty panel", message: "panel 2") {
      Figure(columns: 2) {
        Panel { Points(x: [1], y: [1]) }
        Panel {}
      }
    },
    Case(testDescription: "empty line", message: "line \"empty one\" has no data") {
      Figure { Line(x: [], y: []).label("empty one") }
    },
    Case(testDescription: "empty bars", message: "bars has no data") {
      Figure { Bars(categories: [], values: []) }
    },
    Case(testDescription: "empty levels", message: "levels has no data") {
      Figure { Contour(x: 0...1, y: 0...1, levels: []) { $0 + $1 } }
    },
    Case(testDescription: "mismatched points", message: "x has 2 values and y has 1") {
      Figure { Points(x: [1, 2], y: [1]) }
    },
    Case(testDescription: "mismatched bars", message: "1 categories for 2 values") {
      Figure { Bars(categories: ["a"], values: [1, 2]) }
    },
    Case(testDescription: "mismatched bar labels", message: "1 labels for 2 values") {
      Figure { Bars(categories: ["a", "b"], values: [1, 2], labels: ["1"]) }
    },
    Case(testDescription: "bars of other categories", message: "the same categories") {
      Figure {
        Bars(categories: ["a"], values: [1])
        Bars(categories: ["b"], values: [1])
      }
    },
    Case(testDescription: "mismatched steps", message: "as many or one more") {
      Figure { Steps(x: [1, 2, 3], y: [1]) }
    },
    Case(testDescription: "NaN in data", message: "line \"model\": y[1] is nan") {
      Figure { Line(x: [1, 2], y: [1, .nan]).label("model") }
    },
    Case(testDescription: "infinite x", message: "x[0] is inf") {
      Figure { Points(x: [.infinity], y: [1]) }
    },
    Case(testDescription: "infinite function", message: "its value is inf at x = 0.0") {
      Figure { Line(over: 0...1) { 1 / $0 } }
    },
    Case(testDescription: "NaN image", message: "density image: its value is nan") {
      Figure { DensityImage(x: -1...1, y: -1...1) { x, y in (x + y).squareRoot() } }
    },
    Case(testDescription: "NaN rule", message: "vertical rule") {
      Figure { VerticalRule(x: .nan) }
    },
    Case(testDescription: "log of zero", message: "0.0 has no place on the logarithmic x axis") {
      Figure { Line(x: [0, 1], y: [1, 1]) }.xAxis(scale: .log)
    },
    Case(testDescription: "log of a negative value", message: "logarithmic y axis") {
      Figure { Line(over: 0...1) { $0 - 0.5 } }.yAxis(scale: .log)
    },
    Case(testDescription: "log range from zero", message: "logarithmic x axis") {
      Figure { Points(x: [1], y: [1]) }.xAxis(range: 0...1, scale: .log)
    },
    Case(testDescription: "empty axis range", message: "y axis: 2.0...2.0") {
      Figure { Points(x: [1], y: [1]) }.yAxis(range: 2...2)
    },
    Case(testDescription: "infinite axis range", message: "x axis") {
      Figure { Points(x: [1], y: [1]) }.xAxis(range: 0...(.infinity))
    },
    Case(testDescription: "range narrower than rounding", message: "too narrow") {
      Figure { Points(x: [1], y: [1]) }.xAxis(range: 1e9...1e9.nextUp)
    },
    Case(testDescription: "empty function range", message: "drawn over 1.0...1.0") {
      Figure { Line(over: 1...1) { $0 } }
    },
    Case(testDescription: "zero width", message: "width of the figure: 0.0") {
      Figure(width: 0) { Points(x: [1], y: [1]) }
    },
    Case(testDescription: "NaN height", message: "height of the figure: nan") {
      Figure(height: .nan) { Points(x: [1], y: [1]) }
    },
    Case(testDescription: "huge width", message: "width of the figure") {
      Figure(width: 1e9) { Points(x: [1], y: [1]) }
    },
    Case(testDescription: "no columns", message: "columns of the figure: 0") {
      Figure(columns: 0) { Panel { Points(x: [1], y: [1]) } }
    },
    Case(testDescription: "panels without room", message: "no room") {
      Figure(columns: 8, width: 2, height: 2) {
        for _ in 0..<64 { Panel { Points(x: [1], y: [1]) } }
      }
    },
    Case(testDescription: "a grid of no columns", message: "columns of density image: 0") {
      Figure { DensityImage(x: 0...1, y: 0...1, columns: 0) { $0 + $1 } }
    },
    Case(testDescription: "an image on a logarithmic axis", message: "needs linear axes") {
      Figure { DensityImage(x: 1...2, y: 1...2) { $0 + $1 } }.xAxis(scale: .log)
    },
    Case(testDescription: "opacity", message: "opacity of a mark: 2.0") {
      Figure { Points(x: [1], y: [1]).opacity(2) }
    },
    Case(testDescription: "NaN line width", message: "width of a mark: nan") {
      Figure { Points(x: [1], y: [1]).width(.nan) }
    },
    Case(testDescription: "unknown TeX", message: "unknown TeX command \\foo") {
      Figure { Points(x: [1], y: [1]) }.title("$\\foo$")
    },
    Case(testDescription: "unclosed TeX", message: "no $ closes") {
      Figure { Points(x: [1], y: [1]).label("5$") }
    },
    Case(testDescription: "a function that throws", message: "line: its function threw: Refusal()")
    {
      Figure { Line(over: 0...1) { _ in throw Refusal() } }
    },
    Case(testDescription: "equal axes on a log scale", message: "equal axes must be linear") {
      Figure { Points(x: [1], y: [1]) }.xAxis(scale: .log).equalAxes()
    },
  ]

  struct Refusal: Error {}

  @Test(arguments: cases)
  func `bad input is refused in every format`(bad: Case) throws {
    let error = #expect(throws: PlotError.self) { try bad.figure().svg() }
    #expect(error?.description.contains(bad.message) == true, "\(error?.description ?? "none")")
    #expect(throws: PlotError.self) { try bad.figure().png() }
    #expect(throws: PlotError.self) { try bad.figure().pdf() }
    #expect(bad.figure().description == "A figure that cannot be drawn.")
  }

  @Test(arguments: [0, -1, .nan, .infinity, 1e9, 1e-9])
  func `a PNG of an impossible size is refused`(scale: Double) {
    #expect(throws: PlotError.self) { try Figure { Points(x: [1], y: [1]) }.png(scale: scale) }
  }

  /// Odd but legal: each is drawn, none traps.
  static let extremes: [([Double], [Double])] = [
    ([1e300, -1e300], [1e-300, 2e-300]), ([0, 0], [0, 0]), ([1.7e308, -1.7e308], [1, 2]),
    ([.leastNonzeroMagnitude, 0], [1, 1]), ([1, 1 + 1e-15], [1, 1]),
    ([1e15, 1e15 + 1], [-1e-9, 1e-9]),
    ([3], [7]),
  ]

  @Test(arguments: extremes)
  func `extreme values are drawn or refused, never a trap`(x: [Double], y: [Double]) {
    for scale in [Scale.linear, .log] {
      let figure = Figure {
        Line(x: x, y: y).label("line")
        Points(x: x, y: y)
        Area(x: x, upper: y)
      }
      .xAxis(scale: scale)
      do {
        #expect(try figure.svg().hasPrefix("<svg"))
      } catch {
        #expect(error is PlotError)
      }
    }
  }

  @Test func `data far outside the axes is clipped`() throws {
    let scene = try Figure {
      Line(x: [-1e300, 0.5, 1e300], y: [-1e200, 0.5, 1e308])
      Points(x: [1e9], y: [0])
      Polygon(x: [-1e9, 1e9, 0], y: [-1e9, 0, 1e9])
      DensityImage(x: -50...50, y: -50...50) { $0 * $1 }
    }
    .xAxis(range: 0...1).yAxis(range: 0...1).scene()
    for primitive in scene.primitives {
      let places =
        switch primitive {
        case .stroke(let lines, _, _, _): lines.flatMap { $0 }
        case .fill(let region, _, _): region
        case .dots(let centers, _, _, _, _): centers
        case .image(_, let origin, let size): [origin, origin + size]
        case .text(_, let place, _, _, _, _): [place]
        }
      for place in places {
        #expect((0...scene.width).contains(place.x) && (0...scene.height).contains(place.y))
      }
    }
  }
}
