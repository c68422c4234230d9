import GSL

/// Derivatives of a generator from its values alone: difference quotients over many scales at once, each
/// extrapolated to step 0, of which the one with the smallest bound on its error is taken.
///
/// The bound is the last change of the extrapolation and the noise of f over the step. A kink inside of a step
/// shows as a large change, so that the steps that stay on one side win.
struct NumericalSlope<F: GeneratorFunction> {
  let f: F

  /// The right and the left derivative at u > 0: the same number unless they differ by more than their errors.
  func slopes(_ u: Double) -> (left: Estimate, right: Estimate) {
    let noise = noise(u)
    let right = oneSided(u, 1, noise)
    let left = oneSided(u, -1, noise)
    guard abs(right.value - left.value) <= 4 * (right.error + left.error) else {
      return (left, right)
    }
    let best = [left, right, central(u, noise)].min { $0.error < $1.error } ?? right
    return (best, best)
  }

  /// The derivative from one side, `direction` 1 or -1.
  func oneSided(_ u: Double, _ direction: Double) -> Estimate {
    oneSided(u, direction, noise(u))
  }

  private func oneSided(_ u: Double, _ direction: Double, _ noise: Double) -> Estimate {
    let atU = f(u)
    return best(of: steps(u, upTo: direction > 0 ? max(u, 0.5) : u / 2), noise, order: 1) { h in
      let v = u + direction * h
      return (f(v) - atU) / (v - u)
    }
  }

  private func central(_ u: Double, _ noise: Double) -> Estimate {
    best(of: steps(u, upTo: u / 2), noise, order: 2) { h in
      let (v, w) = (u + h, u - h)
      return (f(v) - f(w)) / (v - w)
    }
  }

  /// The density of f'' at u, by steps that keep away from the atoms.
  func second(_ u: Double, avoiding atoms: [Curvature.Atom]) -> Estimate {
    let noise = noise(u)
    let room = atoms.map { abs($0.location - u) }.min() ?? .infinity
    let above = atoms.first { $0.location >= u }.map { $0.location - u } ?? .infinity
    let atU = f(u)
    func quotient(_ h: Double) -> Double { ((f(u + h) - atU) + (f(u - h) - atU)) / (h * h) }
    let central = best(
      of: steps(u, upTo: min(u / 2, room / 2)), noise, order: 2, scale: 2, quotient)
    let forward = best(of: steps(u, upTo: min(max(u, 0.5), above) / 8), noise, order: 3, scale: 2) {
      h in
      // Exact for cubics.
      (2 * atU - 5 * f(u + h) + 4 * f(u + 2 * h) - f(u + 3 * h)) / (h * h)
    }
    return central.error <= forward.error ? central : forward
  }

  /// How far rounding moves the values of f near u.
  func noise(_ u: Double) -> Double { roundingNoise(u) { f($0) } }

  /// Powers of two, so that `u + h` is exact, from `limit` down.
  private func steps(_ u: Double, upTo limit: Double) -> [Double] {
    guard limit > u * 0x1p-40, limit.isFinite else {
      return [max(u.ulp * 64, .leastNormalMagnitude)]
    }
    var steps: [Double] = []
    var h = Double(sign: .plus, exponent: limit.exponent, significand: 1)
    while h >= u * 0x1p-28, h > 0, steps.count < 64 {
      steps.append(h)
      h *= h > u ? 0x1p-8 : 0.25
    }
    return steps.isEmpty ? [h] : steps
  }

  /// The best of the quotients extrapolated from `h, h/2, h/4, h/8`, the error of which goes like `h^order`,
  /// `h^(order + 1)` (`h^(order + 2)` from 2 on, when the quotient is even in h).
  private func best(
    of steps: [Double], _ noise: Double, order: Int, scale: Int = 1, _ quotient: (Double) -> Double
  ) -> Estimate {
    var best = Estimate(.nan, error: .infinity)
    for h in steps {
      var row = (0..<4).map { quotient(h / Double(1 << $0)) }
      var error = Double.infinity
      var factor = Double(1 << order)
      for level in 1..<4 {
        for index in (level..<4).reversed() {
          let change = (row[index] - row[index - 1]) / (factor - 1)
          row[index] += change
          if index == 3 { error = abs(change) }
        }
        factor *= order == 2 ? 4 : 2
      }
      let smallest = h / 8
      error += 8 * noise / (scale == 1 ? smallest : smallest * smallest)
      if error < best.error { best = Estimate(row[3], error: error) }
    }
    return best
  }
}

/// How far rounding moves the values of a smooth function near u: how far neighbouring doubles are from a line.
func roundingNoise(_ u: Double, _ g: (Double) -> Double) -> Double {
  let step = u.ulp
  let values = (-3...3).map { g(u + Double($0) * step) }
  var noise = abs(values[3]) * .ulpOfOne / 2
  for index in 1...5 {
    noise = max(noise, abs(values[index + 1] - 2 * values[index] + values[index - 1]))
  }
  return noise
}
