import Distributions
import Testing

@Suite struct SeededGeneratorTests {
  @Test func `SplitMix64 gives its published numbers`() {
    var mixer = SplitMix64(state: 1_234_567)
    #expect(
      (0..<5).map { _ in mixer.next() } == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
        4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
      ])
  }

  @Test func `xoshiro256++ gives its published numbers`() {
    var generator = SeededGenerator(state: [1, 2, 3, 4])
    #expect(
      (0..<10).map { _ in generator.next() } == [
        41_943_041, 58_720_359, 3_588_806_011_781_223, 3_591_011_842_654_386,
        9_228_616_714_210_784_205, 9_973_669_472_204_895_162, 14_011_001_112_246_962_877,
        12_406_186_145_184_390_807, 15_849_039_046_786_891_736, 10_450_023_813_501_588_000,
      ])
  }

  @Test func `seeds and streams keep their numbers for ever`() {
    var plain = SeededGenerator(seed: 42)
    var named = SeededGenerator(seed: 42, stream: "fig-pr-curve")
    #expect(
      [plain.next(), plain.next()] == [15_021_278_609_987_233_951, 5_881_210_131_331_364_753])
    #expect(
      [named.next(), named.next()] == [9_581_862_385_189_857_596, 8_503_224_198_342_098_201])
  }

  @Test func `every name and every seed has its own stream`() {
    let names = ["", "a", "b", "ab", "ba", "aa", "aaa", "é", "cell-1", "cell-2"]
    var firsts: Set<UInt64> = []
    for seed in 0..<100 as Range<UInt64> {
      var plain = SeededGenerator(seed: seed)
      firsts.insert(plain.next())
      for name in names {
        var stream = SeededGenerator(seed: seed, stream: name)
        firsts.insert(stream.next())
      }
    }
    #expect(firsts.count == 100 * (names.count + 1))
  }

  /// False-alarm rate 1e-6 each: 4.9 standard deviations.
  @Test func `two streams are uncorrelated, bit by bit and as numbers`() {
    var (a, b) = (
      SeededGenerator(seed: 7, stream: "cell-1"), SeededGenerator(seed: 7, stream: "cell-2")
    )
    let n = 100_000
    var (agreeing, product) = (0, 0.0)
    for _ in 0..<n {
      agreeing += (~(a.next() ^ b.next())).nonzeroBitCount
      product += (a.nextUniform() - 0.5) * (b.nextUniform() - 0.5)
    }
    #expect(abs(Double(agreeing) - 32 * Double(n)) <= 4.9 * (16 * Double(n)).squareRoot())
    #expect(abs(product) <= 4.9 * Double(n).squareRoot() / 12)
  }

  @Test func `uniform numbers lie in the open unit interval, at both ends of the draws`() {
    struct Constant: RandomNumberGenerator {
      var value: UInt64
      mutating func next() -> UInt64 { value }
    }
    var (lowest, highest) = (Constant(value: 0), Constant(value: .max))
    #expect(lowest.nextUniform() == 0x1p-53)
    #expect(highest.nextUniform() == 1 - 0x1p-53)
  }
}
