import BigInt
public import Distributions

extension Arbitrary {
  /// Pairs of independent values: each side is shrunk in turn, then the simplest of both together.
  public func and<Other: Sendable>(_ other: Arbitrary<Other>) -> Arbitrary<(Value, Other)> {
    Arbitrary<(Value, Other)> { generator, size in
      (draw(&generator, size), other.draw(&generator, size))
    } shrink: { first, second in
      let (firsts, seconds) = (shrink(first), other.shrink(second))
      let both = firsts.prefix(40).flatMap { first in seconds.prefix(5).map { (first, $0) } }
      return firsts.map { ($0, second) } + seconds.map { (first, $0) } + both
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

/// The fractions from `lower` on that are simpler than `value`, the simplest first.
///
/// Simple means a small sum of numerator and denominator. All fractions with a sum up to 16 are tried, then those
/// that are near `value`: its whole part and the next, and the convergents of its continued fraction.
private func simplerFractions(_ value: Rational, from lower: Rational) -> [Rational] {
  let size = value.numerator + value.denominator
  let small = smallFractions.prefix { $0.numerator + $0.denominator < size }
  guard size > 16 else { return small.filter { $0 >= lower } }
  var near: [Rational] = []
  var power: Rational = 10
  while power < value {
    near.append(power)
    power *= 10
  }
  var (before, last) = ((BigInt(0), BigInt(1)), (BigInt(1), BigInt(0)))
  var (dividend, divisor) = (value.numerator, value.denominator)
  while divisor != 0 {
    let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
    let next = (quotient * last.0 + before.0, quotient * last.1 + before.1)
    if last == (1, 0) { near += [quotient, quotient + 1].map { Rational($0) } }
    near.append(Rational(next.0) / Rational(next.1))
    (before, last) = (last, next)
    (dividend, divisor) = (divisor, remainder)
  }
  return (small + near.filter { $0 > 0 && $0.numerator + $0.denominator < size }).filter {
    $0 >= lower
  }
}

/// Positive fractions in lowest terms by the sum of numerator and denominator up to 16: 1, 2, 1/2, 3, 1/3, ….
private let smallFractions: [Rational] = (2...16).flatMap { sum in
  (1..<sum).compactMap { denominator in
    let fraction = Rational(sum - denominator) / Rational(denominator)
    return fraction.denominator == denominator ? fraction : nil
  }
}
