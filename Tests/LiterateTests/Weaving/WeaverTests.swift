import Foundation
import LessonWire
import Literate
import Testing

@Suite struct WeaverTests {
  /// The page of a lesson's body, with what its cells did.
  static func page(
    _ body: String, matter: String = "title: T", run: LessonRun = LessonRun(),
    diagnostics: [Diagnostic] = [], path: String = "a.md"
  ) throws -> Page {
    let text = "---\n\(matter)\n---\n\(body)"
    let lesson = try #require(LessonParser.parse(bytes: Array(text.utf8), path: path).lesson)
    return try Weaver(lesson: lesson, run: run, diagnostics: diagnostics, pandoc: pandoc).page()
  }

  /// What a reader sees in the text, style and TeX annotations left out.
  static func text(_ html: String) -> String {
    let body = html[(html.firstRange(of: "<body>")?.upperBound ?? html.startIndex)...]
    // Combining accents may follow a tag, so characters will not do.
    let text = String(body)
      .replacing(
        /<annotation.*?<\/annotation>/.dotMatchesNewlines().matchingSemantics(.unicodeScalar),
        with: ""
      )
      .replacing(
        /<\/?(p|div|pre|li|h[1-6]|figcaption|td|th|section|header|details|summary|dd|ul)[^>]*>/
          .matchingSemantics(.unicodeScalar), with: " "
      )
      .replacing(/<[^>]*>/.matchingSemantics(.unicodeScalar), with: "")
    return text.replacing("&lt;", with: "<").replacing("&gt;", with: ">")
      .replacing("&quot;", with: "\"").replacing("&amp;", with: "&").replacing("\u{A0}", with: " ")
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  // MARK: - The sample, as a whole

  @Test func `the sample's numbers and references`() throws {
    let page = try SampleLesson.page()
    #expect(page.diagnostics == [])
    let text = Self.text(page.html)
    for part in [
      "See Figure 1, Table 1, Equation (1), Section 2, Theorem 2 and 2.",
      "Also Lemma 3 (fails) and Corollary 4 (fails).",
      "1 The curve", "1.1 Four cases", "2 The ends of the curve",
      "Definition 1 Precision–recall curve of", "2025 deck, Definition 1.4",
      "✓ Holds: exact 7 vertices, residual 0", "✓ Holds: quadrature 41 levels, two routes",
      "✗ Fails: exhaustive P = (9/10, 1/10): recall 9/10, proportion 1/2",
      "✗ Rests on Lemma 3, which fails", "○ Not checked",
      "λ = 1 (0.05 to 20, logarithmic; -P lambda:1)",
      "Figure 1: A model that keeps one of two modes, λ=1. Compare Figure 2.",
      "(a) high precision", "(d) both high α", "Figure 2: Four ways to be a model.",
      "Table 1: Values of the curve in Equation (1).", "Table 2: A table by hand.",
      "precision = 3/4", "a_b * <c>", "Some bold words", "cached ring-gan", "Not run",
      "✗ [broken] index out of range line 122, column 7 print(values[3]) What to do: the array has 3 elements",
      "Claims of this lesson 1 claim holds, 1 fails, 2 not checked", "A note with",
    ] {
      #expect(text.contains(part), "\(part)")
    }
    #expect(!text.contains("A note to self"))
    #expect(!text.contains("neverRun"))
  }

  @Test func `the page is whole: no mark is left, tags pair, ids are unique, links lead somewhere`()
    throws
  {
    let html = try SampleLesson.page().html
    #expect(!html.unicodeScalars.contains { (0x10F800...0x10F8FF).contains($0.value) })
    var open: [Substring] = []
    var ids: Set<Substring> = []
    var links: Set<Substring> = []
    let void: Set<Substring> = ["meta", "link", "br", "hr", "img", "col"]
    let body = html.replacing(/<style>.*?<\/style>/.dotMatchesNewlines(), with: "")
    for match in body.matches(
      of: /<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:[^>"]|"[^"]*")*)>/.matchingSemantics(.unicodeScalar))
    {
      let (_, slash, name, rest) = match.output
      if !slash.isEmpty {
        #expect(open.popLast() == name, "</\(name)>")
      } else if !rest.hasSuffix("/"), !void.contains(name) {
        open.append(name)
      }
      if let id = rest.firstMatch(of: /\sid="([^"]*)"/)?.1 {
        #expect(ids.insert(id).inserted, "id \(id) twice")
      }
      if let target = rest.firstMatch(of: /\shref="#([^"]*)"/)?.1 { links.insert(target) }
    }
    #expect(open == [])
    #expect(links.subtracting(ids) == [])
    #expect(links.isSuperset(of: ["fig-pair", "tbl-values", "eq-alpha", "sec-ends", "thm-ends"]))
  }

  @Test func `the page loads nothing and says so`() throws {
    let html = try SampleLesson.page().html
    #expect(html.contains("content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:"))
    #expect(!html.contains("<script"))
    for match in html.matches(of: /(?:src|href|data|poster)="([^"]*)"/) {
      #expect(match.1.hasPrefix("#") || match.1.hasPrefix("data:"), "\(match.1)")
    }
    #expect(html.contains("<html lang=\"en\">"))
    #expect(html.contains("<title>Precision–recall curves</title>"))
    #expect(html.contains("<a class=\"skip\" href=\"#text\">"))
  }

  @Test func `the same inputs give the same bytes`() throws {
    #expect(try SampleLesson.page().html == SampleLesson.page().html)
  }

  // MARK: - Parts

  @Test func `a lesson in French speaks French`() throws {
    let page = try Self.page(
      "::: {#thm-a .theorem}\nVrai.\n:::\n\nVoir @thm-a.\n", matter: "title: T\nlang: fr-FR")
    #expect(Self.text(page.html).contains("Théorème 1"))
    #expect(Self.text(page.html).contains("○ Non vérifié"))
    #expect(page.html.contains("<html lang=\"fr-FR\">"))
  }

  @Test func `French has its plurals and its space before a colon`() throws {
    var run = LessonRun()
    run.verdicts = [
      Verdict(claim: "thm-a", cell: "c", holds: true, evidence: .exact, detail: "d", line: 7)
    ]
    let page = try Self.page(
      "::: {#thm-a .theorem}\nA.\n:::\n\n```{swift}\n//| label: c\nlet a = 1\n```\n",
      matter: "title: T\nlang: fr", run: run)
    #expect(page.html.contains("✓ Vrai\u{A0}: exact"))
    #expect(page.html.contains("1 vrai, 0 faux, 0 non vérifié<"))
  }

  @Test func `a column of numbers is set as numbers, a column with a word is not`() throws {
    var run = LessonRun()
    var cell = CellRun()
    cell.outputs = [
      Output(
        id: "t", cell: "c",
        content: .table(
          head: ["a", "b", "c"],
          rows: [
            ["1/2", "0.3 ± 1e-12", "-inf"], ["inf", "-3.5E+7", "e-mail"], ["-inf", "nan", "1"],
            ["", "–", ""],
          ]))
    ]
    run.cells["c"] = cell
    let html = try Self.page("```{swift}\n//| label: c\nlet a = 1\n```\n", run: run).html
    let cells = html.matches(of: /<td( class="num")?>(.*?)<\/td>/).map { match in
      (match.1 == nil ? "" : "num ") + match.2
    }
    #expect(
      cells == [
        "num 1/2", "num 0.3 ± 1 × 10<sup>−12</sup>", "-inf",
        "num ∞", "num −3.5 × 10<sup>7</sup>", "e-mail",
        "num −∞", "num nan", "1", "num ", "num –", "",
      ])
  }

  @Test func `what a lesson's program says is text, never markup`() throws {
    let text = "<b>&\"x\""
    var run = LessonRun()
    var cell = CellRun()
    cell.stdout = text
    cell.stderr = text
    cell.memoHits = [text]
    cell.outputs = [
      Output(id: "a", cell: "c", content: .text(text)),
      Output(id: "t", cell: "c", content: .table(head: [text], rows: [[text], [""]])),
    ]
    run.cells["c"] = cell
    run.verdicts = [
      Verdict(claim: text, cell: "c", holds: false, evidence: .exact, detail: text, line: 7)
    ]
    run.parameters = [
      Parameter(
        name: text, symbol: text, cell: "c", lower: 0, upper: 1, value: 1, isLogarithmic: false)
    ]
    let page = try Self.page(
      "```{swift}\n//| label: c\nlet a = 1\n```\n", run: run,
      diagnostics: [Diagnostic(.error, .run, label: "c", text, hint: text)])
    #expect(!page.html.contains("<b>"))
    // Printed, messages, memo, shown, table head and cell, verdict and claim, parameter twice, error and hint.
    #expect(page.html.matches(of: /&lt;b&gt;&amp;/).count >= 12)
  }

  @Test func `what came from the cache is named once, and not at any length`() throws {
    var run = LessonRun()
    var cell = CellRun()
    cell.memoHits = ["a", "b", "a", "c", "d", "e", "a", "f", "g", "h"]
    run.cells["c"] = cell
    let page = try Self.page("```{swift}\n//| label: c\nlet a = 1\n```\n", run: run)
    #expect(
      page.html.contains(
        "<code>a</code>\u{202F}×\u{202F}3, <code>b</code>, <code>c</code>, <code>d</code>, "
          + "<code>e</code>, <code>f</code>, + 2</p>"))
  }

  @Test func `a constant of the lesson is shown as it was given`() throws {
    var run = LessonRun()
    run.cells["c"] = CellRun()
    run.parameters = [
      Parameter(
        name: "c", cell: "c", lower: -.infinity, upper: .infinity, value: .nan, text: "13/3",
        isLogarithmic: false)
    ]
    let page = try Self.page("```{swift}\n//| label: c\nlet a = 1\n```\n", run: run)
    #expect(
      page.html.contains("<strong>c = 13/3</strong> <span>(<code>-P c:13/3</code>)</span>"))
  }

  @Test func `a formula that cannot be shown is an error at its place`() throws {
    let page = try Self.page("Ok $x^2$.\n\nBut é $\\cancel{x}$ and\n\n$$a \\foo\n b$$ {#eq-b}\n")
    #expect(
      page.diagnostics.map(\.short) == [
        "6:7 error this formula cannot be shown: unexpected control sequence \\cancel | define the command with `\\newcommand` in the text, or write it another way",
        "8:1 error this formula cannot be shown: unexpected control sequence \\foo | define the command with `\\newcommand` in the text, or write it another way",
      ])
    #expect(Self.text(page.html).contains("This lesson has 2 errors"))
  }

  @Test func `macros of the text work in every formula`() throws {
    let page = try Self.page("\\newcommand{\\cancel}[1]{#1}\n\nNow $\\cancel{x}$.\n")
    #expect(page.diagnostics == [])
    #expect(page.html.contains("<mi>x</mi>"))
  }

  @Test func `a formula in a caption is blamed on its cell`() throws {
    let page = try Self.page(
      "```{swift}\n//| label: fig-a\n//| fig-cap: Bad $\\nope$.\nf()\n```\n")
    #expect(page.diagnostics.map(\.line) == [4])
    #expect(page.diagnostics.map(\.label) == ["fig-a"])
  }

  @Test func `images are embedded, and errors without file or with network`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "é \(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data([0x89, 0x50]).write(to: folder.appending(path: "my dot.png"))
    let path = folder.appending(path: "a.md").path(percentEncoded: false)
    let page = try Self.page(
      """
      ![A *dot*](<my dot.png>){#fig-dot fig-alt="One dot"}

      See @fig-dot and inline ![x](my%20dot.png).

      ![Gone](gone.png){#fig-gone}

      ![Far](https://example.org/a.png)

      ![Secret](/etc/hostname)

      <iframe src="https://example.org/frame"></iframe>
      """, path: path)
    #expect(page.html.contains("src=\"data:image/png;base64,iVA=\" alt=\"One dot\""))
    #expect(page.html.count(of: "data:image/png;base64,iVA=") == 2)
    #expect(Self.text(page.html).contains("Figure 1: A dot"))
    #expect(
      page.diagnostics.map(\.short) == [
        "8:9 error image `gone.png` cannot be read | it is looked for relative to the lesson's folder",
        "10:8 error image `https://example.org/a.png` is on the network, and pages work offline | save it beside the lesson and give its file name",
        "12:11 error `/etc/hostname` is not an image that a page can hold | use avif, gif, jpeg, jpg, png, svg or webp",
        "14:14 error `<iframe>` loads `https://example.org/frame` from the network, and pages work offline | remove it, or save what it needs beside the lesson",
      ])
  }

  @Test func `output of a cell cannot break the page`() throws {
    var cell = CellRun()
    cell.stdout = "<script>alert(1)</script> \u{10F800}\u{10F811}\u{10F801}"
    cell.outputs = [
      "```\nnever closed", "::: {.columns}\n\nnever closed", ":::\n\ntwo", "<!-- open",
      "# A heading",
      "\u{10F800}\u{10F810}\u{10F801} mark", "---\ntitle: x\n---\n", "$\\unknown$",
    ].enumerated().map { index, markdown in
      Output(id: "\(index)", cell: "cell-1", content: .markdown(markdown))
    }
    cell.outputs.append(
      Output(
        id: "t", cell: "cell-1",
        content: .table(
          head: ["# $x$ *a*"], rows: [["1. $y$ `b` _c_ \\ [d](e) ![f](g) @fig-x <i>"]])))
    var run = LessonRun()
    run.cells["cell-1"] = cell
    let page = try Self.page("Before.\n\n```{swift}\nf()\n```\n\nAfter @fig-x.\n", run: run)
    let text = Self.text(page.html)
    #expect(text.contains("<script>alert(1)</script>"))
    #expect(text.contains("# x *a*"))
    #expect(text.contains("1. y `b` _c_ \\ [d](e) ![f](g) @fig-x <i>"))
    #expect(text.contains("After @fig-x."))
    #expect(text.contains("``` never closed"))
    #expect(!page.html.contains("<script"))
    #expect(page.diagnostics.map(\.label) == ["cell-1"])
  }

  @Test func `options hide source and output, never an error`() throws {
    var run = LessonRun()
    for label in ["a", "b", "c"] {
      var cell = CellRun()
      cell.stdout = "printed by \(label)"
      run.cells[label] = cell
    }
    let body = """
      ```{swift}
      //| label: a
      //| echo: false
      codeOfA()
      ```

      ```{swift}
      //| label: b
      //| output: false
      codeOfB()
      ```

      ```{swift}
      //| label: c
      //| include: false
      codeOfC()
      ```

      ```{swift}
      //| label: d
      //| eval: false
      codeOfD()
      ```
      """
    let text = Self.text(try Self.page(body, run: run).html)
    #expect(text.contains("printed by a") && !text.contains("codeOfA"))
    #expect(text.contains("codeOfB") && !text.contains("printed by b"))
    #expect(!text.contains("printed by c") && !text.contains("codeOfC"))
    #expect(text.contains("codeOfD") && !text.contains("Not run"))
    let trap = Diagnostic(.error, .run, path: "a.md", line: 19, column: 1, label: "c", "it broke")
    let failed = Self.text(try Self.page(body, run: run, diagnostics: [trap]).html)
    #expect(failed.contains("[c] it broke"))
    #expect(failed.contains("This lesson has an error: c"))
  }

  @Test func `a cell in a list stays in it, theorems may hold cells`() throws {
    var run = LessonRun()
    run.cells["cell-1"] = CellRun()
    run.cells["cell-1"]?.stdout = "in the list"
    let page = try Self.page(
      "1. One\n\n   ```{swift}\n   f()\n   ```\n\n2. Two\n\n::: {#exm-a .example}\n```{swift}\ng()\n```\n:::\n",
      run: run)
    #expect(page.html.firstMatch(of: /<li><p>One<\/p>\s*<div class="cell"/) != nil)
    #expect(page.html.firstMatch(of: /<div class="statement-body">\s*<div class="cell"/) != nil)
  }

  @Test func `two figures of a page share no id`() throws {
    var run = LessonRun()
    var cell = CellRun()
    let svg =
      "<svg width=\"72pt\" height=\"36pt\"><defs><g id=\"m\"/></defs><use href=\"#m\"/><path clip-path=\"url(#m)\" fill=\"#fff\"/></svg>"
    cell.outputs = (0..<2).map {
      Output(
        id: "\($0)", cell: "fig-a",
        content: .figure(svg: svg, png: nil, pdf: nil, description: "D\($0) \"q\""))
    }
    run.cells["fig-a"] = cell
    let html = try Self.page(
      "```{swift}\n//| label: fig-a\n//| fig-cap: C\n//| fig-width: 5\nf()\n```\n", run: run
    ).html
    for prefix in ["fig-a-1-", "fig-a-2-"] {
      #expect(html.contains("id=\"\(prefix)m\""))
      #expect(html.contains("href=\"#\(prefix)m\""))
      #expect(html.contains("url(#\(prefix)m)"))
    }
    #expect(html.contains("fill=\"#fff\""))
    #expect(html.contains("viewBox=\"0 0 96 48\""))
    #expect(
      html.contains("role=\"img\" aria-label=\"D1 &quot;q&quot;\" style=\"max-width: 480px\""))
  }

  @Test func `headings in any depth begin below the title`() throws {
    let html = try Self.page("# A\n\n### B {.unnumbered}\n\n## C\n\nLine\n----\n").html
    #expect(html.contains("<h2 id=\"a\"><span class=\"number\">1</span> A</h2>"))
    #expect(html.contains("<h4 id=\"b\">B</h4>"))
    #expect(html.contains("<h3 id=\"c\"><span class=\"number\">1.1</span> C</h3>"))
    #expect(html.contains("<span class=\"number\">1.2</span> Line</h3>"))
  }

  @Test func `no text leaves a mark on the page, and every page ends`() throws {
    let pieces = [
      "`", "```\n", "\n```swift\n", "~~~\n", "\n:::\n", "\n::: {.columns}\n",
      "\n::: {#thm-a .theorem}\n",
      "{#eq-a}", "$", "$$", "\\", "@thm-a", "[", "](", ")", "![", "<!--", "-->", "<div>", "</p>",
      "\n\n",
      "\n# H\n", "- ", "    ", "| a |\n|---|\n", "word ", "*", "_", "[^1]", "[^1]: n\n", "\"",
      "<pre>",
    ]
    var state: UInt64 = 99
    for _ in 0..<30 {
      var body = ""
      for _ in 0..<40 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        body += pieces[Int(state >> 33) % pieces.count]
      }
      let html = try Self.page(body).html
      #expect(!html.unicodeScalars.contains { (0x10F800...0x10F8FF).contains($0.value) }, "\(body)")
      #expect(html.hasSuffix("</html>\n"))
    }
  }

  @Test func `accents over one letter do not stretch, and upright words are words`() throws {
    let html = try Self.page(
      "$\\hat P$ and $\\tilde p$, $\\widehat{AB}$, $\\mathrm{IS}(x)$, $\\mathrm d x$, $\\bar\\alpha$\n"
    ).html
    // Scalars: a combining accent would join the tag before it.
    func contains(_ part: String) -> Bool {
      html.unicodeScalars.firstRange(of: part.unicodeScalars) != nil
    }
    #expect(contains("<mi>P</mi><mo accent=\"true\" stretchy=\"false\">\u{2C6}</mo>"))
    #expect(contains("<mi>p</mi><mo accent=\"true\" stretchy=\"false\">\u{2DC}</mo>"))
    #expect(contains("</mrow><mo accent=\"true\">\u{302}</mo>"))
    #expect(contains("<mi>IS</mi>"))
    #expect(contains("<mi mathvariant=\"normal\">d</mi>"))
  }

  @Test func `index lists lessons with their claims`() {
    var matter = FrontMatter(title: "A *b* <c>")
    matter.lang = "fr"
    var claims = ClaimSummary()
    claims.holding = 2
    claims.failing = 1
    let html = IndexPage.html(lessons: [
      IndexEntry(frontMatter: matter, href: "é a/b.html", claims: claims, status: .errors(1)),
      IndexEntry(
        frontMatter: FrontMatter(title: "D"), href: "d.html", claims: ClaimSummary(), status: .ok),
    ])
    #expect(html.contains("<a href=\"%C3%A9%20a/b.html\">A b &lt;c&gt;</a>"))
    let text = Self.text(html)
    #expect(text.contains("✗ 2 claims hold, 1 fails ✗ 1 error"))
    #expect(text.contains("○ no claims"))
    #expect(html.contains("<li lang=\"fr\">"))
  }
}

extension String {
  fileprivate func count(of part: String) -> Int { ranges(of: part).count }
}
