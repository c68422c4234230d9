public import Distributions
import NeuralNetworks

/// All that a flow is trained with: the same configuration gives the same flow, bit for bit.
public struct FlowConfiguration: Sendable, Hashable, Codable {
  /// A discriminator `T(x)` of target and flow, a multilayer perceptron with leaky ReLU, trained by logistic regression from the
  /// first step on: T estimates `log(p / q)`, already when the steps by maximum likelihood end.
  public struct Discriminator: Sendable, Hashable, Codable {
    /// The widths of the hidden layers.
    public var hidden: [Int]
    /// Its steps for each step of the flow.
    public var steps: Int
    /// Adam's learning rate.
    public var learningRate: Double

    /// A discriminator of the given shape.
    public init(hidden: [Int] = [64, 64], steps: Int = 2, learningRate: Double = 2e-3) {
      self.hidden = hidden
      self.steps = steps
      self.learningRate = learningRate
    }
  }

  /// The law of the data.
  public var target: PlanarMixture
  /// What a coupling does.
  public var transform: CouplingTransform
  /// How many couplings there are.
  public var couplings: Int
  /// The widths of the hidden layers of a conditioner, with SiLU between them.
  public var hidden: [Int]
  /// The factor after the last coupling.
  public var scale: Double
  /// What is minimised.
  public var objective: FlowObjective
  /// All steps.
  public var steps: Int
  /// The first steps, by maximum likelihood whatever the objective.
  public var warmup: Int
  /// The points of a step: samples of the target, of the flow, or half and half.
  public var batch: Int
  /// Adam's first learning rate.
  public var learningRate: Double
  /// What part of it is left in the last step, along a cosine.
  public var rateFloor: Double
  /// The norm to which longer gradients are cut.
  public var gradientNormBound: Double
  /// Used by adversarial objectives.
  public var discriminator: Discriminator
  /// The steps after which the flow is kept, 0 for the start.
  public var snapshots: [Int]
  /// The seed of parameters, latents and data.
  public var seed: UInt64

  /// A flow of the given shape; the defaults are those of the recipe for six affine couplings.
  public init(
    target: PlanarMixture, transform: CouplingTransform = .affine, couplings: Int = 6,
    hidden: [Int] = [32, 32], scale: Double = 1.5, objective: FlowObjective, steps: Int = 1200,
    warmup: Int = 300, batch: Int = 256, learningRate: Double = 2e-3, rateFloor: Double = 0.02,
    gradientNormBound: Double = 5, discriminator: Discriminator = Discriminator(),
    snapshots: [Int] = [], seed: UInt64 = 1
  ) {
    self.target = target
    self.transform = transform
    self.couplings = couplings
    self.hidden = hidden
    self.scale = scale
    self.objective = objective
    self.steps = steps
    self.warmup = warmup
    self.batch = batch
    self.learningRate = learningRate
    self.rateFloor = rateFloor
    self.gradientNormBound = gradientNormBound
    self.discriminator = discriminator
    self.snapshots = snapshots
    self.seed = seed
  }

  /// Six affine couplings that maximise `alpha_lambda`: too weak for a ring of modes, so that lambda shows in precision and
  /// recall.
  public static func affine(
    target: PlanarMixture, lambda: Double, seed: UInt64 = 1
  ) -> FlowConfiguration {
    FlowConfiguration(target: target, objective: .tradeOff(lambda: lambda), seed: seed)
  }

  /// Four spline couplings of 8 bins on [-4, 4] that maximise `alpha_lambda`: they fit well, and lambda shows in the number of
  /// modes.
  public static func spline(
    target: PlanarMixture, lambda: Double, seed: UInt64 = 1
  ) -> FlowConfiguration {
    FlowConfiguration(
      target: target, transform: .spline(bins: 8, bound: 4), couplings: 4,
      objective: .tradeOff(lambda: lambda), seed: seed)
  }
}

extension FlowObjective {
  /// MIX up to lambda = 2; EXACT above, where missed modes do not count and the samples' own gradient is the better one.
  fileprivate static func tradeOff(lambda: Double) -> FlowObjective {
    lambda > 2 ? .reparametrised(lambda: lambda) : .mixture(lambda: lambda)
  }
}

extension FlowConfiguration {
  /// The flow before the first step: nearly the identity times the scale.
  ///
  /// - Throws: `TrainingError.invalidSetting`.
  public func untrainedFlow() throws(TrainingError) -> NormalizingFlow {
    try validate()
    var generator = SeededGenerator(seed: seed, stream: "flow, parameters")
    let layers = (0..<couplings).map { _ in
      var conditioner = Network(
        sizes: [1] + hidden + [transform.parameterCount], hidden: .silu, using: &generator)
      let last = conditioner.layers.count - 1
      for index in conditioner.layers[last].weight.values.indices {
        conditioner.layers[last].weight.values[index] *= 0.1
      }
      return Coupling(transform, conditioner: conditioner)
    }
    do {
      return try NormalizingFlow(couplings: layers, scale: scale)
    } catch {
      throw .invalidSetting(error)
    }
  }

  /// - Throws: `TrainingError.invalidSetting` for the first setting that is out of range.
  func validate() throws(TrainingError) {
    let check = SettingCheck(subject: "FlowConfiguration")
    do {
      try transform.check("FlowConfiguration")
    } catch {
      throw .invalidSetting(error)
    }
    try check.integer(couplings, "couplings", in: 1...64)
    try check.widths(hidden, "hidden")
    try check.positive(scale, "scale")
    try check.steps(steps)
    if objective != .maximumLikelihood { try check.integer(warmup, "warmup", in: 0...steps) }
    try check.batch(batch)
    try check.positive(learningRate, "learningRate", ": 0.002 is the recipe's")
    guard rateFloor >= 0, rateFloor <= 1 else {
      throw .refused("FlowConfiguration", "rateFloor", rateFloor, "must lie in [0, 1]")
    }
    try check.positive(gradientNormBound, "gradientNormBound", ": 5 is the recipe's")
    if let lambda = objective.lambda {
      try check.positive(lambda, "lambda", ": alpha_lambda is 0 for every flow at 0, 1 at infinity")
      // Gradients go with lambda where it is small, and their squares are summed in single precision.
      guard (1e-9...1e9).contains(lambda) else {
        throw .refused("FlowConfiguration", "lambda", lambda, "must lie in 1e-9...1e9")
      }
    }
    if objective.isMixture || objective.isAdversarial {
      guard batch >= 4, batch.isMultiple(of: 2) else {
        throw .refused(
          "FlowConfiguration", "batch", batch,
          "must be even and at least 4: one half are samples of the target, the other of the flow")
      }
    }
    if case .mixtureDivergence(let divergence) = objective {
      guard try divergence.generatorFunction() != nil else {
        throw .refused(
          "FlowConfiguration", "objective", "custom divergence", "must be one of those with a name")
      }
    }
    if objective.isAdversarial {
      try check.widths(discriminator.hidden, "discriminator.hidden")
      try check.integer(discriminator.steps, "discriminator.steps", in: 1...1000)
      try check.positive(discriminator.learningRate, "discriminator.learningRate")
    }
    for step in snapshots { try check.integer(step, "snapshots", in: 0...steps) }
  }
}
