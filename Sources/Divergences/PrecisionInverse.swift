package import GSL
import RealModule

/// Where the precision curve of two finite measures reaches a fraction of the model's mass: the smallest lambda with
/// `sum min(lambda p, q) = (sum q) / K`.
///
/// The curve is affine between two neighbouring ratios `q / p`. Which two is found by selection, not by sorting: the
/// ratios are counted into 2048 ranges with their masses, and only the range in which the curve passes is looked
/// at again, so that the time is linear in the number of atoms.
package struct PrecisionInverse {
  /// The smallest such lambda for the masses as they are given; nil when the curve does not rise that far.
  package var lambda: Estimate?
  /// `sum q`.
  package var modelMass: Double
  /// The mass of q where p > 0, the curve's limit.
  package var limit: Double

  /// Selects lambda for masses that are finite and not negative, at least one pair of them positive together.
  ///
  /// - Parameter budget: K, at least 1.
  package init(target: [Double], model: [Double], budget: Double) {
    var (total, common) = (CompensatedSum(), CompensatedSum())
    let ratios = [RadixPair](unsafeUninitializedCapacity: target.count) { pairs, count in
      for index in target.indices {
        let (p, q) = (target[index], model[index])
        total.add(q)
        guard p > 0, q > 0 else { continue }
        common.add(q)
        pairs.initializeElement(
          at: count, to: RadixPair(ratio: q / p, index: UInt32(truncatingIfNeeded: index)))
        count += 1
      }
    }
    modelMass = total.value
    limit = common.value
    let goal = total.divided(by: budget)
    // Both sides are compensated sums: what they differ by at K = 1 is rounding.
    guard goal.value <= limit * (1 + 0x1p-51) else {
      lambda = nil
      return
    }
    lambda = Self.select(goal, from: ratios, target, model)
  }

  private struct Range {
    var target = CompensatedSum()
    var model = CompensatedSum()
    var greatest: UInt64 = 0
  }

  private static let rangeBits = 11

  private static func select(
    _ goal: CompensatedSum, from ratios: [RadixPair], _ p: [Double], _ q: [Double]
  ) -> Estimate {
    var active = ratios
    // The model's mass below the active ratios, the target's above them.
    var (below, above) = (CompensatedSum(), CompensatedSum())
    var ranges = [Range](repeating: Range(), count: 1 << rangeBits)
    while true {
      let least = active.reduce(UInt64.max) { min($0, $1.key) }
      let greatest = active.reduce(0) { max($0, $1.key) }
      let width = UInt64.bitWidth - (greatest - least).leadingZeroBitCount
      let shift = UInt64(max(0, width - rangeBits))
      for index in ranges.indices { ranges[index] = Range() }
      for pair in active {
        let range = Int((pair.key - least) >> shift)
        ranges[range].target.add(p[Int(pair.index)])
        ranges[range].model.add(q[Int(pair.index)])
        ranges[range].greatest = max(ranges[range].greatest, pair.key)
      }
      // Entry j: the target's mass above range j; from the top, so that a small mass is not a difference.
      let last = Int((greatest - least) >> shift)
      var targetAbove = [CompensatedSum](repeating: above, count: last + 1)
      for range in (0..<last).reversed() {
        targetAbove[range] = targetAbove[range + 1]
        targetAbove[range].add(ranges[range + 1].target)
      }
      var chosen = 0
      while chosen < last {
        var through = below
        through.add(ranges[chosen].model)
        let end = Double(bitPattern: ranges[chosen].greatest)
        if ranges[chosen].greatest > 0,
          end * targetAbove[chosen].value >= through.remainder(from: goal)
        {
          break
        }
        below = through
        chosen += 1
      }
      above = targetAbove[chosen]
      if shift == 0 {
        above.add(ranges[chosen].target)
        let lambda = max(0, below.remainder(from: goal)) / above.value
        let roundoff = Double(p.count) * 0x1p-53
        return Estimate(
          lambda, error: 8 * 0x1p-53 * lambda + 4 * roundoff * roundoff / above.value)
      }
      active = active.filter { Int(($0.key - least) >> shift) == chosen }
    }
  }
}

extension RadixPair {
  /// A pair by a positive ratio; one that overflows or underflows stays on the right side of every finite lambda.
  init(ratio: Double, index: UInt32) {
    let ratio = max(.leastNonzeroMagnitude, min(ratio, .greatestFiniteMagnitude))
    self.init(key: ratio.bitPattern, index: index)
  }
}

extension CompensatedSum {
  fileprivate mutating func add(_ other: CompensatedSum) {
    add(other.sum)
    add(other.compensation)
  }

  /// `goal - self`, with the digits that cancel made up for by both compensations.
  fileprivate func remainder(from goal: CompensatedSum) -> Double {
    var difference = goal
    difference.add(-sum)
    difference.add(-compensation)
    return difference.value
  }

  /// The quotient to twice the digits of a double.
  fileprivate func divided(by divisor: Double) -> CompensatedSum {
    let quotient = sum / divisor
    let remainder = sum.addingProduct(-quotient, divisor) + compensation
    var result = CompensatedSum()
    result.add(quotient)
    result.add(remainder / divisor)
    return result
  }
}
