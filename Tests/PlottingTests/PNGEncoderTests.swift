import Testing

@testable import Plotting

@Suite struct PNGEncoderTests {
  /// 100 x 60 levels; cases, since whole images as arguments would fill the log.
  enum Image: CaseIterable {
    case even, stripes, noise, products

    var levels: [UInt8] {
      (0..<6000).map { index in
        switch self {
        case .even: 7
        case .stripes: UInt8(truncatingIfNeeded: index / 13)
        case .noise: UInt8(truncatingIfNeeded: (index &* 2_654_435_761) >> 13)
        case .products: UInt8(truncatingIfNeeded: index % 100 * (index / 100))
        }
      }
    }
  }

  @Test(arguments: Image.allCases)
  func `an image survives`(image: Image) throws {
    let levels = image.levels
    let raster = Raster(
      columns: 100, rows: 60, levels: levels, palette: (0...255).map { .viridis(Double($0) / 255) })
    let png = PNGEncoder.encode(raster)
    #expect(png[16..<24].elementsEqual([0, 0, 0, 100, 0, 0, 0, 60]))
    // Signature 8, IHDR 25, PLTE 12 + 768.
    let start = 8 + 25 + 12 + 768
    let length = png[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
    #expect(png[(start + 4)..<(start + 8)].elementsEqual("IDAT".utf8))
    let data = Array(png[(start + 8)..<(start + 8 + length)])
    let rows = try inflate(Array(data.dropFirst(2).dropLast(4)))
    var expected: [UInt8] = []
    for row in (0..<60).reversed() { expected += [0] + levels[(row * 100)..<(row * 100 + 100)] }
    #expect(rows == expected)
  }

  @Test func `base64 follows RFC 4648`() {
    let vectors = ["": "", "f": "Zg==", "fo": "Zm8=", "foo": "Zm9v", "foobar": "Zm9vYmFy"]
    for (text, code) in vectors { #expect(base64(Array(text.utf8)) == code) }
  }

  private struct BadStream: Error {}

  /// RFC 1951 for one block of the fixed code, written from the tables of the RFC.
  private func inflate(_ bytes: [UInt8]) throws -> [UInt8] {
    let lengths = [
      3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115,
      131, 163, 195, 227, 258,
    ]
    let lengthBits = [
      0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
    ]
    let distances = [
      1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537,
      2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577,
    ]
    var position = 0
    func bit() throws -> Int {
      guard position / 8 < bytes.count else { throw BadStream() }
      defer { position += 1 }
      return Int(bytes[position / 8] >> (position % 8) & 1)
    }
    func bits(_ count: Int) throws -> Int {
      try (0..<count).reduce(0) { try $0 | bit() << $1 }
    }
    func code(_ count: Int, _ start: Int = 0) throws -> Int {
      try (0..<count).reduce(start) { value, _ in try value << 1 | bit() }
    }
    func symbol() throws -> Int {
      var value = try code(7)
      if value <= 0b0010111 { return 256 + value }
      value = try code(1, value)
      if value >= 0b0011_0000, value <= 0b1011_1111 { return value - 0b0011_0000 }
      if value >= 0b1100_0000, value <= 0b1100_0111 { return 280 + value - 0b1100_0000 }
      return try code(1, value) - 0b1_1001_0000 + 144
    }
    guard try bits(3) == 0b011 else { throw BadStream() }
    var output: [UInt8] = []
    while true {
      let next = try symbol()
      if next < 256 {
        output.append(UInt8(next))
        continue
      }
      if next == 256 { return output }
      let length = try lengths[next - 257] + bits(lengthBits[next - 257])
      let slot = try code(5)
      let distance = try distances[slot] + bits(max(0, slot / 2 - 1))
      guard distance <= output.count else { throw BadStream() }
      for _ in 0..<length { output.append(output[output.count - distance]) }
    }
  }
}
