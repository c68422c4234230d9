import GSL
import RealModule

/// The atoms of f'' from the values of f alone.
///
/// On a logarithmic grid the second differences of f are the masses of f'' around the points. A kink is a pair of
/// neighbours that outweighs those around it, and goes on doing so as the grid is refined there.
struct KinkSearch<F: GeneratorFunction> {
  let slope: NumericalSlope<F>

  private var f: F { slope.f }

  /// The kinks in increasing order. One whose mass is below that of f'' over a thirtieth of its location, or
  /// beyond `2^±1000`, or lost in the rounding of f, is not seen.
  var atoms: [Curvature.Atom] {
    let grid = Self.grid
    let values = grid.map(f.callAsFunction)
    let slopes: [Double] = (0..<grid.count - 1).map { index in
      let rise = values[index + 1] - values[index]
      return rise / (grid[index + 1] - grid[index])
    }
    // jumps[i] is the mass around grid[i + 1].
    let jumps: [Double] = zip(slopes, slopes.dropFirst()).map { $1 - $0 }
    var atoms: [Curvature.Atom] = []
    for index in 1..<jumps.count - 2 {
      let mass = jumps[index] + jumps[index + 1]
      let (before, after) = (jumps[index - 1], jumps[index + 2])
      let isPeak = mass >= before + jumps[index] && mass >= jumps[index + 1] + after
      guard isPeak, mass > 3 * max(before, after, 0), mass.isFinite else { continue }
      let width = grid[index + 2] - grid[index + 1]
      guard mass * width > 64 * slope.noise(grid[index + 1]) else { continue }
      guard let atom = refine(from: grid[index], to: grid[index + 3]) else { continue }
      if let last = atoms.last, atom.location <= last.location * (1 + 1e-6) { continue }
      atoms.append(atom)
    }
    return atoms
  }

  /// Narrows a bracket on the intersection of the tangents at its ends; nil where the mass vanishes with it.
  private func refine(from a: Double, to b: Double) -> Curvature.Atom? {
    var (a, b) = (a, b)
    var location = (a + b) / 2
    var mass = Double.infinity
    while b - a > location * 1e-9 {
      let (before, after) = (slope.oneSided(a, -1), slope.oneSided(b, 1))
      let jump = after.value - before.value
      guard jump > 100 * (before.error + after.error), mass == .infinity || jump > mass / 2 else {
        return nil
      }
      mass = jump
      let next = a + ((f(b) - f(a)) - after.value * (b - a)) / (before.value - after.value)
      guard next > a, next < b else { break }
      location = next
      let width = (b - a) / 8
      (a, b) = (max(a, location - width), min(b, location + width))
    }
    let margin = location * 1e-9
    let before = slope.oneSided(location - margin, -1)
    let after = slope.oneSided(location + margin, 1)
    let final = after.value - before.value
    guard final > max(mass / 2, 100 * (before.error + after.error)) else { return nil }
    return .init(location: location, mass: final)
  }

  /// Powers of 2 and points between: 64 to an octave in the middle, 8 beyond.
  private static var grid: [Double] {
    func points(_ octaves: Range<Int>, _ share: Int) -> [Double] {
      octaves.flatMap { octave in
        (0..<share).map {
          Double(sign: .plus, exponent: octave, significand: 1) * .exp2(Double($0) / Double(share))
        }
      }
    }
    return points(-1000 ..< -64, 8) + points(-64..<64, 64) + points(64..<1001, 8)
  }
}
