import GSL
import RealModule

/// `f*` from f alone: the maximum of the concave `t u - f(u)` over `u >= 0`.
struct NumericalConjugate<F: GeneratorFunction> {
  let slope: NumericalSlope<F>

  private var f: F { slope.f }

  /// `sup over u >= 0 of t u - f(u)`.
  func value(_ t: Double) -> Double {
    if t.isNaN { return .nan }
    let end = f.slopeAtInfinity
    if t > end { return .infinity }
    if t == end { return f.conjugateIsFiniteAtEnd ? valueAtEnd(end) : .infinity }
    guard let octave = octaveOfDescent(t) else { return .infinity }
    return max(-f.valueAtZero, highest(t, octave))
  }

  /// The greatest u at which the maximum is taken: where f' passes t.
  func argument(_ t: Double) -> Double {
    let end = f.slopeAtInfinity
    guard t <= end, let octave = octaveOfDescent(t) else { return .infinity }
    let atZero = f.valueAtZero
    if atZero < .infinity, highest(t, octave) + atZero <= 8 * abs(atZero) * .ulpOfOne { return 0 }
    var (low, high) = (power(octave - 8), power(octave + 1))
    while isBelow(high, t), high < 0x1p1020 { high *= 2 }
    while !isBelow(low, t), low > 0x1p-1020 { low /= 16 }
    for _ in 0..<64 where high > low.nextUp {
      let middle = high > 2 * low ? low.squareRoot() * high.squareRoot() : low / 2 + high / 2
      if isBelow(middle, t) { low = middle } else { high = middle }
    }
    return high / 2 + low / 2
  }

  /// Whether the slope just below u does not exceed t as far as can be told.
  private func isBelow(_ u: Double, _ t: Double) -> Bool {
    let left = slope.slopes(u).left
    return left.value <= t + min(left.error, 1e-9 * max(1, abs(t)))
  }

  private func gain(_ u: Double, _ t: Double) -> Double { t * u - f(u) }

  private func power(_ octave: Int) -> Double {
    Double(sign: .plus, exponent: min(max(octave, -1022), 1023), significand: 1)
  }

  /// The first octave over which `t u - f(u)` descends by more than rounding; from there on it always does.
  private func octaveOfDescent(_ t: Double) -> Int? {
    func descends(_ octave: Int) -> Bool {
      let (u, v) = (power(octave), power(octave + 1))
      let (before, after) = (gain(u, t), gain(v, t))
      if after == -.infinity || after.isNaN { return true }
      let noise = (abs(t) * v + abs(f(u)) + abs(f(v))) * .ulpOfOne
      return before - after > 4 * noise
    }
    var (low, high) = (-1023, 1018)
    guard descends(high) else { return nil }
    while high - low > 1 {
      let middle = (low + high) >> 1
      if descends(middle) { high = middle } else { low = middle }
    }
    // A maximum where f overflows.
    return high < 1010 ? high : nil
  }

  /// The maximum around the octave from which the function descends.
  private func highest(_ t: Double, _ octave: Int) -> Double {
    let centre = power(octave)
    let sampled = (-3...1).map { gain(power(octave + $0), t) }.max() ?? -.infinity
    let limit = 3 * Double.log(2)
    guard
      let found = try? minimum(between: -limit, and: limit, { -gain(centre * .exp($0), t) })
    else { return sampled }
    return max(sampled, -found.value, gainAtKink(t, near: centre * .exp(found.argument.value)))
  }

  /// The value where the lines through f on the two sides of a kink meet, which no bracket reaches exactly.
  private func gainAtKink(_ t: Double, near u: Double) -> Double {
    let width = u * 1e-6
    let (a, b) = (u - width, u + width)
    let before = (f(a) - f(a - width)) / width
    let after = (f(b + width) - f(b)) / width
    guard after > before else { return -.infinity }
    let kink = a + (f(b) - f(a) - after * (b - a)) / (before - after)
    return kink > a && kink < b ? gain(kink, t) : -.infinity
  }

  /// The limit of `end u - f(u)`.
  private func valueAtEnd(_ end: Double) -> Double {
    -limitAtEnd(end)
  }

  /// Whether `end u - f(u)` stays bounded as u grows.
  var isFiniteAtEnd: Bool {
    let end = f.slopeAtInfinity
    guard end < .infinity else { return false }
    return limitAtEnd(end).isFinite
  }

  private func limitAtEnd(_ end: Double) -> Double {
    let ratios = (1...6).map { Double(1 << (4 * $0)) }
    let far = ratios[ratios.count - 1]
    let noise = max(slope.noise(far), abs(end) * far * .ulpOfOne)
    return tailLimit(ratios.map { f($0) - end * $0 }, noise: noise) ?? .nan
  }
}
