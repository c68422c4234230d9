import Foundation
import Literate
import Testing

@Suite struct PageStyleTests {
  /// WCAG 2.1's contrast ratio.
  static func contrast(_ a: String, _ b: String) -> Double {
    func luminance(_ colour: String) -> Double {
      let value = Int(colour.dropFirst(), radix: 16) ?? 0
      let parts = [16, 8, 0].map { shift -> Double in
        let part = Double((value >> shift) & 255) / 255
        return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
      }
      return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }
    let pair = [luminance(a), luminance(b)].sorted()
    return (pair[1] + 0.05) / (pair[0] + 0.05)
  }

  @Test(arguments: [PageStyle.light, PageStyle.dark])
  func `text stands out from its paper`(colours: [(String, String)]) throws {
    let table = Dictionary(uniqueKeysWithValues: colours)
    func check(_ ink: String, on papers: String...) throws {
      for paper in papers {
        let ratio = Self.contrast(try #require(table[ink]), try #require(table[paper]))
        #expect(ratio >= 4.5, "\(ink) on \(paper)")
      }
    }
    for ink in ["ink", "muted", "accent"] {
      try check(ink, on: "paper", "wash", "statement", "fail-wash", "open-wash")
    }
    for ink in ["keyword", "string", "number", "comment", "type", "call", "attribute"] {
      try check(ink, on: "wash")
    }
    try check("hold", on: "hold-wash")
    try check("limit", on: "limit-wash")
    try check("ink", on: "hold-wash", "limit-wash")
    try check("fail", on: "fail-wash", "paper", "statement")
  }

  @Test func `contrast of black on white is 21`() {
    #expect(abs(Self.contrast("#000000", "#ffffff") - 21) < 1e-9)
  }

  @Test func `the style sheet loads nothing and closes its braces`() {
    let css = PageStyle.css
    #expect(!css.contains("url(") && !css.contains("@import") && !css.contains("</"))
    #expect(css.count { $0 == "{" } == css.count { $0 == "}" })
  }
}
