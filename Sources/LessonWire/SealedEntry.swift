/// Bytes on disk that carry their own content hash: a damaged entry is not opened.
package enum SealedEntry {
  /// The hash, a line break, the bytes.
  package static func seal(_ body: [UInt8]) -> [UInt8] {
    Array("\(ContentHash(of: body))\n".utf8) + body
  }

  /// The bytes, nil when they are not what was sealed.
  package static func open(_ entry: [UInt8]) -> [UInt8]? {
    guard let end = entry.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    let body = Array(entry[(end + 1)...])
    guard entry[..<end].elementsEqual(ContentHash(of: body).description.utf8) else { return nil }
    return body
  }
}
