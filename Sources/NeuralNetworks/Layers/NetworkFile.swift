/// A network as bytes, to keep it in a file.
///
/// Little-endian throughout: the eight characters `LECTNET1`; the number of layers (UInt32); for each layer the
/// numbers of inputs and outputs (UInt32 each), the activation (UInt32: 0 none, 1 leaky ReLU, 2 tanh,
/// 3 sigmoid, 4 softplus, 5 exp, 6 SiLU) and its slope (Float32, 0 where it has none), the gain of spectral normalisation
/// (Float32, 0 for none), then the weights row by row and the biases (Float32 each); last the FNV-1a hash (UInt64) of all bytes
/// before it.
public enum NetworkFile {
  private static let magic = "LECTNET1"
  private static let largest = 1 << 24

  /// The bytes of a network.
  public static func bytes(of network: Network) -> [UInt8] {
    var writer = ByteWriter(magic: magic)
    writer.append(UInt32(network.layers.count))
    for layer in network.layers {
      let (code, slope) = code(of: layer.activation)
      writer.append(UInt32(layer.weight.rows))
      writer.append(UInt32(layer.weight.columns))
      writer.append(code)
      writer.append([slope, layer.spectralGain ?? 0] + layer.weight.values + layer.bias.values)
    }
    return writer.sealed()
  }

  /// The network that the bytes hold.
  ///
  /// - Throws: `FormatError` when they hold none: foreign, cut short, damaged, or with numbers that are not finite.
  public static func network(from bytes: [UInt8]) throws(FormatError) -> Network {
    var reader = try ByteReader(bytes, magic: magic, subject: "network")
    let count = Int(try reader.integer(UInt32.self, "the number of layers"))
    guard (1...1024).contains(count) else { throw reader.failure("it has \(count) layers") }
    var layers: [Dense] = []
    for index in 1...count {
      let place = "layer \(index)"
      let inputs = Int(try reader.integer(UInt32.self, place))
      let outputs = Int(try reader.integer(UInt32.self, place))
      let code = try reader.integer(UInt32.self, place)
      guard (1...largest).contains(inputs), (1...largest).contains(outputs) else {
        throw reader.failure("\(place) has \(inputs) inputs and \(outputs) outputs")
      }
      if let last = layers.last, last.weight.columns != inputs {
        throw reader.failure("\(place) has \(inputs) inputs after \(last.weight.columns) outputs")
      }
      let slope = try reader.floats(1, place)[0]
      guard let activation = activation(code, slope: slope) else {
        throw reader.failure("\(place) has the unknown activation \(code)")
      }
      let gain = try reader.floats(1, place)[0]
      guard gain >= 0 else { throw reader.failure("\(place) has the spectral gain \(gain)") }
      let weight = try reader.floats(inputs * outputs, place)
      let bias = try reader.floats(outputs, place)
      layers.append(
        Dense(
          weight: Matrix(rows: inputs, columns: outputs, values: weight),
          bias: Matrix(rows: 1, columns: outputs, values: bias), activation: activation.function,
          spectralGain: gain > 0 ? gain : nil))
    }
    try reader.finish()
    return Network(layers)
  }

  private static func code(of activation: Function?) -> (UInt32, slope: Float) {
    switch activation {
    case .leakyReLU(let slope): (1, slope)
    case .tanh: (2, 0)
    case .sigmoid: (3, 0)
    case .softplus: (4, 0)
    case .exp: (5, 0)
    case .silu: (6, 0)
    case nil: (0, 0)
    default: preconditionFailure("a layer's activation is one of those that a file can hold")
    }
  }

  private static func activation(_ code: UInt32, slope: Float) -> (function: Function?, Void)? {
    switch code {
    case 0: (nil, ())
    case 1: (.leakyReLU(slope: slope), ())
    case 2: (.tanh, ())
    case 3: (.sigmoid, ())
    case 4: (.softplus, ())
    case 5: (.exp, ())
    case 6: (.silu, ())
    default: nil
    }
  }
}
