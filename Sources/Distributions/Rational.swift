public import BigInt

/// An exact fraction of arbitrary size, always in lowest terms with a positive denominator.
///
/// Integer literals are rationals, so where the type is known `1/3` is one third, exactly.
public struct Rational: Sendable, Hashable {
  /// The numerator, which carries the sign.
  public let numerator: BigInt
  /// The denominator, positive and coprime to the numerator.
  public let denominator: BigInt

  /// The caller vouches for lowest terms and a positive denominator.
  private init(reduced numerator: BigInt, over denominator: BigInt) {
    self.numerator = numerator
    self.denominator = denominator
  }

  /// The integer `value`.
  public init(_ value: some BinaryInteger) {
    self.init(reduced: BigInt(value), over: 1)
  }

  /// `numerator / denominator`, reduced.
  ///
  /// - Throws: `ParameterError` when the denominator is zero.
  public init(
    _ numerator: some BinaryInteger, _ denominator: some BinaryInteger
  ) throws(ParameterError) {
    guard denominator != 0 else {
      throw ParameterError("Rational", "denominator", value: "0", rule: "must not be zero")
    }
    self = Self.reduce(BigInt(numerator), BigInt(denominator))
  }

  /// The exact value of a double, every bit of it: `0.1` becomes 3602879701896397/36028797018963968.
  ///
  /// - Throws: `ParameterError` when `value` is infinite or NaN.
  public init(exactly value: Double) throws(ParameterError) {
    guard value.isFinite else {
      throw ParameterError("Rational", "value", value: "\(value)", rule: "must be finite")
    }
    guard value != 0 else {
      self.init(0)
      return
    }
    let magnitude = BigInt(UInt64(value.significand * 0x1p52))
    let exponent = Int(value.exponent) - 52
    let signed = value < 0 ? -magnitude : magnitude
    self =
      exponent >= 0
      ? Self(signed << exponent) : Self.reduce(signed, BigInt(1) << -exponent)
  }

  private static func reduce(_ numerator: BigInt, _ denominator: BigInt) -> Rational {
    let divisor = greatestCommonDivisor(numerator, denominator)
    let sign: BigInt = denominator.sign == .minus ? -1 : 1
    if divisor == 1 { return Self(reduced: sign * numerator, over: sign * denominator) }
    return Self(reduced: sign * numerator / divisor, over: sign * denominator / divisor)
  }
}

// MARK: - Literals and text

extension Rational: ExpressibleByIntegerLiteral, CustomStringConvertible, LosslessStringConvertible
{
  /// An integer as a rational.
  public init(integerLiteral value: Int) { self.init(value) }

  /// `1/3`, or `2` for an integer.
  public var description: String {
    denominator == 1 ? "\(numerator)" : "\(numerator)/\(denominator)"
  }

  /// Reads what `parse` reads, nil where it throws.
  public init?(_ description: String) {
    guard let value = try? Self.parse(description) else { return nil }
    self = value
  }

  /// Reads `1/3`, `-2`, `0.25` or `1e-6`, exactly; blanks around are ignored.
  ///
  /// - Throws: `ParameterError` that quotes the text: malformed, zero below the bar, or longer than
  ///   10 000 characters or an exponent beyond ±10 000, which nobody means and which would take for ever.
  public static func parse(_ text: String) throws(ParameterError) -> Rational {
    func refuse(_ rule: String) -> ParameterError {
      ParameterError("Rational", "text", value: "\"\(text.prefix(40))\"", rule: rule)
    }
    guard text.utf8.count <= sizeLimit else { throw refuse("must have at most 10000 characters") }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(trimmed)
    let rule = "must be a number such as 1/3, -2, 0.25 or 1e-6"
    switch parts.count {
    case 1:
      guard let value = decimal(parts[0]) else { throw refuse(rule) }
      return value
    case 2:
      guard let numerator = integer(parts[0]), let denominator = integer(parts[1]) else {
        throw refuse(rule)
      }
      guard !denominator.isZero else { throw refuse("must not divide by zero") }
      return reduce(numerator, denominator)
    default:
      throw refuse(rule)
    }
  }

  private static let sizeLimit = 10_000

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }

  private static func integer(_ text: Substring) -> BigInt? {
    let digits = text.first == "-" || text.first == "+" ? text.dropFirst() : text
    guard !digits.isEmpty, digits.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 })
    else { return nil }
    return BigInt(String(digits), radix: 10).map { text.first == "-" ? -$0 : $0 }
  }

  private static func decimal(_ text: Substring) -> Rational? {
    let parts = text.split(omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
    guard parts.count <= 2 else { return nil }
    var exponent = 0
    if parts.count == 2 {
      guard let value = integer(parts[1]), abs(value) <= BigInt(sizeLimit) else { return nil }
      exponent = Int(value)
    }
    let digits = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    guard digits.count <= 2, let mantissa = integer(digits.joined()[...]) else { return nil }
    if digits.count == 2 { exponent -= digits[1].count }
    let scale = BigInt(10).power(abs(exponent))
    return exponent >= 0 ? Rational(mantissa * scale) : reduce(mantissa, scale)
  }
}

// MARK: - Order and arithmetic

extension Rational: Comparable, SignedNumeric {
  /// Exact order, by cross-multiplication.
  public static func < (a: Rational, b: Rational) -> Bool {
    a.numerator * b.denominator < b.numerator * a.denominator
  }

  /// The integer `source`.
  public init?(exactly source: some BinaryInteger) { self.init(source) }

  /// The absolute value.
  public var magnitude: Rational { Self(reduced: abs(numerator), over: denominator) }

  /// Changes the sign.
  public mutating func negate() { self = Self(reduced: -numerator, over: denominator) }

  /// The exact sum.
  public static func + (a: Rational, b: Rational) -> Rational {
    if a.denominator == b.denominator {
      return reduce(a.numerator + b.numerator, a.denominator)
    }
    return reduce(
      a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)
  }

  /// The exact difference.
  public static func - (a: Rational, b: Rational) -> Rational { a + -b }

  /// The exact product.
  public static func * (a: Rational, b: Rational) -> Rational {
    reduce(a.numerator * b.numerator, a.denominator * b.denominator)
  }

  /// Multiplies in place.
  public static func *= (a: inout Rational, b: Rational) { a = a * b }

  /// The exact quotient.
  ///
  /// - Precondition: `b` is not zero; where it may be, use `init(_:_:)`, which throws.
  public static func / (a: Rational, b: Rational) -> Rational {
    precondition(!b.numerator.isZero, "division of the rational \(a) by zero")
    return reduce(a.numerator * b.denominator, a.denominator * b.numerator)
  }
}

// MARK: - Conversion

extension Double {
  /// The double nearest to `value`, ties to even; `±infinity` beyond the largest, gradual underflow below.
  public init(_ value: Rational) {
    guard !value.numerator.isZero else {
      self = 0
      return
    }
    let numerator = value.numerator.magnitude
    let denominator = value.denominator.magnitude
    // 2^exponent <= |value| < 2^(exponent + 1)
    var exponent = numerator.bitWidth - denominator.bitWidth
    let isBelow =
      exponent >= 0
      ? numerator < denominator << exponent : numerator << -exponent < denominator
    if isBelow { exponent -= 1 }
    // The weight of the last bit that the result keeps.
    let unit = max(exponent - 52, -1074)
    let (quotient, remainder) =
      unit >= 0
      ? numerator.quotientAndRemainder(dividingBy: denominator << unit)
      : (numerator << -unit).quotientAndRemainder(dividingBy: denominator)
    let half = unit >= 0 ? denominator << unit : denominator
    var significand = UInt64(quotient)
    let twice = remainder << 1
    if twice > half || (twice == half && significand & 1 == 1) { significand += 1 }
    let magnitude = exponent > 1024 ? .infinity : Self.scaled(significand, by: unit)
    self = value.numerator.sign == .minus ? -magnitude : magnitude
  }

  /// `significand * 2^exponent` in two exact steps, since `2^exponent` alone may overflow or underflow.
  private static func scaled(_ significand: UInt64, by exponent: Int) -> Double {
    let first = exponent / 2
    return Double(significand) * Double(sign: .plus, exponent: first, significand: 1)
      * Double(sign: .plus, exponent: exponent - first, significand: 1)
  }
}
