import BigInt
import Distributions
import Testing
import TestSupport

@Suite struct RationalTests {
  /// Fractions with small and with large terms.
  static let fraction = Arbitrary<Rational> { generator, size in
    func integer() -> BigInt {
      let low = BigInt(Int64(bitPattern: generator.next()) >> Int64(generator.next() % 63))
      guard size > 0.7, generator.next() % 2 == 0 else { return low }
      return low << Int(generator.next() % 200) + BigInt(generator.next())
    }
    let (numerator, denominator) = (integer(), integer())
    return Rational(numerator) / Rational(denominator.isZero ? 1 : denominator)
  } shrink: { value in
    value == 0 ? [] : [0, Rational(value.numerator), Rational(1) / Rational(value.denominator)]
  }

  static let pair = Arbitrary<[Rational]> { generator, size in
    (0..<3).map { _ in fraction.draw(&generator, size) }
  } shrink: { values in
    values.indices.flatMap { index in
      fraction.shrink(values[index]).map { smaller in
        var copy = values
        copy[index] = smaller
        return copy
      }
    }
  }

  @Test func `fractions are reduced and their denominators positive`() throws {
    let value = try Rational(6, -8)
    #expect(value.numerator == -3 && value.denominator == 4)
    #expect(try Rational(0, -7) == 0)
    #expect(Rational(0).denominator == 1)
    forAll(Self.fraction) {
      $0.denominator > 0 && $0.numerator.greatestCommonDivisor(with: $0.denominator) == 1
    }
  }

  @Test func `thousands of bits are reduced as bit by bit`() throws {
    var generator = SeededGenerator(seed: 6)
    func integer(bits: Int) -> BigInt {
      let words = (0...(bits / 64)).map { _ in UInt(generator.next()) }
      return BigInt(BigUInt(words: words) >> (64 - bits % 64)) + 1
    }
    // Fibonacci's neighbours take Euclid the most steps; a power of two has no other bits to go by.
    var fibonacci: (BigInt, BigInt) = (1, 1)
    for _ in 0..<3000 { fibonacci = (fibonacci.1, fibonacci.0 + fibonacci.1) }
    var pairs = [
      fibonacci, (fibonacci.1, fibonacci.0), (BigInt(1) << 1000, BigInt(1) << 900),
      (BigInt(1) << 1000 - 1, BigInt(1) << 64), (BigInt(1) << 128 - 1, BigInt(1) << 64 - 1),
      (BigInt(1) << 128, BigInt(1) << 128 - 1), (BigInt(1) << 2000, 3),
    ]
    for bits in [1, 63, 64, 65, 127, 128, 129, 500, 2000] {
      for other in [1, 62, 64, 65, 128, 500, 1999, 2000] {
        for common in [1, 64, 65, 300] {
          let factor = integer(bits: common)
          pairs.append((integer(bits: bits) * factor, integer(bits: other) * factor))
        }
      }
    }
    for (numerator, denominator) in pairs {
      let divisor = numerator.greatestCommonDivisor(with: denominator)
      let value = try Rational(numerator, denominator)
      #expect(value.numerator == numerator / divisor)
      #expect(value.denominator == denominator / divisor)
    }
  }

  @Test func `arithmetic is that of a field`() {
    forAll(Self.pair) { values in
      let (a, b, c) = (values[0], values[1], values[2])
      return a + b == b + a && (a + b) + c == a + (b + c) && a * (b + c) == a * b + a * c
        && a - a == 0 && -(-a) == a && (b == 0 || a / b * b == a)
    }
  }

  @Test func `order agrees with subtraction`() {
    forAll(Self.pair) { values in
      (values[0] < values[1]) == ((values[1] - values[0]).numerator.signum() > 0)
        && values[0].magnitude >= values[0]
    }
  }

  @Test func `text goes there and back`() throws {
    forAll(Self.fraction) { try Rational.parse($0.description) == $0 }
    let third: Rational = 1 / 3
    #expect("\(third)" == "1/3" && "\(Rational(-2))" == "-2")
  }

  @Test(
    arguments: zip(
      ["0.25", "-.5", "5.", "1e-3", "2.5E2", " 6 / 4 ", "+7", "-0", "0.1"],
      ["1/4", "-1/2", "5", "1/1000", "250", "3/2", "7", "0", "1/10"]))
  func `decimals are read exactly`(text: String, expected: String) throws {
    #expect(try Rational.parse(text).description == expected)
  }

  @Test(arguments: [
    "", "x", "1/", "/2", "1/2/3", "1.2.3", "1e", "1e5.", "--1", "0x10", "1/0", "1/0.5", ".", "-",
    "nan",
    "1e99999", "1e-99999999999999999999", "١", String(repeating: "1", count: 10_001),
  ])
  func `what is not a fraction is refused with a reason`(text: String) {
    #expect(throws: ParameterError.self) { try Rational.parse(text) }
    #expect(Rational(text) == nil)
  }

  @Test func `a zero denominator is an error`() {
    #expect(throws: ParameterError("Rational", "denominator", value: "0", rule: "must not be zero"))
    {
      try Rational(1, 0)
    }
  }

  @Test func `dividing by zero stops with a message`() async {
    await #expect(processExitsWith: .failure) { _ = Rational(1) / Rational(0) }
  }

  @Test func `every double is a rational and comes back`() throws {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<2000 {
      let value = Double(bitPattern: generator.next())
      guard value.isFinite else { continue }
      #expect(try Double(Rational(exactly: value)) == value)
    }
    for value in [
      0.0, .leastNonzeroMagnitude, .leastNormalMagnitude, .greatestFiniteMagnitude, 0.1,
    ] {
      #expect(try Double(Rational(exactly: -value)) == -value)
    }
    #expect(throws: ParameterError.self) { try Rational(exactly: .nan) }
    #expect(throws: ParameterError.self) { try Rational(exactly: -.infinity) }
  }

  @Test func `conversion to double rounds to nearest, ties to even`() throws {
    let half: Rational = 1 / 2
    for value in [1.0, 1.0.nextUp, 0x1p-1074, 3 * 0x1p-1074, .leastNormalMagnitude.nextDown, 1e300]
    {
      let (low, high) = (try Rational(exactly: value), try Rational(exactly: value.nextUp))
      let middle = (low + high) * half
      let even = value.significandBitPattern % 2 == 0 ? value : value.nextUp
      let nudge = (high - low) / 1_000_000_007
      #expect(Double(middle) == even)
      #expect(Double(middle - nudge) == value)
      #expect(Double(middle + nudge) == value.nextUp)
    }
    #expect(try Double(Rational.parse("1e400")) == .infinity)
    #expect(try Double(Rational.parse("-1e400")) == -.infinity)
    #expect(try Double(Rational.parse("1e-400")) == 0)
    #expect(Double(try Rational(exactly: .greatestFiniteMagnitude) + 1) == .greatestFiniteMagnitude)
    #expect(Double(Rational(1) / 3) == 1.0 / 3)
  }
}
