import Literate
import Testing

/// What must not be taken for a reference, a cell or a formula.
@Suite struct LiteralTextTests {
  @Test(arguments: [
    "Write to a@fig-b.org or <me@fig-b.org>.",
    "Escaped \\@fig-x.",
    "Code `@fig-x` and ``a ` @fig-x``.",
    "Math $@fig-x$ and $$@fig-x$$.",
    "A [link](https://a.org/@fig-x) and <https://a.org/?@fig-x>.",
    "<a title='@fig-x'>x</a>",
    "<!-- @fig-x -->",
    "<!--\n\n```{swift}\nf()\n```\n\n@fig-x ::: \n-->",
    "```swift\n@fig-x\n:::\n## H {#a}\n```",
    "````markdown\n```{swift}\nf()\n```\n````",
    "~~~\n```{swift}\n~~~",
    "> ```swift\n> @fig-x\n> ```",
    "1. a\n\n    ```swift\n    @fig-x\n    ```",
    "Text.\n\n    @fig-x indented code\n\n    ::: more",
    "<pre>\n\n@fig-x\n\n</pre>",
    "@MainActor @alice and @x-y.",
    "It costs $5 and $6, or \\$\\$.",
    "a\n\n---\n\nb",
  ])
  func `is left alone`(text: String) throws {
    #expect(findings(titled(text)) == [])
    #expect(try parse(titled(text)).cells.isEmpty)
  }

  @Test(arguments: [
    "(@sec-a)", "_@sec-a_", "@Sec-a.", "[@sec-a]", "[-@sec-a]", "[@sec-a; -@sec-a]", "—@sec-a",
    "- @sec-a", "> @sec-a", "**see @sec-a**", "$x$@sec-a", "`a`@sec-a", "[text @sec-a](u)",
  ])
  func `is a reference`(text: String) {
    #expect(findings(titled("## A {#sec-a}\n\n\(text)\n")) == [])
    // The same text without the label must be found.
    #expect(findings(titled(text)).allSatisfy { $0.contains("`@sec-a` leads nowhere") })
    #expect(!findings(titled(text)).isEmpty)
  }

  @Test func `no text makes the parser trap, and positions are in the file`() {
    let pieces = [
      "`", "```", "```{swift}", "~~~", ":::", "::: {", "{#", "}", "$", "$$", "\\", "@fig-", "[",
      "](",
      ")", "![", "<!--", "-->", "<", ">", "\n", "\n\n", "---\n", "title: x", "//| a: ", "#|", "- ",
      "é",
      "👩‍🏫", " ", "\t", "=", "# ", "\"", "'", "|", ": ", "{#tbl-x}", "\u{2028}",
    ]
    var state: UInt64 = 42
    func next(_ n: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % n
    }
    for _ in 0..<3000 {
      let body = (0..<next(40)).map { _ in pieces[next(pieces.count)] }.joined()
      let text = next(2) == 0 ? body : titled(body)
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      for diagnostic in LessonParser.parse(bytes: Array(text.utf8), path: "a").diagnostics {
        let line = diagnostic.line ?? 0
        #expect((1...lines.count).contains(line))
        #expect((1...(lines[max(0, line - 1)].count + 1)).contains(diagnostic.column ?? 0))
        #expect(!diagnostic.rendered(source: text).isEmpty)
      }
    }
  }
}
