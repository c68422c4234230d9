import GSL
import RealModule
import TestSupport
import Testing

struct ZerosTests {
  private let scan = Array(stride(from: -10.0, through: 10, by: 0.7))

  @Test
  func `the zeros of a sine alternate and lie at the multiples of pi`() throws {
    let found = try zeros(scanning: scan) { .sin($0) }
    #expect(found.count == 7)
    for (zero, k) in zip(found, -3...3) {
      expectClose(zero.location.value, Double(k) * .pi, absolute: 4e-15)
      #expect(zero.kind == (k.isMultiple(of: 2) ? .rising : .falling))
    }
  }

  @Test(arguments: [1e-1, 1e-3, 1e-5])
  func `two roots closer than the scan are both found`(gap: Double) throws {
    let found = try zeros(scanning: scan) { ($0 - 0.1) * ($0 - 0.1 - gap) }
    #expect(found.map(\.kind) == [.falling, .rising])
    expectClose(found[0].location.value, 0.1, absolute: 1e-9)
    expectClose(found[1].location.value, 0.1 + gap, absolute: 1e-9)
  }

  @Test(arguments: [1.0, -1])
  func `a double root touches`(sign: Double) throws {
    let found = try zeros(scanning: scan) { sign * ($0 - 0.3) * ($0 - 0.3) }
    #expect(found.map(\.kind) == [.touching])
    expectClose(found[0].location.value, 0.3, absolute: 1e-6)
  }

  @Test
  func `a near miss is no zero`() throws {
    #expect(try zeros(scanning: scan) { ($0 - 0.3) * ($0 - 0.3) + 1e-9 }.isEmpty)
  }

  @Test
  func `a zero at a scan point is found once, with its kind`() throws {
    let points = [-1.0, 0, 1]
    #expect(try zeros(scanning: points) { $0 } == [Zero(Estimate(0, error: 0), kind: .rising)])
    #expect(try zeros(scanning: points) { -$0 } == [Zero(Estimate(0, error: 0), kind: .falling)])
    #expect(
      try zeros(scanning: points) { $0 * $0 } == [Zero(Estimate(0, error: 0), kind: .touching)])
  }

  @Test
  func `an interval of zeros yields its ends`() throws {
    let found = try zeros(scanning: scan) { abs($0) < 2.25 ? 0 : abs($0) - 2.25 }
    #expect(found.map(\.kind) == [.touching, .touching])
    expectClose(found[0].location.value, -2.25, absolute: 1e-14)
    expectClose(found[1].location.value, 2.25, absolute: 1e-14)
  }

  @Test
  func `infinite values count by their signs`() throws {
    let found = try zeros(scanning: [-1, 0.4, 2, 3]) {
      $0 < 0 ? -.infinity : $0 > 2.5 ? .infinity : $0 - 1
    }
    #expect(found.map(\.kind) == [.rising])
    expectClose(found[0].location.value, 1, absolute: 1e-15)
  }

  @Test(arguments: [[], [1], [2, 1], [1, 1], [0, .nan], [0, .infinity]])
  func `bad scan points are refused`(points: [Double]) {
    #expect(throws: GSLError.self) { try zeros(scanning: points) { $0 } }
  }

  @Test
  func `a function that is NaN is refused with the place`() {
    let error = #expect(throws: GSLError.self) { try zeros(scanning: [0, 1]) { _ in .nan } }
    #expect(error?.code == .badFunction)
  }
}
