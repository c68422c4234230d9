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
    let radius = (-2 * logarithm(unitInterval(first))).squareRoot()
    // 30 bits for an angle within an eighth of a turn on either side of 0, two for a quarter turn and a half.
    let signed = SIMD8<Float>(SIMD8<Int32>(truncatingIfNeeded: second &>> 2) &- (1 << 29))
    let angle = signed * (0.785_398_163 * 0x1p-29)
    let (sine, cosine) = sineAndCosine(angle)
    let isTurned = (second & 1) .== 1
    let sign = SIMD8<Float>(repeating: 1).replacing(with: -1, where: (second & 2) .== 2)
    let x = cosine.replacing(with: -sine, where: isTurned)
    let y = sine.replacing(with: cosine, where: isTurned)
    return (radius * sign * x, radius * sign * y)
  }

  /// Uniform numbers in (0, 1].
  @inline(__always)
  mutating func uniforms() -> SIMD8<Float> { unitInterval(bits()) }

  @inline(__always)
  private func unitInterval(_ bits: Bits) -> SIMD8<Float> {
    (SIMD8<Float>(SIMD8<Int32>(truncatingIfNeeded: bits &>> 1)) + 0.5) * 0x1p-31
  }

  /// Fills memory with normal numbers.
  mutating func fill(_ values: UnsafeMutableBufferPointer<Float>) {
    var start = 0
    while start < values.count {
      let (x, y) = normals()
      for part in [x, y] where start < values.count {
        store(part, in: values, from: start)
        start += 8
      }
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
  return SIMD8<Float>(k) * 0.693_147_181 + (s * 2 + s * z * p)
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
