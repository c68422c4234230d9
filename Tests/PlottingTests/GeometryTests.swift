import Foundation
import Testing

@testable import Plotting

@Suite struct GeometryTests {
  @Test func `level lines of a circle are closed and on the circle`() {
    let n = 101
    let values = (0..<n * n).map { index in
      let x = Double(index % n) - 50
      let y = Double(index / n) - 50
      return (x * x + y * y).squareRoot()
    }
    let lines = MarchingSquares(columns: n, rows: n, values: values).lines(at: 30.3)
    #expect(lines.count == 1)
    #expect(lines[0].first == lines[0].last)
    for point in lines[0] {
      #expect(abs(hypot(point.x - 50, point.y - 50) - 30.3) < 0.01)
    }
  }

  @Test func `a saddle gives two lines that do not cross`() {
    let lines = MarchingSquares(columns: 2, rows: 2, values: [1, 0, 0, 1]).lines(at: 0.6)
    #expect(lines.count == 2 && lines.allSatisfy { $0.count == 2 })
  }

  @Test func `dashes cover the share of the line that the pattern says`() {
    let line = (0...100).map { SIMD2(Double($0), 0) }
    let strokes = dashes(of: line, pattern: [4, 1])
    let drawn = strokes.reduce(0) { $0 + $1[$1.count - 1].x - $1[0].x }
    #expect(abs(drawn - 80) < 1e-9)
    #expect(strokes.count == 20)
  }

  @Test func `clipping keeps what is inside`() {
    let box = Rectangle(left: 0, bottom: 0, right: 10, top: 10)
    let pieces = clip(line: [[-5, 5], [5, 5], [5, 20], [8, 20], [8, 5]], to: box)
    #expect(pieces == [[[0, 5], [5, 5], [5, 10]], [[8, 10], [8, 5]]])
    let region = clip(polygon: [[-5, -5], [15, -5], [15, 15], [-5, 15]], to: box)
    #expect(Set(region) == [[0, 0], [10, 0], [10, 10], [0, 10]])
    #expect(clip(polygon: [[20, 20], [30, 20], [30, 30]], to: box).isEmpty)
  }

  @Test func `simplifying keeps within its tolerance`() {
    let line = (0...1000).map { SIMD2(Double($0) / 10, 20 * sin(Double($0) / 60)) }
    let few = simplify(line, tolerance: 0.05)
    #expect(few.count < 100)
    for point in line {
      let next = few.firstIndex { $0.x >= point.x }!
      let (a, b) = (few[max(next - 1, 0)], few[next])
      let part = b.x > a.x ? (point.x - a.x) / (b.x - a.x) : 0
      #expect(abs(point.y - (a.y + (b.y - a.y) * part)) < 0.2)
    }
  }
}
