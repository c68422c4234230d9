/// The look of a page: a quiet column of text, wide figures, colours for light, dark and paper.
public enum PageStyle {
  /// The style sheet, the same for lessons and index.
  public static var css: String {
    """
    :root {
      color-scheme: light dark;
    \(declarations(light))
    }
    @media (prefers-color-scheme: dark) { :root {
    \(declarations(dark))
    } }
    \(rules)
    """
  }

  /// Colours on white paper, by their role.
  public static let light = [
    ("ink", "#1c2126"), ("paper", "#ffffff"), ("muted", "#586069"), ("rule", "#d9dde2"),
    ("accent", "#0b5394"), ("wash", "#f5f7fa"), ("statement", "#f3f7fc"),
    ("hold", "#12693a"), ("hold-wash", "#e4f4ea"), ("fail", "#b3141d"), ("fail-wash", "#fdeeee"),
    ("limit", "#7a4d00"), ("limit-wash", "#fdf1da"),
    ("open-wash", "#eceff3"), ("keyword", "#9b2393"), ("string", "#b3261e"), ("number", "#1c39bb"),
    ("comment", "#586673"), ("type", "#0b5a80"), ("call", "#226269"), ("attribute", "#7a4a00"),
  ]

  /// Colours on dark paper, by their role.
  public static let dark = [
    ("ink", "#e4e7eb"), ("paper", "#15181c"), ("muted", "#a3abb5"), ("rule", "#363c44"),
    ("accent", "#7cb8f0"), ("wash", "#1d2126"), ("statement", "#1a222c"),
    ("hold", "#7ad6a0"), ("hold-wash", "#17301f"), ("fail", "#ff9c9c"), ("fail-wash", "#3a1a1c"),
    ("limit", "#f0c36a"), ("limit-wash", "#332810"),
    ("open-wash", "#2b3138"), ("keyword", "#ff85bb"), ("string", "#ff9384"), ("number", "#d9c97c"),
    ("comment", "#98a5b1"), ("type", "#7fd4f5"), ("call", "#86cdbf"), ("attribute", "#ffb066"),
  ]

  private static func declarations(_ colours: [(String, String)]) -> String {
    colours.map { "  --\($0.0): \($0.1);" }.joined(separator: "\n")
  }

  private static let rules = """
    * { box-sizing: border-box; }
    html { font-size: 112.5%; -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
    body { margin: 0; background: var(--paper); color: var(--ink); line-height: 1.6;
      font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans",
        "DejaVu Sans", sans-serif; overflow-wrap: break-word; }
    a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: 0.15em; }
    a.ref { text-decoration: none; white-space: nowrap; }
    a:hover, a.ref:hover { text-decoration: underline; }
    :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
    .skip { position: absolute; left: -100vw; background: var(--paper); padding: 0.5rem 1rem; }
    .skip:focus { left: 1rem; top: 1rem; z-index: 1; }
    .page { max-width: 62rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
    header.title, main > *, footer > *, .contents { max-width: 42rem; margin-left: auto;
      margin-right: auto; }
    header.title { margin-bottom: 2rem; }
    h1, h2, h3, h4, h5, h6 { line-height: 1.25; text-wrap: balance; font-weight: 650; }
    h1 { font-size: 2.3rem; letter-spacing: -0.015em; margin: 0 0 0.4rem; }
    h2 { font-size: 1.55rem; margin-top: 3rem; margin-bottom: 0.8rem; letter-spacing: -0.01em; }
    h3 { font-size: 1.2rem; margin-top: 2.2rem; margin-bottom: 0.6rem; }
    h4, h5, h6 { font-size: 1rem; margin-top: 1.6rem; margin-bottom: 0.4rem; }
    h2 > .number, h3 > .number, h4 > .number, h5 > .number, h6 > .number { color: var(--muted);
      font-weight: 450; margin-right: 0.35em; }
    p { margin-top: 0; margin-bottom: 1rem; }
    .title .subtitle { font-size: 1.25rem; color: var(--muted); line-height: 1.4; }
    .title .facts { color: var(--muted); font-size: 0.85rem; letter-spacing: 0.03em;
      margin-bottom: 0.6rem; }
    .title .authors { margin-bottom: 0.3rem; }
    .title .authors span, .source { color: var(--muted); font-size: 0.85rem; }
    .goals { border-left: 3px solid var(--rule); padding-left: 1rem; margin-top: 1.2rem; }
    .goals p { font-weight: 600; margin-bottom: 0.2rem; }
    .goals ul { margin: 0; padding-left: 1.1rem; }
    .contents { font-size: 0.9rem; margin-bottom: 2rem; }
    .contents summary { font-weight: 600; cursor: pointer; }
    .contents ol { list-style: none; margin: 0.5rem 0 0; padding: 0; }
    .contents li { margin: 0.3rem 0; line-height: 1.35; padding-left: 1.4em;
      text-indent: -1.4em; }
    .contents .level-3 { padding-left: 3.5em; text-indent: -2.1em; }
    .contents a { color: var(--ink); text-decoration: none; }
    .contents a:hover { color: var(--accent); text-decoration: underline; }
    .contents .number { color: var(--muted); display: inline-block; min-width: 1.1em;
      text-indent: 0; }
    .contents .level-3 .number { min-width: 1.8em; }
    @media (min-width: 75rem) {
      .with-contents { display: grid; max-width: 80rem; column-gap: 3rem;
        grid-template-columns: 13.5rem minmax(0, 1fr); }
      .with-contents > * { grid-column: 2; }
      .with-contents > .contents { grid-column: 1; grid-row: 1 / span 9; align-self: start;
        position: sticky; top: 2.5rem; max-height: calc(100vh - 5rem); overflow-y: auto;
        margin: 0; }
      .with-contents > main, .with-contents > header, .with-contents > footer { width: 100%; }
    }
    main > .cell, main > figure, main > .markdown { max-width: 56rem; }
    .cell { margin-top: 1.6rem; margin-bottom: 1.8rem; }
    .cell > :not(figure) { max-width: 42rem; margin-left: auto; margin-right: auto; }
    pre { margin-top: 0; margin-bottom: 1rem; overflow-x: auto; line-height: 1.5; }
    code, samp, pre { font-family: ui-monospace, "SF Mono", "Cascadia Code", "JetBrains Mono",
      "DejaVu Sans Mono", "Liberation Mono", monospace; font-size: 0.86em; }
    pre code, pre samp { font-size: 0.8rem; }
    /* A shade at an edge beyond which the code goes on; at its end the wash covers the shade. */
    pre.code { --shade: color-mix(in srgb, var(--ink) 28%, transparent);
      background:
        linear-gradient(to right, var(--wash) 50%, transparent) left / 3rem 100% no-repeat local,
        linear-gradient(to left, var(--wash) 50%, transparent) right / 3rem 100% no-repeat local,
        linear-gradient(to right, var(--shade), transparent) left / 0.9rem 100% no-repeat scroll,
        linear-gradient(to left, var(--shade), transparent) right / 0.9rem 100% no-repeat scroll,
        var(--wash);
      border-radius: 6px; padding: 0.8rem 1rem; }
    /* Code begins where text begins and may reach further right: 100 columns fit. */
    .cell > pre.code, .cell > .fold { width: max-content; min-width: min(42rem, 100%);
      max-width: min(49rem, 100% - max(0px, (100% - 42rem) / 2));
      margin-left: max(0px, (100% - 42rem) / 2); }
    pre.output { border-left: 3px solid var(--rule); padding: 0.2rem 1rem; max-height: 30rem; }
    pre.stderr { border-left-color: var(--fail); }
    .fold > summary, .aside > summary { cursor: pointer; color: var(--muted); font-size: 0.9rem;
      margin-bottom: 0.5rem; }
    .aside { border-left: 3px solid var(--rule); padding-left: 1rem; margin-bottom: 1rem; }
    .k { color: var(--keyword); } .s { color: var(--string); } .n { color: var(--number); }
    .c { color: var(--comment); font-style: italic; } .t { color: var(--type); }
    .f { color: var(--call); } .a { color: var(--attribute); }
    figure { margin: 1.2rem auto 1.8rem; }
    .card { text-align: center; border-radius: 6px; }
    figure svg, figure img { display: block; width: 100%; height: auto; margin: 0 auto; }
    figure img { width: auto; max-width: 100%; }
    figcaption { max-width: 42rem; margin: 0.7rem auto 0; font-size: 0.9rem; line-height: 1.5;
      color: var(--muted); }
    figcaption > .number, caption > .number { color: var(--ink); font-weight: 600; }
    .panels { display: grid; gap: 1.5rem 1rem; align-items: end;
      grid-template-columns: repeat(var(--columns, 1), minmax(0, 1fr)); }
    .panels .panel { margin: 0; } .panels figcaption { margin-top: 0.3rem; text-align: center; }
    @media (max-width: 45rem) { .panels { grid-template-columns: 1fr; } }
    .table > div { overflow-x: auto; }
    table { border-collapse: collapse; margin: 0 auto 1.2rem; font-size: 0.92rem;
      font-variant-numeric: tabular-nums lining-nums; }
    .table table { margin-bottom: 0; } .table figcaption { text-align: center; }
    caption { caption-side: bottom; color: var(--muted); font-size: 0.9rem; line-height: 1.5;
      padding-top: 0.7rem; text-align: left; }
    th, td { padding: 0.35rem 0.9rem; text-align: left; vertical-align: baseline; }
    th { font-weight: 600; border-bottom: 2px solid var(--rule); }
    td { border-bottom: 1px solid var(--rule); }
    .num { text-align: right; white-space: nowrap; }
    sup { line-height: 0; }
    .statement { background: var(--statement); border-left: 4px solid var(--accent);
      border-radius: 0 6px 6px 0; padding: 0.9rem 1.2rem; margin-top: 1.5rem;
      margin-bottom: 1.5rem; }
    .statement.remark, .statement.example, .statement.exercise { background: var(--wash);
      border-left-color: var(--rule); }
    .statement.failing { border-left-color: var(--fail); }
    .statement header { display: flex; flex-wrap: wrap; justify-content: space-between;
      column-gap: 1.5rem; margin-bottom: 0.3rem; }
    .statement header p { margin: 0; }
    .statement-title { font-weight: 450; margin-left: 0.3em; }
    .statement header .source { align-self: center; }
    .statement > :last-child, .statement-body > :last-child { margin-bottom: 0; }
    .verdict-line { font-size: 0.88rem; margin-bottom: 0.4rem; }
    .statement-body + .verdict-line { margin-top: 0.7rem; }
    .badge { display: inline-block; border-radius: 1rem; padding: 0.02rem 0.65rem;
      font-weight: 600; white-space: nowrap; }
    .badge.hold { color: var(--hold); background: var(--hold-wash); }
    .badge.fail { color: var(--fail); background: var(--fail-wash); white-space: normal; }
    .badge.limit { color: var(--limit); background: var(--limit-wash); }
    .badge.open { color: var(--muted); background: var(--open-wash); }
    .ledger { margin-top: 0.9rem; font-size: 0.95rem; }
    .ledger + .ledger { border-top: 1px solid var(--rule); padding-top: 0.9rem; }
    .ledger > :last-child { margin-bottom: 0; }
    .beside { display: grid; gap: 0.8rem; margin: 0.6rem 0;
      grid-template-columns: minmax(0, 2fr) minmax(0, 3fr); }
    .beside > :only-child { grid-column: 1 / -1; }
    @media (max-width: 45rem) { .beside { grid-template-columns: minmax(0, 1fr); } }
    .beside > div { border-radius: 6px; padding: 0.7rem 0.9rem; overflow-x: auto; }
    .beside > div > :last-child { margin-bottom: 0; }
    .beside .part { font-weight: 600; font-size: 0.85rem; margin-bottom: 0.3rem; }
    .beside .refuted { background: var(--fail-wash); border-left: 4px solid var(--fail); }
    .beside .refuted .part { color: var(--fail); }
    .beside .corrected { background: var(--hold-wash); border-left: 4px solid var(--hold); }
    .beside .corrected .part { color: var(--hold); }
    .ledger-hypotheses .refuted, .ledger-misprint .refuted { background: var(--limit-wash);
      border-left-color: var(--limit); }
    .ledger-hypotheses .refuted .part, .ledger-misprint .refuted .part { color: var(--limit); }
    .difference { color: var(--fail); border: 2px solid var(--fail); border-radius: 6px;
      padding: 0.6rem 0.9rem; margin: 0.6rem 0; }
    .difference p, .difference ul { margin-bottom: 0; }
    .hypotheses { font-size: 0.92rem; margin-bottom: 0.4rem; }
    .ledger .checks { font-size: 0.88rem; padding-left: 1.1rem; }
    .ledger .aside { border: 0; padding: 0; margin-top: 0.5rem; margin-bottom: 0; }
    .evidence { color: var(--muted); } .evidence code { white-space: nowrap; }
    .fails, .missing { color: var(--fail); font-weight: 600; }
    .proof { margin-bottom: 1.5rem; } .proof-name { font-style: italic; margin-bottom: 0.2rem; }
    .qed { text-align: right; margin-top: -2.6rem; }
    .parameter { font-size: 0.92rem; background: var(--wash); border-radius: 6px;
      padding: 0.4rem 1rem; } .parameter span, .note { color: var(--muted); }
    .note { font-size: 0.88rem; }
    .problem, .problems { background: var(--fail-wash); border-left: 4px solid var(--fail);
      border-radius: 0 6px 6px 0; padding: 0.7rem 1.1rem; margin-top: 1rem; margin-bottom: 1rem; }
    .problems .problem { border: 0; padding: 0; }
    .problem strong, .problems > p > strong { color: var(--fail); }
    .problem p, .problems p { margin-bottom: 0.3rem; } .problem pre { margin-bottom: 0.3rem; }
    .place { color: var(--muted); font-size: 0.85rem; }
    math { font-family: "STIX Two Math", "Latin Modern Math", "Cambria Math", "Libertinus Math",
      "XITS Math", "TeX Gyre DejaVu Math", "DejaVu Math TeX Gyre", math; font-size: 1.05em; }
    math[display="block"] { overflow-x: auto; overflow-y: hidden; margin: 0.7rem 0;
      padding: 0.1rem 0; }
    .equation { display: flex; align-items: center; }
    .equation > math { flex: 1; } .equation > .number { margin-left: 1rem; }
    blockquote { margin: 1rem 0; padding-left: 1rem; border-left: 3px solid var(--rule);
      color: var(--muted); }
    .columns { display: flex; flex-wrap: wrap; gap: 1.5rem; }
    .columns > * { flex: 1 1 14rem; }
    .notes { display: none; }
    .note-box, .callout-note, .callout-tip, .callout-warning, .callout-important {
      border: 1px solid var(--rule); border-radius: 6px; padding: 0.8rem 1.1rem; }
    .footnotes { font-size: 0.88rem; color: var(--muted); margin-top: 3rem; }
    hr { border: 0; border-top: 1px solid var(--rule); margin-top: 2rem; margin-bottom: 2rem; }
    main img { max-width: 100%; }
    footer { margin-top: 3rem; border-top: 1px solid var(--rule); }
    footer h2 { font-size: 1.2rem; margin-top: 1.5rem; }
    .claims ul { list-style: none; padding: 0; } .claims li { margin-bottom: 0.7rem; }
    .lessons { list-style: none; padding: 0; }
    .lessons li { border-top: 1px solid var(--rule); padding: 1.1rem 0; }
    .lessons h2 { margin: 0 0 0.3rem; font-size: 1.3rem; } .lessons p { margin-bottom: 0.4rem; }
    @media (prefers-color-scheme: dark) {
      .card { background: #ffffff; padding: 0.8rem; }
    }
    @media print {
      :root {
    \(declarations(light))
      }
      html { font-size: 10pt; }
      .contents, .skip { display: none; }
      .page, .with-contents { display: block; max-width: none; padding: 0; }
      figure, .statement, pre, table { break-inside: avoid; }
      h2, h3, h4 { break-after: avoid; }
      .card { background: none; padding: 0; } .card svg { max-height: 8.5cm; }
      main > .cell, main > figure { max-width: 46rem; } pre.code { background: var(--wash); }
      pre.output { max-height: none; } pre { white-space: pre-wrap; }
    }
    """
}
