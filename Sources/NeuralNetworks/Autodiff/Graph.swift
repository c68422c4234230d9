/// The operations of a computation in the order in which they were written; every tensor of it is a node.
///
/// A graph is built once, differentiated by `gradients(of:withRespectTo:)`, which adds nodes like any others, and compiled into
/// a `Program` that runs as often as wanted.
public final class Graph {
  /// How many rows a node has.
  enum Rows: Hashable {
    /// One for each example of the batch; the number is given when the graph is compiled.
    case batch
    case fixed(Int)

    /// The number, where it does not depend on the batch.
    var count: Int? {
      switch self {
      case .batch: nil
      case .fixed(let count): count
      }
    }
  }

  struct Node {
    var operation: Operation
    var inputs: [Int]
    var rows: Rows
    var columns: Int
  }

  private(set) var nodes: [Node] = []

  /// An empty graph.
  public init() {}

  /// A batch of examples with the given number of columns, filled before each run.
  public func input(columns: Int) -> Tensor {
    add(Node(operation: .input, inputs: [], rows: .batch, columns: columns))
  }

  /// A parameter: its values live in `store` and are shared by all programs that use it.
  public func parameter(_ parameter: ParameterStore.Parameter) -> Tensor {
    let index = nodes.firstIndex { $0.operation == .parameter(parameter.index) }
    if let index { return Tensor(graph: self, index: index) }
    return add(
      Node(
        operation: .parameter(parameter.index), inputs: [], rows: .fixed(parameter.rows),
        columns: parameter.columns))
  }

  func add(_ node: Node) -> Tensor {
    nodes.append(node)
    return Tensor(graph: self, index: nodes.count - 1)
  }
}

/// A matrix that a graph computes: a batch of rows, or a fixed number of them.
public struct Tensor {
  /// The graph that computes it.
  public let graph: Graph
  let index: Int

  var node: Graph.Node { graph.nodes[index] }

  /// The number of columns.
  public var columns: Int { node.columns }

  func apply(_ operation: Operation, _ others: [Tensor] = [], rows: Graph.Rows, columns: Int)
    -> Tensor
  {
    for other in others {
      precondition(other.graph === graph, "tensors of different graphs do not mix")
    }
    return graph.add(
      Graph.Node(
        operation: operation, inputs: [index] + others.map(\.index), rows: rows, columns: columns))
  }
}
