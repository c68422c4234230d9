/// A compiled graph: memory laid out once, instructions ready to run on both shards of a batch.
///
/// A batch is cut into two shards whatever the machine, and their sums are added in one order: same inputs, same bits. After the
/// first run nothing is allocated.
public final class Program: ShardedWork {
  /// Moves a parameter along a gradient after each run.
  public struct Update {
    let parameter: ParameterStore.Parameter
    let gradient: Tensor
    let optimizer: any Optimizer

    /// `optimizer` moves `parameter` against `gradient`.
    public init(
      _ parameter: ParameterStore.Parameter, gradient: Tensor, by optimizer: any Optimizer
    ) {
      self.parameter = parameter
      self.gradient = gradient
      self.optimizer = optimizer
    }
  }

  /// An update with the places of all that it needs.
  private struct Move {
    let place: ParameterPlace
    let count: Int
    /// The shards' parts of the gradient, where nothing has added them yet.
    let partials: Floats?
    let gradient: Floats
    let optimizer: any Optimizer
  }

  /// Fills the rows of one shard of an input before each run.
  public typealias Source = (_ rows: UnsafeMutableBufferPointer<Float>, _ shard: Int) -> Void

  static let shards = 2

  /// The number of examples in a batch.
  public let batch: Int
  let graph: Graph
  let sourceInputs: [Tensor]
  let plan: Plan
  let store: ParameterStore
  private let memory: Memory
  private var segments: [[[Instruction]]] = []
  private var moves: [Move] = []
  private var sources: [(input: Int, source: Source)] = []
  /// The number of runs so far, by which optimizers count; set it to go on where another program stopped.
  public var steps = 0
  private let gradientNormBound: Float?
  /// Each shard's part of the gradient's squared norm.
  private let squares = UnsafeMutablePointer<Double>.allocate(capacity: Program.shards)
  /// Zero where a shard's part of every moved parameter is finite, else NaN.
  private let faults = UnsafeMutablePointer<Float>.allocate(capacity: Program.shards)

  /// Compiles what the outputs and the updates need.
  ///
  /// A gradient (of all updates together) longer than `gradientNormBound` is scaled down to it before the updates.
  ///
  /// - Precondition: the batch has at least two examples.
  public init(
    _ graph: Graph, batch: Int, store: ParameterStore, outputs: [Tensor] = [],
    updates: [Update] = [], gradientNormBound: Float? = nil,
    sources: [(input: Tensor, source: Source)] = []
  ) {
    precondition(batch >= Self.shards, "a batch has at least two examples")
    self.batch = batch
    self.graph = graph
    sourceInputs = sources.map(\.input)
    self.store = store
    self.gradientNormBound = gradientNormBound
    squares.initialize(repeating: 0, count: Self.shards)
    faults.initialize(repeating: 0, count: Self.shards)
    let seen = outputs.map(\.index) + sources.map(\.input.index)
    plan = Plan(graph, outputs: seen + updates.map(\.gradient.index))
    let plan = plan
    let gradients = Set(updates.map { plan.canonical[$0.gradient.index] })
    let pinned = Set(seen.map { plan.canonical[$0] })
    let read = Set(plan.order.flatMap { plan.nodes[$0].inputs })
    self.sources = sources.map { (plan.canonical[$0.input.index], $0.source) }
    memory = Memory(plan, batch: batch, pinned: pinned.union(gradients), store: store)
    segments = Compiler(
      plan: plan, memory: memory, combinedByUpdates: gradients.subtracting(pinned).subtracting(read)
    ).segments()
    moves = updates.map { update in
      let index = plan.canonical[update.gradient.index]
      return Move(
        place: store.places[update.parameter.index], count: update.parameter.count,
        partials: memory.partials(of: index), gradient: memory.pointer(to: index, shard: 0),
        optimizer: update.optimizer)
    }
  }

  deinit {
    squares.deallocate()
    faults.deallocate()
  }

  /// Runs once: sources, all nodes, updates.
  public func run() {
    steps += 1
    if !Workers.shared.run(self) { runPhases() }
  }

  /// Runs once on this thread alone: phase by phase, with the same sums.
  func runInTurn() {
    steps += 1
    runPhases()
  }

  private func runPhases() {
    for (input, source) in sources {
      for shard in 0..<Self.shards { source(memory.rows(of: input, shard: shard), shard) }
    }
    for segment in segments { for part in segment { for step in part { step.run() } } }
    if gradientNormBound != nil { for shard in 0..<Self.shards { measureGradients(shard) } }
    for shard in 0..<Self.shards { moveParameters(shard) }
  }

  func run(shard: Int, arrivals: Int) {
    var turn = arrivals
    func barrier() { Workers.shared.barrier(&turn, shard: shard) }
    for (input, source) in sources { source(memory.rows(of: input, shard: shard), shard) }
    for (index, segment) in segments.enumerated() {
      if index > 0 { barrier() }
      if shard < segment.count { for step in segment[shard] { step.run() } }
    }
    guard !moves.isEmpty else { return }
    barrier()
    if gradientNormBound != nil {
      measureGradients(shard)
      barrier()
    }
    moveParameters(shard)
  }

  /// Each thread's half of a parameter, padding included.
  private func part(of count: Int, _ shard: Int) -> Range<Int> {
    let count = paddedCount(count)
    let half = (count / 2) & ~15
    return shard == 0 ? 0..<half : half..<count
  }

  /// Each thread sums the squares of its half of every gradient.
  private func measureGradients(_ shard: Int) {
    var squares = 0.0
    for move in moves {
      let range = part(of: move.count, shard)
      if let partials = move.partials {
        combine(partials, into: move.gradient, count: move.count, range)
      }
      let end = min(range.upperBound, move.count)
      squares += Double(
        sumOfSquares(move.gradient + range.lowerBound, max(0, end - range.lowerBound)))
    }
    self.squares[shard] = squares
  }

  /// Each thread moves its half of every parameter, keeps what was there, and looks for what is not finite.
  private func moveParameters(_ shard: Int) {
    let length = (squares[0] + squares[1]).squareRoot()
    let scale = gradientNormBound.map { min(1, Float(Double($0) / length)) }
    var faults: Float = 0
    for move in moves {
      let (place, gradient) = (move.place, move.gradient)
      let range = part(of: move.count, shard)
      if let scale {
        if scale != 1 { for i in range { gradient[i] *= scale } }
      } else if let partials = move.partials {
        combine(partials, into: gradient, count: move.count, range)
      }
      (place.previous + range.lowerBound)
        .update(from: place.value + range.lowerBound, count: range.count)
      move.optimizer.move(place, against: gradient, in: range, step: steps)
      let end = min(range.upperBound, move.count)
      faults += zeroIfFinite(place.value + range.lowerBound, max(0, end - range.lowerBound))
    }
    self.faults[shard] = faults
  }

  /// Whether the last run left all parameters that it moved finite.
  public var leftParametersFinite: Bool { faults[0] + faults[1] == 0 }

  /// Puts back the parameters that the last run moved; the moments that an optimizer keeps stay.
  public func undoMove() {
    for move in moves { move.place.value.update(from: move.place.previous, count: move.count) }
  }

  // MARK: Values

  /// Writes an input.
  ///
  /// - Precondition: the matrix has one row for each example and the input's columns.
  public func write(_ matrix: Matrix, to input: Tensor) {
    let index = plan.canonical[input.index]
    precondition(
      matrix.rows == batch && matrix.columns == plan.nodes[index].columns,
      "an input keeps its shape")
    var start = 0
    for shard in 0..<Self.shards {
      let rows = memory.rows(of: index, shard: shard)
      matrix.values.withUnsafeBufferPointer { values in
        rows.baseAddress!.update(from: values.baseAddress! + start, count: rows.count)
      }
      start += rows.count
    }
  }

  /// The rows of an output that one shard computed, in place: valid until the next run, while the program lives.
  public func rows(of output: Tensor, shard: Int) -> UnsafeBufferPointer<Float> {
    UnsafeBufferPointer(memory.rows(of: plan.canonical[output.index], shard: shard))
  }

  /// The value of an output of one number after a run, without allocating.
  public func number(of output: Tensor) -> Float {
    memory.pointer(to: plan.canonical[output.index], shard: 0)[0]
  }

  /// The value of an output after a run.
  public func value(of output: Tensor) -> Matrix {
    let index = plan.canonical[output.index]
    let node = plan.nodes[index]
    guard node.rows == .batch else {
      guard case .fixed(let rows) = node.rows else { fatalError("a shape is a batch or fixed") }
      let values = UnsafeBufferPointer(
        start: memory.pointer(to: index, shard: 0), count: rows * node.columns)
      return Matrix(rows: rows, columns: node.columns, values: Array(values))
    }
    let values = (0..<Self.shards).flatMap { Array(memory.rows(of: index, shard: $0)) }
    return Matrix(rows: batch, columns: node.columns, values: values)
  }
}
