/// All statements of the decks that are checked, in the decks' order.
public enum Ledger {
  /// Every entry.
  public static let claims: [Claim] = evaluation + divergences + tables + rejection

  /// The entry with the given identifier.
  public static func claim(_ id: String) -> Claim? { claims.first { $0.id == id } }

  /// Metrics, supports, the curve.
  private static let evaluation: [Claim] = [
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
  ]

  /// f-divergences, duality, PR-divergences, their training.
  private static let divergences: [Claim] = [
    .fDivergenceDefinition,
    .usualDivergences,
    .dualVariationalForm,
    .maxMax,
    .jensenShannonConjugate,
    .originalFramework,
    .expectationForm,
    .lowRatios,
    .precisionRecallGenerator,
    .precisionRecallProposition,
    .precisionRecallDivergenceAlpha,
    .precisionRecallDivergenceBeta,
    .argminArgmax,
    .weightedPrecisionRecall,
    .uniquePrecisionRecall,
    .precisionRecallCombination,
    .ratioEstimate,
    .bregmanGap,
    .primalError,
    .primalIsNoBound,
    .frozenGradient,
  ]

  /// What the published tables say.
  private static let tables: [Claim] = [
    .lambdaTrend,
    .truncationTrade,
  ]

  /// Rejection sampling.
  private static let rejection: [Claim] = [
    .rejectionTarget,
    .acceptanceRate,
    .discriminatorRejection,
    .refinedSet,
    .optimalAcceptance,
    .precisionImprovement,
  ]
}
