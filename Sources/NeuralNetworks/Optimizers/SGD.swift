/// Stochastic gradient descent with momentum: `m = momentum m + g`, `x -= rate m`.
public struct SGD: Optimizer, Hashable {
  /// The size of a step against a gradient of 1.
  public var learningRate: Float
  /// How much of the last step's direction is kept.
  public var momentum: Float
  /// How the learning rate changes along training.
  public var schedule: LearningRateSchedule

  /// Descent with the given rate.
  public init(
    learningRate: Float, momentum: Float = 0, schedule: LearningRateSchedule = .constant
  ) {
    self.learningRate = learningRate
    self.momentum = momentum
    self.schedule = schedule
  }

  /// One step for the entries of a range.
  public func move(
    _ place: borrowing ParameterPlace, against gradient: UnsafeMutablePointer<Float>,
    in range: Range<Int>, step: Int
  ) {
    let (x, m) = (place.value, place.firstMoment)
    let rate = learningRate * schedule.factor(at: step)
    for i in stride(from: range.lowerBound, to: range.upperBound, by: 8) {
      let mean = load(m + i) * momentum + load(gradient + i)
      store(mean, m + i)
      store(load(x + i) - mean * rate, x + i)
    }
  }
}
