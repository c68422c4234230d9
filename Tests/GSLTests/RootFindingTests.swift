import GSL
import RealModule
import TestSupport
import Testing

struct RootFindingTests {
  @Test(arguments: [1e-300, 1e-8, 0.3, 2, 1e8, 1e150])
  func `a square root comes back to the last bits`(square: Double) throws {
    let found = try root(between: 0, and: max(1, square)) { $0 * $0 - square }
    expectClose(found.value, .sqrt(square), relative: 1e-15)
    #expect(abs(found.value - .sqrt(square)) <= found.error + found.value.ulp)
  }

  @Test
  func `one finder serves many functions`() throws {
    var finder = try RootFinder()
    for shift in stride(from: -3.0, through: 3, by: 0.5) {
      let found = try finder.root(between: -10, and: 10) { .tanh($0 - shift) }
      expectClose(found.value, shift, absolute: 1e-14)
    }
  }

  @Test
  func `a root at an end is found there`() throws {
    #expect(try root(between: 0, and: 1) { $0 }.value == 0)
    #expect(try root(between: -1, and: 0) { $0 }.value == 0)
  }

  @Test
  func `an infinite value counts by its sign`() throws {
    let found = try root(between: 0, and: 5) { $0 < 2 ? -.infinity : $0 - 2 + 1e-9 }
    expectClose(found.value, 2, absolute: 1e-14)
  }

  @Test
  func `a root at zero of any order ends`() throws {
    let found = try root(between: -1, and: 2) { $0 * $0 * $0 }
    expectClose(found.value, 0, absolute: 1e-100)
  }

  @Test
  func `bad brackets and functions are refused`() {
    func code(_ a: Double, _ b: Double, iterations: Int = 9, _ f: (Double) -> Double) -> GSLError
      .Code?
    {
      do { _ = try root(between: a, and: b, iterations: iterations, f) } catch { return error.code }
      return nil
    }
    #expect(code(1, 0) { $0 } == .invalid)
    #expect(code(.nan, 1) { $0 } == .invalid)
    #expect(code(0, .infinity) { $0 - 1 } == .invalid)
    #expect(code(1, 2) { $0 } == .invalid)
    #expect(code(-1, 1, iterations: 0) { $0 } == .invalid)
    #expect(code(-1, 1) { _ in .nan } == .badFunction)
    #expect(code(-1, 1.5, iterations: 2) { .exp($0) - 1.1 } == .maximumIterations)
  }
}
