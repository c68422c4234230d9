import RealModule

/// An increasing map of the line onto itself with rational-quadratic pieces on `[-bound, bound]` and the identity
/// outside, once continuously differentiable (Durkan et al., Neural Spline Flows, 2019).
///
/// `3 K - 1` parameters for K bins: the logits of the bins' widths, of their heights, and the slopes o at the inner
/// knots, which are `m + softplus(o + log(e - 1))` with m the least slope: all parameters zero give nearly the identity.
public struct RationalQuadraticSpline: Hashable, Sendable {
  /// The number of bins.
  public let bins: Int
  /// Where the identity begins, on both sides.
  public let bound: Double
  /// The least width and height of a bin, as shares of `2 bound`, and the least slope at a knot.
  public let minimum: Double

  /// A family of splines.
  ///
  /// - Precondition: `bins` lies in 1...256, the bound is finite and positive, and `0 < minimum < 1 / bins`.
  public init(bins: Int, bound: Double, minimum: Double = 1e-3) {
    precondition((1...256).contains(bins), "a spline has 1 to 256 bins, not \(bins)")
    precondition(bound > 0 && bound.isFinite, "a spline's bound is positive, not \(bound)")
    precondition(minimum > 0 && minimum * Double(bins) < 1, "bins fit into the interval")
    self.bins = bins
    self.bound = bound
    self.minimum = minimum
  }

  /// The number of parameters, `3 bins - 1`.
  public var parameterCount: Int { 3 * bins - 1 }

  /// The value and the log-slope at a point, in double precision.
  ///
  /// - Parameter isInverse: whether the inverse map is meant.
  public func evaluate(
    at x: Double, parameters: UnsafePointer<Double>, isInverse: Bool = false
  ) -> (value: Double, logSlope: Double) {
    guard abs(x) < bound else { return (x, 0) }
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * bins) { room in
      Shape(self, parameters, room: room.baseAddress!).evaluate(at: x, isInverse: isInverse)
    }
  }
}

extension RationalQuadraticSpline {
  /// The slope's parameter at which it is 1, but for `minimum`.
  static let slopeOffset = 0.541_324_854_612_918_1

  /// One spline of the family: the bins' widths and heights as shares of the whole.
  struct Shape<Number: SplineNumber> {
    let spline: RationalQuadraticSpline
    let parameters: UnsafePointer<Number>
    /// The softmax of the widths' logits, then of the heights'.
    let shares: UnsafeMutablePointer<Number>
    let bound: Number
    let minimum: Number
    /// What a share of 1 adds to a bin's size.
    let range: Number

    /// `room` holds `2 bins` numbers.
    @inline(__always)
    init(
      _ spline: RationalQuadraticSpline, _ parameters: UnsafePointer<Number>,
      room: UnsafeMutablePointer<Number>
    ) {
      self.spline = spline
      self.parameters = parameters
      shares = room
      bound = Number(spline.bound)
      minimum = Number(spline.minimum)
      range = 2 * bound * (1 - Number(spline.bins) * minimum)
      Number.softmax(parameters, into: room, count: spline.bins)
      Number.softmax(parameters + spline.bins, into: room + spline.bins, count: spline.bins)
    }

    @inline(__always)
    private func size(_ index: Int) -> Number { 2 * bound * minimum + range * shares[index] }

    /// The slope at the knot before a bin.
    @inline(__always)
    private func slope(before bin: Int) -> Number {
      if bin == 0 || bin == spline.bins { return 1 }
      let x = parameters[2 * spline.bins + bin - 1] + Number(slopeOffset)
      return minimum + max(x, 0) + .log(onePlus: .exp(-abs(x)))
    }

    /// The value and the log-slope at a point within the bounds.
    @inline(__always)
    func evaluate(at x: Number, isInverse: Bool) -> (value: Number, logSlope: Number) {
      let (bin, place) = locate(x, isInverse: isInverse)
      var (value, logSlope) = bin.value(at: place)
      if isInverse { (value, logSlope) = (bin.start + place * bin.width, -logSlope) }
      // Sums of widths round: not beyond what is outside.
      return (value > bound ? bound : value < -bound ? -bound : value, logSlope)
    }

    /// The bin of a point within the bounds, and its place in it from 0 to 1; of the inverse, the place of what is
    /// mapped to the point.
    @inline(__always)
    func locate(_ x: Number, isInverse: Bool) -> (SplineBin<Number>, Number) {
      var (index, start, base) = (0, -bound, -bound)
      var (width, height) = (size(0), size(spline.bins))
      while index + 1 < spline.bins, x >= (isInverse ? base + height : start + width) {
        index += 1
        start += width
        base += height
        width = size(index)
        height = size(spline.bins + index)
      }
      let bin = SplineBin(
        index: index, start: start, width: width, base: base, height: height,
        left: slope(before: index), right: slope(before: index + 1))
      let position = isInverse ? bin.position(of: x) : (x - start) / width
      return (bin, min(max(position, 0), 1))
    }
  }
}

/// The numbers that splines are computed in.
protocol SplineNumber: Real, BinaryFloatingPoint {
  /// `exp(x_i) / sum_j exp(x_j)`.
  static func softmax(
    _ x: UnsafePointer<Self>, into y: UnsafeMutablePointer<Self>, count: Int)
}

extension Double: SplineNumber {
  static func softmax(
    _ x: UnsafePointer<Double>, into y: UnsafeMutablePointer<Double>, count: Int
  ) {
    var largest = x[0]
    for i in 1..<count { largest = max(largest, x[i]) }
    var sum = 0.0
    for i in 0..<count {
      y[i] = .exp(x[i] - largest)
      sum += y[i]
    }
    for i in 0..<count { y[i] /= sum }
  }
}

extension Float: SplineNumber {
  static func softmax(_ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, count: Int) {
    var largest = x[0]
    for i in 1..<count { largest = max(largest, x[i]) }
    for i in 0..<count { y[i] = x[i] - largest }
    mapEight(y, into: y, count: count, exponential)
    let factor = 1 / NeuralNetworks.sum(y, count)
    for i in 0..<count { y[i] *= factor }
  }
}
