import RealModule

extension RationalQuadraticSpline {
  /// For each row of a column of points and of the parameters: value and log-slope.
  func apply<Number: SplineNumber>(
    to x: UnsafeMutablePointer<Number>, parameters: UnsafeMutablePointer<Number>,
    into y: UnsafeMutablePointer<Number>, rows: Int, isInverse: Bool
  ) {
    withUnsafeTemporaryAllocation(of: Number.self, capacity: 2 * bins) { room in
      for row in 0..<rows {
        guard abs(x[row]) < Number(bound) else {
          (y[2 * row], y[2 * row + 1]) = (x[row], 0)
          continue
        }
        let shape = Shape(
          self, UnsafePointer(parameters) + row * parameterCount, room: room.baseAddress!)
        (y[2 * row], y[2 * row + 1]) = shape.evaluate(at: x[row], isInverse: isInverse)
      }
    }
  }

  /// For each row: the cotangents of value and log-slope, drawn back to the point and to the parameters.
  func pullBack<Number: SplineNumber>(
    _ g: UnsafeMutablePointer<Number>, at x: UnsafeMutablePointer<Number>,
    parameters: UnsafeMutablePointer<Number>, into y: UnsafeMutablePointer<Number>, rows: Int,
    isInverse: Bool
  ) {
    withUnsafeTemporaryAllocation(of: Number.self, capacity: 2 * bins) { room in
      for row in 0..<rows {
        let output = y + row * (1 + parameterCount)
        guard abs(x[row]) < Number(bound) else {
          output.update(repeating: 0, count: 1 + parameterCount)
          output[0] = g[2 * row]
          continue
        }
        let shape = Shape(
          self, UnsafePointer(parameters) + row * parameterCount, room: room.baseAddress!)
        let (bin, place) = shape.locate(x[row], isInverse: isInverse)
        var (value, logSlope) = (g[2 * row], g[2 * row + 1])
        if isInverse {
          // The outputs are t = F^-1(x) and -log F'(t): what comes to t goes through dt = (dx - dF) / F'.
          let slope = bin.cotangents(at: place, value: 0, logSlope: 1).place / bin.width
          value = (value - logSlope * slope) * .exp(-bin.value(at: place).logSlope)
          output[0] = value
          (value, logSlope) = (-value, -logSlope)
        }
        let back = bin.cotangents(at: place, value: value, logSlope: logSlope)
        if !isInverse { output[0] = back.place / bin.width }
        shape.pullBack(back, value: value, bin, at: place, into: output + 1)
      }
    }
  }
}

extension RationalQuadraticSpline.Shape {
  /// From the shape of a bin to the parameters.
  @inline(__always)
  fileprivate func pullBack(
    _ back: SplineBin<Number>.Cotangents, value: Number, _ bin: SplineBin<Number>,
    at place: Number, into output: UnsafeMutablePointer<Number>
  ) {
    let bins = spline.bins
    // The place is (x - start) / width, the mean slope height / width.
    let start = -back.place / bin.width
    let width = start * place - back.slope * bin.slope / bin.width
    let height = back.height + back.slope / bin.width
    pullBack(before: start, at: width, of: bin.index, shares, into: output)
    pullBack(before: value, at: height, of: bin.index, shares + bins, into: output + bins)
    let slopes = output + 2 * bins
    slopes.update(repeating: 0, count: bins - 1)
    func pullBackSlope(_ cotangent: Number, knot: Int) {
      guard knot > 0, knot < bins else { return }
      let parameter = parameters[2 * bins + knot - 1] + Number(RationalQuadraticSpline.slopeOffset)
      slopes[knot - 1] = cotangent / (1 + .exp(-parameter))
    }
    pullBackSlope(back.left, knot: bin.index)
    pullBackSlope(back.right, knot: bin.index + 1)
  }

  /// Through the softmax: a cotangent for each size before a bin, one for the bin's own.
  @inline(__always)
  private func pullBack(
    before: Number, at own: Number, of index: Int, _ shares: UnsafeMutablePointer<Number>,
    into output: UnsafeMutablePointer<Number>
  ) {
    var mean = own * shares[index]
    for i in 0..<index { mean += before * shares[i] }
    for i in 0..<spline.bins {
      let cotangent = i < index ? before : i == index ? own : 0
      output[i] = range * shares[i] * (cotangent - mean)
    }
  }
}
