public import Distributions

/// A target and a model on a few tokens, with the model at two rational temperatures.
///
/// The model is proportional to `base^hot`, so that at temperature `hot / cold` it is proportional to `base^cold`:
/// both laws are exact.
public struct TemperedTokens: Sendable {
  /// The target's counts.
  public var target: [Int]
  /// The numbers whose powers the model is proportional to.
  public var base: [Int]
  /// The exponent at temperature 1.
  public var hot: Int
  /// The exponent at temperature `hot / cold`.
  public var cold: Int

  /// The temperature of the colder law, at most 1 where `cold >= hot`.
  public var temperature: Rational { Rational(hot) / Rational(cold) }

  /// The law proportional to `base^exponent`.
  public func law(_ exponent: Int) -> [Rational] {
    let powers = base.map { value in
      (0..<exponent).reduce(Rational(value == 0 ? 0 : 1)) { power, _ in power * Rational(value) }
    }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }

  /// All laws as formulas.
  public var tex: String {
    "$P = \(texVector(normalized(target)))$, $\\hat P = \(texVector(law(hot)))$, "
      + "$\\hat P^t = \(texVector(law(cold)))$ at $t = \(temperature.tex)$"
  }

  /// One to five tokens; the second temperature is lower, `hot < cold`.
  public static let arbitrary = Arbitrary<TemperedTokens> { generator, size in
    func below(_ bound: Int) -> Int { Int(generator.next() % UInt64(bound)) }
    let tokens = 1 + below(2 + Int(size * 4))
    func counts() -> [Int] {
      var counts = (0..<tokens).map { _ in below(5) }
      if counts.allSatisfy({ $0 == 0 }) { counts[below(tokens)] = 1 }
      return counts
    }
    let hot = 1 + below(3)
    return TemperedTokens(target: counts(), base: counts(), hot: hot, cold: hot + 1 + below(3))
  } shrink: { value in
    var smaller: [TemperedTokens] = []
    for index in value.base.indices where value.base.count > 1 {
      var candidate = value
      candidate.base.remove(at: index)
      candidate.target.remove(at: index)
      smaller.append(candidate)
    }
    if value.hot > 1 { smaller.append(with(value) { $0.hot = 1 }) }
    if value.cold > value.hot + 1 { smaller.append(with(value) { $0.cold = $0.hot + 1 }) }
    smaller += simplerCounts(value.target).map { counts in with(value) { $0.target = counts } }
    smaller += simplerCounts(value.base).map { counts in with(value) { $0.base = counts } }
    return smaller.filter { $0.target.contains { $0 > 0 } && $0.base.contains { $0 > 0 } }
  }

  private static func with(
    _ value: TemperedTokens, _ change: (inout TemperedTokens) -> Void
  ) -> TemperedTokens {
    var value = value
    change(&value)
    return value
  }
}
