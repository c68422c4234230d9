import NeuralNetworks
import Testing

/// A generator for tests: splitmix64.
struct TestGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}

func randomMatrix(_ rows: Int, _ columns: Int, _ generator: inout TestGenerator) -> Matrix {
  Matrix(
    rows: rows, columns: columns,
    values: (0..<(rows * columns)).map { _ in Float.random(in: -1...1, using: &generator) })
}

@Suite("Gradients")
struct GradientTests {
  /// Compares the gradient of a scalar with symmetric differences in every entry of every parameter.
  func compare(
    parameters shapes: [(Int, Int)], inputs: [Int], batch: Int = 5, seed: UInt64,
    tolerance: Float = 2e-3, _ build: ([Tensor], [Tensor]) -> Tensor
  ) {
    var generator = TestGenerator(state: seed)
    let store = ParameterStore()
    let graph = Graph()
    let parameters = shapes.map { store.add(randomMatrix($0.0, $0.1, &generator)) }
    let tensors = parameters.map { graph.parameter($0) }
    let x = inputs.map { graph.input(columns: $0) }
    let loss = build(tensors, x)
    let gradients = graph.gradients(of: loss, withRespectTo: tensors)
    let program = Program(graph, batch: batch, store: store, outputs: [loss] + gradients)
    for x in x {
      program.write(randomMatrix(batch, x.columns, &generator), to: x)
    }
    program.run()
    let found = gradients.map { program.value(of: $0) }
    for (parameter, gradient) in zip(parameters, found) {
      let original = store[parameter]
      for index in original.values.indices {
        let step: Float = 1 / 256
        let sides = [step, -step].map { step -> Double in
          store[parameter].values[index] = original.values[index] + step
          program.run()
          return Double(program.value(of: loss).values[0])
        }
        store[parameter] = original
        let difference = Float((sides[0] - sides[1]) / Double(2 * step))
        #expect(
          abs(difference - gradient.values[index]) <= tolerance * (1 + abs(difference)),
          "entry \(index) of \(original.rows) x \(original.columns): \(gradient.values[index]), by differences \(difference)"
        )
      }
    }
  }

  @Test(
    "of a layer, for each function",
    arguments: [
      Function.tanh, .sigmoid, .softplus, .exp, .leakyReLU(slope: 0.2),
    ])
  func functions(_ function: Function) {
    compare(parameters: [(3, 6), (1, 6), (6, 1)], inputs: [3], seed: 1) { p, x in
      ((x[0] * p[0] + p[1]).map(function) * p[2]).sum()
    }
  }

  @Test("of functions of positive numbers", arguments: [Function.log, .squareRoot, .reciprocal])
  func positive(_ function: Function) {
    compare(parameters: [(3, 6), (1, 6)], inputs: [3], seed: 2) { p, x in
      (x[0] * p[0] + p[1]).map(.softplus).affine(scale: 1, offset: 0.5).map(function).sum()
    }
  }

  @Test("of products, sums and shapes")
  func shapes() {
    compare(parameters: [(4, 4), (1, 4)], inputs: [4, 4], seed: 3) { p, x in
      let y = (x[0] * p[0]).times(x[1]) + p[1]
      let z = y.columns(1..<3).beside(x[0]).columns(0..<5)
      return (z.times(z).sumOfColumns() - y.sumOfColumns()).map(.tanh).sum()
    }
  }

  @Test("of a gradient penalty: second derivatives through the critic")
  func penalty() {
    compare(parameters: [(2, 8), (1, 8), (8, 1)], inputs: [2], batch: 7, seed: 4) { p, x in
      let critic = (x[0] * p[0] + p[1]).map(.softplus) * p[2]
      let slope = x[0].gradient(of: critic)
      let length = slope.times(slope).sumOfColumns().map(.squareRoot)
      let excess = length.affine(scale: 1, offset: -1)
      return excess.times(excess).sum()
    }
  }
}
