public import Distributions

/// The law proportional to `counts`, exactly.
///
/// - Precondition: no count is negative and their sum is positive.
public func normalized(_ counts: [Int]) -> [Rational] {
  let sum = Rational(counts.reduce(0, +))
  return counts.map { Rational($0) / sum }
}

/// The vectors with one count made smaller, towards 0, the simplest first; the sum may become 0.
public func simplerCounts(_ counts: [Int]) -> [[Int]] {
  counts.indices.flatMap { index in
    var simpler: [[Int]] = []
    var step = counts[index]
    while step > 0 {
      var candidate = counts
      candidate[index] -= step
      simpler.append(candidate)
      step /= 2
    }
    return simpler
  }
}

/// A vector of fractions as a formula: `(\tfrac{1}{3}, \tfrac{2}{3})`.
public func texVector(_ weights: [Rational]) -> String {
  "(" + weights.map(\.tex).joined(separator: ", ") + ")"
}

extension Double {
  /// The number with `places` digits after the point, for the text of a finding.
  func decimals(_ places: Int) -> String {
    guard magnitude < 1e9 else { return "\(self)" }
    let scale = (0..<places).reduce(1) { power, _ in 10 * power }
    let scaled = Int((magnitude * Double(scale)).rounded())
    let fraction = String(scale + scaled % scale).dropFirst()
    return "\(self < 0 && scaled > 0 ? "-" : "")\(scaled / scale).\(fraction)"
  }

  /// Five digits after the point.
  var fiveDecimals: String { decimals(5) }
}
