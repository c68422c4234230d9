public import Distributions

extension Arbitrary {
  /// Pairs of independent values; each side is shrunk in turn.
  public func and<Other: Sendable>(_ other: Arbitrary<Other>) -> Arbitrary<(Value, Other)> {
    Arbitrary<(Value, Other)> { generator, size in
      (draw(&generator, size), other.draw(&generator, size))
    } shrink: { first, second in
      shrink(first).map { ($0, second) } + other.shrink(second).map { (first, $0) }
    }
  }
}

extension Arbitrary<Rational> {
  /// Positive fractions, most of them small; one in eight is far from 1. They shrink towards 1, 2, 1/2, 3, …
  public static let positive = Arbitrary { generator, size in
    let range = 1 + UInt64(size * 11)
    let numerator = Rational(1 + generator.next() % range)
    let fraction = numerator / Rational(1 + generator.next() % range)
    switch generator.next() % 16 {
    case 0: return fraction * 1000
    case 1: return fraction / 1000
    default: return fraction
    }
  } shrink: {
    simplerFractions($0, from: 0)
  }

  /// Fractions of at least 1, such as budgets; they shrink towards 1, 2, 3, 3/2, …
  public static let atLeastOne = Arbitrary { generator, size in
    let fraction = Arbitrary.positive.draw(&generator, size)
    return fraction < 1 ? 1 / fraction : fraction
  } shrink: {
    simplerFractions($0, from: 1)
  }
}

/// The fractions from `lower` on with a smaller sum of numerator and denominator than `value`, the simplest first,
/// at most 40 of them.
private func simplerFractions(_ value: Rational, from lower: Rational) -> [Rational] {
  let size = value.numerator + value.denominator
  var simpler: [Rational] = []
  for sum in 2...16 where sum < size {
    for denominator in 1..<sum {
      let fraction = Rational(sum - denominator) / Rational(denominator)
      guard fraction >= lower, fraction.denominator == denominator else { continue }
      simpler.append(fraction)
      if simpler.count == 40 { return simpler }
    }
  }
  return simpler
}
