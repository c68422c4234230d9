extension Program {
  /// Where a computation left the finite numbers.
  public enum Fault: Hashable, Sendable {
    /// An input has a value that is infinite or NaN.
    case input
    /// A parameter has.
    case parameter(ParameterStore.Parameter)
    /// The first such value comes after this parameter: of all values in the order in which the graph was written.
    case value(after: ParameterStore.Parameter?)
  }

  /// Computes everything once more from the last run's inputs and the parameters of now, and finds the first value
  /// that is not finite; nil where there is none.
  ///
  /// Inputs without a source are taken as zeros. For finding mistakes: it compiles the graph anew, with room for every value.
  public func firstFault() -> Fault? {
    let tensors = graph.nodes.indices.map { Tensor(graph: graph, index: $0) }
    let replay = Program(graph, batch: batch, store: store, outputs: tensors)
    for input in sourceInputs { replay.write(value(of: input), to: input) }
    replay.run()
    for tensor in tensors
    where !replay.value(of: tensor).values.allSatisfy(\.isFinite) {
      switch tensor.node.operation {
      case .input: return .input
      case .parameter(let index): return .parameter(parameter(index, shapedLike: tensor))
      default: return .value(after: nearestParameter(of: tensor))
      }
    }
    return nil
  }

  /// The parameter that a tensor was computed with, or else its first input was, and so on.
  private func nearestParameter(of tensor: Tensor) -> ParameterStore.Parameter? {
    var level = [tensor.index]
    var seen = Set(level)
    while !level.isEmpty {
      for index in level {
        if case .parameter(let number) = graph.nodes[index].operation {
          return parameter(number, shapedLike: Tensor(graph: graph, index: index))
        }
      }
      level = level.flatMap { graph.nodes[$0].inputs }.filter { seen.insert($0).inserted }
    }
    return nil
  }

  private func parameter(_ index: Int, shapedLike tensor: Tensor) -> ParameterStore.Parameter {
    guard case .fixed(let rows) = tensor.node.rows else {
      preconditionFailure("a parameter has a fixed number of rows")
    }
    return ParameterStore.Parameter(index: index, rows: rows, columns: tensor.columns)
  }
}
