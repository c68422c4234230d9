extension Graph {
  /// The gradients of a sum of all entries of `output` with respect to other tensors, as tensors of their own.
  ///
  /// One sweep from the output back, by the rules of `Tensor.cotangents`. Gradients are made of the same operations,
  /// so they can be differentiated again: that is how a penalty on a gradient is trained.
  /// A tensor that the output does not depend on has a gradient of zero.
  public func gradients(of output: Tensor, withRespectTo tensors: [Tensor]) -> [Tensor] {
    let wanted = Set(tensors.map(\.index))
    var isNeeded = nodes.indices.map { wanted.contains($0) }
    for index in nodes.indices where !isNeeded[index] && nodes[index].operation != .detach {
      isNeeded[index] = nodes[index].inputs.contains { isNeeded[$0] }
    }
    var cotangents: [Int: Tensor] = [output.index: output.filled(with: 1)]
    for index in (0...output.index).reversed() where isNeeded[index] {
      guard let cotangent = cotangents[index] else { continue }
      let tensor = Tensor(graph: self, index: index)
      for (position, input) in nodes[index].inputs.enumerated() where isNeeded[input] {
        guard let part = tensor.cotangent(ofInput: position, cotangent) else { continue }
        cotangents[input] = cotangents[input].map { $0 + part } ?? part
      }
    }
    return tensors.map { cotangents[$0.index] ?? $0.filled(with: 0) }
  }
}

extension Tensor {
  /// The rule table: what an entry of an input adds to the output for a unit change, summed against the output's
  /// cotangent g; nil where nothing flows.
  fileprivate func cotangent(ofInput position: Int, _ g: Tensor) -> Tensor? {
    let inputs = node.inputs.map { Tensor(graph: graph, index: $0) }
    let input = inputs[position]
    switch node.operation {
    case .input, .parameter, .fill, .detach, .dense, .multiplyByFunction, .sumOfProducts,
      .pointwise:
      return nil
    case .product(let transposedLeft, let transposedRight):
      let (a, b) = (inputs[0], inputs[1])
      // C = op(A) op(B): dA = g op(B)^T and dB = op(A)^T g, transposed where the input was.
      return switch (position, transposedLeft, transposedRight) {
      case (0, false, _): g.product(b, otherTransposed: !transposedRight)
      case (0, true, _): b.product(g, transposed: transposedRight, otherTransposed: true)
      case (_, _, false): a.product(g, transposed: !transposedLeft)
      case (_, _, true): g.product(a, transposed: true, otherTransposed: transposedLeft)
      }
    case .add: return g
    case .subtract: return position == 0 ? g : -g
    case .multiply: return g.times(inputs[1 - position])
    case .affine(let scale, _): return scale == 1 ? g : scale * g
    case .function(let function): return function.slope(at: input, value: self).map { g.times($0) }
    case .addRow: return position == 0 ? g : g.sumOfRows()
    case .sumRows, .sumColumns: return g.repeated(like: input)
    case .repeatRow: return g.sumOfRows()
    case .repeatColumn: return g.sumOfColumns()
    case .slice(let from): return g.padded(to: input.columns, from: from)
    case .concatenate:
      let split = inputs[0].columns
      return g.columns(position == 0 ? 0..<split : split..<columns)
    case .logSumOfExponentials:
      let shares = (input - repeated(like: input)).map(.exp)
      return g.repeated(like: input).times(shares)
    case .spline(let spline, let isInverse):
      let both = inputs[0].apply(
        .splineGradient(spline, isInverse: isInverse), [inputs[1], g], rows: node.rows,
        columns: 1 + spline.parameterCount)
      return both.columns(position == 0 ? 0..<1 : 1..<both.columns)
    case .splineGradient:
      preconditionFailure("a spline is differentiated once, not twice")
    }
  }

  /// Columns with zeros on either side.
  private func padded(to total: Int, from start: Int) -> Tensor {
    func zeros(_ columns: Int) -> Tensor {
      graph.add(
        Graph.Node(operation: .fill(0), inputs: [], rows: node.rows, columns: columns))
    }
    var result = start > 0 ? zeros(start).beside(self) : self
    if result.columns < total { result = result.beside(zeros(total - result.columns)) }
    return result
  }
}

extension Function {
  /// The derivative at x, where the function's value is y; nil where it is zero everywhere.
  func slope(at x: Tensor, value y: Tensor) -> Tensor? {
    switch self {
    // The value has the sign of x, and is what is kept.
    case .leakyReLU(let slope): y.map(.leakyReLUSlope(slope: slope))
    case .leakyReLUSlope, .isBelow: nil
    case .tanh: y.times(y).affine(scale: -1, offset: 1)
    case .sigmoid: y.times(y.affine(scale: -1, offset: 1))
    case .softplus: x.map(.sigmoid)
    case .silu: x.map(.siluSlope)
    case .siluSlope: Self.siluCurvature(at: x)
    case .exp: y
    case .log: x.map(.reciprocal)
    case .squareRoot: 0.5 * y.map(.reciprocal)
    case .reciprocal: -y.times(y)
    case .atMost(let bound): x.map(.isBelow(bound))
    case .atLeast(let bound): x.map(.isBelow(bound)).affine(scale: -1, offset: 1)
    }
  }
}

extension Function {
  /// With s the sigmoid, `silu'' = s (1 - s) (2 + x (1 - 2 s))`.
  private static func siluCurvature(at x: Tensor) -> Tensor {
    let s = x.map(.sigmoid)
    let slope = s.times(s.affine(scale: -1, offset: 1))
    return slope.times(x.times(s.affine(scale: -2, offset: 1)).affine(scale: 1, offset: 2))
  }
}

extension Tensor {
  /// The gradient of the sum of all entries of `output` with respect to this tensor.
  public func gradient(of output: Tensor) -> Tensor {
    graph.gradients(of: output, withRespectTo: [self])[0]
  }
}
