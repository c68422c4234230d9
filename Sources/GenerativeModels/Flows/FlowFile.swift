import Distributions
public import NeuralNetworks

/// A flow as bytes, to keep it in a file.
///
/// Little-endian throughout: the eight characters `LECTFLO1`; the scale (Float64); the latent law (UInt32: 0 normal, 1 disc,
/// 2 scaled) and its number (Float64, 0 where it has none); the number of couplings (UInt32); for each of them the transform
/// (UInt32: 0 affine, 1 spline), the number of bins (UInt32) and the bound (Float64), both 0 where it is affine, the number of bytes
/// (UInt32) of its conditioner, and the conditioner in the format of `NetworkFile`; last the FNV-1a hash (UInt64) of all bytes
/// before it.
public enum FlowFile {
  private static let magic = "LECTFLO1"

  /// The bytes of a flow.
  public static func bytes(of flow: NormalizingFlow) -> [UInt8] {
    var writer = ByteWriter(magic: magic)
    let (latent, number): (UInt32, Double) =
      switch flow.latent {
      case .normal: (0, 0)
      case .disc(let mass): (1, mass)
      case .scaled(let factor): (2, factor)
      }
    writer.append([flow.scale])
    writer.append(latent)
    writer.append([number])
    writer.append(UInt32(flow.couplings.count))
    for coupling in flow.couplings {
      let (transform, bins, bound): (UInt32, Int, Double) =
        switch coupling.transform {
        case .affine: (0, 0, 0)
        case .spline(let bins, let bound): (1, bins, bound)
        }
      let network = NetworkFile.bytes(of: coupling.conditioner)
      writer.append(transform)
      writer.append(UInt32(bins))
      writer.append([bound])
      writer.append(UInt32(network.count))
      writer.append(network)
    }
    return writer.sealed()
  }

  /// The flow that the bytes hold.
  ///
  /// - Throws: `FormatError` when they hold none: foreign, cut short, damaged, or with numbers that no flow has.
  public static func flow(from bytes: [UInt8]) throws(FormatError) -> NormalizingFlow {
    var reader = try ByteReader(bytes, magic: magic, subject: "flow")
    let scale = try reader.double("the scale")
    let latentCode = try reader.integer(UInt32.self, "the latent law")
    let number = try reader.double("the latent law")
    let latent: FlowLatent
    switch latentCode {
    case 0: latent = .normal
    case 1: latent = .disc(mass: number)
    case 2: latent = .scaled(number)
    default: throw reader.failure("it has the unknown latent law \(latentCode)")
    }
    let count = Int(try reader.integer(UInt32.self, "the number of couplings"))
    guard (1...1024).contains(count) else { throw reader.failure("it has \(count) couplings") }
    var couplings: [Coupling] = []
    for index in 1...count {
      let place = "coupling \(index)"
      let code = try reader.integer(UInt32.self, place)
      let bins = Int(try reader.integer(UInt32.self, place))
      let bound = try reader.double(place)
      guard code <= 1 else { throw reader.failure("\(place) has the unknown transform \(code)") }
      let size = Int(try reader.integer(UInt32.self, place))
      let part = Array(try reader.slice(size, place))
      let conditioner: Network
      do {
        conditioner = try NetworkFile.network(from: part)
      } catch {
        throw reader.failure("\(place): \(error.reason)")
      }
      couplings.append(
        Coupling(code == 0 ? .affine : .spline(bins: bins, bound: bound), conditioner: conditioner))
    }
    try reader.finish()
    do {
      return try NormalizingFlow(couplings: couplings, scale: scale, latent: latent)
    } catch {
      throw reader.failure(error.description)
    }
  }
}
