import Testing

@testable import NeuralNetworks

@Suite("Functions of the caller's")
struct DetachedFunctionTests {
  @Test("are applied entry by entry, and no gradient flows through them")
  func detached() {
    let (store, graph) = (ParameterStore(), Graph())
    let parameter = store.add(Matrix(rows: 2, columns: 1, values: [1, 2]))
    let x = graph.input(columns: 2)
    let y = x * graph.parameter(parameter)
    let weight = y.mapDetached { $0 * $0 + 1 }
    let gradient = graph.parameter(parameter).gradient(of: weight.times(y).sum())
    let program = Program(graph, batch: 3, store: store, outputs: [weight, gradient])
    program.write(Matrix(rows: 3, columns: 2, values: [1, 0, 0, 1, 1, 1]), to: x)
    program.run()
    #expect(program.value(of: weight).values == [2, 5, 10])
    #expect(program.value(of: gradient).values == [2 + 10, 5 + 10])
    #expect(program.rows(of: weight, shard: 0).elementsEqual([2, 5]))
    #expect(program.rows(of: weight, shard: 1).elementsEqual([10]))
  }

  @Test("are equal to themselves only, so that a graph does not merge two of them")
  func distinct() {
    let graph = Graph()
    let x = graph.input(columns: 1)
    let (a, b) = (x.mapDetached { $0 + 1 }, x.mapDetached { $0 + 2 })
    let program = Program(graph, batch: 2, store: ParameterStore(), outputs: [a, b])
    program.run()
    #expect(program.value(of: a).values == [1, 1])
    #expect(program.value(of: b).values == [2, 2])
  }
}
