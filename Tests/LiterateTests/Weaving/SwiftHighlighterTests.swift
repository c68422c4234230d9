import Literate
import Testing

@Suite struct SwiftHighlighterTests {
  /// Tags off, entities resolved; on scalars, for a combining mark may follow an entity.
  static func plain(_ html: String) -> String {
    var bytes: [UInt8] = []
    var rest = Array(html.utf8)[...]
    let entities = ["&lt;": "<", "&gt;": ">", "&quot;": "\"", "&amp;": "&"]
    while let byte = rest.first {
      if byte == UInt8(ascii: "<") {
        rest = rest.drop { $0 != UInt8(ascii: ">") }.dropFirst()
      } else if let (entity, text) = entities.first(where: { rest.starts(with: $0.key.utf8) }) {
        bytes += text.utf8
        rest = rest.dropFirst(entity.utf8.count)
      } else {
        bytes.append(byte)
        rest = rest.dropFirst()
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// "class:text" of each span.
  static func spans(_ code: String) -> [String] {
    SwiftHighlighter.html(code).split(separator: "<span class=\"", omittingEmptySubsequences: false)
      .dropFirst().map { part in
        let name = part.prefix { $0 != "\"" }
        let text = part.dropFirst(name.count + 2)
        return "\(name):"
          + plain(String(text.prefix(upTo: text.firstRange(of: "</span>")!.lowerBound)))
      }
  }

  @Test(arguments: [
    ("let x = 1_000.5e-3 // no", ["k:let", "n:1_000.5e-3", "c:// no"]),
    ("0x1F...0b10", ["n:0x1F", "n:0b10"]),
    ("1...5", ["n:1", "n:5"]),
    ("a.map { $0.count }", ["f:map"]),
    ("Normal(mean: -2)", ["t:Normal", "n:2"]),
    ("show(x)", ["f:show"]),
    ("/* a /* b */ c */ x", ["c:/* a /* b */ c */"]),
    ("/* never closed\n", ["c:/* never closed\n"]),
    ("\"a\\(b + \"c\\(D())\")e\"", ["s:\"a\\(", "s:\"c\\(", "t:D", "s:)\"", "s:)e\""]),
    ("#\"a\\(b) \\#(c) \"d\"#", ["s:#\"a\\(b) \\#(", "s:) \"d\"#"]),
    ("\"\"\"\n a \"b\" \\(c)\n \"\"\" + d", ["s:\"\"\"\n a \"b\" \\(", "s:)\n \"\"\""]),
    ("\"open\nlet", ["s:\"open", "k:let"]),
    ("\"\\\"\" + \"\"", ["s:\"\\\"\"", "s:\"\""]),
    ("@MainActor #if #expect(x)", ["a:@MainActor", "a:#if", "a:#expect"]),
    ("`class` self.init().default", ["k:self", "k:init"]),
    ("let π = x.in", ["k:let"]),
    (
      "guard case .some = x else { return nil }",
      ["k:guard", "k:case", "k:else", "k:return", "k:nil"]
    ),
  ])
  func `colours what it should`(code: String, expected: [String]) {
    #expect(Self.spans(code) == expected)
    #expect(Self.plain(SwiftHighlighter.html(code)) == code)
  }

  @Test func `no character is ever lost`() {
    let pieces = [
      "\"", "\"\"\"", "\\(", ")", "(", "#", "##", "/*", "*/", "//", "\n", "\r\n", "@", "$", "`",
      "0x",
      "1e", ".5", "let", "Foo", "a(", "{", "}", "<", ">", "&", "&amp;", "'", "é", "👩‍🏫", "\u{0}",
      "\t",
      " ", "\\", "0", "_", "\u{301}",
    ]
    var state: UInt64 = 7
    for _ in 0..<4000 {
      var code = ""
      for _ in 0..<25 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        code += pieces[Int(state >> 33) % pieces.count]
      }
      let plain = Self.plain(SwiftHighlighter.html(code))
      #expect(plain.unicodeScalars.elementsEqual(code.unicodeScalars))
    }
  }
}
