/// How numbers are laid along an axis.
public enum Scale: Hashable, Sendable {
  /// Equal steps for equal differences.
  case linear
  /// Equal steps for equal ratios.
  case log
}

/// A mark on an axis and its label.
public struct Tick: Hashable, Sendable {
  /// The place on the axis.
  public var value: Double
  /// What is written there; `$...$` holds TeX.
  public var label: String

  /// A tick at `value` that says `label`.
  public init(_ value: Double, _ label: String) {
    self.value = value
    self.label = label
  }
}

/// What is said of an axis; `nil` is worked out from the data.
public struct Axis: Sendable {
  var label: String?
  var range: ClosedRange<Double>?
  var scale: Scale?
  var ticks: [Tick]?

  /// An axis of which the given parts are decided.
  public init(
    _ label: String? = nil, range: ClosedRange<Double>? = nil, scale: Scale? = nil,
    ticks: [Tick]? = nil
  ) {
    (self.label, self.range, self.scale, self.ticks) = (label, range, scale, ticks)
  }

  /// This axis, its gaps filled from `other`.
  func completed(by other: Axis) -> Axis {
    Axis(
      label ?? other.label, range: range ?? other.range, scale: scale ?? other.scale,
      ticks: ticks ?? other.ticks)
  }
}
