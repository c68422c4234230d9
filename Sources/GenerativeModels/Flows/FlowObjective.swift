/// What a flow's training minimises; p is the target's density, q the flow's, `r = p / q`.
public enum FlowObjective: Sendable, Hashable, Codable {
  /// `-E_P log q`: maximum likelihood, the gradient of KL.
  case maximumLikelihood
  /// MIX: `-alpha_lambda = -E_m min(lambda p, q) / m` over `m = (p + q) / 2`, half a batch from each. Samples and m are
  /// fixed: the gradient goes through log q alone, with weights of 2 at most, and sees modes that the flow misses.
  case mixture(lambda: Double)
  /// MIX for any f-divergence: `E_m q f(r) / m`, with the weights `2 q (f(r) - r f'(r)) / (p + q)`. Those of KL, JS and their like are
  /// bounded; the chi-squared divergences' are not, and r is cut off at `e^15`.
  case mixtureDivergence(CriticDivergence)
  /// EXACT: `-E_z min(lambda r, 1)` with the gradient through the points and log q. Right for lambda of 1 and more; for small
  /// lambda it sees no missed modes.
  case reparametrised(lambda: Double)
  /// EXACT-F: `E_z max(lambda r, 1)`, equal to `reparametrised` but for `E_z lambda r = lambda`, whose gradient is heavy-tailed
  /// noise. FAILS, kept to be shown.
  case literalReparametrised(lambda: Double)
  /// `E_z log(1 / r)`, the reverse KL, with the gradient through the points and log q.
  case reverseKullbackLeibler
  /// ADV-MIX: `mixture` with r from a discriminator in place of the target's density.
  case adversarialMixture(lambda: Double)
  /// ADV: `-E_z min(lambda r, 1)` with r from a discriminator, frozen, as a GAN is trained. Loses recall and gains no
  /// precision.
  case adversarial(lambda: Double)

  /// The trade-off; nil where there is none.
  public var lambda: Double? {
    switch self {
    case .mixture(let lambda), .reparametrised(let lambda), .literalReparametrised(let lambda),
      .adversarialMixture(let lambda), .adversarial(let lambda):
      lambda
    case .maximumLikelihood, .mixtureDivergence, .reverseKullbackLeibler: nil
    }
  }

  /// What the loss is called.
  var lossName: String {
    switch self {
    case .maximumLikelihood: "negative log-likelihood"
    case .reverseKullbackLeibler: "reverse KL"
    case .mixtureDivergence: "divergence"
    default: "PR-divergence"
    }
  }

  /// Whether a discriminator is trained beside the flow.
  var isAdversarial: Bool {
    switch self {
    case .adversarialMixture, .adversarial: true
    default: false
    }
  }

  /// Whether half of a batch are samples of the target.
  var isMixture: Bool {
    switch self {
    case .mixture, .mixtureDivergence, .adversarialMixture: true
    default: false
    }
  }
}
