import RealModule
import Testing

@testable import NeuralNetworks

@Suite("Dense layers in few passes")
struct DenseKernelsTests {
  @Test(
    "equal the definition, small dimensions and odd sizes included",
    arguments: [nil, .leakyReLU(slope: 0.2), .tanh] as [Function?], [false, true])
  func definition(_ function: Function?, _ transposedRight: Bool) {
    var generator = TestGenerator(state: 2)
    let sizes = [1, 2, 3, 4, 5, 8, 9, 33, 40, 64]
    for rows in sizes {
      for columns in sizes {
        for inner in sizes {
          let a = randomMatrix(rows, inner, &generator)
          let b = randomMatrix(
            transposedRight ? columns : inner, transposedRight ? inner : columns, &generator)
          let bias = randomMatrix(1, columns, &generator)
          let (value, scale) = ProductTests.exact(a, false, b, transposedRight)
          let (left, right, row) = (paddedFloats(a), paddedFloats(b), paddedFloats(bias))
          let c = alignedFloats(paddedCount(rows * columns))
          let scratch = alignedFloats(4 * (rows + columns + inner))
          defer { for room in [left, right, row, c, scratch] { room.deallocate() } }
          dense(
            left, right, transposedRight, bias: row, into: c, rows: rows, columns: columns,
            inner: inner, scratch: scratch, function)
          for i in value.indices {
            let sum = value[i] + Double(bias.values[i % columns])
            // All three have slopes of at most 1; tanh itself is good to 2 units in the last place.
            let bound = Double(Float.ulpOfOne) * Double(inner + 4) * (scale[i] + 2)
            guard abs(Double(c[i]) - Self.apply(function, to: sum)) <= bound else {
              Issue.record(
                "entry \(i) of \(rows) x \(inner) x \(columns): \(c[i]), not \(Self.apply(function, to: sum))"
              )
              return
            }
          }
        }
      }
    }
  }

  @Test("are what a plan makes of a product, a bias and a function")
  func plan() {
    var generator = TestGenerator(state: 3)
    let store = ParameterStore()
    let network = PlacedNetwork(
      Network(sizes: [2, 16, 16, 1], hidden: .leakyReLU(slope: 0.2), using: &generator), in: store)
    let graph = Graph()
    let y = network(graph.input(columns: 2))
    let plan = Plan(graph, outputs: [y.index])
    let operations = plan.order.map { plan.nodes[$0].operation }.filter {
      if case .parameter = $0 { false } else { $0 != .input }
    }
    let hidden = Operation.dense(.leakyReLU(slope: 0.2), transposedRight: false)
    #expect(operations == [hidden, hidden, .dense(nil, transposedRight: false)])
  }

  private static func apply(_ function: Function?, to x: Double) -> Double {
    switch function {
    case .leakyReLU(let slope): x > 0 ? x : Double(slope) * x
    case .tanh: .tanh(x)
    default: x
    }
  }

  /// A matrix as programs keep it: with zeros up to a whole cache line.
  private func paddedFloats(_ matrix: Matrix) -> Floats {
    let room = alignedFloats(paddedCount(matrix.values.count))
    room.update(from: matrix.values, count: matrix.values.count)
    return room
  }
}
