/// The lines of PLplot's SVG by the width of their pen.
struct PLplotSVG {
  var lines: [Int: [[Point]]] = [:]

  /// Reads every `points` attribute, and the `stroke-width` that stands before it.
  init(_ bytes: [UInt8]) throws(PlotError) {
    var number: Int?
    var index = 0
    while let quote = bytes[index...].firstIndex(of: UInt8(ascii: "\"")) {
      let end = bytes[(quote + 1)...].firstIndex(of: UInt8(ascii: "\"")) ?? bytes.count
      let value = bytes[(quote + 1)..<end]
      let name = bytes[index..<quote]
      if name.ends(with: "stroke-width=") {
        number = Double(String(decoding: value, as: UTF8.self)).map { Int($0.rounded()) }
      } else if name.ends(with: "points=") {
        guard let number else { throw .renderer(detail: "its SVG has a line without a width") }
        lines[number, default: []].append(try Self.points(value))
      }
      index = min(end + 1, bytes.count)
    }
  }

  /// Pairs `12.34,56.78` between spaces and line ends.
  private static func points(_ text: ArraySlice<UInt8>) throws(PlotError) -> [Point] {
    var result: [Point] = []
    var x: Double?
    var index = text.startIndex
    while index < text.endIndex {
      let byte = text[index]
      if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: ",") {
        index += 1
        continue
      }
      let value = number(text, &index)
      guard let value else {
        throw .renderer(detail: "its SVG has points \"\(String(decoding: text, as: UTF8.self))\"")
      }
      if let first = x {
        result.append(Point(first, value))
        x = nil
      } else {
        x = value
      }
    }
    return result
  }

  /// A decimal without an exponent, which is all that PLplot prints for a place.
  private static func number(_ text: ArraySlice<UInt8>, _ index: inout Int) -> Double? {
    let isNegative = text[index] == UInt8(ascii: "-")
    if isNegative { index += 1 }
    var digits = 0
    var divisor = 1.0
    var isFraction = false
    let start = index
    while index < text.endIndex {
      let byte = text[index]
      if byte == UInt8(ascii: "."), !isFraction {
        isFraction = true
      } else if (48...57).contains(byte), digits < 1 << 52 {
        digits = digits * 10 + Int(byte) - 48
        if isFraction { divisor *= 10 }
      } else {
        break
      }
      index += 1
    }
    guard index > start else { return nil }
    return (isNegative ? -1 : 1) * Double(digits) / divisor
  }
}

extension ArraySlice<UInt8> {
  fileprivate func ends(with text: StaticString) -> Bool {
    count >= text.utf8CodeUnitCount
      && suffix(text.utf8CodeUnitCount).elementsEqual(
        UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }
}
