import RealModule
import Testing

@testable import NeuralNetworks

@Suite("Networks in double precision")
struct PreciseNetworkTests {
  typealias Lanes = PreciseNetwork.Lanes

  func evaluate(_ network: PreciseNetwork, _ x: [Lanes]) -> [Lanes] {
    var y = [Lanes](repeating: .zero, count: network.outputs)
    var room = [Lanes](repeating: .zero, count: network.roomCount)
    network.evaluate(x, into: &y, room: &room)
    return y
  }

  @Test(
    "agree with a plain loop",
    arguments: [Function.silu, .tanh, .leakyReLU(slope: 0.2), .softplus, .sigmoid])
  func plainLoop(_ function: Function) {
    var generator = TestGenerator(state: 1)
    let network = Network(sizes: [3, 6, 5, 2], hidden: function, using: &generator)
    var x = [Lanes](repeating: .zero, count: 3)
    for i in 0..<3 {
      for lane in 0..<8 { x[i][lane] = Double.random(in: -3...3, using: &generator) }
    }
    let y = evaluate(PreciseNetwork(network), x)
    for lane in 0..<8 {
      var values = x.map { $0[lane] }
      for layer in network.layers {
        values = (0..<layer.weight.columns).map { j in
          let sum = values.indices.reduce(Double(layer.bias[0, j])) {
            $0 + values[$1] * Double(layer.weight[$1, j])
          }
          return layer.activation?.value(sum) ?? sum
        }
      }
      for j in 0..<2 { #expect(abs(y[j][lane] - values[j]) <= 1e-14 * (1 + abs(values[j]))) }
    }
  }

  @Test("give a point the same bits in every lane")
  func lanes() {
    var generator = TestGenerator(state: 2)
    let network = PreciseNetwork(Network(sizes: [1, 7, 7, 3], hidden: .silu, using: &generator))
    var mixed = Lanes.zero
    for lane in 0..<8 { mixed[lane] = Double.random(in: -9...9, using: &generator) }
    let together = evaluate(network, [mixed])
    for lane in 0..<8 {
      let alone = evaluate(network, [Lanes(repeating: mixed[lane])])
      for j in 0..<3 { #expect(alone[j][0] == together[j][lane]) }
    }
  }

  @Test("have a SiLU that is right to double precision, also far out")
  func silu() {
    let network = PreciseNetwork(
      Network([
        Dense(
          weight: Matrix(rows: 1, columns: 1, values: [1]),
          bias: Matrix(rows: 1, columns: 1), activation: .silu)
      ]))
    for index in -4000...4000 {
      let x = Double(index) / 50
      let y = evaluate(network, [Lanes(repeating: x)])[0][0]
      let truth = x / (1 + .exp(-x))
      #expect(abs(y - truth) <= 1e-15 * abs(truth))
    }
    for (x, y) in [(1e300, 1e300), (-1e300, 0.0), (Double.infinity, .infinity)] {
      let value = evaluate(network, [Lanes(repeating: x)])[0][0]
      #expect(abs(value - y) <= 1e-3 || value == y, "\(x): \(value)")
    }
    #expect(evaluate(network, [Lanes(repeating: .nan)])[0][0].isNaN)
  }
}
