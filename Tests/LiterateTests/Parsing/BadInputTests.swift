import Literate
import Testing

@Suite struct BadInputTests {
  struct Bad: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var text: String
    var expected: [String]

    init(_ what: String, _ text: String, _ expected: String...) {
      testDescription = what
      self.text = text
      self.expected = expected
    }
  }

  static let frontMatter = [
    Bad(
      "missing", "Hello.\n",
      "1:1 error the front matter is missing | begin with three lines: `---`, `title: …`, `---`"),
    Bad(
      "unclosed", "---\ntitle: T\n\nText.\n\n```{swift}\nf()\n```\n",
      "1:1 error the front matter is never closed | end it with a line of three dashes, before the text begins"
    ),
    Bad(
      "no title", "---\nlang: fr\n---\n",
      "1:1 error the front matter has no `title` | add a line `title: …` to it"),
    Bad(
      "empty title", "---\ntitle:\n---\n",
      "2:7 error `title` is empty | write its value or leave the key out"),
    Bad(
      "unknown key", "---\ntitle: T\nautor: A\n---\n",
      "3:1 error unknown front-matter key `autor` | did you mean `author`?"),
    Bad(
      "unknown key far from all", "---\ntitle: T\nbibliography: a.bib\n---\n",
      "3:1 error unknown front-matter key `bibliography` | known keys: title, subtitle, author, authors, date, lang, description, keywords, source, lesson, seed, timeout, memory, execute, params, toc"
    ),
    Bad(
      "unknown inner key", "---\ntitle: T\nlesson:\n  id: x\n  tme: 3\n---\n",
      "5:3 error unknown key `tme` in `lesson` | did you mean `time`?"),
    Bad(
      "wrong type", "---\ntitle: [a, b]\n---\n",
      "2:8 error `title` must be a text, not a list | write `title: ` and a text"),
    Bad(
      "not a bool", "---\ntitle: T\nexecute:\n  echo: yes\n---\n",
      "4:9 error `echo` must be true or false, not `yes` | write `echo: ` and true or false"),
    Bad(
      "negative timeout", "---\ntitle: T\ntimeout: -3\n---\n",
      "3:10 error `timeout` must be a number of seconds above 0, at most 86400, not `-3` | write `timeout: ` and a number of seconds above 0, at most 86400"
    ),
    Bad(
      "seed", "---\ntitle: é\nseed: 1.5\n---\n",
      "3:7 error `seed` must be a whole number from 0 to 18446744073709551615, not `1.5` | write `seed: ` and a whole number from 0 to 18446744073709551615"
    ),
    Bad(
      "not YAML", "---\ntitle: a: b\n---\n",
      "2:9 error this is not valid YAML: mapping values are not allowed in this context | YAML is `key: value`; put a value that holds `: ` or begins with a sign in double quotes"
    ),
    Bad(
      "twice", "---\ntitle: a\nlang: en\nlang: fr\n---\n",
      "4:1 error `lang` is given twice | keep one of them"),
    Bad(
      "language", "---\ntitle: T\nlang: français\n---\n",
      "3:7 error `lang` must be a language tag, not `français` | write `en`, `fr` or `pt-BR`"),
  ]

  static let cells = [
    Bad(
      "unknown option", titled("```{swift}\n//| label: a\n//| figcap: x\nf()\n```\n"),
      "6:5 error unknown cell option `figcap` | did you mean `fig-cap`?"),
    Bad(
      "unknown option far from all", titled("```{swift}\n//| zzz: x\nf()\n```\n"),
      "5:5 error unknown cell option `zzz` | known options: label, echo, eval, output, include, code-fold, code-summary, fig-cap, fig-subcap, fig-alt, fig-width, fig-height, tbl-cap, layout-ncol, timeout, seed, depends"
    ),
    Bad(
      "bad value", titled("```{swift}\n#| echo: maybe\nf()\n```\n"),
      "5:10 error `echo` must be true or false, not `maybe` | write `echo: ` and true or false"),
    Bad(
      "bad number", titled("```{swift}\n//| layout-ncol: 0\nf()\n```\n"),
      "5:18 error `layout-ncol` must be a whole number of columns from 1 to 12, not `0` | write `layout-ncol: ` and a whole number of columns from 1 to 12"
    ),
    Bad(
      "no value", titled("```{swift}\n//| fig-cap:\nf()\n```\n"),
      "5:5 error option `fig-cap` has no value | write `//| fig-cap: ` and its value, or leave the line out"
    ),
    Bad(
      "unclosed quote", titled("```{swift}\n//| fig-cap: \"x\nf()\n```\n"),
      "5:16 error this is not valid YAML: found unexpected end of stream | YAML is `key: value`; put a value that holds `: ` or begins with a sign in double quotes"
    ),
    Bad(
      "no colon", titled("```{swift}\n//| echo\nf()\n```\n"),
      "5:5 error an option line must be `key: value` | write `//| key: value`, with a space after the colon"
    ),
    Bad(
      "late option", titled("```{swift}\nf()\n  //| echo: false\n```\n"),
      "6:3 error an option after the first line of code has no effect | move it to the top of the cell"
    ),
    Bad(
      "option twice", titled("```{swift}\n//| echo: true\n//| echo: false\nf()\n```\n"),
      "6:5 error option `echo` is given twice | keep one of them"),
    Bad(
      "duplicate label",
      titled("```{swift}\n//| label: a\nf()\n```\n\n```{swift}\n//| label: a\nf()\n```\n"),
      "10:12 error label `a` is used twice | it is taken on line 5; choose another"),
    Bad(
      "label of a theorem again",
      titled("::: {#thm-a .theorem}\nx\n:::\n\n## H {#thm-a}\n"),
      "8:8 error label `thm-a` is used twice | it is taken on line 4; choose another"),
    Bad(
      "label syntax", titled("```{swift}\n//| label: fig_Curve 2\n//| fig-cap: c\nf()\n```\n"),
      "5:12 error label `fig_Curve 2` is not made of lower-case letters, digits and hyphens | write `fig-curve-2`"
    ),
    Bad(
      "kept label", titled("```{swift}\n//| label: cell-3\nf()\n```\n"),
      "5:12 error label `cell-3` is kept for cells without a label | choose a name that says what the cell shows"
    ),
    Bad(
      "theorem label on a cell", titled("```{swift}\n//| label: thm-a\nf()\n```\n"),
      "5:12 error a cell cannot have a label that begins `thm-` | cells are `fig-…`, `tbl-…`, or any name without such a beginning"
    ),
    Bad(
      "no caption", titled("```{swift}\n//| label: fig-a\nf()\n```\n"),
      "5:12 warning the figure has no caption | add `//| fig-cap: …`"),
    Bad(
      "empty cell", titled("```{swift}\n//| echo: true\n\n```\n"),
      "4:1 warning the cell holds no code | write some, or remove the cell"),
    Bad(
      "python", titled("```{python}\nprint(1)\n```\n"),
      "4:4 error cell language `python` does not run: only swift does | write ```python without braces to show the code"
    ),
    Bad(
      "Swift", titled("```{Swift}\nf()\n```\n"),
      "4:4 error cell language `Swift` does not run: only swift does | write `{swift}`"),
    Bad(
      "options on the fence", titled("```{swift, echo=false}\nf()\n```\n"),
      "4:10 error a cell's fence holds its language only | write `{swift}`, and options as lines `//| key: value` below it"
    ),
    Bad(
      "cell in a list", titled("- item\n\n    ```{swift}\n    f()\n    ```\n"),
      "6:5 error a cell must stand at the left margin, at most three spaces in | move it out of the list or quote; to show a cell, use a longer fence around it"
    ),
  ]

  static let structure = [
    Bad(
      "unclosed cell", titled("Text @fig-later.\n\n```{swift}\nf()\n"),
      "6:1 error this cell is never closed | end it with a line of as many backticks or tildes"),
    Bad(
      "unclosed code", titled("~~~~ swift\nf()\n~~~\n"),
      "4:1 error this code block is never closed | end it with a line of as many backticks or tildes"
    ),
    Bad(
      "cell runs into the next", titled("```{swift}\nf()\n\nText.\n\n```{swift}\ng()\n```\n"),
      "4:1 error this cell is not closed before the cell on line 9 | close it with a line of backticks; to show a cell, use a longer fence around it"
    ),
    Bad(
      "unclosed div", titled("::: {#thm-a .theorem}\n\n::: {.columns}\ntext\n:::\n"),
      "4:1 error this div is never closed | end it with a line of three colons, `:::`"),
    Bad(
      "unmatched div", titled("text\n\n :::\n"),
      "6:2 error this `:::` closes no div | remove it, or open a div above it"),
    Bad(
      "attributes", titled("::: {#thm-a title=\"x}\ntext\n:::\n"),
      "4:5 error these attributes cannot be read | write `::: {#thm-label .theorem title=\"…\" source=\"…\"}`"
    ),
    Bad(
      "theorem's key", titled("::: {#thm-a .theorem titel=\"x\"}\ntext\n:::\n"),
      "4:22 error unknown key `titel` | did you mean `title`?"),
    Bad(
      "theorem's label", titled("::: {#lem-a .theorem}\ntext\n:::\n"),
      "4:7 error the label of a theorem must begin `thm-` | write `#thm-a`"),
    Bad(
      "use of nothing", titled("::: {#thm-a .theorem uses=\"lem-b\"}\ntext\n:::\n"),
      "4:22 error reference `@lem-b` leads nowhere: no such label | write `::: {#lem-b}` above a statement, or `\\@` for a plain @"
    ),
    Bad(
      "unclosed comment", titled("text\n\n<!-- note\n\nmore\n"),
      "6:1 error this comment is never closed | end it with `-->`"),
    Bad(
      "unclosed formula", titled("é $$x + y\n\nmore $$\n"),
      "4:3 error this `$$` is not closed within its paragraph | close it with `$$`; a formula holds no blank line; write `\\$` for a dollar sign",
      "6:6 error this `$$` is not closed within its paragraph | close it with `$$`; a formula holds no blank line; write `\\$` for a dollar sign"
    ),
    Bad(
      "formula's label", titled("$$x$$ {#thm-x}\n"),
      "4:9 error the label of a formula must begin `eq-` | write `{#eq-thm-x}`"),
    Bad(
      "tag", titled("$$x \\tag{1}$$\n"),
      "4:5 warning `\\tag` in a formula does not show on the page | number the formula with `{#eq-…}` after its closing `$$`"
    ),
    Bad(
      "hidden TeX", titled("See \\eqref{a}.\n"),
      "4:5 warning `\\eqref` outside a formula does not show on the page | refer with `@eq-…`, `@thm-…`, `@fig-…`"
    ),
    Bad(
      "reference", titled("## H {#sec-blind}\n\nSee ü @sec-blnd.\n"),
      "6:7 error reference `@sec-blnd` leads nowhere: no such label | did you mean `@sec-blind`?"),
    Bad(
      "reference to nothing", titled("See [@fig-a; @fig-b].\n"),
      "4:6 error reference `@fig-a` leads nowhere: no such label | give a cell the option `label: fig-a`, or write `\\@` for a plain @",
      "4:14 error reference `@fig-b` leads nowhere: no such label | give a cell the option `label: fig-b`, or write `\\@` for a plain @"
    ),
    Bad(
      "misspelt prefix", titled("## H {#sec-blind}\n\nSee @sek-blind.\n"),
      "6:5 error reference `@sek-blind` leads nowhere: no such label | did you mean `@sec-blind`?"),
  ]

  @Test(arguments: frontMatter) func `bad front matter`(bad: Bad) {
    #expect(findings(bad.text) == bad.expected)
  }

  @Test(arguments: cells) func `bad cells`(bad: Bad) {
    #expect(findings(bad.text) == bad.expected)
  }

  @Test(arguments: structure) func `bad structure`(bad: Bad) {
    #expect(findings(bad.text) == bad.expected)
  }

  @Test func `bytes that are no UTF-8 text`() {
    func report(_ bytes: [UInt8]) -> String {
      let (lesson, diagnostics) = LessonParser.parse(bytes: bytes, path: "a.md")
      #expect(lesson == nil)
      return diagnostics.map(\.short).joined(separator: "\n")
    }
    let iso = Array(titled("très ").utf8) + [0xE9, 0x20]
    #expect(
      report(iso)
        == "4:6 error the file is not UTF-8: byte 0xE9 begins no character | save it as UTF-8; `iconv -f WINDOWS-1252 -t UTF-8` converts a Western file"
    )
    // Overlong, surrogate, beyond the last character, cut off at the end.
    for tail: [UInt8] in [
      [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82],
    ] {
      #expect(report(Array("ab\r\nc".utf8) + tail).hasPrefix("2:2 error the file is not UTF-8"))
    }
    #expect(report([0xFF, 0xFE, 0x2D, 0x00]).hasPrefix("1:1 error the file is UTF-16 |"))
    #expect(report([0xFE, 0xFF, 0x00, 0x2D]).hasPrefix("1:1 error the file is UTF-16 |"))
    #expect(report([0x2D, 0x00, 0x2D, 0x00]).hasPrefix("1:2 error the file holds a NUL byte"))
    #expect(report([]) == "1:1 error the lesson is empty | `lectern new` writes one to start from")
    #expect(report([0xEF, 0xBB, 0xBF, 0x0A]).hasPrefix("1:1 error the lesson is empty"))
  }

  @Test func `every kind of source error exits with 3`() {
    let all = Self.frontMatter + Self.cells + Self.structure
    for bad in all {
      for diagnostic in LessonParser.parse(bytes: Array(bad.text.utf8), path: "a.md").diagnostics {
        #expect(diagnostic.kind.exitCode == 3)
        #expect(diagnostic.path == "a.md")
        #expect(diagnostic.hint != nil)
      }
    }
  }
}
