import GSL
import RealModule

extension Double {
  /// Six significant digits, trailing zeros dropped; a power of ten where plain digits would mislead.
  public var short: String { digits(6) }

  /// `places` digits after the point, at most 15, e.g. `0.5.fixed(3)` is "0.500".
  public func fixed(_ places: Int) -> String {
    let places = min(max(places, 0), 15)
    guard magnitude < 1e15 / Double.pow(10, Double(places)) else { return short }
    let scaled = Int((magnitude * Double.pow(10, Double(places))).rounded())
    let figures = String(scaled)
    let padded =
      String(repeating: "0", count: max(0, places + 1 - figures.count)) + figures
    let sign = self < 0 && scaled != 0 ? "−" : ""
    return places == 0
      ? sign + padded : "\(sign)\(padded.dropLast(places)).\(padded.suffix(places))"
  }

  /// `count` significant digits, trailing zeros dropped.
  public func digits(_ count: Int) -> String {
    if isNaN { return "undefined" }
    if isInfinite { return self < 0 ? "−∞" : "∞" }
    if self == 0 { return "0" }
    let sign = self < 0 ? "−" : ""
    var exponent = Int(Double.log10(magnitude).rounded(.down))
    var scaled = (magnitude / Double.pow(10, exponent - count + 1)).rounded()
    // Rounding 9.999999 up gives one digit more; a logarithm just below an integer, one less.
    if scaled >= Double.pow(10, count) {
      exponent += 1
      scaled = (magnitude / Double.pow(10, exponent - count + 1)).rounded()
    }
    var figures = String(Int(scaled))
    while figures.count > 1 && figures.last == "0" { figures.removeLast() }
    switch exponent {
    case 0..<max(count, 1):
      let missing = exponent + 1 - figures.count
      if missing >= 0 { return sign + figures + String(repeating: "0", count: missing) }
      let point = figures.index(figures.startIndex, offsetBy: exponent + 1)
      return "\(sign)\(figures[..<point]).\(figures[point...])"
    case -4..<0:
      return "\(sign)0.\(String(repeating: "0", count: -exponent - 1))\(figures)"
    default:
      let rest = figures.dropFirst()
      return "\(sign)\(figures.prefix(1))\(rest.isEmpty ? "" : ".")\(rest)e\(exponent)"
    }
  }
}

extension Estimate {
  /// The value to the digits that its error leaves, and the error to two.
  public var short: String {
    guard error.isFinite, value.isFinite else { return "\(value.short) ± \(error.short)" }
    if error == 0 { return value.short }
    let digits = value == 0 ? 1 : Int(Double.log10((value / error).magnitude).rounded(.down)) + 2
    return "\(value.digits(min(max(digits, 1), 17))) ± \(error.digits(2))"
  }
}
