// Elementary functions of eight numbers at once, to about 2 units in the last place: an activation is applied to
// ten thousand numbers a step, and the library's scalar functions would take longer than the matrix products.

typealias Eight = SIMD8<Float>

extension SIMD8<Float> {
  /// Adds `x y`, rounded once.
  @inline(__always)
  mutating func addProduct(_ x: Self, _ y: Self) { self = addingProduct(x, y) }
}

extension Float {
  /// Adds `x y`, rounded once.
  @inline(__always)
  mutating func addProduct(_ x: Self, _ y: Self) { self = addingProduct(x, y) }
}

/// `e^x`: 0 below -87.3, infinity above 88.7.
@inline(__always)
func exponential(_ x: Eight) -> Eight {
  // By comparisons: the library's clamped(lowerBound:upperBound:) goes entry by entry.
  let clamped = x.replacing(with: Eight(repeating: -87.336), where: x .< -87.336)
    .replacing(with: Eight(repeating: 88.72), where: x .> 88.72)
  // x = n log 2 + r with |r| <= log(2) / 2. Adding 1.5 * 2^23 rounds to an integer, and leaves it in the low bits.
  let magic = Eight(repeating: 12_582_912)
  let shifted = clamped * 1.442_695_04 + magic
  let n = shifted - magic
  let integer =
    unsafeBitCast(shifted, to: SIMD8<Int32>.self) &- unsafeBitCast(magic, to: SIMD8<Int32>.self)
  // log 2 in two parts, so that r is exact.
  let r = (clamped - n * 0.693_359_375) + n * 2.121_944_4e-4
  var p = Eight(repeating: 1.987_569_15e-4)
  p = p * r + 1.398_199_95e-3
  p = p * r + 8.333_451_91e-3
  p = p * r + 4.166_579_59e-2
  p = p * r + 1.666_666_55e-1
  p = p * r + 5.000_000_12e-1
  let value = p * r * r + r + 1
  // 2^n in two factors, since n may be 128.
  let half = integer &>> SIMD8(repeating: 1)
  let scaled = value * power(half) * power(integer &- half)
  return scaled.replacing(with: Eight.zero, where: x .< -87.336)
    .replacing(with: Eight(repeating: .infinity), where: x .> 88.72)
    .replacing(with: x, where: x .!= x)
}

/// `2^n` for n in -126...127.
@inline(__always)
func power(_ n: SIMD8<Int32>) -> Eight {
  unsafeBitCast((n &+ SIMD8(repeating: 127)) &<< SIMD8(repeating: 23), to: Eight.self)
}

/// `log(1 + y)` for y in [0, 1].
@inline(__always)
func logOnePlus(_ y: Eight) -> Eight {
  // log(1 + y) = 2 artanh(s) with s = y / (2 + y) <= 1/3: an odd series without cancellation.
  let s = y / (y + 2)
  let z = s * s
  var p = Eight(repeating: 2 / 15)
  p = p * z + Eight(repeating: 2 / 13)
  p = p * z + Eight(repeating: 2 / 11)
  p = p * z + Eight(repeating: 2 / 9)
  p = p * z + Eight(repeating: 2 / 7)
  p = p * z + Eight(repeating: 2 / 5)
  p = p * z + Eight(repeating: 2 / 3)
  return s * 2 + s * z * p
}

/// `tanh x`.
@inline(__always)
func hyperbolicTangent(_ x: Eight) -> Eight {
  let size = x.replacing(with: -x, where: x .< 0)
  let far = 1 - 2 / (exponential(size * 2) + 1)
  let z = x * x
  var p = Eight(repeating: -5.704_988_72e-3)
  p = p * z + 2.063_908_88e-2
  p = p * z - 5.373_971_26e-2
  p = p * z + 1.333_144_43e-1
  p = p * z - 3.333_328_19e-1
  let near = x + x * z * p
  let signed = far.replacing(with: -far, where: x .< 0)
  return signed.replacing(with: near, where: size .< 0.625)
}

/// `1 / (1 + e^-x)`.
@inline(__always)
func logistic(_ x: Eight) -> Eight { 1 / (1 + exponential(-x)) }

/// `log(1 + e^x)`.
@inline(__always)
func softplus(_ x: Eight) -> Eight {
  let size = x.replacing(with: -x, where: x .< 0)
  return x.replacing(with: Eight.zero, where: x .< 0) + logOnePlus(exponential(-size))
}

/// Applies a function of eight numbers along an array, and on into its padding.
@inline(__always)
func mapEight(_ x: Floats, into y: Floats, count: Int, _ function: (Eight) -> Eight) {
  for i in stride(from: 0, to: count, by: 8) { store(function(load(x + i)), y + i) }
}

/// Applies a function of two groups of eight numbers along two arrays, and on into their padding.
@inline(__always)
func zipEight(
  _ x: Floats, _ z: Floats, into y: Floats, count: Int, _ function: (Eight, Eight) -> Eight
) {
  for i in stride(from: 0, to: count, by: 8) { store(function(load(x + i), load(z + i)), y + i) }
}

/// The sum of eight numbers, by halves.
@inline(__always)
func total(_ x: Eight) -> Float {
  let four = x.lowHalf + x.highHalf
  let two = four.lowHalf + four.highHalf
  return two.x + two.y
}

@inline(__always)
func load(_ x: Floats) -> Eight { UnsafeRawPointer(x).loadUnaligned(as: Eight.self) }

@inline(__always)
func store(_ value: Eight, _ y: Floats) {
  UnsafeMutableRawPointer(y).storeBytes(of: value, as: Eight.self)
}
