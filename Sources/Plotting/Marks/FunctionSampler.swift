import RealModule

/// Samples a function so that straight lines between the samples cannot be told from its graph.
///
/// Every interval is halved until its middle lies within `tolerance` of the chord, in units of the
/// axes; a single kink inside an interval is then drawn within twice that. An interval that is
/// too short to see and still rises is a jump: the graph is cut there.
struct FunctionSampler {
  var xScale = Scale.linear
  var yScale = Scale.linear
  /// The vertical range that will be visible; `nil` takes that of the samples.
  var visible: ClosedRange<Double>?
  var tolerance = 2e-4
  var initialIntervals = 160
  var budget = 20_000

  /// The graph over `range` as pieces between jumps, in data coordinates.
  func pieces(
    of f: (Double) throws -> Double, over range: ClosedRange<Double>, mark: String
  ) throws -> [[Point]] {
    var evaluations = 0
    func sample(_ u: Double) throws -> Point {
      evaluations += 1
      let x = min(max(xScale.inverse(u), range.lowerBound), range.upperBound)
      let y: Double
      do {
        y = try f(x)
      } catch {
        throw PlotError.functionFailed(mark: mark, detail: "\(error) at x = \(x)")
      }
      guard y.isFinite else {
        throw PlotError.nonFinite(
          mark: mark, detail: "its value is \(y.isNaN ? .nan : y) at x = \(x)")
      }
      guard yScale == .linear || y > 0 else {
        throw PlotError.nonPositive(mark: mark, axis: "y", value: y)
      }
      return Point(u, yScale.forward(y))
    }

    let start = xScale.forward(range.lowerBound)
    let end = xScale.forward(range.upperBound)
    let coarse = try (0...initialIntervals).map { index in
      try sample(start + (end - start) * Double(index) / Double(initialIntervals))
    }
    let extent = coarse.lazy.map(\.y).extent ?? 0...0
    let spread = visible.map { yScale.forward($0.upperBound) - yScale.forward($0.lowerBound) }
    let unit = max(spread ?? (extent.upperBound - extent.lowerBound), 1e-300)
    let shortest = (end - start) * 1e-9

    var pieces = [[coarse[0]]]
    for index in 0..<initialIntervals {
      // Intervals still to be settled, the leftmost last.
      var pending = [(coarse[index], coarse[index + 1])]
      while let (a, b) = pending.popLast() {
        guard b.x - a.x > shortest else {
          if abs(b.y - a.y) > 0.01 * unit { pieces.append([]) }
          pieces[pieces.count - 1].append(b)
          continue
        }
        let middle = try sample((a.x + b.x) / 2)
        if abs(middle.y - (a.y + b.y) / 2) > tolerance * unit && evaluations < budget {
          pending.append((middle, b))
          pending.append((a, middle))
        } else {
          pieces[pieces.count - 1].append(middle)
          pieces[pieces.count - 1].append(b)
        }
      }
    }
    return pieces.map { piece in
      piece.map { Point(xScale.inverse($0.x), yScale.inverse($0.y)) }
    }
  }
}

extension Scale {
  /// From data to the scale's own, evenly spaced, coordinate.
  func forward(_ value: Double) -> Double { self == .log ? .log10(value) : value }
  /// From the scale's own coordinate back to data.
  func inverse(_ value: Double) -> Double { self == .log ? .exp10(value) : value }
}

extension Drawing {
  /// A sampler that knows the panel's axes as far as they are decided.
  var sampler: FunctionSampler {
    FunctionSampler(
      xScale: xAxis.scale ?? .linear, yScale: yAxis.scale ?? .linear, visible: yAxis.range)
  }
}
