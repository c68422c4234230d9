import Divergences
import NeuralNetworks
import RealModule

/// What a flow's training minimises, as tensors.
struct FlowLosses {
  private let objective: FlowObjective
  private let batch: Int
  private let flow: PlacedFlow
  private let target: PlacedMixture

  init(_ configuration: FlowConfiguration, _ flow: PlacedFlow, in store: ParameterStore) {
    objective = configuration.objective
    batch = configuration.batch
    self.flow = flow
    target = PlacedMixture(configuration.target, in: store)
  }

  /// The mean over a batch.
  func mean(_ x: Tensor) -> Tensor { (1 / Float(batch)) * x.sum() }

  /// `-mean log q(x)`.
  func likelihood(at x: Tensor) -> Tensor { mean(-flow.logDensity(at: x)) }

  /// The loss at samples from latents, with the gradient through them; `log(p / q)` by a frozen discriminator where
  /// there is one.
  func reparametrised(from z: Tensor, discriminator: PlacedNetwork? = nil) -> Tensor {
    let (x, growth) = flow.images(of: z)
    let d =
      discriminator?(x) ?? target.logDensity(at: x) - (PlacedFlow.logNormal(z) - growth)
    guard let lambda = objective.lambda else { return mean(-d) }
    let shifted = d.affine(scale: 1, offset: Float(Double.log(lambda)))
    if case .literalReparametrised = objective {
      return mean(shifted.map(.atLeast(0)).map(.exp)).affine(
        scale: 1, offset: -Float(max(lambda, 1)))
    }
    // min(lambda, 1) - alpha, as it is: divided by lambda, a small one's rare large gradients would be cut to the bound of the norm,
    // and the flow would wander among the many that have no divergence left.
    return mean(shifted.map(.atMost(0)).map(.exp)).affine(
      scale: -1, offset: Float(min(lambda, 1)))
  }

  /// The loss at samples of target and flow, half and half: what has the gradient, and what it is the gradient of.
  ///
  /// The weights of `grad log q` are `(q / m) (f(r) - r f'(r))`. Adding a constant to f' changes no mean; the PR-divergences'
  /// f is taken so that all weights pull density up, since pushing it down at bad samples drives them out of sight.
  func mixture(
    at x: Tensor, discriminator: PlacedNetwork? = nil
  ) throws(TrainingError) -> (minimised: Tensor, value: Tensor) {
    let logDensity = flow.logDensity(at: x)
    let d = discriminator?(x) ?? target.logDensity(at: x) - logDensity
    let f = try mixtureLoss
    let share = d.mapDetached(MixtureLoss.share)
    let slope = d.mapDetached { Float(f.slope(Double($0))) }
    let value = d.mapDetached { Float(f.value(Double($0))) }
    return (mean(share.times(slope).times(logDensity)), mean(share.times(value)))
  }

  private var mixtureLoss: MixtureLoss {
    get throws(TrainingError) {
      if case .mixtureDivergence(let divergence) = objective,
        let f = try divergence.generatorFunction()
      {
        return MixtureLoss(f)
      }
      return MixtureLoss(lambda: objective.lambda ?? 1)
    }
  }
}

/// A divergence at a sample of the mixture of target and flow, as functions of `d = log(p / q)`.
struct MixtureLoss: Sendable {
  /// `f(r)`, whose mean under q is the divergence.
  let value: @Sendable (Double) -> Double
  /// `f(r) - r f'(r)`: what `grad log q` is weighted by, besides `q / m`.
  let slope: @Sendable (Double) -> Double

  /// The PR-divergence.
  init(lambda: Double) {
    let (kink, top) = (-Double.log(lambda), min(lambda, 1))
    value = { d in top - Double.exp(min(d - kink, 0)) }
    slope = { d in d > kink ? -1 : 0 }
  }

  /// Any f-divergence.
  init(_ f: some GeneratorFunction) {
    @Sendable func ratio(_ d: Double) -> Double { .exp(min(max(d, -15), 15)) }
    value = { d in f(ratio(d)) }
    slope = { d in
      let r = ratio(d)
      return f(r) - r * f.derivative(r)
    }
  }

  /// `q / m = 2 / (1 + r)`.
  static func share(_ d: Float) -> Float { 2 / (1 + .exp(d)) }
}
