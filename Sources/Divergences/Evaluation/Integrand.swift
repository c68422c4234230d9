import Distributions
import GSL
import RealModule

/// The integrand `q f(p / q)` of one divergence on a pair of densities, where necessary by logarithms.
struct Integrand<Generator: GeneratorFunction> {
  let pair: DensityPair
  let generator: Generator
  private let (isUnboundedAbove, isUnboundedBelow): (Bool, Bool)

  init(_ generator: Generator, _ pair: DensityPair) {
    self.generator = generator
    self.pair = pair
    isUnboundedAbove = generator.slopeAtInfinity == .infinity
    isUnboundedBelow = generator.valueAtZero == .infinity
  }

  /// Whether the integrand has no bound by a multiple of p + q on the side of a ratio p / q.
  func isUnbounded(atLog ratio: Double) -> Bool {
    ratio > 0 ? isUnboundedAbove : ratio < 0 && isUnboundedBelow
  }

  /// The integrand times `e^shift`.
  func value(_ logs: LogDensities, shift: Double) -> Double {
    let ratio = logs.ratio
    let scale = max(logs.target, logs.model)
    guard !ratio.isNaN, scale > -.infinity else { return 0 }
    if isUnbounded(atLog: ratio) {
      let value =
        ratio.magnitude < 600
        ? generator.perspective(.exp(logs.target - scale), .exp(logs.model - scale)) : .infinity
      guard value < .infinity else {
        return .exp(logs.model + generator.logValue(atLog: ratio) + shift)
      }
      return .exp(scale + shift) * value
    }
    return .exp(scale + shift)
      * generator.perspective(.exp(logs.target - scale), .exp(logs.model - scale))
  }

  /// The logarithm of the integrand's magnitude.
  func logMagnitude(_ logs: LogDensities) -> Double {
    let ratio = logs.ratio
    guard !ratio.isNaN else { return -.infinity }
    if isUnbounded(atLog: ratio), ratio.magnitude > 600 {
      return logs.model + generator.logValue(atLog: ratio)
    }
    let scale = max(logs.target, logs.model)
    guard scale > -.infinity else { return -.infinity }
    let value = generator.perspective(.exp(logs.target - scale), .exp(logs.model - scale)).magnitude
    return value < .infinity
      ? scale + .log(value) : logs.model + generator.logValue(atLog: ratio)
  }
}
