import GSL
import RealModule
import TestSupport
import Testing

struct MinimisationTests {
  @Test(arguments: [-3.0, -0.1, 0, 1e-3, 7])
  func `a parabola's minimum is found to the root of an ulp`(center: Double) throws {
    let found = try minimum(between: -10, and: 10) { ($0 - center) * ($0 - center) + 2 }
    expectClose(found.argument.value, center, absolute: 1e-7)
    #expect(found.value == 2)
  }

  @Test
  func `a kink is found to the tolerance`() throws {
    let found = try minimum(between: -1, and: 3) { abs($0 - 0.7) }
    expectClose(found.argument.value, 0.7, absolute: 1e-7)
    #expect(abs(found.argument.value - 0.7) <= found.argument.error)
  }

  @Test
  func `a monotone function is least at an end`() throws {
    expectClose(try minimum(between: 1, and: 2) { $0 }.argument.value, 1, absolute: 1e-8)
    expectClose(try minimum(between: 1, and: 2) { -$0 }.argument.value, 2, absolute: 1e-8)
    #expect(try minimum(between: 1, and: 2) { _ in 5 }.value == 5)
  }

  @Test
  func `bad intervals and functions are refused`() {
    #expect(throws: GSLError.self) { try minimum(between: 2, and: 1) { $0 } }
    #expect(throws: GSLError.self) { try minimum(between: 0, and: .infinity) { $0 } }
    #expect(throws: GSLError.self) { try minimum(between: .nan, and: 1) { $0 } }
    #expect(throws: GSLError.self) { try minimum(between: 0, and: 1, iterations: 0) { $0 } }
    #expect(throws: GSLError.self) { try minimum(between: 0, and: 1) { _ in .nan } }
  }
}
