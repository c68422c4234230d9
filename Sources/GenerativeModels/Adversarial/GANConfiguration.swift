public import Distributions
public import NeuralNetworks

/// All that a GAN in the plane is trained with: the same configuration gives the same networks, bit for bit.
public struct GANConfiguration: Sendable, Hashable, Codable {
  /// What is applied between the layers of a network.
  public enum Activation: Sendable, Hashable, Codable {
    /// `x` where positive, `slope x` elsewhere.
    case leakyReLU(slope: Double)
    /// The hyperbolic tangent.
    case tanh
  }

  /// A generator `G(z) = skip z + MLP(z)` of latents z from N(0, I) in the plane.
  public struct Generator: Sendable, Hashable, Codable {
    /// The widths of the hidden layers.
    public var hidden: [Int]
    /// What is applied between them.
    public var activation: Activation
    /// How much of the latent is added to the output; 0 for a plain network.
    public var skip: Double
    /// What the first weights of the last layer are multiplied by: with a skip connection, small ones let the training start
    /// from `skip z`, which covers the plane without folds.
    public var outputScale: Double

    /// A generator of the given shape.
    public init(
      hidden: [Int], activation: Activation = .leakyReLU(slope: 0.2), skip: Double = 0,
      outputScale: Double = 1
    ) {
      self.hidden = hidden
      self.activation = activation
      self.skip = skip
      self.outputScale = outputScale
    }
  }

  /// A critic `V(x)`, a multilayer perceptron with one output.
  public struct Critic: Sendable, Hashable, Codable {
    /// The widths of the hidden layers.
    public var hidden: [Int]
    /// What is applied between them.
    public var activation: Activation
    /// The spectral norm of each layer's weights, nil to leave them free.
    public var spectralGain: Double?

    /// A critic of the given shape.
    public init(
      hidden: [Int], activation: Activation = .leakyReLU(slope: 0.2), spectralGain: Double? = nil
    ) {
      self.hidden = hidden
      self.activation = activation
      self.spectralGain = spectralGain
    }
  }

  /// The law of the data.
  public var target: PlanarMixture
  /// The generator's shape.
  public var generator: Generator
  /// The critic's shape.
  public var critic: Critic
  /// What the critic maximises.
  public var criticLoss: CriticLoss
  /// What the generator minimises.
  public var generatorLoss: GeneratorLoss
  /// The weight c of `c (E_P V^2 + E_Q V^2) / 2`, which is added to what the critic minimises.
  public var logitPenalty: Double
  /// The weight c of `c E_P |grad V|^2 / 2` (R1, Mescheder et al., 2018), likewise.
  public var gradientPenalty: Double
  /// The steps of the critic for each step of the generator.
  public var criticSteps: Int
  /// The samples of the target and of the model in a step.
  public var batch: Int
  /// The steps of the generator.
  public var steps: Int
  /// What moves the generator.
  public var generatorOptimizer: Adam
  /// What moves the critic.
  public var criticOptimizer: Adam
  /// The steps after which samples from fixed latents are kept, 0 for the start.
  public var snapshots: [Int]
  /// How many samples each of them has.
  public var snapshotSamples: Int
  /// The seed of parameters, latents and data.
  public var seed: UInt64

  /// A GAN with the critic of the original GAN, unless said otherwise.
  public init(
    target: PlanarMixture, generator: Generator, critic: Critic = Critic(hidden: [64, 64]),
    criticLoss: CriticLoss = .divergence(.originalGAN),
    generatorLoss: GeneratorLoss = .nonSaturating, logitPenalty: Double = 0,
    gradientPenalty: Double = 0, criticSteps: Int = 1, batch: Int = 128, steps: Int,
    generatorRate: Double = 1e-3, criticRate: Double = 2e-3, snapshots: [Int] = [],
    snapshotSamples: Int = 500, seed: UInt64 = 1
  ) {
    self.target = target
    self.generator = generator
    self.critic = critic
    self.criticLoss = criticLoss
    self.generatorLoss = generatorLoss
    self.logitPenalty = logitPenalty
    self.gradientPenalty = gradientPenalty
    self.criticSteps = criticSteps
    self.batch = batch
    self.steps = steps
    generatorOptimizer = Adam(learningRate: Float(generatorRate), beta1: 0.5, beta2: 0.9)
    criticOptimizer = Adam(learningRate: Float(criticRate), beta1: 0.5, beta2: 0.9)
    self.snapshots = snapshots
    self.snapshotSamples = snapshotSamples
    self.seed = seed
  }
}
