extension GANConfiguration {
  /// This configuration, if a training can start with it.
  ///
  /// - Throws: `TrainingError.invalidSetting` with the first setting that is outside of what it may be.
  public func validated() throws(TrainingError) -> GANConfiguration {
    let check = SettingCheck(subject: "GANConfiguration")
    try check.steps(steps)
    try check.batch(batch)
    try check.integer(criticSteps, "criticSteps", in: 1...1000)
    try check.integer(snapshotSamples, "snapshotSamples", in: 1...1_000_000)
    for step in snapshots { try check.integer(step, "snapshots", in: 0...steps) }
    try check.adam(generatorOptimizer, "generatorOptimizer")
    try check.adam(criticOptimizer, "criticOptimizer")
    try check.widths(generator.hidden, "generator.hidden")
    try check.widths(critic.hidden, "critic.hidden")
    try check.finite(generator.skip, "generator.skip")
    try check.finite(generator.outputScale, "generator.outputScale")
    for (activation, name) in [(generator.activation, "generator"), (critic.activation, "critic")] {
      if case .leakyReLU(let slope) = activation {
        try check.finite(slope, "\(name).activation slope")
      }
    }
    if let gain = critic.spectralGain { try check.positive(gain, "critic.spectralGain") }
    try check.notNegative(logitPenalty, "logitPenalty")
    try check.notNegative(gradientPenalty, "gradientPenalty")
    switch criticLoss {
    case .divergence(let divergence): _ = try divergence.generatorFunction()
    case .wasserstein(let penalty): try check.notNegative(penalty, "criticLoss penalty")
    }
    try checkGeneratorLoss(check)
    return self
  }

  private func checkGeneratorLoss(_ check: SettingCheck) throws(TrainingError) {
    switch generatorLoss {
    case .precisionRecall(let lambda), .literalPrimal(let lambda), .logHinge(let lambda):
      try check.positive(
        lambda, "generatorLoss lambda", ": at 0 and infinity the loss has no gradient")
      // Beyond these, every clipped ratio is on one side of 1 / lambda.
      guard (1e-8...1e8).contains(lambda) else {
        throw .refused(
          check.subject, "generatorLoss lambda", lambda,
          "must lie in 1e-8...1e8: the critic's ratio is clipped to e^-20...e^20")
      }
    case .kullbackLeibler(let clip): try check.finite(clip, "generatorLoss clip")
    case .saturating, .nonSaturating, .reverseKullbackLeibler, .wasserstein: break
    }
    switch (criticLoss, generatorLoss) {
    case (.wasserstein, .wasserstein), (.divergence, _): break
    case (.wasserstein, _):
      throw .refused(
        check.subject, "generatorLoss", "\(generatorLoss)",
        "must be wasserstein: the critic of WGAN-GP stands for no density ratio")
    }
  }
}

extension SettingCheck {
  func finite(_ value: Double, _ name: String) throws(TrainingError) {
    guard value.isFinite else { throw .refused(subject, name, value, "must be finite") }
  }
}
