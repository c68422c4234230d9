import NeuralNetworks
import Testing

@Suite struct SpectralNormalizationTests {
  /// Singular values by Jacobi's rotations of the columns, in double precision.
  func singularValues(_ matrix: Matrix) -> [Double] {
    var columns = (0..<matrix.columns).map { j in
      (0..<matrix.rows).map { Double(matrix[$0, j]) }
    }
    func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    for _ in 0..<60 {
      for i in columns.indices {
        for j in columns.indices where j > i {
          let (a, b, c) = (
            dot(columns[i], columns[i]), dot(columns[j], columns[j]), dot(columns[i], columns[j])
          )
          guard abs(c) > 1e-15 * (a * b).squareRoot() else { continue }
          let zeta = (b - a) / (2 * c)
          let t = (zeta < 0 ? -1 : 1) / (abs(zeta) + (1 + zeta * zeta).squareRoot())
          let cosine = 1 / (1 + t * t).squareRoot()
          let sine = cosine * t
          (columns[i], columns[j]) = (
            zip(columns[i], columns[j]).map { cosine * $0 - sine * $1 },
            zip(columns[i], columns[j]).map { sine * $0 + cosine * $1 }
          )
        }
      }
    }
    return columns.map { dot($0, $0).squareRoot() }.sorted(by: >)
  }

  @Test(arguments: [(2, 64), (64, 64), (64, 1), (5, 3), (1, 1)])
  func `weights have the gain as their largest singular value`(inputs: Int, outputs: Int) {
    var random = TestGenerator(state: 7)
    let weight = randomMatrix(inputs, outputs, &random)
    let layer = Dense(
      weight: weight, bias: Matrix(rows: 1, columns: outputs), activation: nil, spectralGain: 4)
    let store = ParameterStore()
    let placed = PlacedNetwork(Network([layer]), in: store)
    let graph = Graph()
    let x = graph.input(columns: inputs)
    let program = Program(
      graph, batch: 2, store: store, outputs: [placed(x)],
      updates: placed.spectralUpdates(in: graph))
    for _ in 0..<300 { program.run() }
    let normalized = placed.network.layers[0]
    #expect(normalized.spectralGain == nil)
    #expect(abs(singularValues(normalized.weight)[0] - 4) < 2e-3)
    // The direction stays: a multiple of the weights.
    let factor = Float(4 / singularValues(weight)[0])
    for (a, b) in zip(normalized.weight.values, weight.values) {
      #expect(abs(a - factor * b) < 2e-3 * (1 + abs(a)))
    }
  }

  @Test func `one step of the iteration a run follows weights that move`() {
    var random = TestGenerator(state: 8)
    var network = Network(sizes: [2, 32, 32, 1], hidden: .tanh, using: &random)
    for index in network.layers.indices { network.layers[index].spectralGain = 1.5 }
    let store = ParameterStore()
    let placed = PlacedNetwork(network, in: store)
    let graph = Graph()
    let x = graph.input(columns: 2)
    let loss = placed(x).map(.tanh).sum()
    let gradients = graph.gradients(
      of: loss, withRespectTo: placed.parameters.map { graph.parameter($0) })
    let program = Program(
      graph, batch: 16, store: store,
      updates: zip(placed.parameters, gradients).map {
        .init($0, gradient: $1, by: Adam(learningRate: 1e-3))
      } + placed.spectralUpdates(in: graph))
    program.write(randomMatrix(16, 2, &random), to: x)
    for _ in 0..<200 { program.run() }
    let trained = placed.network
    #expect(trained.layers[1].weight != network.layers[1].weight)
    for layer in trained.layers { #expect(abs(singularValues(layer.weight)[0] - 1.5) < 0.05) }
  }

  @Test func `the gain is kept in a file, and a wrong one refused`() throws {
    var random = TestGenerator(state: 9)
    var network = Network(sizes: [2, 3, 1], hidden: .leakyReLU(slope: 0.2), using: &random)
    network.layers[0].spectralGain = 2.5
    #expect(try NetworkFile.network(from: NetworkFile.bytes(of: network)) == network)
  }
}
