import Distributions

/// Samples of a mixture in single precision.
final class MixtureSampler: Sendable {
  /// One component: the mean, and the factor `[[a, 0], [b, c]]` of the covariance; and the next two of Walker's table.
  private struct Component {
    var x, y, a, b, c: Float
    /// The share of this component in its column, as a part of 2^24, and the component of the rest.
    var share: UInt32
    var other: Int32
  }

  private let components: [Component]

  init(_ mixture: PlanarMixture) {
    let table = Self.aliases(mixture.weights)
    components = zip(mixture.components, table).map { law, column in
      let factor = law.covariance.factor
      return Component(
        x: Float(law.mean.x), y: Float(law.mean.y), a: Float(factor.a), b: Float(factor.b),
        c: Float(factor.c), share: UInt32((column.share * 0x1p24).rounded()),
        other: Int32(column.other))
    }
  }

  /// Fills rows of two columns: eight at a time share the random numbers of one call.
  func fill(
    _ rows: UnsafeMutableBufferPointer<Float>, from stream: inout NormalStream
  ) {
    components.withUnsafeBufferPointer { components in
      let count = UInt64(components.count)
      var row = 0
      while 2 * row < rows.count {
        let choices = (stream.bits(), stream.bits())
        let (u, v) = stream.normals()
        for lane in 0..<min(8, rows.count / 2 - row) {
          let column = Int((UInt64(choices.0[lane]) * count) >> 32)
          let isOwn = choices.1[lane] >> 8 < components[column].share
          let law = components[isOwn ? column : Int(components[column].other)]
          rows[2 * (row + lane)] = law.x + law.a * u[lane]
          rows[2 * (row + lane) + 1] = law.y + law.b * u[lane] + law.c * v[lane]
        }
        row += 8
      }
    }
  }

  /// Walker's table: a column is chosen uniformly, then itself with its share, or the other.
  private static func aliases(_ weights: [Double]) -> [(share: Double, other: Int)] {
    let total = weights.reduce(0, +)
    var left = weights.map { $0 / total * Double(weights.count) }
    var table = weights.indices.map { (share: 1.0, other: $0) }
    var (small, large) = (
      left.indices.filter { left[$0] < 1 }, left.indices.filter { left[$0] >= 1 }
    )
    while let poor = small.popLast(), let rich = large.last {
      table[poor] = (left[poor], rich)
      left[rich] -= 1 - left[poor]
      if left[rich] < 1 {
        large.removeLast()
        small.append(rich)
      }
    }
    return table
  }
}
