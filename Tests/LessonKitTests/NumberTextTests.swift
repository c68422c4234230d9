import BigInt
import Distributions
import GSL
import LessonKit
import Testing

struct NumberTextTests {
  static let numbers: [(Double, String)] = [
    (0, "0"), (1, "1"), (0.5, "0.5"), (0.33333333333, "0.333333"), (0.66666666666, "0.666667"),
    (123456, "123456"), (1234567, "1.23457e6"), (999999.9, "1e6"), (0.00012345, "0.00012345"),
    (1e-5, "1e-5"), (-2.5, "−2.5"), (9.9999999, "10"), (100, "100"), (1e300, "1e300"),
    (.infinity, "∞"), (-.infinity, "−∞"), (.nan, "undefined"),
  ]

  @Test(arguments: numbers)
  func `doubles have six digits at most`(number: Double, text: String) {
    #expect(Table(head: ["x"], rows: [[number]]).rows == [[text]])
  }

  @Test(arguments: [
    (Estimate(0.5, error: 1e-3), "0.5 ± 0.001"),
    (Estimate(0.123456789, error: 2.3e-6), "0.123457 ± 2.3e-6"),
    (Estimate(0.25, error: 0), "0.25"), (Estimate(0, error: 0.1), "0 ± 0.1"),
  ])
  func `estimates show the digits that their error leaves`(estimate: Estimate, text: String) {
    #expect(Table(head: ["x"], rows: [[estimate]]).rows == [[text]])
  }

  @Test func `short rows are filled, other values describe themselves`() {
    let table = Table(head: ["a", "b"], rows: [["text"], [3, true]])
    #expect(table.rows == [["text", ""], ["3", "true"]])
  }
}
