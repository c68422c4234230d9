import BigInt
public import Distributions
import RealModule

/// A sum `sum w_i log a_i` of logarithms of positive fractions with rational factors: entropies of finite laws
/// and their differences. Its sign is exact.
public struct LogarithmSum: Sendable {
  /// The factor of each integer's logarithm.
  private var factors: [BigInt: Rational] = [:]

  /// The empty sum.
  public static let zero = LogarithmSum()

  /// Adds `factor * log(argument)`; a factor of 0 makes it 0, as in `0 log 0`.
  ///
  /// - Precondition: the argument is positive unless the factor is 0.
  public mutating func add(_ factor: Rational, log argument: Rational) {
    guard factor != 0 else { return }
    precondition(argument > 0, "the logarithm of \(argument) is not a number")
    if argument.numerator != 1 { factors[argument.numerator, default: 0] += factor }
    if argument.denominator != 1 { factors[argument.denominator, default: 0] -= factor }
  }

  /// The sum, in nats: the error is that of rounding each logarithm, each product and each addition.
  public var value: Double { approximation.value }

  private var approximation: (value: Double, error: Double) {
    var (value, size) = (0.0, 0.0)
    let arguments = factors.keys.sorted()
    for argument in arguments {
      let term = Double(factors[argument] ?? 0) * .log(Double(Rational(argument)))
      value += term
      size += term.magnitude
    }
    return (value, size * Double(arguments.count + 4) * .ulpOfOne)
  }

  /// -1, 0 or 1.
  ///
  /// Doubles decide where their error bound allows. Near zero the sum times the common denominator of the factors is
  /// the logarithm of a quotient of two integers, which are compared.
  public var sign: Int {
    let (value, error) = approximation
    if value.magnitude > error { return value < 0 ? -1 : 1 }
    let scale = factors.values.reduce(BigInt(1)) {
      $0 / $0.greatestCommonDivisor(with: $1.denominator) * $1.denominator
    }
    var (above, below): (BigInt, BigInt) = (1, 1)
    for (argument, factor) in factors {
      let exponent = Int(factor.numerator * (scale / factor.denominator))
      if exponent > 0 {
        above *= argument.power(exponent)
      } else {
        below *= argument.power(-exponent)
      }
    }
    return above == below ? 0 : above < below ? -1 : 1
  }

  /// The sum of both.
  public static func + (a: LogarithmSum, b: LogarithmSum) -> LogarithmSum { a.adding(b, times: 1) }

  /// The difference of both.
  public static func - (a: LogarithmSum, b: LogarithmSum) -> LogarithmSum { a.adding(b, times: -1) }

  /// The sum `self + factor * other`.
  public func adding(_ other: LogarithmSum, times factor: Rational) -> LogarithmSum {
    LogarithmSum(
      factors: factors.merging(other.factors.mapValues { factor * $0 }, uniquingKeysWith: +))
  }
}

extension LogarithmSum {
  /// The entropy `-sum p log p`.
  public static func entropy(of weights: [Rational]) -> LogarithmSum {
    var sum = LogarithmSum.zero
    for weight in weights { sum.add(-weight, log: weight) }
    return sum
  }

  /// The Kullback–Leibler divergence `sum p log(p / q)`, nil where it is infinite.
  public static func divergence(of p: [Rational], from q: [Rational]) -> LogarithmSum? {
    var sum = LogarithmSum.zero
    for (p, q) in zip(p, q) where p > 0 {
      guard q > 0 else { return nil }
      sum.add(p, log: p)
      sum.add(-p, log: q)
    }
    return sum
  }
}
