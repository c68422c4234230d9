extension Network: Codable {
  /// Reads the text that `encode(to:)` writes.
  ///
  /// - Throws: `DecodingError` when it is not a network.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    func corrupted(_ reason: String) -> DecodingError {
      .dataCorruptedError(in: container, debugDescription: reason)
    }
    guard let bytes = Base64.bytes(of: try container.decode(String.self)) else {
      throw corrupted("not a network: the text is not Base64")
    }
    do {
      self = try NetworkFile.network(from: bytes)
    } catch {
      throw corrupted("\(error)")
    }
  }

  /// Writes the bytes of `NetworkFile` as one text in Base64: every bit is kept.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(Base64.text(of: NetworkFile.bytes(of: self)))
  }
}

/// Bytes as text (RFC 4648), always padded.
enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func text(of bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = (0..<3).reduce(0) { $0 << 8 | ($1 < group.count ? Int(group[start + $1]) : 0) }
      for place in 0..<4 {
        let isPadding = place > group.count
        text.append(isPadding ? UInt8(ascii: "=") : alphabet[bits >> (18 - 6 * place) & 63])
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  static func bytes(of text: String) -> [UInt8]? {
    var codes = [UInt8?](repeating: nil, count: 256)
    for (code, letter) in alphabet.enumerated() { codes[Int(letter)] = UInt8(code) }
    let letters = Array(text.utf8)
    let padding = letters.reversed().prefix { $0 == UInt8(ascii: "=") }.count
    guard letters.count.isMultiple(of: 4), padding <= 2 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(letters.count / 4 * 3)
    var (bits, count) = (0, 0)
    for letter in letters.dropLast(padding) {
      guard let code = codes[Int(letter)] else { return nil }
      bits = bits << 6 | Int(code)
      count += 6
      guard count >= 8 else { continue }
      count -= 8
      bytes.append(UInt8(bits >> count & 255))
      bits &= 1 << count - 1
    }
    return bits == 0 ? bytes : nil
  }
}
