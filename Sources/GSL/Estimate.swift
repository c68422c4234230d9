/// A number and a bound on its absolute error: the true value lies in `value ± error`.
public struct Estimate: Sendable, Hashable, Codable, CustomStringConvertible {
  /// The computed value.
  public var value: Double
  /// A bound on `|value - truth|`, never negative; `.infinity` when nothing is known.
  public var error: Double

  /// A value and the bound on its absolute error.
  public init(_ value: Double, error: Double) {
    self.value = value
    self.error = error
  }

  /// For example "0.25 ± 1e-16".
  public var description: String { "\(value) ± \(error)" }

  /// The interval in which the true value lies.
  public var range: ClosedRange<Double> { (value - error)...(value + error) }

  /// Whether two estimates of the same number can both be right: `|a - b| <= a.error + b.error`.
  public func agrees(with other: Estimate) -> Bool {
    abs(value - other.value) <= error + other.error
  }
}
