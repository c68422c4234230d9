import Distributions

/// Uniform and normal numbers in single precision, eight at once: a network's latents, hundreds a step.
///
/// Eight generators xoshiro128++ (Blackman and Vigna, 2019) side by side, seeded by a `SeededGenerator`; normal numbers by Box
/// and Muller's formula with polynomials for the functions. Only additions, products, quotients and square roots are rounded, so the
/// bits are the same everywhere.
struct NormalStream {
  typealias Bits = SIMD8<UInt32>

  private var a, b, c, d: Bits

  /// The stream of a name, independent of all others of the seed.
  init(seed: UInt64, stream: String) {
    var generator = SeededGenerator(seed: seed, stream: stream)
    func lanes() -> Bits {
      var bits = Bits.zero
      for lane in bits.indices { bits[lane] = UInt32(truncatingIfNeeded: generator.next() >> 16) }
      return bits
    }
    (a, b, c) = (lanes(), lanes(), lanes())
    // A state of zeros would stay.
    d = lanes() | Bits(repeating: 1)
  }

  /// 32 random bits in each of eight lanes.
  @inline(__always)
  mutating func bits() -> Bits {
    @inline(__always)
    func rotated(_ x: Bits, _ left: UInt32, _ right: UInt32) -> Bits {
      x &<< Bits(repeating: left) | x &>> Bits(repeating: right)
    }
    let result = rotated(a &+ d, 7, 25) &+ a
    let shifted = b &<< Bits(repeating: 9)
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = rotated(d, 11, 21)
    return result
  }

  /// Sixteen independent standard normal numbers, as eight and eight.
  ///
  /// Their size is at most 6.66, which a normal number exceeds once in 4e10.
  @inline(__always)
  mutating func normals() -> (SIMD8<Float>, SIMD8<Float>) {
    let (first, second) = (bits(), bits())
    let radius = squareRoot(-2 * logarithm(unitInterval(first)))
    // 23 bits for an angle within an eighth of a turn on either side of 0, two for a quarter turn and a half.
    let unit = unsafeBitCast(second &>> 9 | 0x3f80_0000, to: SIMD8<Float>.self)
    let (sine, cosine) = sineAndCosine((unit - 1.5) * 1.570_796_33)
    let (s, c) = (
      unsafeBitCast(sine, to: Bits.self), unsafeBitCast(cosine, to: Bits.self)
    )
    let isTurned = 0 &- (second & 1)
    let sign = (second & 2) &<< 30
    let x = (c & ~isTurned | (s ^ 0x8000_0000) & isTurned) ^ sign
    let y = (s & ~isTurned | c & isTurned) ^ sign
    return (
      radius * unsafeBitCast(x, to: SIMD8<Float>.self),
      radius * unsafeBitCast(y, to: SIMD8<Float>.self)
    )
  }

  /// Uniform numbers in (0, 1].
  @inline(__always)
  mutating func uniforms() -> SIMD8<Float> { unitInterval(bits()) }

  /// `(bits + 1/2) / 2^32`, rounded; every number below 1/256 keeps its 24 bits.
  @inline(__always)
  private func unitInterval(_ bits: Bits) -> SIMD8<Float> {
    // An integer below 2^23 in the low bits of 2^23: halves of 16 bits, since vectors of integers are not converted at once.
    let high = unsafeBitCast(bits &>> 16 | 0x4b00_0000, to: SIMD8<Float>.self) - 8_388_608
    let low = unsafeBitCast(bits & 0xffff | 0x4b00_0000, to: SIMD8<Float>.self) - 8_388_607.5
    return high * 0x1p-16 + low * 0x1p-32
  }

  /// Fills memory with normal numbers.
  mutating func fill(_ values: UnsafeMutableBufferPointer<Float>) {
    for start in stride(from: 0, to: values.count, by: 16) {
      let (x, y) = normals()
      store(x, in: values, from: start)
      if start + 8 < values.count { store(y, in: values, from: start + 8) }
    }
  }

  /// Fills memory with uniform numbers.
  mutating func fillUniformly(_ values: UnsafeMutableBufferPointer<Float>) {
    for start in stride(from: 0, to: values.count, by: 8) {
      store(uniforms(), in: values, from: start)
    }
  }

  /// Stores eight numbers, or as many as fit.
  @inline(__always)
  private func store(
    _ part: SIMD8<Float>, in values: UnsafeMutableBufferPointer<Float>, from start: Int
  ) {
    if start + 8 <= values.count {
      UnsafeMutableRawPointer(values.baseAddress! + start).storeBytes(
        of: part, as: SIMD8<Float>.self)
    } else {
      for lane in 0..<(values.count - start) { values[start + lane] = part[lane] }
    }
  }
}

/// The natural logarithm of positive normal numbers, to 2e-7 beside 1 and in proportion elsewhere.
@inline(__always)
private func logarithm(_ x: SIMD8<Float>) -> SIMD8<Float> {
  // x = 2^k m with m within a factor sqrt(2) of 1; log m = 2 artanh((m - 1) / (m + 1)).
  let bits = unsafeBitCast(x, to: SIMD8<Int32>.self)
  let k = (bits &- 0x3f35_04f3) &>> 23
  let m = unsafeBitCast(bits &- (k &<< 23), to: SIMD8<Float>.self)
  let s = (m - 1) / (m + 1)
  let z = s * s
  var p = SIMD8<Float>(repeating: 2.0 / 9)
  p = p * z + 2.0 / 7
  p = p * z + 2.0 / 5
  p = p * z + 2.0 / 3
  let exponent = unsafeBitCast(k &+ 0x4b40_0000, to: SIMD8<Float>.self) - 12_582_912
  return exponent * 0.693_147_181 + (s * 2 + s * z * p)
}

/// The square root of numbers from 0 on, to about 1e-7 in proportion.
@inline(__always)
private func squareRoot(_ x: SIMD8<Float>) -> SIMD8<Float> {
  // Newton's steps for 1 / sqrt x from a guess by the exponent.
  let half = x * 0.5
  let guess = 0x5f37_59df &- unsafeBitCast(x, to: SIMD8<UInt32>.self) &>> 1
  var y = unsafeBitCast(guess, to: SIMD8<Float>.self)
  for _ in 0..<3 { y = y * (1.5 - half * y * y) }
  return x * y
}

/// Sine and cosine of angles up to a quarter of pi, to 1e-7.
@inline(__always)
private func sineAndCosine(_ x: SIMD8<Float>) -> (SIMD8<Float>, SIMD8<Float>) {
  let z = x * x
  var p = SIMD8<Float>(repeating: -1.0 / 5040)
  p = p * z + 1.0 / 120
  p = p * z - 1.0 / 6
  var q = SIMD8<Float>(repeating: 1.0 / 40320)
  q = q * z - 1.0 / 720
  q = q * z + 1.0 / 24
  q = q * z - 0.5
  return (x + x * z * p, 1 + z * q)
}
