/// Turns a file's bytes into text, or says at which byte and why that fails.
enum SourceDecoder {
  /// UTF-8 text without byte-order mark, each of `\r\n`, `\r`, `\n` read as `\n`.
  static func decode(_ bytes: [UInt8], path: String) throws(Diagnostic) -> String {
    var body = bytes[...]
    if body.starts(with: [0xEF, 0xBB, 0xBF]) {
      body = body.dropFirst(3)
    } else if body.starts(with: [0xFF, 0xFE]) || body.starts(with: [0xFE, 0xFF]) {
      throw Diagnostic(
        .error, .source, path: path, line: 1, column: 1, "the file is UTF-16",
        hint: "save it as UTF-8; `iconv -f UTF-16 -t UTF-8` converts it")
    }
    let text = normalised(body)
    if let fault = firstFault(in: text) {
      let place = place(of: fault.offset, in: text)
      throw Diagnostic(
        .error, .source, path: path, line: place.line, column: place.column, fault.message,
        hint: fault.hint)
    }
    if text.allSatisfy(\.isSpace) {
      throw Diagnostic(
        .error, .source, path: path, line: 1, column: 1, "the lesson is empty",
        hint: "`lectern new` writes one to start from")
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static func normalised(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    let carriageReturn = UInt8(ascii: "\r")
    guard bytes.contains(carriageReturn) else { return Array(bytes) }
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    var previous: UInt8 = 0
    for byte in bytes {
      if byte == carriageReturn {
        text.append(.newline)
      } else if byte != .newline || previous != carriageReturn {
        text.append(byte)
      }
      previous = byte
    }
    return text
  }

  private static func firstFault(
    in bytes: [UInt8]
  ) -> (offset: Int, message: String, hint: String)? {
    let invalid = firstInvalid(in: bytes)
    let null = bytes.firstIndex(of: 0)
    if let null, null < invalid ?? .max {
      return (
        null, "the file holds a NUL byte, so it is not text or is UTF-16",
        "save it as UTF-8 text"
      )
    }
    guard let invalid else { return nil }
    let hex = String(bytes[invalid], radix: 16, uppercase: true)
    return (
      invalid,
      "the file is not UTF-8: byte 0x\(hex.count < 2 ? "0" : "")\(hex) begins no character",
      "save it as UTF-8; `iconv -f WINDOWS-1252 -t UTF-8` converts a Western file"
    )
  }

  /// The offset of the first byte that is not part of a well-formed character (Unicode, table 3-7).
  private static func firstInvalid(in bytes: [UInt8]) -> Int? {
    var index = 0
    while index < bytes.count {
      let lead = bytes[index]
      let length: Int
      var second: ClosedRange<UInt8> = 0x80...0xBF
      switch lead {
      case 0...0x7F:
        index += 1
        continue
      case 0xC2...0xDF: length = 2
      case 0xE0: (length, second) = (3, 0xA0...0xBF)
      case 0xED: (length, second) = (3, 0x80...0x9F)
      case 0xE1...0xEF: length = 3
      case 0xF0: (length, second) = (4, 0x90...0xBF)
      case 0xF1...0xF3: length = 4
      case 0xF4: (length, second) = (4, 0x80...0x8F)
      default: return index
      }
      guard index + length <= bytes.count, second.contains(bytes[index + 1]) else { return index }
      guard bytes[(index + 2)..<(index + length)].allSatisfy({ (0x80...0xBF).contains($0) }) else {
        return index
      }
      index += length
    }
    return nil
  }

  /// The place of an offset whose preceding bytes are well formed.
  private static func place(of offset: Int, in bytes: [UInt8]) -> Place {
    let before = bytes[..<offset]
    let lineStart = before.lastIndex(of: .newline).map { $0 + 1 } ?? 0
    return Place(
      line: before.count { $0 == .newline } + 1,
      column: String(decoding: bytes[lineStart..<offset], as: UTF8.self).count + 1)
  }
}
