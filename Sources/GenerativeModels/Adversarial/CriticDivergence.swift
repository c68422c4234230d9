import Divergences

/// The divergence that a critic learns, by name: what a configuration keeps of a `GeneratorFunction`.
public enum CriticDivergence: Sendable, Hashable, Codable {
  /// Kullback-Leibler.
  case kullbackLeibler
  /// Reverse Kullback-Leibler.
  case reverseKullbackLeibler
  /// Jensen-Shannon with equal weights.
  case jensenShannon
  /// The original GAN's objective.
  case originalGAN
  /// Total variation.
  case totalVariation
  /// Pearson's chi-squared.
  case pearsonChiSquared
  /// Neyman's chi-squared.
  case neymanChiSquared
  /// The squared Hellinger distance.
  case squaredHellinger
  /// Jeffreys' divergence.
  case jeffreys
  /// Le Cam's distance.
  case leCam
  /// The alpha-divergence of an order.
  case alpha(Double)
  /// The PR-divergence of lambda, whose dual a critic can hardly learn: f* is linear (recipes: it fails).
  case precisionRecall(lambda: Double)
  /// A divergence of the user's, handed over beside the configuration under this name.
  case custom(name: String)

  /// The generator function; nil of a custom divergence.
  ///
  /// - Throws: `TrainingError.invalidSetting` where the parameter has no divergence.
  func generatorFunction() throws(TrainingError) -> (any GeneratorFunction)? {
    switch self {
    case .kullbackLeibler: return KullbackLeibler()
    case .reverseKullbackLeibler: return ReverseKullbackLeibler()
    case .jensenShannon: return JensenShannon()
    case .originalGAN: return OriginalGAN()
    case .totalVariation: return TotalVariation()
    case .pearsonChiSquared: return PearsonChiSquared()
    case .neymanChiSquared: return NeymanChiSquared()
    case .squaredHellinger: return SquaredHellinger()
    case .jeffreys: return Jeffreys()
    case .leCam: return LeCam()
    case .alpha(let order):
      do { return try AlphaDivergence(order) } catch { throw .invalidSetting(error) }
    case .precisionRecall(let lambda):
      guard lambda > 0, lambda.isFinite else {
        throw .refused(
          "GANConfiguration", "criticLoss lambda", lambda,
          "must be finite and positive: at 0 and infinity no critic is above another")
      }
      do { return try PrecisionRecallDivergence(lambda: lambda) } catch {
        throw .invalidSetting(error)
      }
    case .custom: return nil
    }
  }
}

/// What a critic maximises.
public enum CriticLoss: Sendable, Hashable, Codable {
  /// The dual form `E_P g(V) - E_Q f*(g(V))` of a divergence, with g the divergence's activation (f-GAN).
  case divergence(CriticDivergence)
  /// `E_P V - E_Q V - penalty E (|grad V| - 1)^2` at points between real and generated samples (WGAN-GP).
  case wasserstein(penalty: Double)
}

/// What a generator minimises, with the critic frozen; V is the critic's output, r the density ratio that it stands for, `E` the mean
/// over generated samples.
public enum GeneratorLoss: Sendable, Hashable, Codable {
  /// `-E f*(g(V))`: the dual form itself.
  case saturating
  /// `-E g(V)`.
  case nonSaturating
  /// `-E min(lambda r, 1)`: the PR-GAN, which maximises the estimate of `alpha_lambda`. Its gradient is that of
  /// the truncated KL with `f''(u) = (lambda / u) 1{u < 1 / lambda}`.
  case precisionRecall(lambda: Double)
  /// `E max(lambda r, 1)`: WRONG, kept to be shown. With the ratio frozen its gradient pushes samples to where the ratio is lower, away
  /// from the data (theory G4).
  case literalPrimal(lambda: Double)
  /// `E max(-log(lambda r), 0)`: the gradient of a truncated reverse KL, which never seeks recall.
  case logHinge(lambda: Double)
  /// `-E min(r, e^clip)`: the gradient of KL, which covers the target.
  case kullbackLeibler(clip: Double)
  /// `-E log r`: the gradient of reverse KL, which selects modes.
  case reverseKullbackLeibler
  /// `-E V`, for the critic of WGAN-GP.
  case wasserstein
}
