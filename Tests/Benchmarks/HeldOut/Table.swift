import NeuralNetworks
import Synchronization

/// A table of the recipes, trained anew: every row with the numbers that were published, and ours.
struct Table: Sendable {
  /// A way to train, with what the recipes found: "modes HQ alpha_1 P20 R20", "-" where they say nothing.
  struct Entry: Sendable {
    let name: String
    let published: String
    let train: @Sendable (UInt64) throws -> Row
  }

  let title: String
  let seeds: ClosedRange<UInt64>
  let entries: [Entry]

  /// Trains and prints; how many numbers there are to compare, and how many agree.
  func run() -> (compared: Int, agreeing: Int) {
    print("\n## \(title), seeds \(seeds.lowerBound)–\(seeds.upperBound): published | ours\n")
    print("| | \(Row.names.joined(separator: " | ")) |")
    print("|---|\(String(repeating: "---|", count: Row.names.count))")
    var (compared, agreeing) = (0, 0)
    for entry in entries {
      let (rows, stopped) = train(entry)
      let name = entry.name + (stopped.isEmpty ? "" : " (\(stopped.count) stopped: \(stopped[0]))")
      guard !rows.isEmpty else {
        print("| \(name) |")
        continue
      }
      let published = entry.published.split(separator: " ").map { Spread($0) }
      var cells: [String] = []
      for (column, published) in published.enumerated() {
        let ours = Spread(of: rows.map { $0.columns[column] })
        guard let published else {
          cells.append("- \\| \(ours.text)")
          continue
        }
        compared += 1
        let agrees = ours.agrees(with: published)
        if agrees { agreeing += 1 }
        cells.append("\(published.text) \\| \(agrees ? ours.text : "**\(ours.text)**")")
      }
      print("| \(name) | \(cells.joined(separator: " | ")) |")
    }
    return (compared, agreeing)
  }

  /// A row for each seed whose training came to its end; two trainings at a time, each on one thread.
  private func train(_ entry: Entry) -> (rows: [Row], stopped: [any Error]) {
    let seeds = Array(seeds)
    let results = Mutex<[Int: Result<Row, any Error>]>([:])
    Workers.runBoth { shard in
      for index in stride(from: shard, to: seeds.count, by: 2) {
        let result = Result { try entry.train(seeds[index]) }
        results.withLock { $0[index] = result }
      }
    }
    var (rows, stopped): ([Row], [any Error]) = ([], [])
    for index in seeds.indices {
      switch results.withLock({ $0[index]! }) {
      case .success(let row): rows.append(row)
      case .failure(let error): stopped.append(error)
      }
    }
    return (rows, stopped)
  }
}
