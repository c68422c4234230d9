import BigInt

/// The greatest common divisor of the magnitudes.
///
/// In machine words when both fit; otherwise by Lehmer's algorithm, which takes as many of Euclid's steps at once as
/// the leading 62 bits of both numbers decide: several times fewer passes over the words than bit by bit.
func greatestCommonDivisor(_ a: BigInt, _ b: BigInt) -> BigInt {
  if let x = UInt64(exactly: a.magnitude), let y = UInt64(exactly: b.magnitude) {
    return BigInt(euclid(x, y))
  }
  var (x, y) = (Array(a.magnitude.words), Array(b.magnitude.words))
  trim(&x)
  trim(&y)
  if isLess(x, y) { swap(&x, &y) }
  while y.count > 1 {
    let steps = leadingSteps(x, y)
    if steps.b == 0 {
      let remainder = BigUInt(words: x) % BigUInt(words: y)
      x = y
      y = Array(remainder.words)
      trim(&y)
    } else {
      let next = combined(x, y, steps.c, steps.d)
      x = combined(x, y, steps.a, steps.b)
      y = next
    }
  }
  guard let word = y.first else { return BigInt(BigUInt(words: x)) }
  let remainder = BigUInt(words: x) % BigUInt(word)
  return BigInt(euclid(UInt64(word), UInt64(remainder)))
}

private func euclid(_ x: UInt64, _ y: UInt64) -> UInt64 {
  var (x, y) = (x, y)
  while y != 0 { (x, y) = (y, x % y) }
  return x
}

/// The steps `(x, y) -> (a x + b y, c x + d y)` that the leading bits are sure of; none when `b = 0` (Knuth, The Art
/// of Computer Programming, 4.5.2, Algorithm L).
private func leadingSteps(_ x: [UInt], _ y: [UInt]) -> (a: Int, b: Int, c: Int, d: Int) {
  let length = x.count * UInt.bitWidth - x[x.count - 1].leadingZeroBitCount
  var (high, low) = (leadingBits(x, below: length), leadingBits(y, below: length))
  var (a, b, c, d) = (1, 0, 0, 1)
  while low + c != 0, low + d != 0 {
    let quotient = (high + a) / (low + c)
    guard quotient == (high + b) / (low + d) else { break }
    (a, c) = (c, a - quotient * c)
    (b, d) = (d, b - quotient * d)
    (high, low) = (low, high - quotient * low)
  }
  return (a, b, c, d)
}

/// The 62 bits of a number below bit `length`, zeros where it has none.
private func leadingBits(_ words: [UInt], below length: Int) -> Int {
  let shift = length - 62
  let (word, bit) = (shift / UInt.bitWidth, shift % UInt.bitWidth)
  var bits: UInt = 0
  if word < words.count { bits = words[word] >> bit }
  if bit > 0, word + 1 < words.count { bits |= words[word + 1] << (UInt.bitWidth - bit) }
  return Int(bits & (1 << 62 - 1))
}

/// `a x + b y`, which is known not to be negative, for a and b of opposite signs.
private func combined(_ x: [UInt], _ y: [UInt], _ a: Int, _ b: Int) -> [UInt] {
  var result = [UInt](repeating: 0, count: x.count)
  let (a, b) = (Int128(a), Int128(b))
  var carry: Int128 = 0
  for index in x.indices {
    carry += a * Int128(x[index])
    if index < y.count { carry += b * Int128(y[index]) }
    result[index] = UInt(truncatingIfNeeded: carry)
    carry >>= Int128(UInt.bitWidth)
  }
  trim(&result)
  return result
}

/// Drops leading zeros.
private func trim(_ words: inout [UInt]) {
  while words.last == 0 { words.removeLast() }
}

private func isLess(_ x: [UInt], _ y: [UInt]) -> Bool {
  guard x.count == y.count else { return x.count < y.count }
  for index in x.indices.reversed() where x[index] != y[index] { return x[index] < y[index] }
  return false
}
