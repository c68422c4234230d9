import Literate
import Testing

/// A lesson's diagnostics in short: "line:column severity message | hint".
func findings(_ text: String) -> [String] {
  LessonParser.parse(bytes: Array(text.utf8), path: "a.md").diagnostics.map(\.short)
}

extension Diagnostic {
  var short: String {
    "\(line ?? 0):\(column ?? 0) \(severity) \(message)" + (hint.map { " | \($0)" } ?? "")
  }
}

func parse(_ text: String) throws -> Lesson {
  try #require(LessonParser.parse(bytes: Array(text.utf8), path: "dir/a.md").lesson)
}

/// Front matter of three lines, then the body: its first line is line 4.
func titled(_ body: String) -> String { "---\ntitle: T\n---\n" + body }

@Suite struct LessonParserTests {
  @Test func `a lesson is prose and cells in order, with their lines`() throws {
    let lesson = try parse(
      titled(
        """
        First *prose*.

        ```{swift}
        //| label: fig-one
        //| fig-cap: A caption: with a colon # and a hash.

        let x = 1
        show(x)
        ```
        Second.

        ```{swift}
        let y = 2
        ```
        """))
    #expect(lesson.name == "a")
    #expect(lesson.path == "dir/a.md")
    guard lesson.blocks.count == 4, case .prose(let first, 4) = lesson.blocks[0],
      case .cell(let one) = lesson.blocks[1], case .prose(let second, 13) = lesson.blocks[2],
      case .cell(let two) = lesson.blocks[3]
    else {
      Issue.record("wrong blocks: \(lesson.blocks)")
      return
    }
    #expect(first == "First *prose*.\n\n")
    #expect(second == "Second.\n\n")
    #expect(one.label == "fig-one")
    #expect(one.isLabelled)
    #expect(one.fenceLine == 6)
    #expect(one.codeLine == 9)
    #expect(one.code == "\nlet x = 1\nshow(x)\n")
    #expect(one.endLine == 12)
    #expect(one.options.figCap == "A caption: with a colon # and a hash.")
    #expect(two.label == "cell-2")
    #expect(!two.isLabelled)
    #expect(two.codeLine == 16)
    #expect(two.code == "let y = 2\n")
  }

  @Test func `line ends and a byte-order mark change nothing`() throws {
    let text = titled("Prose.\n\n```{swift}\n//| label: a\nlet x = 1\n```\n\nMore @fig-none.\n")
    let plain = LessonParser.parse(bytes: Array(text.utf8), path: "a.md")
    let crlf = text.split(separator: "\n", omittingEmptySubsequences: false).joined(
      separator: "\r\n")
    let cr = text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r")
    for variant in [Array(crlf.utf8), Array(cr.utf8), [0xEF, 0xBB, 0xBF] + Array(text.utf8)] {
      let other = LessonParser.parse(bytes: variant, path: "a.md")
      #expect(other.lesson?.source == plain.lesson?.source)
      #expect(other.lesson?.cells == plain.lesson?.cells)
      #expect(other.diagnostics == plain.diagnostics)
    }
    #expect(plain.diagnostics.map(\.line) == [11])
  }

  @Test func `theorems share a counter, figures and formulas have their own`() throws {
    let lesson = try parse(
      titled(
        """
        ## One {#sec-one}

        ::: {#def-a .definition title="A"}
        $$x$$ {#eq-x}
        :::

        ![Picture](p.png){#fig-p}

        ::: {#thm-b .theorem}
        Text.
        :::

        | a |
        |---|
        | 1 |

        : Numbers {#tbl-n}

        ```{swift}
        //| label: fig-q
        //| fig-cap: Q.
        f()
        ```
        """))
    let numbers = lesson.anchors.map { "\($0.id) \($0.number ?? 0) \($0.line):\($0.column)" }
    #expect(
      numbers == [
        "sec-one 0 4:10", "def-a 1 6:7", "eq-x 1 7:9", "fig-p 1 10:20", "thm-b 2 12:7",
        "tbl-n 1 20:13", "fig-q 2 23:12",
      ])
    #expect(lesson.anchors[1].title == "A")
  }
}
