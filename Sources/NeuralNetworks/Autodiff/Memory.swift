/// Where a program's values lie: each shard has its own room for batch nodes, which is used again once nothing reads
/// a value any more. Every value is padded to whole cache lines, so that loops go eight numbers at a time.
final class Memory {
  private let plan: Plan
  private let shardRows: [Int]
  /// The first column of a batch node within the shard's room.
  private var columnOffsets: [Int: Int] = [:]
  private var columnsUsed = 0
  private var shardRooms: [Floats] = []
  private var scratchRooms: [Floats] = []
  /// Values of fixed shape; of a sum over the batch, followed by its partial results.
  private var fixed: [Int: Floats] = [:]
  private var owned: [Floats] = []

  init(_ plan: Plan, batch: Int, pinned: Set<Int>, store: ParameterStore) {
    self.plan = plan
    let first = (batch + 1) / 2
    shardRows = [first, batch - first]
    layOutBatchNodes(pinned: pinned)
    for rows in shardRows { shardRooms.append(alignedFloats(paddedCount(rows) * columnsUsed)) }
    let widest = plan.order.map { max(plan.nodes[$0].columns, plan.nodes[$0].rows.count ?? 0) }
    scratchRooms = shardRows.map { _ in alignedFloats(skinny * (widest.max() ?? 0)) }
    owned = shardRooms + scratchRooms
    for index in plan.order {
      let node = plan.nodes[index]
      guard case .fixed(let rows) = node.rows else { continue }
      if case .parameter(let number) = node.operation {
        fixed[index] = store.places[number].value
      } else {
        let copies = plan.isReduction(index) ? 1 + Program.shards : 1
        let room = alignedFloats(copies * paddedCount(rows * node.columns))
        owned.append(room)
        fixed[index] = room
        if case .fill(let value) = node.operation {
          room.update(repeating: value, count: rows * node.columns)
        }
      }
    }
  }

  deinit { for room in owned { room.deallocate() } }

  /// Gives each batch node columns of its own until its last reader has run.
  private func layOutBatchNodes(pinned: Set<Int>) {
    var lastReader: [Int: Int] = [:]
    for (position, index) in plan.order.enumerated() {
      for input in plan.nodes[index].inputs { lastReader[input] = position }
    }
    var free: [Int: [Int]] = [:]
    var dying: [Int: [Int]] = [:]
    for (index, position) in lastReader where plan.nodes[index].rows == .batch {
      if !pinned.contains(index), plan.nodes[index].operation != .input {
        dying[position, default: []].append(index)
      }
    }
    for (position, index) in plan.order.enumerated() {
      let columns = plan.nodes[index].columns
      var dead = dying[position, default: []].sorted()
      if plan.nodes[index].rows == .batch {
        let worksInPlace = plan.nodes[index].operation.isEntrywise
        if worksInPlace, let taken = dead.firstIndex(where: { plan.nodes[$0].columns == columns }) {
          // Entry by entry, the output may overwrite an input that nothing reads later.
          columnOffsets[index] = columnOffsets[dead.remove(at: taken)]
        } else if let offset = free[columns]?.popLast() {
          columnOffsets[index] = offset
        } else {
          columnOffsets[index] = columnsUsed
          columnsUsed += columns
        }
      }
      for dead in dead { free[plan.nodes[dead].columns, default: []].append(columnOffsets[dead]!) }
    }
  }

  func rowCount(_ rows: Graph.Rows, shard: Int) -> Int {
    switch rows {
    case .batch: shardRows[shard]
    case .fixed(let rows): rows
    }
  }

  func pointer(to index: Int, shard: Int) -> Floats {
    if let fixed = fixed[index] { return fixed }
    return shardRooms[shard] + columnOffsets[index]! * paddedCount(shardRows[shard])
  }

  /// Room for four rows of any value of fixed shape, for one instruction at a time.
  func scratch(shard: Int) -> Floats { scratchRooms[shard] }

  /// The partial results of a sum over the batch, one shard's after the other's, each padded; nil of another node.
  func partials(of index: Int) -> Floats? {
    guard plan.isReduction(index), case .fixed(let rows) = plan.nodes[index].rows else {
      return nil
    }
    return fixed[index]! + paddedCount(rows * plan.nodes[index].columns)
  }

  func rows(of index: Int, shard: Int) -> UnsafeMutableBufferPointer<Float> {
    UnsafeMutableBufferPointer(
      start: pointer(to: index, shard: shard), count: shardRows[shard] * plan.nodes[index].columns)
  }
}
