import FoundationEssentials

/// What is wrong with a stream of records.
public enum RecordError: Error, Hashable, CustomStringConvertible {
  /// A frame announces more bytes than `RecordDecoder.longestFrame`.
  case tooLong(Int)
  /// A frame does not hold a record.
  case corrupt(String)
  /// The stream ended inside a frame that lacks so many bytes.
  case truncated(missing: Int)

  /// The error in words.
  public var description: String {
    switch self {
    case .tooLong(let count): "a record of \(count) bytes is too long"
    case .corrupt(let reason): "a record cannot be read: \(reason)"
    case .truncated(let missing): "the last record lacks \(missing) bytes"
    }
  }
}

extension Record {
  /// The record as a frame: four bytes of length, the lowest first, then JSON.
  ///
  /// Numbers that JSON cannot hold travel as the strings "inf", "-inf" and "nan".
  public func frame() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    let body = try encoder.encode(self)
    guard body.count <= RecordDecoder.longestFrame else { throw RecordError.tooLong(body.count) }
    return Self.header(count: body.count) + body
  }

  /// The length prefix of a frame.
  static func header(count: Int) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: count >> (8 * $0)) }
  }
}

/// Cuts a stream of bytes into records; bytes may arrive in pieces of any size.
public struct RecordDecoder {
  /// The longest frame that is accepted: 64 MiB.
  public static let longestFrame = 64 << 20

  private var buffer: [UInt8] = []
  private var start = 0
  private let decoder = JSONDecoder()

  /// A decoder that has seen nothing.
  public init() {
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
  }

  /// Takes the next bytes of the stream.
  public mutating func append(_ bytes: some Sequence<UInt8>) {
    if start > 0 {
      buffer.removeFirst(start)
      start = 0
    }
    buffer.append(contentsOf: bytes)
  }

  /// The next record, nil when its bytes have not all arrived.
  ///
  /// - Throws: `RecordError`; the stream cannot be read any further.
  public mutating func next() throws -> Record? {
    guard buffer.count - start >= 4 else { return nil }
    let count = (0..<4).reduce(0) { $0 | Int(buffer[start + $1]) << (8 * $1) }
    guard count <= Self.longestFrame else { throw RecordError.tooLong(count) }
    guard buffer.count - start - 4 >= count else { return nil }
    let body = Data(buffer[(start + 4)..<(start + 4 + count)])
    start += 4 + count
    do {
      return try decoder.decode(Record.self, from: body)
    } catch {
      throw RecordError.corrupt(String(decoding: body.prefix(60), as: UTF8.self))
    }
  }

  /// Checks that the stream ended between two records.
  ///
  /// - Throws: `RecordError.truncated` when it ended inside one.
  public func finish() throws {
    let rest = buffer.count - start
    guard rest > 0 else { return }
    guard rest >= 4 else { throw RecordError.truncated(missing: 4 - rest) }
    let count = (0..<4).reduce(0) { $0 | Int(buffer[start + $1]) << (8 * $1) }
    throw RecordError.truncated(missing: count - (rest - 4))
  }
}
