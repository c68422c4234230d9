/// Bytes that are written for a file: little-endian, closed by a checksum.
package struct ByteWriter {
  package private(set) var bytes: [UInt8]

  package init(magic: String) { bytes = Array(magic.utf8) }

  package mutating func append(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
  }

  package mutating func append(_ values: [Float]) { for x in values { append(x.bitPattern) } }

  package mutating func append(_ values: [Double]) { for x in values { append(x.bitPattern) } }

  package mutating func append(_ values: [UInt8]) { bytes += values }

  /// All bytes, followed by the FNV-1a hash (UInt64) of them.
  package consuming func sealed() -> [UInt8] {
    append(ByteReader.hash(bytes[...]))
    return bytes
  }
}

/// Bytes of a file that are read from the first to the last; nothing is believed before it was checked.
package struct ByteReader {
  private let bytes: [UInt8]
  private var position: Int
  private let subject: String

  /// - Throws: `FormatError` when the bytes start otherwise; its text begins with "not a `subject`".
  package init(_ bytes: [UInt8], magic: String, subject: String) throws(FormatError) {
    guard bytes.starts(with: magic.utf8) else {
      throw FormatError(subject: subject, reason: "it does not start with \(magic)")
    }
    self.bytes = bytes
    self.subject = subject
    position = magic.utf8.count
  }

  package func failure(_ reason: String) -> FormatError {
    FormatError(subject: subject, reason: reason)
  }

  package mutating func integer<Value: FixedWidthInteger>(
    _: Value.Type, _ place: String
  ) throws(FormatError) -> Value {
    let part = try slice(MemoryLayout<Value>.size, place)
    return part.reversed().reduce(0) { $0 << 8 | Value($1) }
  }

  package mutating func slice(_ count: Int, _ place: String) throws(FormatError)
    -> ArraySlice<UInt8>
  {
    guard count >= 0, count <= bytes.count - position else {
      throw failure("the file ends in \(place)")
    }
    defer { position += count }
    return bytes[position..<(position + count)]
  }

  /// Finite numbers.
  package mutating func floats(_ count: Int, _ place: String) throws(FormatError) -> [Float] {
    guard count >= 0, count <= (bytes.count - position) / 4 else {
      throw failure("the file ends in \(place)")
    }
    var values: [Float] = []
    values.reserveCapacity(count)
    for _ in 0..<count {
      let value = Float(bitPattern: try integer(UInt32.self, place))
      guard value.isFinite else { throw failure("\(place) has the value \(value)") }
      values.append(value)
    }
    return values
  }

  /// A finite number.
  package mutating func double(_ place: String) throws(FormatError) -> Double {
    let value = Double(bitPattern: try integer(UInt64.self, place))
    guard value.isFinite else { throw failure("\(place) has the value \(value)") }
    return value
  }

  /// The end: the checksum, and nothing after it.
  package mutating func finish() throws(FormatError) {
    let end = position
    guard try integer(UInt64.self, "the checksum") == Self.hash(bytes[..<end]),
      position == bytes.count
    else { throw failure("its checksum is wrong: it was damaged") }
  }

  static func hash(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
  }
}

/// Why bytes are not what they were taken for.
public struct FormatError: Error, Hashable, CustomStringConvertible {
  /// What they were taken for, e.g. "network".
  public var subject: String
  /// What is wrong, and where.
  public var reason: String

  /// For example "not a network: the file ends in layer 2".
  public var description: String { "not a \(subject): \(reason)" }
}
