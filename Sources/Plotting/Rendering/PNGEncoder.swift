/// Writes an image of 256 colours as PNG: the same bytes everywhere, whatever zlib is installed.
enum PNGEncoder {
  static func encode(_ raster: Raster) -> [UInt8] {
    var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    append(
      "IHDR", bigEndian(raster.columns) + bigEndian(raster.rows) + [8, 3, 0, 0, 0], to: &file)
    append("PLTE", raster.palette.flatMap { [$0.red, $0.green, $0.blue] }, to: &file)
    var rows: [UInt8] = []
    rows.reserveCapacity((raster.columns + 1) * raster.rows)
    for row in (0..<raster.rows).reversed() {
      rows.append(0)
      rows += raster.levels[(row * raster.columns)..<((row + 1) * raster.columns)]
    }
    append("IDAT", zlib(rows), to: &file)
    append("IEND", [], to: &file)
    return file
  }

  private static func append(_ type: String, _ data: [UInt8], to file: inout [UInt8]) {
    let body = Array(type.utf8) + data
    file += bigEndian(data.count) + body + bigEndian(Int(crc(body)))
  }

  private static func bigEndian(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  private static func crc(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~0) { crc, byte in
      crcTable[Int(UInt8(truncatingIfNeeded: crc) ^ byte)] ^ (crc >> 8)
    }
  }

  private static let crcTable: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { crc, _ in crc & 1 == 1 ? 0xEDB8_8320 ^ (crc >> 1) : crc >> 1 }
  }

  /// RFC 1950: header, deflate stream, Adler-32.
  private static func zlib(_ bytes: [UInt8]) -> [UInt8] {
    var a = 1
    var b = 0
    for byte in bytes {
      a = (a + Int(byte)) % 65521
      b = (b + a) % 65521
    }
    var deflate = Deflate()
    deflate.compress(bytes)
    return [0x78, 0x01] + deflate.output + bigEndian(b << 16 | a)
  }
}

/// RFC 1951 with the fixed code and the latest match of three bytes: enough for smooth images.
private struct Deflate {
  private(set) var output: [UInt8] = []
  private var buffer: UInt32 = 0
  private var count: UInt32 = 0

  mutating func compress(_ bytes: [UInt8]) {
    write(0b011, bits: 3)  // the last block, fixed code
    var latest = [Int](repeating: -1, count: 1 << 15)
    var index = 0
    while index < bytes.count {
      var length = 0
      var distance = 0
      if index + 3 <= bytes.count {
        let key = hash(bytes, index)
        let candidate = latest[key]
        latest[key] = index
        if candidate >= 0, index - candidate <= 32_768 {
          let limit = min(258, bytes.count - index)
          while length < limit, bytes[candidate + length] == bytes[index + length] { length += 1 }
          distance = index - candidate
        }
      }
      if length >= 4 {
        writeMatch(length: length, distance: distance)
        // Positions inside a match are remembered too, save near the end.
        for inner in (index + 1)..<(index + length) where inner + 3 <= bytes.count {
          latest[hash(bytes, inner)] = inner
        }
        index += length
      } else {
        writeSymbol(Int(bytes[index]))
        index += 1
      }
    }
    writeSymbol(256)
    if count > 0 { write(0, bits: 8 - count) }
  }

  private func hash(_ bytes: [UInt8], _ index: Int) -> Int {
    let word =
      UInt32(bytes[index]) | UInt32(bytes[index + 1]) << 8 | UInt32(bytes[index + 2]) << 16
    return Int((word &* 2_654_435_761) >> 17)
  }

  private mutating func write(_ value: UInt32, bits: UInt32) {
    buffer |= value << count
    count += bits
    while count >= 8 {
      output.append(UInt8(truncatingIfNeeded: buffer))
      buffer >>= 8
      count -= 8
    }
  }

  /// Huffman codes go out with their highest bit first.
  private mutating func writeCode(_ code: Int, bits: Int) {
    for bit in (0..<bits).reversed() { write(UInt32(code >> bit & 1), bits: 1) }
  }

  private mutating func writeSymbol(_ symbol: Int) {
    switch symbol {
    case ...143: writeCode(0x30 + symbol, bits: 8)
    case ...255: writeCode(0x190 + symbol - 144, bits: 9)
    case ...279: writeCode(symbol - 256, bits: 7)
    default: writeCode(0xC0 + symbol - 280, bits: 8)
    }
  }

  private mutating func writeMatch(length: Int, distance: Int) {
    if length == 258 {
      writeSymbol(285)
    } else {
      let (code, extra, base) = Self.bucket(length - 3, perOctave: 4)
      writeSymbol(257 + code)
      write(UInt32(length - 3 - base), bits: UInt32(extra))
    }
    let (code, extra, base) = Self.bucket(distance - 1, perOctave: 2)
    writeCode(code, bits: 5)
    write(UInt32(distance - 1 - base), bits: UInt32(extra))
  }

  /// The bucket of a length or distance: its number, its extra bits, and its first value.
  private static func bucket(_ value: Int, perOctave: Int) -> (code: Int, extra: Int, base: Int) {
    guard value >= 2 * perOctave else { return (value, 0, value) }
    let octave = Int.bitWidth - 1 - value.leadingZeroBitCount
    let extra = octave - perOctave.trailingZeroBitCount
    let step = value >> extra
    return (perOctave * extra + step, extra, step << extra)
  }
}

/// RFC 4648.
func base64(_ bytes: [UInt8]) -> String {
  let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  var result: [UInt8] = []
  result.reserveCapacity(bytes.count * 4 / 3 + 4)
  for start in stride(from: 0, to: bytes.count, by: 3) {
    let group = bytes[start..<min(start + 3, bytes.count)]
    let word = group.enumerated().reduce(0) { $0 | Int($1.element) << (16 - 8 * $1.offset) }
    for position in 0..<4 {
      result.append(
        position <= group.count ? alphabet[word >> (18 - 6 * position) & 63] : UInt8(ascii: "="))
    }
  }
  return String(decoding: result, as: UTF8.self)
}
