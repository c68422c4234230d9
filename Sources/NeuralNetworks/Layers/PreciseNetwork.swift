import RealModule

/// A network's function in double precision, eight points side by side.
///
/// Parameters are those of single precision, exactly; only the arithmetic is finer. What a point gives does not depend on
/// its lane nor on the other points.
public struct PreciseNetwork: Sendable {
  /// The same quantity at eight points.
  public typealias Lanes = SIMD8<Double>

  private struct Layer {
    var inputs: Int
    var outputs: Int
    /// Inputs x outputs.
    var weight: [Double]
    var bias: [Double]
    var activation: Function?
  }

  private let layers: [Layer]

  /// The numbers of inputs and outputs.
  public var inputs: Int { layers[0].inputs }

  /// The number of outputs.
  public var outputs: Int { layers[layers.count - 1].outputs }

  /// How much room an evaluation needs.
  public let roomCount: Int

  /// The function of a network.
  public init(_ network: Network) {
    layers = network.layers.map { layer in
      Layer(
        inputs: layer.weight.rows, outputs: layer.weight.columns,
        weight: layer.weight.values.map(Double.init), bias: layer.bias.values.map(Double.init),
        activation: layer.activation)
    }
    roomCount = 2 * (layers.map(\.outputs).max() ?? 0)
  }

  /// Computes the outputs at eight points.
  ///
  /// - Parameters:
  ///   - x: the inputs, `inputs` of them.
  ///   - y: room for the outputs, `outputs` of them.
  ///   - room: room for `roomCount` more.
  public func evaluate(
    _ x: UnsafePointer<Lanes>, into y: UnsafeMutablePointer<Lanes>,
    room: UnsafeMutablePointer<Lanes>
  ) {
    var x = x
    for (index, layer) in layers.enumerated() {
      let half = index.isMultiple(of: 2) ? room : room + roomCount / 2
      let output = index == layers.count - 1 ? y : half
      Self.apply(layer, to: x, into: output)
      x = UnsafePointer(output)
    }
  }

  private static func apply(
    _ layer: Layer, to x: UnsafePointer<Lanes>, into y: UnsafeMutablePointer<Lanes>
  ) {
    let outputs = layer.outputs
    layer.weight.withUnsafeBufferPointer { weight in
      layer.bias.withUnsafeBufferPointer { bias in
        let (w, b) = (weight.baseAddress!, bias.baseAddress!)
        var j = 0
        // Four outputs at a time stay in registers.
        while j + 4 <= outputs {
          var (s0, s1) = (Lanes(repeating: b[j]), Lanes(repeating: b[j + 1]))
          var (s2, s3) = (Lanes(repeating: b[j + 2]), Lanes(repeating: b[j + 3]))
          for i in 0..<layer.inputs {
            let (row, value) = (w + i * outputs + j, x[i])
            s0 = s0.addingProduct(value, row[0])
            s1 = s1.addingProduct(value, row[1])
            s2 = s2.addingProduct(value, row[2])
            s3 = s3.addingProduct(value, row[3])
          }
          (y[j], y[j + 1], y[j + 2], y[j + 3]) = (s0, s1, s2, s3)
          j += 4
        }
        while j < outputs {
          var sum = Lanes(repeating: b[j])
          for i in 0..<layer.inputs { sum = sum.addingProduct(x[i], w[i * outputs + j]) }
          y[j] = sum
          j += 1
        }
      }
    }
    guard let activation = layer.activation else { return }
    if activation == .silu {
      for j in 0..<outputs { y[j] = silu(y[j]) }
    } else {
      for j in 0..<outputs { for lane in 0..<8 { y[j][lane] = activation.value(y[j][lane]) } }
    }
  }
}

/// `x / (1 + e^-x)`, to about 2e-16.
@inline(__always)
private func silu(_ x: SIMD8<Double>) -> SIMD8<Double> {
  let bounded = x.replacing(with: SIMD8(repeating: -700), where: x .< -700)
    .replacing(with: SIMD8(repeating: 700), where: x .> 700)
  // -x = n log 2 + r with |r| <= log(2) / 2. Adding 1.5 * 2^52 rounds to an integer, left in the low bits.
  let magic = SIMD8<Double>(repeating: 0x1.8p52)
  let shifted = magic - bounded * 1.442_695_040_888_963_4
  let n = shifted - magic
  let integer =
    unsafeBitCast(shifted, to: SIMD8<Int64>.self) &- unsafeBitCast(magic, to: SIMD8<Int64>.self)
  let r = (-bounded - n * 0x1.62e42feep-1) - n * 0x1.a39ef35793c76p-33
  var p = SIMD8<Double>(repeating: 1 / 479_001_600)
  p = SIMD8(repeating: 1 / 39_916_800).addingProduct(p, r)
  p = SIMD8(repeating: 1 / 3_628_800).addingProduct(p, r)
  p = SIMD8(repeating: 1 / 362_880).addingProduct(p, r)
  p = SIMD8(repeating: 1 / 40_320).addingProduct(p, r)
  p = SIMD8(repeating: 1 / 5040).addingProduct(p, r)
  p = SIMD8(repeating: 1 / 720).addingProduct(p, r)
  p = SIMD8(repeating: 1 / 120).addingProduct(p, r)
  p = SIMD8(repeating: 1 / 24).addingProduct(p, r)
  p = SIMD8(repeating: 1 / 6).addingProduct(p, r)
  p = SIMD8(repeating: 0.5).addingProduct(p, r)
  p = SIMD8(repeating: 1).addingProduct(p, r)
  p = SIMD8(repeating: 1).addingProduct(p, r)
  let power = unsafeBitCast(
    (integer &+ SIMD8(repeating: 1023)) &<< SIMD8(repeating: 52), to: SIMD8<Double>.self)
  return x / (1 + p * power)
}

extension Function {
  /// The function of a number, in double precision.
  public func value(_ x: Double) -> Double {
    switch self {
    case .leakyReLU(let slope): max(x, 0) + Double(slope) * min(x, 0)
    case .leakyReLUSlope(let slope): x > 0 ? 1 : Double(slope)
    case .tanh: .tanh(x)
    case .sigmoid: 1 / (1 + .exp(-x))
    case .softplus: max(x, 0) + .log(onePlus: .exp(-abs(x)))
    case .silu: x / (1 + .exp(-x))
    case .siluSlope: Self.siluSlope(x)
    case .exp: .exp(x)
    case .log: .log(x)
    case .squareRoot: x.squareRoot()
    case .reciprocal: 1 / x
    case .atMost(let bound): min(x, Double(bound))
    case .atLeast(let bound): max(x, Double(bound))
    case .isBelow(let bound): x < Double(bound) ? 1 : 0
    }
  }

  private static func siluSlope(_ x: Double) -> Double {
    let s = 1 / (1 + Double.exp(-x))
    return s * (1 + x / (1 + .exp(x)))
  }
}
