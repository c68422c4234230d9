import Foundation
import Plotting

func normal(_ mean: Double, _ sd: Double) -> @Sendable (Double) -> Double {
  { exp(-($0 - mean) * ($0 - mean) / (2 * sd * sd)) / (sd * 2.506628274631) }
}

/// Every kind of mark, scale and legend at least once.
enum SampleFigure: String, CaseIterable {
  case densities, curve, grid, bars, logarithmic, density, steps, crowd

  func make() -> Figure {
    switch self {
    case .densities:
      Figure(width: 7, height: 4.2) {
        Area(over: -4...6, upper: { min(0.5 * normal(0, 1)($0), normal(1, 2)($0)) })
          .color(.overlap).label("$\\alpha_\\lambda$")
        Line(over: -4...6, normal(0, 1)).label("target $p$").color(.target)
        Line(over: -4...6, normal(1, 2)).label("model $\\hat p$").color(.model)
      }
      .title("Two densities & <one> overlap").xAxis("$x$").yAxis("density")
    case .curve:
      Figure(width: 5, height: 5) {
        Line(x: [0, 0.5, 0.9, 1], y: [1, 0.9, 0.5, 0]).label("curve")
        Points(x: [0.5, 0.9], y: [0.9, 0.5]).color(.model).label("#1 \"quoted\"")
        VerticalRule(x: 0.3).label("$\\bar\\beta_0$")
        HorizontalRule(y: 0.7).label("$\\bar\\alpha_\\infty$")
        Annotation("low recall", x: 0.2, y: 0.3, placement: .right)
      }
      .xAxis("recall", range: 0...1).yAxis("precision", range: 0...1).equalAxes()
    case .grid:
      Figure(columns: 2, width: 9, height: 7) {
        for mean in [0.0, 1, 2] {
          Panel {
            Line(over: -4...6, normal(0, 1)).label("target").color(.target)
            if mean > 0 { Line(over: -4...6, normal(mean, 1)).label("model").color(.model) }
          }
          .title("mean \(mean)")
        }
      }
      .title("Three means").xAxis("$x$")
    case .bars:
      Figure {
        Bars(
          categories: ["a", "b", "c"], values: [0.5, 0.25, 0.25], labels: ["1/2", "1/4", "1/4"]
        )
        .color(.target).label("target")
        Bars(categories: ["a", "b", "c"], values: [0.25, -0.5, 0.25]).color(.model).label("model")
      }
    case .logarithmic:
      Figure {
        Line(over: 0.01...100) { min(1, $0) }.label("$\\min(1,\\lambda)$")
        Area(x: [0.1, 1, 10], upper: [0.1, 0.5, 0.9], lower: [0.05, 0.1, 0.2])
      }
      .xAxis("$\\lambda$", scale: .log).yAxis("y", scale: .log)
    case .density:
      Figure(width: 6, height: 4.6) {
        DensityImage(x: -3...3, y: -2...2) { x, y in exp(-x * x - y * y) }
        Contour(x: -3...3, y: -2...2, levels: [0.2, 0.5]) { x, y in exp(-x * x - y * y) }
      }
      .equalAxes()
    case .steps:
      Figure {
        Steps(x: [0, 1, 2, 3], y: [0.2, 0.5, 1]).label("$F$")
        Polygon(x: [0, 1, 1], y: [0, 0, 1]).label("region")
        Points(x: [1], y: [0.5]).marker(.ring)
        Points(x: [2], y: [0.5]).marker(.triangle)
      }
      .legend(.above)
    case .crowd:
      Figure {
        Points(
          x: (0..<40_000).map { cos(Double($0)) * Double($0) }, y: (0..<40_000).map(Double.init)
        )
        .color(.target)
        Points(
          x: (0..<40_000).map { sin(Double($0)) * Double($0) }, y: (0..<40_000).map(Double.init)
        ).color(.model)
        Line(
          x: (0..<100_000).map(Double.init),
          y: (0..<100_000).map { sin(Double($0 * $0 % 7919)) * 20_000 })
      }
    }
  }
}
