internal import FoundationEssentials

/// Local images, put into the page as data, and whatever would need the network, refused.
struct Pictures {
  private(set) var diagnostics: [Diagnostic] = []
  private let lesson: Lesson
  private var loaded: [String: String?] = [:]

  private static let types = [
    "svg": "image/svg+xml", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg",
    "gif": "image/gif", "webp": "image/webp", "avif": "image/avif",
  ]
  private static let largest = 10 << 20

  init(lesson: Lesson) { self.lesson = lesson }

  /// The image as a `data:` address; nil when there is none (reported once).
  mutating func data(for path: String, place: Place?) -> String? {
    if path.hasPrefix("data:") { return path }
    if let known = loaded[path] { return known }
    let data = load(path, place: place ?? self.place(of: path))
    loaded[path] = data
    return data
  }

  private mutating func load(_ path: String, place: Place?) -> String? {
    if Self.isRemote(path) {
      report(
        "image `\(path)` is on the network, and pages work offline", place,
        hint: "save it beside the lesson and give its file name")
      return nil
    }
    let fileType = path.split(separator: ".").last.map { $0.lowercased() } ?? ""
    guard let type = Self.types[fileType] else {
      report(
        "`\(path)` is not an image that a page can hold", place,
        hint: "use \(alternatives(Self.types.keys.sorted()))")
      return nil
    }
    guard !path.hasPrefix("/") else {
      report(
        "image `\(path)` has an absolute path, which another machine does not have", place,
        hint: "give its path relative to the lesson")
      return nil
    }
    guard let bytes = contents(of: path) ?? contents(of: path.percentDecoded) else {
      report(
        "image `\(path)` cannot be read", place,
        hint: "it is looked for relative to the lesson's folder")
      return nil
    }
    guard bytes.count <= Self.largest else {
      report(
        "image `\(path)` has \(bytes.count >> 20) MiB, too much for a page", place,
        hint: "make it smaller than \(Self.largest >> 20) MiB")
      return nil
    }
    return "data:\(type);base64,\(bytes.base64EncodedString())"
  }

  private func contents(of path: String) -> Data? {
    let folder = lesson.path.lastIndex(of: "/").map { lesson.path[...$0] } ?? ""
    return FileManager.default.contents(atPath: folder + path)
  }

  /// Embeds the images of a piece of HTML, and reports what else it would load.
  mutating func localised(_ html: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    var index = 0
    for case .open(let tag) in Markup.pieces(of: html) {
      guard Self.loading.contains(tag.name.lowercased()) else { continue }
      if tag.name == "img", let path = tag["src"], !path.hasPrefix("data:") {
        output += html[index..<tag.range.lowerBound]
        output += embedded(tag, path: path).utf8
        index = tag.range.upperBound
        continue
      }
      for name in ["src", "href", "data", "srcset", "poster"] {
        if let address = tag[name], Self.isRemote(address) {
          report(
            "`<\(tag.name)>` loads `\(address)` from the network, and pages work offline",
            place(of: address), hint: "remove it, or save what it needs beside the lesson")
        }
      }
    }
    return output + html[index...]
  }

  private static let loading: Set = [
    "img", "script", "link", "iframe", "video", "audio", "source", "embed", "object", "track",
    "input", "image", "use",
  ]

  private mutating func embedded(_ tag: Markup.Tag, path: String) -> String {
    guard let data = data(for: path, place: nil) else {
      return "<span class=\"missing\">\(path.escapedForHTML)</span>"
    }
    var html = "<img src=\"\(data)\""
    for (name, value) in tag.attributes where name != "src" && name != "/" {
      html += " \(name)=\"\(value.escapedForHTML)\""
    }
    return html + " />"
  }

  private static func isRemote(_ address: String) -> Bool {
    let address = address.lowercased()
    return ["http:", "https:", "//", "ftp:"].contains { address.hasPrefix($0) }
  }

  /// The first place of a text in the lesson.
  private func place(of text: String) -> Place? {
    let source = SourceText(lesson.source)
    return source.firstOffset(of: text, from: 0).map(source.place)
  }

  private mutating func report(_ message: String, _ place: Place?, hint: String) {
    diagnostics.append(
      Diagnostic(
        .error, .source, path: lesson.path, line: place?.line, column: place?.column, message,
        hint: hint))
  }
}

extension String {
  /// `%20` and the like resolved.
  fileprivate var percentDecoded: String {
    var bytes: [UInt8] = []
    var rest = utf8[...]
    while let byte = rest.first {
      rest = rest.dropFirst()
      if byte == UInt8(ascii: "%"), let value = UInt8(String(Substring(rest.prefix(2))), radix: 16)
      {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
