import Literate
import Testing

@Suite struct FigureComparisonTests {
  static let figure = """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 576 288">
    <path d="M40,250 L141.25 20.5e0" stroke="#0072B2" stroke-width="2"/>
    <polyline points="1,2 3,4"/>
    <g transform="matrix(1 0 0 1 30 40)"><text x="10" y="20">λ = 2</text></g>
    </svg>
    """

  @Test(arguments: [
    ("141.25 20.5e0", "141.6,20.1", []),
    ("141.25", "141.76", ["d of <path> 'M40,250 L141.25 20.5e0' became 'M40,250 L141.76 20.5e0'"]),
    ("λ = 2", "λ = 3", ["text 'λ = 2' became 'λ = 3'"]),
    ("#0072B2", "#0072B1", ["stroke of <path> '#0072B2' became '#0072B1'"]),
    ("stroke-width=\"2\"", "stroke-width=\"2.1\"", ["stroke-width of <path> '2' became '2.1'"]),
    ("1,2 3,4", "1,2 3,4 5,6", ["points of <polyline> '1,2 3,4' became '1,2 3,4 5,6'"]),
    ("1 30 40", "1 30.4 39.6", []),
    (
      "matrix(1 0", "matrix(1.01 0",
      [
        "transform of <g> 'matrix(1 0 0 1 30 40)' became 'matrix(1.01 0 0 1 30 40)'"
      ]
    ),
    (" x=\"10\"", "", ["<text> lost its x"]),
    ("<polyline", "<polyline id=\"a\"", ["<polyline> has a new id"]),
    ("<polyline points=\"1,2 3,4\"/>\n", "", ["<polyline> became <g>"]),
    ("λ = 2</text>", "λ = 2</text><rect/>", ["the end of <g> became <rect>"]),
    ("</svg>", "</svg><extra/>", ["<extra> is new"]),
    (
      "L141.25", "C141.25", ["d of <path> 'M40,250 L141.25 20.5e0' became 'M40,250 C141.25 20.5e0'"]
    ),
    ("20.5e0", "nan", ["d of <path> 'M40,250 L141.25 20.5e0' became 'M40,250 L141.25 nan'"]),
    ("<path", "<!-- c -->\n  <path", []),
  ])
  func `a change is told in words`(old: String, new: String, expected: [String]) {
    let fresh = Self.figure.replacing(old, with: new, maxReplacements: 1)
    #expect(fresh != Self.figure)
    let differences = FigureComparison.differences(committed: Self.figure, fresh: fresh)
    #expect(differences == expected)
  }

  /// Paths whose every offset differs by less than the tolerance, but not where they lead.
  @Test(arguments: [
    ("M0 0l10-.4 10-.4", "M0 0l10-.1 10-.1", false), ("M0 0l10-.4 10-.4", "M0 0l10-.1 10-.4", true),
    ("M5,5h10v10h-10zl1 1", "M5 5 h10.3v10h-10.3zl1 1.4", true),
    ("m1 1 2 2m3 3", "m1 1 2.3 2m3.3 3", false),
    ("M0 0c1 1 2 2 3 3s1 1 2 2q1 1 2 2t1 1", "M0 0c1 1 2 2 3.4 3s.6 1 1.6 2q1 1 2 2t1 1", true),
    ("M0 0a5 5 0 0 1 9 9", "M0 0a5 5 0 1 1 9 9", false), ("M0 0L1 1", "M0 0l1 1", false),
    ("M0 0L1e1 1", "M0 0L10.25 1", true),
    // As many corners as a line needs, and those within half a unit of it.
    ("M0 0l10 0 10 0", "M0 0l20 0", true), ("M0 0l10 .4 10-.4", "M0 0l20 0", true),
    ("M0 0l10 .6 10-.6", "M0 0l20 0", false), ("M0 0l20 0", "M0 0l10 .6 10-.6", false),
    ("M0 0l10 0 10 0", "M0 0l19 0", false), ("M0 0l10 0 0 10z", "M0 0l10 0 0 5 0 5z", true),
    ("M0 0l9 0M20 0l9 0", "M0 0l9 0M20 3l9 0", false), ("M0 0l9 0M20 0l9 0", "M0 0l9 0", false),
    ("M0 0l9 0 0 9z", "M0 0l9 0 0 9", false), ("M0 0l9 0-9 0", "M0 0l9 0", false),
  ])
  func `a path is compared by where it goes`(old: String, new: String, agrees: Bool) {
    func figure(_ path: String) -> String { "<svg><path d=\"\(path)\"/></svg>" }
    let differences = FigureComparison.differences(committed: figure(old), fresh: figure(new))
    #expect(differences.isEmpty == agrees, "\(differences)")
  }

  @Test func `only the first few differences are told`() {
    let old = (0..<20).map { "<text>a\($0)</text>" }.joined()
    let new = (0..<20).map { "<text>b\($0)</text>" }.joined()
    let differences = FigureComparison.differences(committed: old, fresh: new)
    #expect(differences.count == 6)
    #expect(differences.last == "and 15 more")
  }

  @Test func `a figure agrees with itself, and an empty file with no figure`() {
    #expect(FigureComparison.differences(committed: Self.figure, fresh: Self.figure) == [])
    #expect(FigureComparison.differences(committed: "", fresh: Self.figure) == ["<svg> is new"])
    #expect(FigureComparison.differences(committed: Self.figure, fresh: "") == ["<svg> is missing"])
  }
}
