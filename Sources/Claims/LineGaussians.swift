import Distributions

/// Two Gaussian laws of the line with whole moments: `N(0, s^2)` and `N(m, t^2)`.
public struct LineGaussians: Sendable {
  /// The mean m of the second law.
  public var shift: Int
  /// The standard deviation s of the first law, at least 1.
  public var target: Int
  /// The standard deviation t of the second law, at least 1.
  public var model: Int

  /// The formula of the Fréchet distance, `m^2 + s^2 + t^2 - 2 s t`.
  public var frechet: Int { shift * shift + target * target + model * model - 2 * target * model }

  /// The squared 2-Wasserstein distance: the cost `E (m + (t - s) Z)^2` of coupling equal quantiles.
  public var squaredDistance: Int { shift * shift + (model - target) * (model - target) }

  /// Both laws as formulas.
  public var tex: String {
    "$\\mathcal N(0, \(target * target))$ and $\\mathcal N(\(shift), \(model * model))$"
  }

  /// Means up to 6 and standard deviations from 1 to 6.
  public static let arbitrary = Arbitrary<LineGaussians> { generator, size in
    let range = 2 + UInt64(size * 4)
    return LineGaussians(
      shift: Int(generator.next() % (range + 1)), target: 1 + Int(generator.next() % range),
      model: 1 + Int(generator.next() % range))
  } shrink: { pair in
    simplerCounts([pair.shift, pair.target - 1, pair.model - 1]).map {
      LineGaussians(shift: $0[0], target: $0[1] + 1, model: $0[2] + 1)
    }
  }
}
