import Foundation
import NeuralNetworks
import Testing

@Suite struct NetworkTextTests {
  @Test(arguments: [1, 2, 3, 7])
  func `a network survives JSON with every bit`(width: Int) throws {
    var random = TestGenerator(state: 1)
    let network = Network(sizes: [2, width, 1], hidden: .tanh, using: &random)
    let data = try JSONEncoder().encode(network)
    #expect(try JSONDecoder().decode(Network.self, from: data) == network)
    // The text is Base64 as others read it.
    let text = try JSONDecoder().decode(String.self, from: data)
    #expect(Data(base64Encoded: text) == Data(NetworkFile.bytes(of: network)))
  }

  @Test(arguments: ["", "TEVD", "TEVDVE5FVDE=", "####", "TEV", "====", "TE=D"])
  func `other texts are refused`(text: String) throws {
    let data = try JSONEncoder().encode(text)
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(Network.self, from: data) }
  }

  @Test func `a network is evaluated as its formula says, in any number of rows`() {
    var random = TestGenerator(state: 2)
    let network = Network(sizes: [2, 3, 1], hidden: .leakyReLU(slope: 0.2), using: &random)
    for rows in [0, 1, 5, 1025] {
      let x = randomMatrix(rows, 2, &random)
      let y = network(x)
      #expect(y.rows == rows && y.columns == 1)
      for row in 0..<rows {
        var values = [x[row, 0], x[row, 1]].map(Double.init)
        for layer in network.layers {
          values = (0..<layer.weight.columns).map { j in
            let sum = values.indices.reduce(Double(layer.bias[0, j])) {
              $0 + values[$1] * Double(layer.weight[$1, j])
            }
            return layer.activation == nil || sum > 0 ? sum : 0.2 * sum
          }
        }
        #expect(abs(values[0] - Double(y[row, 0])) < 1e-5)
      }
    }
  }
}
