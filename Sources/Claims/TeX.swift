import BigInt
public import Distributions

extension Rational {
  /// The fraction for a formula: `\tfrac{1}{3}`, or the integer.
  public var tex: String {
    if denominator == 1 { return "\(numerator)" }
    return "\(self < 0 ? "-" : "")\\tfrac{\(numerator.magnitude)}{\(denominator)}"
  }
}

extension FinitePair {
  /// Both laws as vectors of fractions, two formulas.
  public var tex: String {
    get throws {
      let (target, model) = try laws
      func vector(_ law: FiniteDistribution) -> String {
        "(" + law.weights.map(\.tex).joined(separator: ", ") + ")"
      }
      return "$P = \(vector(target))$, $\\hat P = \(vector(model))$"
    }
  }
}
