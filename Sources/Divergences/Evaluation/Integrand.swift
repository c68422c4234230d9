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
    let isUnbounded = isUnbounded(atLog: ratio)
    if !isUnbounded || ratio.magnitude < 600 {
      let value = generator.perspective(.exp(logs.target - scale), .exp(logs.model - scale))
      if value < .infinity || !isUnbounded { return .exp(scale + shift) * value }
    }
    return .exp(scale + generator.logExcess(atLog: ratio) + shift)
  }

  /// The logarithm of the integrand's magnitude.
  func logMagnitude(_ logs: LogDensities) -> Double {
    let ratio = logs.ratio
    let scale = max(logs.target, logs.model)
    guard !ratio.isNaN, scale > -.infinity else { return -.infinity }
    if !isUnbounded(atLog: ratio) || ratio.magnitude < 600 {
      let value = generator.perspective(.exp(logs.target - scale), .exp(logs.model - scale))
      if value.magnitude < .infinity { return scale + .log(value.magnitude) }
    }
    return scale + generator.logExcess(atLog: ratio)
  }

  /// A bound on what rounding does to `logMagnitude` where the integrand is unbounded.
  func logNoise(_ logs: LogDensities) -> Double {
    let ratio = logs.ratio
    let step = 0x1p-10 * ratio
    let slope =
      ratio.magnitude < 1
      ? 1
      : ((generator.logExcess(atLog: ratio + step) - generator.logExcess(atLog: ratio)) / step)
        .magnitude
    let scale = max(logs.target, logs.model)
    return 8 * .ulpOfOne
      * (1 + scale.magnitude + slope * (logs.target.magnitude + logs.model.magnitude))
  }

  /// A bound on the change of the integrand, times `e^shift`, by relative errors of the densities and by the
  /// rounding of their logarithms.
  func uncertainty(_ logs: LogDensities, shift: Double, accuracy: (Double, Double)) -> Double {
    let ratio = logs.ratio
    let scale = max(logs.target, logs.model)
    guard !ratio.isNaN, scale > -.infinity, scale < .infinity else { return 0 }
    let value = value(logs, shift: shift)
    if ratio.magnitude > 600, isUnbounded(atLog: ratio) {
      return value.magnitude * (accuracy.0 + accuracy.1 + logNoise(logs))
    }
    let noise = (
      target: accuracy.0 + 4 * .ulpOfOne * (1 + logs.target.magnitude),
      model: accuracy.1 + 4 * .ulpOfOne * (1 + logs.model.magnitude)
    )
    // By Euler's identity the derivatives are f'(u) with respect to p, and f(u) - u f'(u) with respect to q.
    let slope = generator.derivative(.exp(max(-600, min(ratio, 600))))
    let part = slope == 0 ? 0 : .exp(logs.target + shift) * slope
    let byModel = (value - part).magnitude
    let uncertainty =
      part.magnitude * noise.target + (byModel == 0 ? 0 : byModel * noise.model)
    if uncertainty.isFinite { return uncertainty }
    return value.magnitude * (accuracy.0 + accuracy.1 + logNoise(logs)) * 4
  }
}
