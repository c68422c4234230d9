import RealModule

/// How the learning rate changes along training.
public enum LearningRateSchedule: Sendable, Hashable, Codable {
  /// It does not.
  case constant
  /// From all of it down to `floor` of it over `steps` steps, along half a period of a cosine; constant after that.
  case cosine(steps: Int, floor: Float)

  /// What the learning rate is multiplied by in a step, counted from 1.
  public func factor(at step: Int) -> Float {
    switch self {
    case .constant: return 1
    case .cosine(let steps, let floor):
      let progress = Float(min(max(step - 1, 0), steps)) / Float(max(steps, 1))
      return floor + (1 - floor) * (1 + .cos(.pi * progress)) / 2
    }
  }
}
