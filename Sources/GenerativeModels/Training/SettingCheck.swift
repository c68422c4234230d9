import NeuralNetworks

/// Checks the settings of a configuration, whose name goes into the errors.
struct SettingCheck {
  let subject: String

  func positive(_ value: Double, _ name: String, _ advice: String = "") throws(TrainingError) {
    guard value > 0, value.isFinite else {
      throw .refused(subject, name, value, "must be finite and positive\(advice)")
    }
  }

  func notNegative(_ value: Double, _ name: String) throws(TrainingError) {
    guard value >= 0, value.isFinite else {
      throw .refused(subject, name, value, "must be finite and not negative")
    }
  }

  func integer(
    _ value: Int, _ name: String, in range: ClosedRange<Int>
  ) throws(TrainingError) {
    guard range.contains(value) else {
      throw .refused(
        subject, name, value, "must lie in \(range.lowerBound)...\(range.upperBound)")
    }
  }

  /// A batch is cut into two shards, so it has two examples at least.
  func batch(_ value: Int, _ name: String = "batch") throws(TrainingError) {
    try integer(value, name, in: 2...65536)
  }

  func steps(_ value: Int, _ name: String = "steps") throws(TrainingError) {
    try integer(value, name, in: 1...100_000_000)
  }

  /// Widths of hidden layers.
  func widths(_ values: [Int], _ name: String) throws(TrainingError) {
    try integer(values.count, "\(name).count", in: 0...64)
    for (index, width) in values.enumerated() {
      try integer(width, "\(name)[\(index)]", in: 1...4096)
    }
  }

  func adam(_ adam: Adam, _ name: String) throws(TrainingError) {
    try positive(
      Double(adam.learningRate), "\(name).learningRate", ": 0.001 is a usual first choice")
    for (rate, label) in [(adam.beta1, "beta1"), (adam.beta2, "beta2")] {
      guard rate >= 0, rate < 1 else {
        throw .refused(subject, "\(name).\(label)", rate, "must lie in [0, 1)")
      }
    }
    try positive(Double(adam.epsilon), "\(name).epsilon")
    if case .cosine(let steps, let floor) = adam.schedule {
      try self.steps(steps, "\(name).schedule steps")
      guard floor >= 0, floor <= 1 else {
        throw .refused(subject, "\(name).schedule floor", floor, "must lie in 0...1")
      }
    }
  }
}
