import GSL
import RealModule
import TestSupport
import Testing

struct MultidimensionalMinimisationTests {
  /// A convex quadratic with eigenvalues from 1 to `n`, turned in each pair of neighbouring coordinates.
  static func quadratic(_ x: [Double], center: [Double]) -> Double {
    var z = zip(x, center).map { $0 - $1 }
    for i in 0..<max(0, z.count - 1) {
      (z[i], z[i + 1]) = (0.8 * z[i] - 0.6 * z[i + 1], 0.6 * z[i] + 0.8 * z[i + 1])
    }
    return z.enumerated().reduce(0) { $0 + Double($1.offset + 1) * $1.element * $1.element }
  }

  static func rosenbrock(_ x: [Double]) -> Double {
    let (a, b) = (x[1] - x[0] * x[0], 1 - x[0])
    return 100 * a * a + b * b
  }

  @Test(arguments: 1...6)
  func `a quadratic in any number of variables`(n: Int) throws {
    let center = (0..<n).map { Double($0) - 1.3 }
    let found = try minimum(
      from: Array(repeating: 2.5, count: n), steps: Array(repeating: 0.7, count: n)
    ) { Self.quadratic($0, center: center) + 4 }
    for (x, c) in zip(found.point, center) { expectClose(x, c, absolute: 1e-6) }
    expectClose(found.value, 4, absolute: 1e-12)
    #expect(found.variation < 1e-10)
  }

  @Test(arguments: [[-1.2, 1], [3, -4], [0, 0], [-2, 7]])
  func `Rosenbrock's valley is followed to its end`(start: [Double]) throws {
    let found = try minimum(from: start, steps: [0.5, 0.5], Self.rosenbrock)
    expectClose(found.point[0], 1, absolute: 1e-6)
    expectClose(found.point[1], 1, absolute: 1e-6)
  }

  @Test
  func `the value is the function's at the point, and no neighbour is lower`() throws {
    let f = { (x: [Double]) in Double.cos(x[0]) + .exp(x[1]) - 2 * x[1] + x[0] * x[0] / 50 }
    let found = try minimum(from: [2, 2], steps: [0.3, 0.3], f)
    #expect(found.value == f(found.point))
    for step in [1e-4, -1e-4] {
      #expect(f([found.point[0] + step, found.point[1]]) > found.value)
      #expect(f([found.point[0], found.point[1] + step]) > found.value)
    }
    expectClose(found.point[1], .log(2), absolute: 1e-6)
  }

  @Test
  func `units do not matter: a change of scale changes the answer by that scale`() throws {
    let plain = try minimum(from: [-1.2, 1], steps: [0.5, 0.5], Self.rosenbrock)
    let scaled = try minimum(from: [-1.2e6, 0x1p-20], steps: [0.5e6, 0x1p-21]) {
      Self.rosenbrock([$0[0] / 1e6, $0[1] * 0x1p20])
    }
    expectClose(scaled.point[0] / 1e6, plain.point[0], absolute: 1e-5)
    expectClose(scaled.point[1] * 0x1p20, plain.point[1], absolute: 1e-5)
  }

  @Test
  func `kinks are found to the tolerance`() throws {
    let found = try minimum(from: [4, 4, 4], steps: [1, 1, 1]) { x in
      abs(x[0] - 0.3) + 2 * abs(x[1] + 1) + max(x[2], -3 * x[2])
    }
    for (x, expected) in zip(found.point, [0.3, -1, 0]) { expectClose(x, expected, absolute: 1e-6) }
    expectClose(found.value, 0, absolute: 1e-5)
  }

  @Test
  func `an infinite value is a wall, with the minimum on it or beside it`() throws {
    let inside = try minimum(from: [1, 1], steps: [0.9, 0.9]) { x in
      x[0] > 0 && x[1] > 0 ? x[0] - .log(x[0]) + 2 * x[1] - .log(x[1]) : .infinity
    }
    expectClose(inside.point[0], 1, absolute: 1e-6)
    expectClose(inside.point[1], 0.5, absolute: 1e-6)
    let onTheWall = try minimum(from: [3], steps: [1]) { $0[0] >= 2 ? $0[0] : .infinity }
    expectClose(onTheWall.value, 2, absolute: 1e-6)
    #expect(onTheWall.variation == .infinity)
  }

  @Test
  func `a flat set ends the search at once and says that it is flat`() throws {
    let everywhere = try minimum(from: [1, 2], steps: [0.5, 0.5]) { _ in 7 }
    #expect(everywhere.value == 7)
    #expect(everywhere.variation == 0)
    #expect(everywhere.evaluations < 100)
    let disc = try minimum(from: [3, 3], steps: [0.5, 0.5]) { x in
      max(0, x[0] * x[0] + x[1] * x[1] - 1)
    }
    #expect(disc.value == 0)
    #expect(disc.evaluations < 1000)
  }

  @Test
  func `a minimiser can be used again`() throws {
    var minimizer = try SimplexMinimizer(dimensions: 2)
    let first = try minimizer.minimum(from: [-1.2, 1], steps: [0.5, 0.5], Self.rosenbrock)
    _ = try minimizer.minimum(from: [5, 5], steps: [1, 1]) { Self.quadratic($0, center: [0, 0]) }
    #expect(try minimizer.minimum(from: [-1.2, 1], steps: [0.5, 0.5], Self.rosenbrock) == first)
  }

  @Test
  func `bad arguments are refused`() {
    func refused(
      from point: [Double], steps: [Double], tolerance: Double = 1e-6, iterations: Int = 100,
      _ f: @escaping ([Double]) -> Double = { $0[0] * $0[0] }
    ) -> GSLError.Code? {
      do {
        _ = try minimum(
          from: point, steps: steps, tolerance: tolerance, iterations: iterations, f)
        return nil
      } catch { return error.code }
    }
    #expect(refused(from: [], steps: []) == .invalid)
    #expect(refused(from: [1], steps: [1, 1]) == .invalid)
    #expect(refused(from: [.nan], steps: [1]) == .invalid)
    #expect(refused(from: [.infinity], steps: [1]) == .invalid)
    for step in [0, -1, .nan, .infinity] { #expect(refused(from: [1], steps: [step]) == .invalid) }
    for tolerance in [0, -1, .nan, 1] {
      #expect(refused(from: [1], steps: [1], tolerance: tolerance) == .invalid)
    }
    #expect(refused(from: [1], steps: [1], iterations: 0) == .invalid)
    #expect(refused(from: [1], steps: [1]) { _ in .nan } == .badFunction)
    #expect(refused(from: [1], steps: [1]) { _ in -.infinity } == .badFunction)
    #expect(refused(from: [1], steps: [1]) { _ in .infinity } == .invalid)
    #expect(refused(from: [1], steps: [1]) { .sqrt($0[0] - 0.5) } == .badFunction)
    #expect(refused(from: [1], steps: [1], iterations: 5000) { $0[0] } == .badFunction)
    #expect(
      refused(from: [9, 9], steps: [1, 1], iterations: 5, Self.rosenbrock) == .maximumIterations)
    #expect(throws: GSLError.self) { _ = _ = try SimplexMinimizer(dimensions: -1) }
  }
}
