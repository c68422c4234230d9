internal import RealModule

extension PlanarMixture {
  /// The log-densities at many points, four points at a time; an exponential is taken only of the components that
  /// matter at a point, which are mostly one or two of many.
  public func logDensities(_ points: [SIMD2<Double>]) -> [Double] {
    let terms = zip(weights, components).map(LogTerm.init)
    let count = points.count
    return [Double](unsafeUninitializedCapacity: count) { values, initialized in
      withUnsafeTemporaryAllocation(of: SIMD4<Double>.self, capacity: terms.count) { exponents in
        exponents.initialize(repeating: .zero)
        var start = 0
        while start < count {
          let lanes = min(4, count - start)
          var (x, y) = (SIMD4<Double>.zero, SIMD4<Double>.zero)
          for lane in 0..<lanes {
            (x[lane], y[lane]) = (points[start + lane].x, points[start + lane].y)
          }
          var largest = SIMD4(repeating: -Double.infinity)
          for index in terms.indices {
            let exponent = terms[index].value(x, y)
            exponents[index] = exponent
            largest = pointwiseMax(largest, exponent)
          }
          for lane in 0..<lanes {
            values[start + lane] = Self.logSum(exponents, lane: lane, largest: largest[lane])
          }
          start += lanes
        }
      }
      initialized = count
    }
  }

  /// `log(sum exp)` of one lane; what is below `e^-40` of the largest changes no bit of the sum.
  @inline(__always)
  private static func logSum(
    _ exponents: UnsafeMutableBufferPointer<SIMD4<Double>>, lane: Int, largest: Double
  ) -> Double {
    guard largest.isFinite else { return -.infinity }
    var sum = 0.0
    for exponent in exponents where exponent[lane] - largest > -40 {
      sum += .exp(exponent[lane] - largest)
    }
    return largest + .log(sum)
  }
}

/// `log w + log p(x)` of a component as a quadratic form.
private struct LogTerm {
  var peak, slope, scaleX, scaleY: Double
  var mean: SIMD2<Double>

  init(weight: Double, law: PlanarNormal) {
    let factor = law.covariance.factor
    mean = law.mean
    peak = .log(weight) + law.logDensity(law.mean)
    slope = factor.b / factor.a
    (scaleX, scaleY) = (1 / factor.a, 1 / factor.c)
  }

  @inline(__always)
  func value(_ x: SIMD4<Double>, _ y: SIMD4<Double>) -> SIMD4<Double> {
    let dx = x - mean.x
    let u = dx * scaleX
    let v = (y - mean.y - slope * dx) * scaleY
    return peak - 0.5 * (u * u + v * v)
  }
}
