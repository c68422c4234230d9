import FoundationEssentials

/// Bytes that travel as base64 inside a record: the PNG or PDF of a figure.
public struct Blob: Codable, Sendable, Hashable {
  /// The bytes.
  public var bytes: [UInt8]

  /// Wraps bytes for a record.
  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Decodes a base64 string.
  public init(from decoder: any Decoder) throws {
    bytes = [UInt8](try decoder.singleValueContainer().decode(Data.self))
  }

  /// Encodes the bytes as a base64 string.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(Data(bytes))
  }
}
