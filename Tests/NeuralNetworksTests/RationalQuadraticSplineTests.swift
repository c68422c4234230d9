import RealModule
import Testing

@testable import NeuralNetworks

@Suite("Rational-quadratic splines")
struct RationalQuadraticSplineTests {
  /// Parameters of a spline: mild, wild, or so far out that softmax and softplus saturate.
  static let sizes = [0.5, 5, 50, 1e4, 1e30]

  func random(_ spline: RationalQuadraticSpline, size: Double, seed: UInt64) -> [Double] {
    var generator = TestGenerator(state: seed)
    return (0..<spline.parameterCount).map { _ in
      size * Double.random(in: -1...1, using: &generator)
    }
  }

  /// Points over the interval, its ends and beyond, and close to them.
  func points(_ bound: Double) -> [Double] {
    (-60...60).map { bound * Double($0) / 50 }
      + [-bound, bound].flatMap { [$0.nextUp, $0.nextDown] } + [1e6, -1e6]
  }

  @Test("increase, keep what is outside, and invert", arguments: sizes, [1, 2, 8, 40])
  func bijection(size: Double, bins: Int) {
    for seed in 0..<20 as Range<UInt64> {
      let spline = RationalQuadraticSpline(bins: bins, bound: 3)
      let parameters = random(spline, size: size, seed: seed)
      var last = -Double.infinity
      for x in points(3).sorted() {
        let (y, logSlope) = spline.evaluate(at: x, parameters: parameters)
        // Where it is nearly flat or vertical, different points round to one value, and by a unit about it.
        #expect(y >= last - (size > 50 ? 1e-15 : 0))
        #expect(y > last || size > 50 || 3 - x.magnitude < 1e-14)
        #expect(logSlope.isFinite)
        last = y
        if x.magnitude >= 3 { #expect(y == x && logSlope == 0) }
        let back = spline.evaluate(at: y, parameters: parameters, isInverse: true)
        #expect(back.value.magnitude <= max(3, x.magnitude) && back.logSlope.isFinite)
        if size <= 50 {
          // An error of the value of 1e-15 is one of the argument of that over the slope.
          let tolerance = 1e-13 * (1 + Double.exp(-logSlope))
          #expect(abs(back.value - x) <= tolerance, "\(x) -> \(y) -> \(back.value)")
          #expect(abs(back.logSlope + logSlope) <= 1e-6)
        } else if size <= 1e4 {
          // Nearly flat or nearly vertical: the point comes back, or its value does.
          let again = spline.evaluate(at: back.value, parameters: parameters).value
          #expect(min(abs(back.value - x), abs(again - y)) <= 1e-10)
        }
      }
    }
  }

  @Test("have the slope that they say", arguments: [0.5, 5], [1, 2, 8])
  func slope(size: Double, bins: Int) {
    let spline = RationalQuadraticSpline(bins: bins, bound: 2)
    for seed in 0..<20 as Range<UInt64> {
      let parameters = random(spline, size: size, seed: seed)
      for x in points(2) where x.magnitude < 1.99 {
        let step = 1e-6
        let (up, down) = (
          spline.evaluate(at: x + step, parameters: parameters).value,
          spline.evaluate(at: x - step, parameters: parameters).value
        )
        let slope = Double.exp(spline.evaluate(at: x, parameters: parameters).logSlope)
        // The second derivative jumps at a knot: there the quotient is right to the first order only.
        #expect(abs((up - down) / (2 * step) - slope) <= 2e-3 * (1 + slope * slope))
      }
    }
  }

  @Test("have one slope on both sides of a knot, and 1 at the ends", arguments: [0.5, 5])
  func continuousSlope(size: Double) {
    let spline = RationalQuadraticSpline(bins: 6, bound: 2)
    for seed in 0..<20 as Range<UInt64> {
      let parameters = random(spline, size: size, seed: seed)
      var room = [Double](repeating: 0, count: 12)
      parameters.withUnsafeBufferPointer { parameters in
        room.withUnsafeMutableBufferPointer { room in
          let shape = RationalQuadraticSpline.Shape(
            spline, parameters.baseAddress!, room: room.baseAddress!)
          var last = SplineBin(
            index: -1, start: -2, width: 0, base: -2, height: 0, left: 1, right: 1)
          for index in 0..<6 {
            let edge = last.start + last.width
            let (bin, _) = shape.locate(edge + 1e-9, isInverse: false)
            #expect(bin.index == index && abs(bin.start - edge) < 1e-14)
            #expect(abs(bin.base - (last.base + last.height)) < 1e-14)
            #expect(bin.left == last.right)
            let (start, end) = (bin.value(at: 0), bin.value(at: 1))
            #expect(abs(start.value - bin.base) < 1e-14)
            #expect(abs(end.value - (bin.base + bin.height)) < 1e-14)
            #expect(abs(start.logSlope - .log(bin.left)) < 1e-12)
            #expect(abs(end.logSlope - .log(bin.right)) < 1e-12)
            last = bin
          }
          #expect(last.right == 1 && abs(last.start + last.width - 2) < 1e-14)
          #expect(abs(last.base + last.height - 2) < 1e-14)
        }
      }
    }
  }

  @Test("are nearly the identity at parameters of zero")
  func identity() {
    let spline = RationalQuadraticSpline(bins: 8, bound: 4)
    let zeros = [Double](repeating: 0, count: spline.parameterCount)
    for x in points(4) {
      let (y, logSlope) = spline.evaluate(at: x, parameters: zeros)
      #expect(abs(y - x) < 1e-3 && abs(logSlope) < 2e-3)
    }
  }

  /// Value and log-slope weighted by g, as the kernel computes them in double precision.
  func weighted(
    _ spline: RationalQuadraticSpline, _ x: Double, _ parameters: [Double], _ g: [Double],
    _ isInverse: Bool
  ) -> Double {
    let (value, logSlope) = spline.evaluate(at: x, parameters: parameters, isInverse: isInverse)
    return g[0] * value + g[1] * logSlope
  }

  @Test(
    "have the gradient that differences give, both ways", arguments: [0.5, 3], [false, true])
  func gradient(size: Double, isInverse: Bool) {
    let spline = RationalQuadraticSpline(bins: 5, bound: 2)
    for seed in 0..<30 as Range<UInt64> {
      var parameters = random(spline, size: size, seed: seed)
      var generator = TestGenerator(state: 1000 + seed)
      var x = [Double.random(in: -2.2...2.2, using: &generator)]
      var g = [Double.random(in: -1...1, using: &generator), 0.7]
      var found = [Double](repeating: .nan, count: 1 + spline.parameterCount)
      spline.pullBack(
        &g, at: &x, parameters: &parameters, into: &found, rows: 1, isInverse: isInverse)
      for index in found.indices {
        let step = 1e-6
        let values = [step, -step].map { step in
          var (point, moved) = (x[0], parameters)
          if index == 0 { point += step } else { moved[index - 1] += step }
          return weighted(spline, point, moved, g, isInverse)
        }
        let difference = (values[0] - values[1]) / (2 * step)
        #expect(
          abs(found[index] - difference) <= 1e-5 * (1 + abs(difference)),
          "seed \(seed), entry \(index): \(found[index]), by differences \(difference)")
      }
    }
  }

  @Test(
    "in single precision follow those in double", arguments: [0.5, 5, 1e4, 1e30], [false, true])
  func singlePrecision(size: Double, isInverse: Bool) {
    let spline = RationalQuadraticSpline(bins: 8, bound: 4)
    for seed in 0..<50 as Range<UInt64> {
      let parameters = random(spline, size: size, seed: seed).map { Float($0) }
      var generator = TestGenerator(state: 2000 + seed)
      var x = [Float.random(in: -4.5...4.5, using: &generator)]
      var (single, g) = (parameters, [Float(1), 1])
      var y = [Float](repeating: .nan, count: 2)
      var back = [Float](repeating: .nan, count: 1 + spline.parameterCount)
      spline.apply(to: &x, parameters: &single, into: &y, rows: 1, isInverse: isInverse)
      spline.pullBack(
        &g, at: &x, parameters: &single, into: &back, rows: 1, isInverse: isInverse)
      #expect((y + back).allSatisfy { $0.isFinite })
      let truth = spline.evaluate(
        at: Double(x[0]), parameters: parameters.map(Double.init), isInverse: isInverse)
      if size <= 5 {
        #expect(abs(Double(y[0]) - truth.value) < 1e-4)
        #expect(abs(Double(y[1]) - truth.logSlope) < 3e-3)
      }
    }
  }

  @Test("send NaN to NaN")
  func nan() {
    let spline = RationalQuadraticSpline(bins: 3, bound: 1)
    let zeros = [Double](repeating: 0, count: 8)
    #expect(spline.evaluate(at: .nan, parameters: zeros).value.isNaN)
    let broken = [Double](repeating: .nan, count: 8)
    #expect(spline.evaluate(at: 0.3, parameters: broken).value.isNaN)
    #expect(spline.evaluate(at: 0.3, parameters: broken, isInverse: true).value.isNaN)
  }

  @Test("are trained within a graph, both ways", arguments: [false, true])
  func graph(isInverse: Bool) {
    let spline = RationalQuadraticSpline(bins: 4, bound: 2)
    GradientTests().compare(
      parameters: [(2, spline.parameterCount), (1, spline.parameterCount)], inputs: [1, 2], seed: 7
    ) { p, x in
      let both = x[0].mapped(by: spline, parameters: x[1] * p[0] + p[1], isInverse: isInverse)
      return both.columns(0..<1).times(both.columns(0..<1)).sum()
        + 0.3 * both.columns(1..<2).sum()
    }
  }
}
