import Plotting
import Testing

/// A value of another module that is drawn by marks.
private struct Tent: FigureContent {
  var peak: Double

  func draw(into drawing: inout Drawing) throws {
    guard peak > 0 else { throw Flat() }
    try drawing.add(Line(x: [0, 0.5, 1], y: [0, peak, 0]).label("tent"))
    drawing.suggest(
      x: Axis("recall", range: 0...1), y: Axis("precision", range: 0...1), equal: true)
  }

  struct Flat: Error {}
}

@Suite struct FigureContentTests {
  @Test func `content suggests axes, the author decides`() {
    let suggested = Figure { Tent(peak: 1) }.description
    #expect(suggested.contains("recall from 0 to 1, precision from 0 to 1"))
    let decided = Figure { Tent(peak: 1) }.xAxis("$\\beta$", range: 0...2).description
    #expect(decided.contains("β from 0 to 2, precision from 0 to 1"))
  }

  @Test func `content is evaluated when drawn, and may throw`() {
    let figure = Figure { Tent(peak: 0) }
    #expect(throws: Tent.Flat.self) { try figure.svg() }
  }

  @Test func `loops, conditions and panels describe themselves`() {
    let figure = Figure(columns: 2) {
      for count in 1...2 {
        Panel {
          for index in 0..<count {
            Line(x: [0, 1], y: [0, Double(index + 1)]).label("slope $\\lambda_\(index)$")
          }
          if count == 2 { VerticalRule(x: 0.5).label("half") }
        }
        .title("\(count) of them")
      }
    }
    #expect(
      figure.description == """
        Panel 1, 1 of them: x from 0 to 1, y from 0 to 1.05. Shown: line “slope λ_0”, from 0 to 1. \
        Panel 2, 2 of them: x from 0 to 1, y from 0 to 2.1. Shown: line “slope λ_0”, from 0 to 1; \
        line “slope λ_1”, from 0 to 2; vertical rule at 0.5 “half”.
        """)
  }
}
