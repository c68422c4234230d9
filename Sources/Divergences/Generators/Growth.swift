import RealModule

extension GeneratorFunction {
  /// Continues the power and the power of the logarithm that f follows at the largest or smallest arguments whose
  /// values are doubles: `f(e^s) = c e^(a s) |s|^b`.
  public func logExcess(atLog s: Double) -> Double {
    let sign: Double = s < 0 ? -1 : 1
    func value(_ distance: Double) -> Double {
      .log(self(.exp(sign * distance))) - max(0, sign * distance)
    }
    if s.magnitude < 700 {
      let value = value(s.magnitude)
      if value.isFinite { return value }
    }
    var far = 640.0
    while far > 1, !(self(.exp(sign * far)) < .infinity) { far /= 2 }
    // Three values give three unknowns: log c, a and b.
    let (first, second, third) = (value(far), value(far / 2), value(far / 4))
    let power = (first - 2 * second + third) / (far / 4)
    let logPower = (second - third - power * (far / 4)) / .log(2)
    return first + power * (s.magnitude - far) + logPower * .log(s.magnitude / far)
  }
}

extension KullbackLeibler {
  /// `log s`.
  public func logExcess(atLog s: Double) -> Double { .log(s) }
}

extension ReverseKullbackLeibler {
  /// `log(-s)`.
  public func logExcess(atLog s: Double) -> Double { .log(-s) }
}

extension Jeffreys {
  /// `log(|s| (1 - e^(-|s|)))`.
  public func logExcess(atLog s: Double) -> Double {
    .log(s.magnitude) + .log(onePlus: -.exp(-s.magnitude))
  }
}

extension PearsonChiSquared {
  /// `2 log(e^s - 1) - s`.
  public func logExcess(atLog s: Double) -> Double { s + 2 * .log(onePlus: -.exp(-s)) }
}

extension NeymanChiSquared {
  /// `2 log(1 - e^s) - s`.
  public func logExcess(atLog s: Double) -> Double { 2 * .log(onePlus: -.exp(s)) - s }
}

extension AlphaDivergence {
  /// `log((e^(alpha s) - alpha e^s - (1 - alpha)) / (alpha (alpha - 1)))`, less s where that is positive.
  public func logExcess(atLog s: Double) -> Double {
    let order = s > 0 ? alpha - 1 : alpha
    if order * s > 600 { return order * s - .log(alpha * (alpha - 1)) }
    // In the form that tends to the limits alpha = 1 and alpha = 0, KL and reverse KL.
    return s > 0
      ? .log((expMinusOneOver(order, s) - 1 + .exp(-s)) / alpha)
      : .log((expMinusOneOver(order, s) - .expMinusOne(s)) / (alpha - 1))
  }
}
