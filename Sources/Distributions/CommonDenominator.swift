package import BigInt

extension Rational {
  /// Fractions as integers over their least common denominator, which sums and comparisons of many need only once.
  package static func overCommonDenominator(
    _ values: [Rational]
  ) -> (numerators: [BigInt], denominator: BigInt) {
    var common: BigInt = 1
    for value in values where !(common % value.denominator).isZero {
      common *= value.denominator / greatestCommonDivisor(common, value.denominator)
    }
    return (values.map { $0.numerator * (common / $0.denominator) }, common)
  }
}
