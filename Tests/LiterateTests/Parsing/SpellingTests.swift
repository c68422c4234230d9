import Literate
import Testing

@Suite struct SpellingTests {
  static let known = ["fig-cap", "fig-alt", "echo", "label", "layout-ncol", "timeout"]

  @Test(arguments: [
    ("figcap", "fig-cap"), ("fig_cap", "fig-cap"), ("Fig-Cap", "fig-cap"), ("fig-lat", "fig-alt"),
    ("ehco", "echo"), ("labell", "label"), ("layout-cols", "layout-ncol"), ("time-out", "timeout"),
  ])
  func `a slip finds its word`(slip: String, word: String) {
    #expect(Spelling.nearest(to: slip, in: Self.known) == word)
  }

  @Test(arguments: ["", "x", "caption", "warning", "zzzz"])
  func `a stranger finds none`(stranger: String) {
    #expect(Spelling.nearest(to: stranger, in: Self.known) == nil)
  }
}
