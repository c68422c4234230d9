/// Where a training is.
public struct TrainingProgress: Sendable, Hashable {
  /// The name and the last value of a loss.
  public struct Loss: Sendable, Hashable {
    /// For example "critic".
    public var name: String
    /// The value in the last step.
    public var value: Double
  }

  /// The steps that are done.
  public var step: Int
  /// All steps.
  public var total: Int
  /// The losses in the last step.
  public var losses: [Loss]
  /// Steps per second since the start.
  public var stepsPerSecond: Double

  /// The seconds that are left at this speed.
  public var secondsLeft: Double {
    stepsPerSecond > 0 ? Double(total - step) / stepsPerSecond : .infinity
  }
}

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
