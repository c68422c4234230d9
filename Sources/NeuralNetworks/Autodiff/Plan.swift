/// A graph as it will run: without duplicates, without what nothing needs, in phases, with a place for each value.
///
/// Batch nodes run in even phases, each shard its own rows; nodes of fixed shape in odd phases, on one thread.
/// A sum over the batch is taken in two steps: partial results in an even phase, their sum in the next odd one.
struct Plan {
  var nodes: [Graph.Node]
  /// Where each node of the graph went.
  var canonical: [Int]
  /// The nodes that are computed, in the order of their phases.
  private(set) var order: [Int] = []
  private(set) var phase: [Int]
  /// How many computed nodes and outputs read a node.
  private(set) var uses: [Int]

  init(_ graph: Graph, outputs: [Int]) {
    (nodes, canonical) = Self.simplified(graph.nodes)
    uses = [Int](repeating: 0, count: nodes.count)
    phase = [Int](repeating: 0, count: nodes.count)
    for output in outputs { uses[canonical[output]] += 1 }
    for index in nodes.indices.reversed() where uses[index] > 0 {
      for input in nodes[index].inputs { uses[input] += 1 }
    }
    for index in nodes.indices where uses[index] > 0 { merge(into: index) }
    for index in nodes.indices where uses[index] > 0 {
      let node = nodes[index]
      // When the inputs are there: a sum over the batch one phase after its partial results.
      let ready =
        node.inputs.map { isReduction($0) ? phase[$0] + 1 : phase[$0] }.max() ?? 0
      let isParallel = node.rows == .batch || isReduction(index)
      phase[index] = isParallel == ready.isMultiple(of: 2) ? ready : ready + 1
      if node.inputs.isEmpty { phase[index] = 0 }
    }
    order = nodes.indices.filter { uses[$0] > 0 }.sorted { (phase[$0], $0) < (phase[$1], $1) }
  }

  /// Whether a node of fixed shape sums over a batch.
  func isReduction(_ index: Int) -> Bool {
    nodes[index].rows != .batch && nodes[index].inputs.contains { nodes[$0].rows == .batch }
  }

  /// Lets a node do the work of inputs that nothing else reads, in one pass over memory.
  private mutating func merge(into index: Int) {
    let inputs = nodes[index].inputs
    func become(_ operation: Operation, _ newInputs: [Int], instead: [Int]) {
      nodes[index].operation = operation
      nodes[index].inputs = newInputs
      for input in instead { uses[input] = 0 }
    }
    switch nodes[index].operation {
    case .product(true, false) where isReduction(index):
      nodes[index].operation = .sumOfProducts
    case .addRow(nil):
      let product = inputs[0]
      if case .product(false, let transposedRight) = nodes[product].operation, uses[product] == 1 {
        become(
          .dense(nil, transposedRight: transposedRight), nodes[product].inputs + [inputs[1]],
          instead: [product])
      }
    case .function(let function):
      let sum = inputs[0]
      guard uses[sum] == 1 else { return }
      switch nodes[sum].operation {
      case .addRow(nil): become(.addRow(function), nodes[sum].inputs, instead: [sum])
      case .dense(nil, let transposedRight):
        become(
          .dense(function, transposedRight: transposedRight), nodes[sum].inputs, instead: [sum])
      default: break
      }
    case .multiply:
      for (position, input) in inputs.enumerated() where uses[input] == 1 {
        guard case .function(let function) = nodes[input].operation, function.isStep else {
          continue
        }
        become(
          .multiplyByFunction(function), [inputs[1 - position], nodes[input].inputs[0]],
          instead: [input])
        return
      }
    case .add:
      let (left, right) = (inputs[0], inputs[1])
      let operation = nodes[left].operation
      guard operation == nodes[right].operation, left != right,
        operation == .sumOfProducts || operation == .sumRows, isReduction(left),
        isReduction(right), uses[left] == 1, uses[right] == 1
      else { return }
      become(operation, nodes[left].inputs + nodes[right].inputs, instead: [left, right])
    default: break
    }
  }

  /// Equal nodes are merged, and numbers that are known are not computed.
  private static func simplified(_ original: [Graph.Node]) -> ([Graph.Node], [Int]) {
    struct Key: Hashable {
      let operation: Operation
      let inputs: [Int]
      let rows: Graph.Rows
      let columns: Int
    }
    var nodes: [Graph.Node] = []
    var canonical: [Int] = []
    var known: [Key: Int] = [:]
    for (index, node) in original.enumerated() {
      var node = node
      node.inputs = node.inputs.map { canonical[$0] }
      func constant(_ position: Int) -> Float? {
        guard case .fill(let value) = nodes[node.inputs[position]].operation else { return nil }
        return value
      }
      func become(_ operation: Operation, _ inputs: [Int] = []) {
        node.operation = operation
        node.inputs = inputs
      }
      var replacement: Int?
      switch node.operation {
      case .multiply:
        for position in 0...1 {
          guard let value = constant(position) else { continue }
          let other = node.inputs[1 - position]
          if value == 1 {
            replacement = other
          } else {
            become(.affine(scale: value, offset: 0), [other])
          }
          break
        }
      case .add:
        if constant(0) == 0 {
          replacement = node.inputs[1]
        } else if constant(1) == 0 {
          replacement = node.inputs[0]
        }
      case .affine(let scale, let offset):
        if let value = constant(0) { become(.fill(scale * value + offset)) }
      case .repeatRow, .repeatColumn, .slice:
        if let value = constant(0) { become(.fill(value)) }
      case .detach: replacement = node.inputs[0]
      default: break
      }
      if let replacement {
        canonical.append(replacement)
        continue
      }
      // Two inputs are two, however alike.
      let key = Key(
        operation: node.operation, inputs: node.operation == .input ? [-1 - index] : node.inputs,
        rows: node.rows, columns: node.columns)
      if let same = known[key] {
        canonical.append(same)
      } else {
        known[key] = nodes.count
        canonical.append(nodes.count)
        nodes.append(node)
      }
    }
    return (nodes, canonical)
  }
}
