/// Shrinks the page of a PDF that Cairo wrote larger than asked for.
///
/// Pango rounds each glyph's place to a whole unit, which at 72 units an inch spoils the spacing of
/// words; so the page is drawn in finer units, and an incremental update (ISO 32000-1, 7.5.6) gives
/// it its size back: a new page object and a content stream that scales the old one.
struct PDFPage {
  private var bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The document with its page `width` by `height` points, what is on it shrunk by `unit`;
  /// `nil` if the page object cannot be read.
  func shrunk(width: Double, height: Double, unit: Int) -> [UInt8]? {
    guard let type = find("/Type /Page %", in: bytes) ?? find("/Type /Page\n", in: bytes),
      let start = find(" 0 obj\n", in: bytes, before: type),
      let end = find("endobj", in: bytes, after: type),
      let page = number(before: start), let contents = value(of: "/Contents ", start, end),
      let box = find("/MediaBox [", in: bytes, after: start), box < end,
      let boxEnd = find("]", in: bytes, after: box),
      let reference = find("/Contents ", in: bytes, after: start), reference < end,
      let referenceEnd = find(" 0 R", in: bytes, after: reference),
      let trailer = find("trailer", in: bytes, before: bytes.count),
      let size = value(of: "/Size ", trailer, bytes.count),
      let root = value(of: "/Root ", trailer, bytes.count),
      let table = value(of: "startxref\n", trailer, bytes.count)
    else { return nil }

    var result = bytes
    fixDate(in: &result)
    var offsets: [(Int, Int)] = []
    func append(_ text: String) { result += Array(text.utf8) }
    if result.last != UInt8(ascii: "\n") { append("\n") }

    let scale = "\(trimmed(decimal(1 / Double(unit), digits: 6)))"
    let stream = "\(scale) 0 0 \(scale) 0 0 cm\n"
    offsets.append((size, result.count))
    append(
      "\(size) 0 obj\n<< /Length \(stream.utf8.count) >>\nstream\n\(stream)endstream\nendobj\n")

    offsets.append((page, result.count))
    append("\(page) 0 obj\n")
    let newBox = "/MediaBox [ 0 0 \(coordinate(width)) \(coordinate(height)) ]"
    let newContents = "/Contents [ \(size) 0 R \(contents) 0 R ]"
    var replacements = [
      (box, boxEnd + 1, newBox), (reference, referenceEnd + 4, newContents),
    ]
    replacements.sort { $0.0 < $1.0 }
    var position = start + 7
    for (from, to, replacement) in replacements {
      result += bytes[position..<from]
      append(replacement)
      position = to
    }
    result += bytes[position..<end]
    append("endobj\n")

    let newTable = result.count
    append("xref\n")
    for (object, offset) in offsets.sorted(by: { $0.0 < $1.0 }) {
      let digits = String(offset)
      append("\(object) 1\n\(String(repeating: "0", count: 10 - digits.count))\(digits) 00000 n \n")
    }
    let info = value(of: "/Info ", trailer, bytes.count).map { " /Info \($0) 0 R" } ?? ""
    append("trailer\n<< /Size \(size + 1) /Root \(root) 0 R\(info) /Prev \(table) >>\n")
    append("startxref\n\(newTable)\n%%EOF\n")
    return result
  }

  /// Overwrites the time of writing, so that the same figure gives the same bytes.
  private func fixDate(in bytes: inout [UInt8]) {
    guard let date = find("/CreationDate (D:", in: bytes, after: 0) else { return }
    let fixed = Array("20000101000000".utf8)
    let first = date + 17
    guard first + fixed.count <= bytes.count else { return }
    bytes.replaceSubrange(first..<(first + fixed.count), with: fixed)
  }

  private func find(_ text: String, in bytes: [UInt8], after start: Int = 0) -> Int? {
    let pattern = Array(text.utf8)
    guard start >= 0, bytes.count >= pattern.count else { return nil }
    return (start..<max(start, bytes.count - pattern.count + 1)).first { index in
      bytes[index] == pattern[0] && bytes[index..<(index + pattern.count)].elementsEqual(pattern)
    }
  }

  private func find(_ text: String, in bytes: [UInt8], before end: Int) -> Int? {
    let pattern = Array(text.utf8)
    return (0...max(0, end - pattern.count)).last { index in
      index + pattern.count <= bytes.count && bytes[index] == pattern[0]
        && bytes[index..<(index + pattern.count)].elementsEqual(pattern)
    }
  }

  /// The whole number after a key that stands between two places.
  private func value(of key: String, _ start: Int, _ end: Int) -> Int? {
    guard let place = find(key, in: bytes, after: start), place < end else { return nil }
    let digits = bytes[(place + key.utf8.count)...].prefix { (48...57).contains($0) }
    return Int(String(decoding: digits, as: UTF8.self))
  }

  private func number(before place: Int) -> Int? {
    let digits = bytes[..<place].reversed().prefix { (48...57).contains($0) }
    return Int(String(decoding: digits.reversed(), as: UTF8.self))
  }
}
