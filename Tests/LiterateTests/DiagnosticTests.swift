import Literate
import Testing

@Suite struct DiagnosticTests {
  @Test func `a message quotes three lines and points with a caret`() {
    let diagnostic = Diagnostic(
      .error, .run, path: "lesson.md", line: 2, column: 4, label: "fig-kl", "it broke",
      hint: "mend it")
    #expect(
      diagnostic.rendered(source: "one\n\té→two\nthree\n") == """
        lesson.md:2:4: error [fig-kl]: it broke
            1 | one
            2 | \té→two
              | \t  ^
            3 | three
          hint: mend it

        """)
  }

  @Test func `lines are counted as in every editor`() {
    // U+2028 and U+0085 end no line; a control character does not reach the terminal.
    let diagnostic = Diagnostic(.warning, .source, path: "a", line: 2, column: 3, "m")
    #expect(
      diagnostic.rendered(source: "x\u{2028}y\u{85}z\nab\u{1B}c") == """
        a:2:3: warning: m
            1 | x\u{2028}y\u{FFFD}z
            2 | ab\u{FFFD}c
              |   ^

        """)
  }

  @Test func `of a long line the part round the column is quoted`() {
    let line = String(repeating: "a", count: 5000) + "X" + String(repeating: "b", count: 5000)
    let text = Diagnostic(.error, .source, path: "a", line: 1, column: 5001, "m").rendered(
      source: line)
    let lines = text.split(separator: "\n")
    #expect(lines[1].count < 140)
    let caret = lines[2].distance(from: lines[2].startIndex, to: lines[2].firstIndex(of: "^")!)
    #expect(Array(lines[1])[caret] == "X")
  }

  @Test func `places outside of the text quote nothing`() {
    for line in [0, 3, 1_000_000] {
      let diagnostic = Diagnostic(.error, .source, path: "a", line: line, column: 9, "m")
      #expect(diagnostic.rendered(source: "x\ny") == "a:\(line):9: error: m\n")
    }
    #expect(Diagnostic(.error, .usage, "m").rendered(source: nil) == "lectern: error: m\n")
  }
}
