import NeuralNetworks
import Synchronization

/// What `work` gives for each item, in their order, two at a time: for trainings that do not depend on each other, which
/// use two processors better than one training does. The results are the same bits as those of a loop.
///
/// `work` runs on two threads at once, so it must not change what it shares with itself. The error thrown is that of the
/// first item that failed; items after it may have been worked on.
public func inParallel<Item, Value>(
  _ items: [Item], _ work: (Item) throws -> Value
) throws -> [Value] {
  let next = Atomic<Int>(0)
  var results = [Result<Value, any Error>?](repeating: nil, count: items.count)
  results.withUnsafeMutableBufferPointer { results in
    let results = results
    Workers.runBoth { _ in
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < items.count else { return }
        results[index] = Result { try work(items[index]) }
        if case .failure = results[index] { next.store(items.count, ordering: .relaxed) }
      }
    }
  }
  return try results.compactMap { try $0?.get() }
}
