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
