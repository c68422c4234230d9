/// All statements of the decks that are checked, in the decks' order.
public enum Ledger {
  /// Every entry.
  public static let claims: [Claim] = [
    .inceptionScore,
    .inceptionScoreEntropy,
    .inceptionScoreMaximum,
    .inceptionScoreOneImagePerClass,
    .inceptionScoreNotOptimal,
    .frechetInceptionDistance,
    .frechetMoments,
    .latentSpace,
    .optimalGenerator,
    .supportPrecisionRecall,
    .fullSupport,
    .precisionRecallCurveDefinition,
    .endsOfTheCurve,
    .temperature,
    .precisionRecallDivergenceBeta,
    .lambdaTrend,
    .truncationTrade,
  ]

  /// The entry with the given identifier.
  public static func claim(_ id: String) -> Claim? { claims.first { $0.id == id } }
}
