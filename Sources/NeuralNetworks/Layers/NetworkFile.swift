/// A network as bytes, to keep it in a file.
///
/// Little-endian throughout: the eight characters `LECTNET1`; the number of layers (UInt32); for each layer the
/// numbers of inputs and outputs (UInt32 each), the activation (UInt32: 0 none, 1 leaky ReLU, 2 tanh,
/// 3 sigmoid, 4 softplus, 5 exp) and its slope (Float32, 0 where it has none), the gain of spectral normalisation (Float32,
/// 0 for none), then the weights row by row and the biases (Float32 each); last the FNV-1a hash (UInt64) of all bytes before it.
public enum NetworkFile {
  /// Why bytes are not a network.
  public struct FormatError: Error, Hashable, CustomStringConvertible {
    /// What is wrong, and where.
    public var reason: String

    /// For example "not a network: the file ends in layer 2".
    public var description: String { "not a network: \(reason)" }
  }

  private static let magic = Array("LECTNET1".utf8)
  private static let largest = 1 << 24

  /// The bytes of a network.
  public static func bytes(of network: Network) -> [UInt8] {
    var bytes = magic
    func append(_ value: some FixedWidthInteger) {
      withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
    }
    append(UInt32(network.layers.count))
    for layer in network.layers {
      let (code, slope) = code(of: layer.activation)
      append(UInt32(layer.weight.rows))
      append(UInt32(layer.weight.columns))
      append(code)
      for value in [slope, layer.spectralGain ?? 0] + layer.weight.values + layer.bias.values {
        append(value.bitPattern)
      }
    }
    append(hash(bytes[...]))
    return bytes
  }

  /// The network that the bytes hold.
  ///
  /// - Throws: `FormatError` when they hold none: foreign, cut short, damaged, or with numbers that are not finite.
  public static func network(from bytes: [UInt8]) throws(FormatError) -> Network {
    guard bytes.starts(with: magic) else {
      throw FormatError(reason: "it does not start with LECTNET1")
    }
    var position = magic.count
    func read<Value: FixedWidthInteger>(_: Value.Type, _ place: String) throws(FormatError) -> Value
    {
      let size = MemoryLayout<Value>.size
      guard position + size <= bytes.count else {
        throw FormatError(reason: "the file ends in \(place)")
      }
      defer { position += size }
      return bytes[position..<(position + size)].reversed().reduce(0) { $0 << 8 | Value($1) }
    }
    func floats(_ count: Int, _ place: String) throws(FormatError) -> [Float] {
      guard count <= (bytes.count - position) / 4 else {
        throw FormatError(reason: "the file ends in \(place)")
      }
      var values: [Float] = []
      values.reserveCapacity(count)
      for _ in 0..<count {
        let value = Float(bitPattern: try read(UInt32.self, place))
        guard value.isFinite else { throw FormatError(reason: "\(place) has the value \(value)") }
        values.append(value)
      }
      return values
    }
    let count = Int(try read(UInt32.self, "the number of layers"))
    guard (1...1024).contains(count) else { throw FormatError(reason: "it has \(count) layers") }
    var layers: [Dense] = []
    for index in 1...count {
      let place = "layer \(index)"
      let (inputs, outputs) = (Int(try read(UInt32.self, place)), Int(try read(UInt32.self, place)))
      let code = try read(UInt32.self, place)
      guard (1...largest).contains(inputs), (1...largest).contains(outputs) else {
        throw FormatError(reason: "\(place) has \(inputs) inputs and \(outputs) outputs")
      }
      if let last = layers.last, last.weight.columns != inputs {
        throw FormatError(
          reason: "\(place) has \(inputs) inputs after \(last.weight.columns) outputs")
      }
      let slope = try floats(1, place)[0]
      guard let activation = activation(code, slope: slope) else {
        throw FormatError(reason: "\(place) has the unknown activation \(code)")
      }
      let gain = try floats(1, place)[0]
      guard gain >= 0 else { throw FormatError(reason: "\(place) has the spectral gain \(gain)") }
      let weight = try floats(inputs * outputs, place)
      let bias = try floats(outputs, place)
      layers.append(
        Dense(
          weight: Matrix(rows: inputs, columns: outputs, values: weight),
          bias: Matrix(rows: 1, columns: outputs, values: bias), activation: activation.function,
          spectralGain: gain > 0 ? gain : nil))
    }
    let end = position
    guard try read(UInt64.self, "the checksum") == hash(bytes[..<end]), position == bytes.count
    else { throw FormatError(reason: "its checksum is wrong: it was damaged") }
    return Network(layers)
  }

  private static func code(of activation: Function?) -> (UInt32, slope: Float) {
    switch activation {
    case .leakyReLU(let slope): (1, slope)
    case .tanh: (2, 0)
    case .sigmoid: (3, 0)
    case .softplus: (4, 0)
    case .exp: (5, 0)
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
    default: nil
    }
  }

  private static func hash(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}
