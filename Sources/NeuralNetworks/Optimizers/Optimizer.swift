/// A rule that moves a parameter against its gradient.
public protocol Optimizer: Sendable {
  /// Moves the entries of a range in the given step, counted from 1. The range begins and ends at a multiple of
  /// eight: all arrays are padded with zeros.
  func move(
    _ place: borrowing ParameterPlace, against gradient: UnsafeMutablePointer<Float>,
    in range: Range<Int>, step: Int)
}

/// A parameter's values with the two moments that an optimizer may keep, and the values before the last move.
public struct ParameterPlace {
  /// The values.
  public let value: UnsafeMutablePointer<Float>
  /// The running mean of the gradient.
  public let firstMoment: UnsafeMutablePointer<Float>
  /// The running mean of its square.
  public let secondMoment: UnsafeMutablePointer<Float>
  let previous: UnsafeMutablePointer<Float>
}
