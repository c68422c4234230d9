/// The xoshiro256++ generator of Blackman and Vigna (2019), seeded by SplitMix64.
///
/// Period `2^256 - 1`; passes BigCrush. The same seed gives the same numbers for ever, on every machine:
/// the sequence is part of this type's contract and is pinned by the published reference vectors.
public struct SeededGenerator: RandomNumberGenerator, Sendable, Hashable {
  private var a, b, c, d: UInt64

  /// A generator whose state is the four outputs of SplitMix64 from `seed`, as its authors advise.
  public init(seed: UInt64) {
    var mixer = SplitMix64(state: seed)
    (a, b, c, d) = (mixer.next(), mixer.next(), mixer.next(), mixer.next())
  }

  /// The stream named `stream` of the family `seed`: independent of every other name's and every other
  /// seed's stream, so that a new name changes nobody else's numbers.
  ///
  /// The name's UTF-8 bytes, their number first, are folded into the seed through SplitMix64's finaliser.
  public init(seed: UInt64, stream: String) {
    var mixer = SplitMix64(state: seed)
    var key = mixer.next() ^ UInt64(stream.utf8.count)
    for byte in stream.utf8 {
      mixer = SplitMix64(state: key ^ UInt64(byte))
      key = mixer.next()
    }
    self.init(seed: key)
  }

  /// A generator in the given state, which must not be all zero.
  package init(state: SIMD4<UInt64>) {
    precondition(state != .zero, "xoshiro256++ stays at zero for ever from the zero state")
    (a, b, c, d) = (state[0], state[1], state[2], state[3])
  }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    func rotated(_ x: UInt64, by k: UInt64) -> UInt64 { x << k | x >> (64 - k) }
    let result = rotated(a &+ d, by: 23) &+ a
    let shifted = b << 17
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = rotated(d, by: 45)
    return result
  }
}

extension RandomNumberGenerator {
  /// A uniform double in the open unit interval, so that quantiles of it are finite: one of the `2^52`
  /// odd multiples of `2^-53`, from the high bits of one draw.
  @inlinable
  public mutating func nextUniform() -> Double { (Double(next() >> 12) + 0.5) * 0x1p-52 }
}

/// Steele, Lea and Flood's SplitMix64 (2014): every 64-bit state gives a full-period sequence.
package struct SplitMix64 {
  package var state: UInt64

  package init(state: UInt64) { self.state = state }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
