/// The losses along a training: one mean for each stretch of steps.
public struct TrainingHistory: Sendable, Hashable, Codable {
  /// The names of the losses.
  public var names: [String]
  /// The last step of each stretch.
  public internal(set) var steps: [Int] = []
  /// For each loss, its mean over each stretch.
  public internal(set) var means: [[Double]]

  /// No steps yet.
  init(names: [String], capacity: Int) {
    self.names = names
    means = names.map { _ in [] }
    steps.reserveCapacity(capacity)
    for index in means.indices { means[index].reserveCapacity(capacity) }
  }

  /// The means of the loss with a name, nil where there is none.
  public subscript(name: String) -> [Double]? {
    names.firstIndex(of: name).map { means[$0] }
  }
}
