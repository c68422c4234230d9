/// All statements of the decks that are checked, in the decks' order.
public enum Ledger {
  /// Every entry.
  public static let claims: [Claim] = [
    .fDivergenceDefinition,
    .precisionRecallGenerator,
    .precisionRecallProposition,
    .precisionRecallDivergenceAlpha,
    .precisionRecallDivergenceBeta,
    .argminArgmax,
    .primalIsNoBound,
  ]

  /// The entry with the given identifier.
  public static func claim(_ id: String) -> Claim? { claims.first { $0.id == id } }
}
