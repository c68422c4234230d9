import NeuralNetworks
import RealModule

/// A coupling made ready to map eight points at a time.
struct CouplingStage: Sendable {
  typealias Lanes = PreciseNetwork.Lanes

  let conditioner: PreciseNetwork
  let spline: RationalQuadraticSpline?

  init(_ coupling: Coupling) {
    conditioner = PreciseNetwork(coupling.conditioner)
    spline = coupling.transform.family
  }

  /// Eight points on their way, and room to compute.
  final class Work {
    var first = Lanes.zero
    var second = Lanes.zero
    var logDeterminant = Lanes.zero
    let outputs: UnsafeMutablePointer<Lanes>
    let room: UnsafeMutablePointer<Lanes>
    /// The parameters of one point.
    let parameters: UnsafeMutablePointer<Double>

    init(_ stages: [CouplingStage]) {
      let largest = stages.map(\.conditioner.outputs).max() ?? 0
      outputs = .allocate(capacity: largest)
      room = .allocate(capacity: stages.map(\.conditioner.roomCount).max() ?? 0)
      parameters = .allocate(capacity: largest)
    }

    deinit {
      outputs.deallocate()
      room.deallocate()
      parameters.deallocate()
    }
  }

  /// `(a, b)` becomes `(T(b), a)`.
  func apply(to work: Work) {
    let fixed = work.first
    work.first = transformed(work.second, given: fixed, work, isInverse: false)
    work.second = fixed
  }

  /// `(T(b), a)` becomes `(a, b)`.
  func applyInverse(to work: Work) {
    let fixed = work.second
    work.second = transformed(work.first, given: fixed, work, isInverse: true)
    work.first = fixed
  }

  private func transformed(
    _ x: Lanes, given fixed: Lanes, _ work: Work, isInverse: Bool
  ) -> Lanes {
    withUnsafePointer(to: fixed) { fixed in
      conditioner.evaluate(fixed, into: work.outputs, room: work.room)
    }
    var result = x
    for lane in 0..<8 {
      if let spline {
        for index in 0..<conditioner.outputs {
          work.parameters[index] = work.outputs[index][lane]
        }
        let (value, logSlope) = spline.evaluate(
          at: x[lane], parameters: work.parameters, isInverse: isInverse)
        result[lane] = value
        work.logDeterminant[lane] += logSlope
      } else {
        let s = 2 * Double.tanh(work.outputs[0][lane] / 2)
        let t = work.outputs[1][lane]
        result[lane] = isInverse ? (x[lane] - t) * .exp(-s) : x[lane] * .exp(s) + t
        work.logDeterminant[lane] += isInverse ? -s : s
      }
    }
    return result
  }
}
