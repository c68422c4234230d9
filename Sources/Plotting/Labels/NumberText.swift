import RealModule

/// A number in a few digits, for messages and alternative text.
func short(_ value: Double) -> String {
  guard value.isFinite else { return "\(value)" }
  guard value != 0 else { return "0" }
  let magnitude = Int(Double.log10(value.magnitude).rounded(.down))
  // Beyond these, powers of ten overflow or say nothing to the reader.
  guard (-6...14).contains(magnitude) else { return "\(value)" }
  let digits = max(0, 3 - magnitude)
  return trimmed(decimal(value, digits: digits))
}

/// `value` with exactly `digits` decimals, rounded half away from zero; never "-0".
func decimal(_ value: Double, digits: Int) -> String {
  let power = (0..<digits).reduce(1.0) { power, _ in power * 10 }
  let scaled = (value.magnitude * power).rounded()
  guard scaled < 9e15 else { return "\(value)" }
  let units = Int64(scaled)
  let sign = value < 0 && units != 0 ? "-" : ""
  guard digits > 0 else { return "\(sign)\(units)" }
  let divisor = Int64(power)
  let fraction = String(units % divisor)
  return "\(sign)\(units / divisor)."
    + String(repeating: "0", count: digits - fraction.count) + fraction
}

/// A decimal without the zeros at its end.
func trimmed(_ number: String) -> String {
  guard number.contains(".") else { return number }
  var digits = number[...]
  while digits.last == "0" { digits.removeLast() }
  if digits.last == "." { digits.removeLast() }
  return String(digits)
}
