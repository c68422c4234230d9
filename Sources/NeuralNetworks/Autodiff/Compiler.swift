/// Turns a plan into instructions: for each phase, one list for each thread.
struct Compiler {
  let plan: Plan
  let memory: Memory
  /// Sums over the batch whose partial results only updates read.
  let combinedByUpdates: Set<Int>

  /// The phases in order; an odd one has a list for the first thread only.
  func segments() -> [[[Instruction]]] {
    let last = plan.order.map { plan.phase[$0] + (plan.isReduction($0) ? 1 : 0) }.max() ?? 0
    var segments: [[[Instruction]]] = (0...last).map {
      [[Instruction]](repeating: [], count: $0.isMultiple(of: 2) ? Program.shards : 1)
    }
    for index in plan.order {
      let phase = plan.phase[index]
      for shard in segments[phase].indices {
        segments[phase][shard] += instructions(for: index, shard: shard)
      }
      if !combinedByUpdates.contains(index), let partials = memory.partials(of: index) {
        segments[phase + 1][0].append(
          instruction(.combine, index, shard: 0, left: partials))
      }
    }
    return segments.filter { $0.contains { !$0.isEmpty } }
  }

  private func instruction(
    _ kind: Instruction.Kind, _ index: Int, shard: Int, left: Floats? = nil, right: Floats? = nil
  ) -> Instruction {
    let node = plan.nodes[index]
    let output = memory.pointer(to: index, shard: shard)
    var instruction = Instruction(
      kind: kind, output: output,
      left: left ?? node.inputs.first.map { memory.pointer(to: $0, shard: shard) } ?? output,
      right: right ?? node.inputs.dropFirst().first.map { memory.pointer(to: $0, shard: shard) }
        ?? output,
      third: node.inputs.dropFirst(2).first.map { memory.pointer(to: $0, shard: shard) } ?? output,
      rows: memory.rowCount(node.rows, shard: shard), columns: node.columns,
      scratch: memory.scratch(shard: shard))
    if let first = node.inputs.first {
      instruction.leftColumns = plan.nodes[first].columns
      instruction.inner = memory.rowCount(plan.nodes[first].rows, shard: shard)
    }
    return instruction
  }

  private func instructions(for index: Int, shard: Int) -> [Instruction] {
    let node = plan.nodes[index]
    func one(_ kind: Instruction.Kind) -> [Instruction] {
      [instruction(kind, index, shard: shard)]
    }
    switch node.operation {
    case .input, .parameter, .detach: return []
    case .fill(let value): return node.rows == .batch ? one(.fill(value)) : []
    case .product(let transposedLeft, let transposedRight):
      var product = one(
        .product(
          transposedLeft: transposedLeft, transposedRight: transposedRight, accumulates: false))
      if !transposedLeft { product[0].inner = product[0].leftColumns }
      if let partials = memory.partials(of: index) {
        product[0].output = partials + shard * paddedCount(product[0].rows * product[0].columns)
      }
      return product
    case .sumOfProducts, .sumRows:
      let isProduct = node.operation == .sumOfProducts
      let step = isProduct ? 2 : 1
      return stride(from: 0, to: node.inputs.count, by: step).map { position in
        let inputs = node.inputs[position...].prefix(step).map {
          memory.pointer(to: $0, shard: shard)
        }
        let kind: Instruction.Kind =
          isProduct
          ? .product(transposedLeft: true, transposedRight: false, accumulates: position > 0)
          : .sumRows(accumulates: position > 0)
        var sum = instruction(kind, index, shard: shard, left: inputs.first, right: inputs.last)
        if let partials = memory.partials(of: index) {
          sum.output = partials + shard * paddedCount(sum.rows * sum.columns)
        }
        return sum
      }
    case .add: return one(.add)
    case .subtract: return one(.subtract)
    case .multiply: return one(.multiply)
    case .affine(let scale, let offset): return one(.affine(scale: scale, offset: offset))
    case .function(let function): return one(.function(function))
    case .addRow(let function): return one(.addRow(function))
    case .dense(let function, let transposedRight):
      var dense = instruction(
        .dense(function, transposedRight: transposedRight), index, shard: shard)
      dense.inner = dense.leftColumns
      return [dense]
    case .multiplyByFunction(let function): return one(.multiplyByFunction(function))
    case .sumColumns: return one(.sumColumns)
    case .repeatRow: return one(.repeatRow)
    case .repeatColumn: return one(.repeatColumn)
    case .slice(let from): return one(.slice(from: from))
    case .concatenate: return one(.concatenate)
    case .logSumOfExponentials: return one(.logSumOfExponentials)
    case .spline(let spline, let isInverse): return one(.spline(spline, isInverse: isInverse))
    case .splineGradient(let spline, let isInverse):
      return one(.splineGradient(spline, isInverse: isInverse))
    case .pointwise(let function): return one(.pointwise(function))
    }
  }
}
