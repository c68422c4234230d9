import RealModule

extension Double {
  /// Four significant digits for a formula, e.g. `0.6931` or `3.79\cdot 10^{-10}`.
  var tex: String {
    guard isFinite else { return isNaN ? "\\text{undefined}" : self < 0 ? "-\\infty" : "\\infty" }
    guard self != 0 else { return "0" }
    let exponent = Int(Double.log10(magnitude).rounded(.down))
    if exponent < -4 || exponent > 6 {
      return "\((self / .pow(10, exponent)).tex)\\cdot 10^{\(exponent)}"
    }
    let scale = Double.pow(10, 3 - exponent)
    let value = (self * scale).rounded() / scale
    let text = "\(value)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
