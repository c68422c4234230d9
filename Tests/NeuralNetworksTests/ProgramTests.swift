import Testing

@testable import NeuralNetworks

@Suite("Compiled programs")
struct ProgramTests {
  /// A step of a small network with every kind of node that works in place.
  func step(batch: Int, seed: UInt64) -> (Program, loss: Tensor, output: Tensor, ParameterStore) {
    var generator = TestGenerator(state: seed)
    let store = ParameterStore()
    let network = PlacedNetwork(
      Network(sizes: [3, 16, 9, 2], hidden: .leakyReLU(slope: 0.2), using: &generator), in: store)
    let graph = Graph()
    let x = graph.input(columns: 3)
    let y = network(x)
    let output = y.map(.tanh).times(y) + y.affine(scale: -0.5, offset: 1) - y.map(.exp)
    let loss = (1 / Float(batch)) * output.times(output).sum()
    let gradients = graph.gradients(
      of: loss, withRespectTo: network.parameters.map { graph.parameter($0) })
    let program = Program(
      graph, batch: batch, store: store, outputs: [loss, output],
      updates: zip(network.parameters, gradients).map {
        .init($0, gradient: $1, by: Adam(learningRate: 1e-2))
      })
    program.write(randomMatrix(batch, 3, &generator), to: x)
    return (program, loss, output, store)
  }

  func bits(_ matrix: Matrix) -> [UInt32] { matrix.values.map(\.bitPattern) }

  @Test("give the same bits on one thread and on two", arguments: [2, 3, 5, 8, 31, 256])
  func threads(_ batch: Int) {
    let (parallel, loss, output, _) = step(batch: batch, seed: 5)
    for _ in 0..<20 { parallel.run() }
    let expected = (bits(parallel.value(of: loss)), bits(parallel.value(of: output)))
    let (serial, sameLoss, sameOutput, _) = step(batch: batch, seed: 5)
    for _ in 0..<20 { serial.runInTurn() }
    #expect(bits(serial.value(of: sameLoss)) == expected.0)
    #expect(bits(serial.value(of: sameOutput)) == expected.1)
  }

  @Test("descend")
  func descent() {
    let (program, loss, _, _) = step(batch: 64, seed: 6)
    program.run()
    let first = program.number(of: loss)
    for _ in 0..<300 { program.run() }
    #expect(program.number(of: loss) < first / 2)
  }

  @Test("do not mix up values that share memory")
  func reuse() {
    // The same tree of sums twice: once in a program of its own for each node, once all at once.
    var generator = TestGenerator(state: 7)
    let input = randomMatrix(12, 5, &generator)
    func nodes(_ x: Tensor) -> [Tensor] {
      var all = [x]
      for round in 0..<6 {
        let last = all[all.count - 1]
        let older = all[max(0, all.count - 3)]
        all.append(last.map(.tanh) + older)
        all.append(all[all.count - 1].times(last).affine(scale: 0.5, offset: Float(round)))
        all.append(-(all[all.count - 1] - older).map(.sigmoid))
      }
      return all
    }
    let count = nodes(Graph().input(columns: 5)).count
    let graph = Graph()
    let x = graph.input(columns: 5)
    let outputs = nodes(x)
    let all = Program(graph, batch: 12, store: ParameterStore(), outputs: outputs)
    all.write(input, to: x)
    all.run()
    for index in 0..<count {
      let graph = Graph()
      let x = graph.input(columns: 5)
      let output = nodes(x)[index]
      let alone = Program(graph, batch: 12, store: ParameterStore(), outputs: [output])
      alone.write(input, to: x)
      alone.run()
      #expect(bits(alone.value(of: output)) == bits(all.value(of: outputs[index])), "node \(index)")
    }
  }
}
