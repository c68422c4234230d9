import RealModule

// Spectral normalisation (Miyato et al., 2018): a layer computes with `gain W / sigma`, where sigma is the largest singular
// value of W, estimated by one step of the power iteration in each training step.

/// The direction of a layer's weights that stretches most, as it is tracked along a training.
struct SpectralDirection {
  let gain: Float
  /// The left singular vector, 1 x inputs.
  let vector: ParameterStore.Parameter

  /// Starts with the direction after some iterations, so that the first estimate is good already.
  init(of weight: Matrix, gain: Float, in store: ParameterStore) {
    self.gain = gain
    vector = store.add(Self.leadingVector(of: weight, iterations: 30))
  }

  /// The normalised weights, and the vector after one more iteration: `v = u W / |u W|`, `u' = v W^T / |v W^T|`,
  /// `sigma = u' W v^T`. Gradients flow through sigma and W, not through the directions.
  func normalize(_ weight: Tensor) -> (weight: Tensor, vector: Tensor) {
    let u = weight.graph.parameter(vector)
    let v = unit(u * weight).detached()
    let next = unit(v.product(weight, otherTransposed: true)).detached()
    let sigma = (next * weight).times(v).sumOfColumns()
    let factor = gain * sigma.map(.reciprocal)
    return (weight.times(factor.repeated(like: weight)), next)
  }

  /// A row of length 1; zero stays zero.
  private func unit(_ row: Tensor) -> Tensor {
    let square = row.times(row).sumOfColumns().affine(scale: 1, offset: 1e-20)
    return row.times(square.map(.squareRoot).map(.reciprocal).repeated(like: row))
  }

  private static func leadingVector(of weight: Matrix, iterations: Int) -> Matrix {
    let (rows, columns) = (weight.rows, weight.columns)
    func unit(_ x: [Double]) -> [Double] {
      let length = x.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return length > 0 ? x.map { $0 / length } : x
    }
    // Multiples of the golden ratio: no weights of interest are orthogonal to them.
    var u = unit((1...rows).map { (0.618_033_988_75 * Double($0)).remainder(dividingBy: 1) + 0.7 })
    for _ in 0..<iterations {
      var v = [Double](repeating: 0, count: columns)
      for i in 0..<rows { for j in 0..<columns { v[j] += u[i] * Double(weight[i, j]) } }
      v = unit(v)
      let next = unit(
        (0..<rows).map { i in (0..<columns).reduce(0) { $0 + Double(weight[i, $1]) * v[$1] } })
      if next.allSatisfy({ $0 == 0 }) { break }
      u = next
    }
    return Matrix(rows: 1, columns: rows, values: u.map(Float.init))
  }
}

/// Puts a computed value in a parameter's place.
struct Assignment: Optimizer {
  func move(
    _ place: borrowing ParameterPlace, against value: UnsafeMutablePointer<Float>,
    in range: Range<Int>, step: Int
  ) {
    for i in range { place.value[i] = value[i] }
  }
}
