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
  /// Five digits after the point, for the text of a counterexample.
  var fiveDecimals: String {
    guard magnitude < 1e9 else { return "\(self)" }
    let scaled = Int((magnitude * 1e5).rounded())
    let fraction = String(100_000 + scaled % 100_000).dropFirst()
    return "\(self < 0 && scaled > 0 ? "-" : "")\(scaled / 100_000).\(fraction)"
  }
}
