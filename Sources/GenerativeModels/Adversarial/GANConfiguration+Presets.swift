import Distributions

// Recipes that were tried, each with what it shows on a ring of eight modes.

extension GANConfiguration {
  /// PR-GAN on a ring of standard deviation 0.15: small lambda keeps all modes with bridges between them, large lambda gives
  /// clean samples of some modes.
  ///
  /// The generator is too small for the target on purpose: a capable one fits it for every lambda.
  ///
  /// - Throws: `TrainingError.invalidSetting` unless lambda is finite and positive.
  public static func precisionRecallRing(
    lambda: Double, seed: UInt64 = 1
  ) throws(TrainingError) -> GANConfiguration {
    try GANConfiguration(
      target: ring(sd: 0.15), generator: Generator(hidden: [16], skip: 2, outputScale: 0.3),
      generatorLoss: .precisionRecall(lambda: lambda), logitPenalty: 0.02, steps: 4000, seed: seed
    ).validated()
  }

  /// A GAN whose critic learns ten times slower than its generator: one blob that chases the modes.
  public static func collapsing(seed: UInt64 = 1) -> GANConfiguration {
    GANConfiguration(
      target: ring(sd: 0.1), generator: Generator(hidden: [64, 64]), steps: 3000,
      generatorRate: 1e-3, criticRate: 1e-4, seed: seed)
  }

  /// The same with hyperbolic tangents: some modes are dropped, not all.
  public static func dropping(seed: UInt64 = 1) -> GANConfiguration {
    var configuration = collapsing(seed: seed)
    configuration.generator.activation = .tanh
    configuration.critic.activation = .tanh
    return configuration
  }

  /// A generator of 16 units: capacity for some of the modes only.
  public static func droppingByCapacity(seed: UInt64 = 1) -> GANConfiguration {
    GANConfiguration(
      target: ring(sd: 0.1), generator: Generator(hidden: [16]), criticSteps: 3, steps: 1500,
      seed: seed)
  }

  /// The cure of the collapse: a critic that learns twice as fast as the generator, a generator that starts wide and without
  /// folds, a penalty that keeps the critic's outputs small, and learning rates that fall.
  public static func cured(seed: UInt64 = 1) -> GANConfiguration {
    GANConfiguration(
      target: ring(sd: 0.1), generator: Generator(hidden: [64, 64], skip: 2, outputScale: 0.1),
      logitPenalty: 0.02, steps: 3000, seed: seed
    ).annealed(to: 0.05)
  }

  /// A small generator trained by the gradient of reverse KL: it drops modes for most seeds, none for some.
  public static func modeSeeking(seed: UInt64 = 1) -> GANConfiguration {
    GANConfiguration(
      target: ring(sd: 0.1), generator: Generator(hidden: [24], skip: 2),
      generatorLoss: .reverseKullbackLeibler, criticSteps: 3, steps: 3000, seed: seed)
  }

  /// A GAN on 25 modes in a square lattice, which it covers with bridges between them: what refinement starts from.
  public static func grid(seed: UInt64 = 1) -> GANConfiguration {
    GANConfiguration(
      target: known { () throws(ParameterError) in
        try PlanarMixture.grid(side: 5, spacing: 1, sd: 0.05)
      },
      generator: Generator(hidden: [64, 64], skip: 1.5), logitPenalty: 0.005, batch: 256,
      steps: 6000, seed: seed)
  }

  private static func ring(sd: Double) -> PlanarMixture {
    known { () throws(ParameterError) in try PlanarMixture.ring(count: 8, radius: 2, sd: sd) }
  }

  /// A target whose parameters are known to be good.
  private static func known(
    _ target: () throws(ParameterError) -> PlanarMixture
  ) -> PlanarMixture {
    do { return try target() } catch { preconditionFailure("a preset has a good target: \(error)") }
  }
}
