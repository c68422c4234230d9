import RealModule

/// A number estimated from a sample, with its standard error: the standard deviation of the estimate over samples of
/// the same size.
///
/// Not a bound, as an `Estimate`'s error is: the truth is farther away than twice the standard error about one time
/// in twenty. A bias is a separate number and stated where the estimate is defined.
public struct SampleEstimate: Sendable, Hashable, Codable, CustomStringConvertible {
  /// The estimated value.
  public var value: Double
  /// The standard deviation of the estimate, never negative; `.infinity` when nothing is known.
  public var standardError: Double

  /// A value and its standard error.
  public init(_ value: Double, standardError: Double) {
    self.value = value
    self.standardError = standardError
  }

  /// A proportion, `successes` of `count`, with the standard error `sqrt(f (1 - f) / (n + 1))` at
  /// `f = (successes + 1/2) / (n + 1)`, which is not zero at the ends: none of 100 does not mean never.
  public init(successes: Int, of count: Int) {
    value = Double(successes) / Double(count)
    let f = (Double(successes) + 0.5) / Double(count + 1)
    standardError = (f * (1 - f) / Double(count + 1)).squareRoot()
  }

  /// For example "0.832 ± 0.012", the error to two digits.
  public var description: String { numberText(value, error: standardError) }
}

/// A value and its error, both to the second digit of the error.
func numberText(_ value: Double, error: Double) -> String {
  guard value.isFinite, error.isFinite else { return "\(value) ± \(error)" }
  guard error > 0 else { return "\(value)" }
  let places = 1 - Int(Double.log10(error).rounded(.down))
  guard let shown = fixed(value, places: places), let size = fixed(error, places: places) else {
    return "\(value) ± \(error)"
  }
  return "\(shown) ± \(size)"
}

/// A number with `places` digits after the point, nil where that is no sensible way to write it.
func fixed(_ value: Double, places: Int) -> String? {
  let places = max(0, places)
  guard places <= 12 else { return nil }
  let power = (0..<places).reduce(1.0) { power, _ in power * 10 }
  let scaled = (value.magnitude * power).rounded()
  guard scaled < 1e15 else { return nil }
  let digits = String(Int(scaled))
  let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
  let sign = value < 0 && scaled > 0 ? "-" : ""
  guard places > 0 else { return sign + padded }
  return sign + padded.dropLast(places) + "." + padded.suffix(places)
}
