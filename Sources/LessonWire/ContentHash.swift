import CXXHash

/// A 128-bit content hash (XXH3): names cache entries and tells whether two contents are the same.
///
/// It guards against accident, not against an adversary; the cache is the user's own.
public struct ContentHash: Hashable, Sendable, CustomStringConvertible {
  private let high: UInt64
  private let low: UInt64

  /// The hash of bytes.
  public init(of bytes: [UInt8]) {
    let hash = bytes.withUnsafeBytes { XXH3_128bits($0.baseAddress, $0.count) }
    high = hash.high64
    low = hash.low64
  }

  /// The hash of a text's UTF-8 bytes.
  public init(of text: String) { self.init(of: Array(text.utf8)) }

  /// The hash of several texts; where one ends and the next begins matters.
  public init(ofParts parts: [String]) {
    var bytes: [UInt8] = []
    for part in parts {
      bytes += Record.header(count: part.utf8.count)
      bytes += part.utf8
    }
    self.init(of: bytes)
  }

  /// 32 hexadecimal digits.
  public var description: String { Self.hexadecimal(high) + Self.hexadecimal(low) }

  /// The first 64 bits.
  public var prefix64: UInt64 { high }

  private static func hexadecimal(_ word: UInt64) -> String {
    let digits = String(word, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
