import RealModule

extension RationalQuadraticSpline {
  /// For each row of a column of points and of the parameters: value and log-slope.
  func apply(
    to x: Floats, parameters: Floats, into y: Floats, rows: Int, isInverse: Bool
  ) {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * bins) { room in
      for row in 0..<rows {
        guard abs(x[row]) < Float(bound) else {
          (y[2 * row], y[2 * row + 1]) = (x[row], 0)
          continue
        }
        let shape = Shape(
          self, UnsafePointer(parameters) + row * parameterCount, room: room.baseAddress!)
        let (bin, place) = shape.locate(x[row], isInverse: isInverse)
        let (value, logSlope) = bin.value(at: place)
        y[2 * row] = isInverse ? bin.start + place * bin.width : value
        y[2 * row + 1] = isInverse ? -logSlope : logSlope
      }
    }
  }

  /// For each row: the cotangents of value and log-slope, drawn back to the point and to the parameters.
  func pullBack(
    _ g: Floats, at x: Floats, parameters: Floats, into y: Floats, rows: Int, isInverse: Bool
  ) {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * bins) { room in
      for row in 0..<rows {
        let output = y + row * (1 + parameterCount)
        guard abs(x[row]) < Float(bound) else {
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

extension RationalQuadraticSpline.Shape where Number == Float {
  /// From the shape of a bin to the parameters.
  @inline(__always)
  fileprivate func pullBack(
    _ back: SplineBin<Float>.Cotangents, value: Float, _ bin: SplineBin<Float>, at place: Float,
    into output: Floats
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
    func pullBackSlope(_ cotangent: Float, knot: Int) {
      guard knot > 0, knot < bins else { return }
      let parameter = parameters[2 * bins + knot - 1] + Float(RationalQuadraticSpline.slopeOffset)
      slopes[knot - 1] = cotangent / (1 + .exp(-parameter))
    }
    pullBackSlope(back.left, knot: bin.index)
    pullBackSlope(back.right, knot: bin.index + 1)
  }

  /// Through the softmax: a cotangent for each size before a bin, one for the bin's own.
  @inline(__always)
  private func pullBack(
    before: Float, at own: Float, of index: Int, _ shares: Floats, into output: Floats
  ) {
    var mean = own * shares[index]
    for i in 0..<index { mean += before * shares[i] }
    for i in 0..<spline.bins {
      let cotangent = i < index ? before : i == index ? own : 0
      output[i] = range * shares[i] * (cotangent - mean)
    }
  }
}
