import RealModule

/// The limit of a function of `x = |log u|` from its values at `x = h, 2 h, 3 h, ...`, where it is monotone.
///
/// Told apart: no change (the limit is reached), changes in geometric progression (a power of the argument, summed
/// up), changes that do not shrink (a logarithm or more: infinite), and changes that shrink more slowly. Nil where a
/// value is not finite.
func tailLimit(_ values: [Double], noise: Double) -> Double? {
  guard let last = values.last, values.count >= 5, values.allSatisfy(\.isFinite) else {
    return nil
  }
  let changes = zip(values, values.dropFirst()).map { $1 - $0 }
  let (first, second, third) = (
    changes[changes.count - 3], changes[changes.count - 2], changes[changes.count - 1]
  )
  let rounding = 16 * max(noise, values.reduce(0) { max($0, abs($1)) } * .ulpOfOne)
  if abs(third) <= rounding { return last }
  let growth: Double = third > 0 ? .infinity : -.infinity
  guard first != 0, second != 0 else { return growth }
  let (before, after) = (second / first, third / second)
  let uncertainty = rounding / abs(third)
  if after >= 1 - uncertainty { return growth }
  if abs(after - before) <= 0.05 * (1 - after) + uncertainty {
    return last + third * after / (1 - after)
  }
  // Ratios that rise towards 1: changes like a power `-p` of the logarithm, with a finite sum for p > 1.
  let count = Double(values.count)
  let power = -Double.log(after) / .log((count - 0.5) / (count - 1.5))
  guard power > 1.05 else { return growth }
  return last + third * .pow(count - 0.5, power) * .pow(count, 1 - power) / (power - 1)
}
