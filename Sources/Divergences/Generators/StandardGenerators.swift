public import Distributions

/// The generators that the lessons, figures, claims and tests go through.
public enum StandardGenerators {
  /// The ten divergences without a parameter.
  public static let named: [any GeneratorFunction] = [
    KullbackLeibler(), ReverseKullbackLeibler(), JensenShannon(), OriginalGAN(), TotalVariation(),
    PearsonChiSquared(), NeymanChiSquared(), SquaredHellinger(), Jeffreys(), LeCam(),
  ]

  /// The named ones, three of the alpha-family and three PR-divergences: every kind of end, kink and domain.
  public static let all: [any GeneratorFunction] =
    named + [-0.5, 0.5, 1.5].map(AlphaDivergence.init(order:))
    + [0.25, 1, 4].map(PrecisionRecallDivergence.init(tradeOff:))
}

extension GeneratorFunction where Self == KullbackLeibler {
  /// Kullback-Leibler.
  public static var kullbackLeibler: Self { Self() }
}

extension GeneratorFunction where Self == ReverseKullbackLeibler {
  /// Reverse Kullback-Leibler.
  public static var reverseKullbackLeibler: Self { Self() }
}

extension GeneratorFunction where Self == JensenShannon {
  /// Jensen-Shannon with equal weights.
  public static var jensenShannon: Self { Self() }
}

extension GeneratorFunction where Self == OriginalGAN {
  /// The original GAN's objective.
  public static var originalGAN: Self { Self() }
}

extension GeneratorFunction where Self == TotalVariation {
  /// Total variation.
  public static var totalVariation: Self { Self() }
}

extension GeneratorFunction where Self == PearsonChiSquared {
  /// Pearson's chi-squared.
  public static var pearsonChiSquared: Self { Self() }
}

extension GeneratorFunction where Self == NeymanChiSquared {
  /// Neyman's chi-squared.
  public static var neymanChiSquared: Self { Self() }
}

extension GeneratorFunction where Self == SquaredHellinger {
  /// The squared Hellinger distance.
  public static var squaredHellinger: Self { Self() }
}

extension GeneratorFunction where Self == Jeffreys {
  /// Jeffreys' divergence.
  public static var jeffreys: Self { Self() }
}

extension GeneratorFunction where Self == LeCam {
  /// Le Cam's distance.
  public static var leCam: Self { Self() }
}

extension GeneratorFunction where Self == AlphaDivergence {
  /// The alpha-divergence of order alpha.
  ///
  /// - Throws: `ParameterError` when alpha is infinite or NaN.
  public static func alpha(_ alpha: Double) throws(ParameterError) -> Self { try Self(alpha) }
}

extension GeneratorFunction where Self == PrecisionRecallDivergence {
  /// The PR-divergence of lambda.
  ///
  /// - Throws: `ParameterError` when lambda is negative or NaN.
  public static func precisionRecall(lambda: Double) throws(ParameterError) -> Self {
    try Self(lambda: lambda)
  }
}
