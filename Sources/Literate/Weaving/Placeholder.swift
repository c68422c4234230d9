/// Marks in pandoc's input that come out of it unchanged: a number between private-use characters.
///
/// They are no letters, so that they enter no heading's id, change no quotation mark, and begin no
/// list, quote or heading.
enum Placeholder {
  private static let opening: UInt32 = 0x10F800
  private static let closing: UInt32 = 0x10F801
  private static let zero: UInt32 = 0x10F810
  private static let reserved = opening...0x10F83F

  /// The mark for a number.
  static func mark(_ number: Int) -> String {
    var mark = String.UnicodeScalarView()
    func append(_ value: UInt32) { if let scalar = Unicode.Scalar(value) { mark.append(scalar) } }
    append(opening)
    for digit in String(number).utf8 { append(zero + UInt32(digit - UInt8(ascii: "0"))) }
    append(closing)
    return String(mark)
  }

  /// Text in which nothing can be taken for a mark.
  static func removingMarks(from text: String) -> String {
    guard text.unicodeScalars.contains(where: { reserved.contains($0.value) }) else { return text }
    var clean = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      clean.append(reserved.contains(scalar.value) ? "\u{FFFD}" : scalar)
    }
    return String(clean)
  }

  /// The first mark at or after an offset: its number and its bytes.
  static func next(in bytes: [UInt8], from start: Int) -> (number: Int, range: Range<Int>)? {
    var index = start
    while let (value, first) = reservedScalar(in: bytes, from: index) {
      index = first + 4
      guard value == opening else { continue }
      var number = 0
      var offset = index
      while let (digit, at) = reservedScalar(in: bytes, from: offset), at == offset {
        offset += 4
        if digit == closing, offset > index + 4 { return (number, first..<offset) }
        guard (zero...(zero + 9)).contains(digit), number < 1 << 40 else { break }
        number = number * 10 + Int(digit - zero)
      }
    }
    return nil
  }

  /// All reserved characters are `F4 8F A0 xx` in UTF-8.
  private static func reservedScalar(in bytes: [UInt8], from start: Int) -> (UInt32, at: Int)? {
    var index = start
    while index + 3 < bytes.count {
      if bytes[index] == 0xF4, bytes[index + 1] == 0x8F, bytes[index + 2] == 0xA0 {
        return (opening + UInt32(bytes[index + 3] - 0x80), index)
      }
      index += 1
    }
    return nil
  }
}
