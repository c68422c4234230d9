import Divergences
import NeuralNetworks

/// What a critic's output V stands for under any divergence: the activation `g(V)`, its conjugate `f*(g(V))`, and the density ratio
/// `f*'(g(V))`, as cubics between nodes.
///
/// A generator function that is known by f alone takes hundreds of values of f for one conjugate: the table takes them once,
/// before the training. Cubics through values and slopes at 2,049 nodes on `|V| <= 20` are right to about 1e-9 where the functions are
/// smooth; beyond they go on as straight lines.
final class CriticTable: Sendable {
  /// A function by its values at the nodes and its slopes, these times the nodes' distance.
  struct Curve: Sendable {
    private let values, slopes: [Double]

    fileprivate init(values: [Double], slopes: [Double]) {
      self.values = values
      self.slopes = slopes
    }

    /// The value and the derivative at V.
    func callAsFunction(_ v: Float) -> (value: Double, slope: Double) {
      guard !v.isNaN else { return (.nan, .nan) }
      let place = (Double(v) + CriticTable.end) / CriticTable.distance
      let i = Int(max(0, min(place, Double(CriticTable.intervals - 1))))
      let (left, right) = (values[i], values[i + 1])
      let (rise, fall) = (slopes[i], slopes[i + 1])
      let x = place - Double(i)
      if x < 0 { return (left + rise * x, rise / CriticTable.distance) }
      if x > 1 { return (right + fall * (x - 1), fall / CriticTable.distance) }
      let (b, c) = (3 * (right - left) - 2 * rise - fall, 2 * (left - right) + rise + fall)
      return (
        left + x * (rise + x * (b + x * c)),
        (rise + x * (2 * b + 3 * x * c)) / CriticTable.distance
      )
    }
  }

  fileprivate static let end = 20.0
  fileprivate static let intervals = 2048
  fileprivate static let distance = 2 * end / Double(intervals)

  /// `g(V)`.
  let activation: Curve
  /// `f*(g(V))`.
  let conjugate: Curve
  /// `f*'(g(V))`.
  let ratio: Curve

  /// The functions of a divergence.
  ///
  /// - Throws: `TrainingError.outsideDomain` where the activation leaves the domain of f*.
  init(of f: any GeneratorFunction) throws(TrainingError) {
    var columns = [[Double]](repeating: [], count: 6)
    for node in 0...Self.intervals {
      let v = -Self.end + Self.distance * Double(node)
      let step = 1e-4
      let t = f.activation(v)
      let (value, ratio) = (f.conjugate(t), f.conjugateDerivative(t))
      guard t.isFinite, value.isFinite, ratio.isFinite else {
        throw .outsideDomain(step: 0, divergence: f.name, critic: v, activation: t)
      }
      let (before, after) = (f.activation(v - step), f.activation(v + step))
      let rise = (after - before) / (2 * step)
      let bend = (f.conjugateDerivative(after) - f.conjugateDerivative(before)) / (2 * step)
      let row = [t, rise, value, ratio * rise, ratio, bend]
      for (column, entry) in row.enumerated() {
        columns[column].append(column.isMultiple(of: 2) ? entry : entry * Self.distance)
      }
      guard rise.isFinite, bend.isFinite else {
        throw .outsideDomain(step: 0, divergence: f.name, critic: v, activation: after)
      }
    }
    activation = Curve(values: columns[0], slopes: columns[1])
    conjugate = Curve(values: columns[2], slopes: columns[3])
    ratio = Curve(values: columns[4], slopes: columns[5])
  }
}

extension Tensor {
  /// A curve of every entry, with its derivative.
  func map(_ curve: CriticTable.Curve) -> Tensor {
    let slope = mapDetached { Float(curve($0).slope) }
    // The difference is zero, and its gradient is 1.
    return mapDetached { Float(curve($0).value) } + (self - detached()).times(slope)
  }
}
