import RealModule

extension GeneratorFunction {
  /// Continues the power and the power of the logarithm that f follows at the largest or smallest arguments whose
  /// values are doubles: `f(e^s) = c e^(a s) |s|^b`.
  public func logValue(atLog s: Double) -> Double {
    let sign: Double = s < 0 ? -1 : 1
    if s.magnitude < 700 {
      let value = self(.exp(s))
      if value > 0, value < .infinity { return .log(value) }
    }
    var far = 640.0
    while far > 1, !(self(.exp(sign * far)) < .infinity) { far /= 2 }
    let (x, y, z) = (far, far / 2, far / 4)
    let values = [x, y, z].map { Double.log(self(.exp(sign * $0))) }
    // Three values give three unknowns: log c, a and b.
    let (rise, next) = (values[0] - values[1], values[1] - values[2])
    let power = (rise - next) / (x - 2 * y + z)
    let logPower = (next - power * (y - z)) / .log(2)
    return values[0] + power * (s.magnitude - x) + logPower * .log(s.magnitude / x)
  }
}

extension KullbackLeibler {
  /// `s + log s`.
  public func logValue(atLog s: Double) -> Double { s + .log(s) }
}

extension ReverseKullbackLeibler {
  /// `log(-s)`.
  public func logValue(atLog s: Double) -> Double { .log(-s) }
}

extension Jeffreys {
  /// `log(s (e^s - 1))`.
  public func logValue(atLog s: Double) -> Double {
    max(s, 0) + .log(s.magnitude) + .log(onePlus: -.exp(-s.magnitude))
  }
}

extension PearsonChiSquared {
  /// `2 log(e^s - 1)`.
  public func logValue(atLog s: Double) -> Double { 2 * s + 2 * .log(onePlus: -.exp(-s)) }
}

extension NeymanChiSquared {
  /// `2 log(1 - e^s) - s`.
  public func logValue(atLog s: Double) -> Double { 2 * .log(onePlus: -.exp(s)) - s }
}

extension AlphaDivergence {
  /// `log((e^(alpha s) - alpha e^s - (1 - alpha)) / (alpha (alpha - 1)))`, or its limits.
  public func logValue(atLog s: Double) -> Double {
    if alpha == 1 { return s + .log(s - 1 + .exp(-s)) }
    if alpha == 0 { return .log(.expMinusOne(s) - s) }
    let leading = (alpha > 1 ? alpha - 1 : alpha) * s
    if leading > 600 { return alpha * s - .log(alpha * (alpha - 1)) }
    // The form that tends to the limit as alpha does.
    if s > 0 { return s + .log((expMinusOneOver(alpha - 1, s) - 1 + .exp(-s)) / alpha) }
    return .log((expMinusOneOver(alpha, s) - .expMinusOne(s)) / (alpha - 1))
  }
}
