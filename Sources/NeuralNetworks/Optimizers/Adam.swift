import RealModule

/// Adam (Kingma and Ba, 2015): steps of about the learning rate in each entry, whatever the gradient's scale.
///
/// `m = b1 m + (1 - b1) g`, `v = b2 v + (1 - b2) g^2`, `x -= rate (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + epsilon)`.
public struct Adam: Optimizer, Hashable, Codable {
  /// The size of a step.
  public var learningRate: Float
  /// How much of the mean of the gradient is kept in each step.
  public var beta1: Float
  /// How much of the mean of its square is kept in each step.
  public var beta2: Float
  /// What keeps a step finite where the gradient vanishes.
  public var epsilon: Float
  /// How the learning rate changes along training.
  public var schedule: LearningRateSchedule

  /// Adam with the given rates.
  public init(
    learningRate: Float = 1e-3, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8,
    schedule: LearningRateSchedule = .constant
  ) {
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.schedule = schedule
  }

  /// One step for the entries of a range.
  public func move(
    _ place: borrowing ParameterPlace, against gradient: UnsafeMutablePointer<Float>,
    in range: Range<Int>, step: Int
  ) {
    let (x, m, v) = (place.value, place.firstMoment, place.secondMoment)
    let rate = learningRate * schedule.factor(at: step)
    let t = Double(step)
    let first = Float(1 / (1 - Double.pow(Double(beta1), t)))
    let second = Float(1 / (1 - Double.pow(Double(beta2), t)))
    let scaledRate = rate * first
    for i in stride(from: range.lowerBound, to: range.upperBound, by: 8) {
      let g = load(gradient + i)
      let mean = load(m + i) * beta1 + g * (1 - beta1)
      let square = load(v + i) * beta2 + g * g * (1 - beta2)
      store(mean, m + i)
      store(square, v + i)
      store(load(x + i) - mean * scaledRate / ((square * second).squareRoot() + epsilon), x + i)
    }
  }
}
