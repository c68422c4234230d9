import LessonWire
import Literate
import Testing

/// A lesson that uses everything, with outputs made by hand.
enum SampleLesson {
  static let text = """
    ---
    title: Precision–recall curves
    subtitle: What *one number* cannot say about $\\hat P$
    author:
      - name: Ada Example
        affiliation: Université de Test
    lang: en
    description: A sample.
    source: "2025 deck, *For finite support*"
    lesson:
      id: sample
      level: master
      time: 45
      objectives:
        - Compute $\\bar\\alpha$ of a finite model by hand.
        - Read a curve.
    ---

    A generative model is a distribution $\\hat P$ that should look like a target $P$. See @fig-pair,
    [@tbl-values; @eq-alpha], @sec-ends, @thm-ends and [-@fig-four].[^1] Also @lem-wrong and @cor-shaken.

    [^1]: A note with $x^2$.

    <!-- A note to self: @fig-nowhere

    ```{swift}
    neverRun()
    ```
    -->

    ## The curve {#sec-curve}

    ::: {#def-curve .definition title="Precision–recall curve of $\\hat P$" source="2025 deck, Definition 1.4"}
    For $\\lambda \\in [0, \\infty]$ put
    $$\\alpha_\\lambda = \\int \\min\\bigl(\\lambda p, \\hat p\\bigr)\\, d\\mu
      \\qquad\\text{and}\\qquad
      \\beta_\\lambda = \\int \\min\\bigl(p, \\hat p/\\lambda\\bigr)\\, d\\mu .$$ {#eq-alpha}
    :::

    ```{swift}
    //| label: fig-pair
    //| fig-cap: A model that keeps one of two modes, $\\lambda = 1$. Compare @fig-four.
    let target = try 0.5 * Normal(mean: -2, sd: 0.7) + 0.5 * Normal(mean: 2, sd: 0.7)
    let model = try Normal(mean: -1.4, sd: 1.1)  // keeps one mode
    let lambda = try slider("λ", in: 0.05...20, value: 1, scale: .log)
    show(
      try Figure(width: 8, height: 4) {
        Line(over: -5...5) { target.density($0) }.color(.target).label("target $p$ at \\(lambda)")
      })
    ```

    ```{swift}
    //| label: tbl-values
    //| tbl-cap: Values of the curve in @eq-alpha.
    //| code-fold: true
    //| code-summary: How the table is made
    show(Table(head: ["", "exact", "value"], rows: rows))
    print("precision =", finite.supportPrecision)
    ```

    ### Four cases {#sec-four}

    ```{swift}
    //| label: fig-four
    //| fig-cap: Four ways to be a model.
    //| fig-subcap: ["high precision", "high recall", "both low", "both high $\\\\alpha$"]
    //| layout-ncol: 2
    //| echo: false
    for model in models { show(model) }
    ```

    ## The ends of the curve {#sec-ends}

    ::: {#thm-ends .theorem title="Ends" source="2025 deck, Theorem 1.5"}
    $$\\bar\\alpha = \\max_\\lambda \\alpha_\\lambda = \\alpha_\\infty .$$
    :::

    ::: {.proof}
    Monotone convergence: $\\min(\\lambda p, \\hat p)$ rises to $\\hat p$ wherever $p > 0$.
    :::

    ::: {#lem-wrong .lemma title="False as printed"}
    Recall is the proportion of the support that is covered.
    :::

    ::: {#cor-shaken .corollary uses="lem-wrong"}
    This rests on what is false.
    :::

    ::: {#prp-open .proposition title="Not yet"}
    Nobody looked.
    :::

    ```{swift}
    //| label: check-ends
    verify("thm-ends", evidence: .exact) { .holds("7 vertices, residual 0") }
    ```

    ::: {#exr-hand .exercise title="By hand"}
    Compute $\\alpha_1$ of the animals.

    ::: {.solution}
    It is $\\tfrac34$.
    :::
    :::

    Shown, not run:

    ```swift
    @main struct App { static func main() async throws { print(#"raw \\#(x)"#, 0x1F, 1.5e-3) } }
    ```

    | quantity | value |
    |----------|------:|
    | $\\alpha$ | 0.5  |

    : A table by hand. {#tbl-hand}

    ```{swift}
    //| label: broken
    let values = [1, 2, 3]
    print(values[3])
    ```

    ```{swift}
    print("never reached")
    ```
    """

  static func svg(_ title: String) -> String {
    """
    <?xml version="1.0" encoding="UTF-8"?>
    <svg xmlns="http://www.w3.org/2000/svg" width="576pt" height="288pt" viewBox="0 0 576 288">
    <defs><clipPath id="clip"><rect x="40" y="20" width="500" height="230"/></clipPath></defs>
    <rect x="0" y="0" width="576" height="288" fill="#ffffff"/>
    <g clip-path="url(#clip)"><path d="M40 250 C140 20 200 20 290 250" fill="none" stroke="#0072B2" stroke-width="3"/>
    <path d="M200 250 C300 60 360 60 480 250" fill="none" stroke="#D55E00" stroke-width="3" stroke-dasharray="9 5"/></g>
    <text x="288" y="18" text-anchor="middle" font-family="sans-serif" font-size="15">\(title)</text>
    <line x1="40" y1="250" x2="540" y2="250" stroke="#000"/>
    </svg>

    """
  }

  static var run: LessonRun {
    var run = LessonRun()
    func figure(_ cell: String, _ id: String, _ title: String) -> Output {
      Output(
        id: id, cell: cell,
        content: .figure(svg: svg(title), png: nil, pdf: nil, description: "Two bumps, \(title)."))
    }
    var pair = CellRun()
    pair.outputs = [figure("fig-pair", "fig-pair", "λ = 1")]
    run.cells["fig-pair"] = pair
    var values = CellRun()
    values.stdout = "precision = 3/4\n"
    values.stderr = "a warning of the <library>\n"
    values.memoHits = ["ring-gan"]
    values.outputs = [
      Output(
        id: "t", cell: "tbl-values",
        content: .table(
          head: ["", "exact", "value"],
          rows: [["$\\bar\\alpha$", "3/4", "0.75 ± 1e-16"], ["a_b * <c>", "7/8", "−0.875"]])),
      Output(id: "m", cell: "tbl-values", content: .markdown("Some **bold** words, $x_1$.")),
    ]
    run.cells["tbl-values"] = values
    var four = CellRun()
    four.outputs = (1...4).map { figure("fig-four", "f\($0)", "case \($0)") }
    run.cells["fig-four"] = four
    run.cells["check-ends"] = CellRun()
    run.parameters = [
      Parameter(
        name: "lambda", symbol: "λ", cell: "fig-pair", lower: 0.05, upper: 20, value: 1,
        isLogarithmic: true)
    ]
    run.verdicts = [
      Verdict(
        claim: "thm-ends", cell: "check-ends", holds: true, evidence: .exact,
        detail: "7 vertices, residual 0"),
      Verdict(
        claim: "thm-ends", cell: "check-ends", holds: true, evidence: .quadrature,
        detail: "41 levels, two routes"),
      Verdict(
        claim: "lem-wrong", cell: "check-ends", holds: false, evidence: .exhaustive,
        detail: "P = (9/10, 1/10): recall 9/10, proportion 1/2"),
    ]
    return run
  }

  static func lesson() throws -> Lesson {
    let (lesson, diagnostics) = LessonParser.parse(bytes: Array(text.utf8), path: "dir/sample.md")
    #expect(diagnostics.map(\.short) == [])
    return try #require(lesson)
  }

  static func page() throws -> Page {
    let lesson = try lesson()
    let broken = try #require(lesson.cells.first { $0.label == "broken" })
    let trap = Diagnostic(
      .error, .run, path: lesson.path, line: broken.codeLine + 1, column: 7, label: "broken",
      "index out of range", hint: "the array has 3 elements")
    return try Weaver(lesson: lesson, run: run, diagnostics: [trap], pandoc: pandoc).page()
  }
}
