import Testing

@testable import Plotting

@Suite struct TicksTests {
  static let linear: [(ClosedRange<Double>, [String])] = [
    (0...1, ["0", "0.2", "0.4", "0.6", "0.8", "1"]),
    (-4...6, ["−4", "−2", "0", "2", "4", "6"]),
    (-4...4.5, ["−4", "−2", "0", "2", "4"]),
    (0...0.47, ["0", "0.1", "0.2", "0.3", "0.4"]),
    (
      0...50_000,
      ["0", "10\u{2009}000", "20\u{2009}000", "30\u{2009}000", "40\u{2009}000", "50\u{2009}000"]
    ),
    (0...3e7, ["0", "1\u{2009}×\u{2009}10^7", "2\u{2009}×\u{2009}10^7", "3\u{2009}×\u{2009}10^7"]),
    (
      0...2e-5,
      [
        "0", "0.5\u{2009}×\u{2009}10^−5", "1\u{2009}×\u{2009}10^−5",
        "1.5\u{2009}×\u{2009}10^−5", "2\u{2009}×\u{2009}10^−5",
      ]
    ),
    (0.999...1.001, ["0.9990", "0.9995", "1", "1.0005", "1.0010"]),
  ]

  @Test(arguments: linear)
  func `round numbers`(range: ClosedRange<Double>, expected: [String]) {
    #expect(Ticks.linear(over: range, count: 5).major.map(\.label.plain) == expected)
  }

  @Test func `a short axis keeps more than one tick`() {
    #expect(Ticks.linear(over: -4...4, count: 2).major.map(\.value) == [-4, 0, 4])
    #expect(Ticks.linear(over: 0...8, count: 1).major.map(\.value) == [0, 4, 8])
  }

  @Test func `powers of ten with their digits between`() {
    let ticks = Ticks.log(over: 0.01...100, count: 6)
    #expect(ticks.major.map(\.label.plain) == ["10^−2", "10^−1", "10^0", "10^1", "10^2"])
    #expect(ticks.minor.count == 32)
    #expect(Ticks.log(over: 1e-100...1e100, count: 6).major.count <= 8)
  }

  @Test func `less than two decades have plain numbers`() {
    #expect(Ticks.log(over: 0.4...3, count: 6).major.map(\.label.plain) == ["0.5", "1", "2"])
  }

  @Test func `decimals are rounded half away from zero and have no negative zero`() {
    #expect(decimal(0.125, digits: 2) == "0.13")
    #expect(decimal(-0.001, digits: 2) == "0.00")
    #expect(decimal(-1.5, digits: 0) == "-2")
    #expect(short(0.00012345) == "0.0001235")
    #expect(short(123456) == "123456")
    #expect(coordinate(-0.5) == "-.5" && coordinate(12.345) == "12.35" && coordinate(-0.001) == "0")
  }
}
