import RealModule
import Testing

@testable import NeuralNetworks

@Suite("A bound on the gradient's norm")
struct GradientNormBoundTests {
  /// How one step of descent at rate 1 moves two parameters whose gradients are `slope` in every entry.
  func moves(bound: Float?, slope: Float) -> (a: [Float], b: [Float]) {
    let (store, graph) = (ParameterStore(), Graph())
    let (a, b) = (
      store.add(Matrix(rows: 3, columns: 17)), store.add(Matrix(rows: 1, columns: 49))
    )
    let x = graph.input(columns: 3)
    let loss =
      slope * (x * graph.parameter(a)).sum() + (4 * slope) * graph.parameter(b).sum()
    let gradients = graph.gradients(
      of: loss, withRespectTo: [graph.parameter(a), graph.parameter(b)])
    let program = Program(
      graph, batch: 4, store: store,
      updates: zip([a, b], gradients).map {
        .init($0, gradient: $1, by: SGD(learningRate: 1))
      }, gradientNormBound: bound)
    program.write(Matrix(rows: 4, columns: 3, repeating: 1), to: x)
    program.run()
    return (store[a].values, store[b].values)
  }

  @Test("scales all gradients down together, to the bound")
  func scales() {
    // 100 entries of 4 slope each: the norm is 40 slope.
    let (a, b) = moves(bound: 5, slope: 1)
    for move in a + b { #expect(abs(move + 0.5) < 1e-6) }
  }

  @Test("leaves shorter gradients alone, bit for bit")
  func leaves() {
    let (bounded, free) = (moves(bound: 5, slope: 0.1), moves(bound: nil, slope: 0.1))
    #expect(bounded.a == free.a && bounded.b == free.b)
    #expect(moves(bound: 5, slope: 0).a.allSatisfy { $0 == 0 })
  }

  @Test("does not hide what is not finite")
  func notFinite() {
    #expect(moves(bound: 5, slope: .infinity).a.contains { !$0.isFinite })
    #expect(moves(bound: 5, slope: .nan).a.contains { $0.isNaN })
  }
}
