import Distributions
import GenerativeModels

/// Steps per second of training a flow of affine couplings on a ring of Gaussians by maximum likelihood.
func flowStepsPerSecond(couplings: Int, width: Int, batch: Int, steps: Int) throws -> Double {
  var best = 0.0
  // The best of several windows, like the other benchmark; what compiles the programs is not counted.
  for window in 0..<5 {
    let training = try FlowTraining(
      FlowConfiguration(
        target: .ring(count: 8, radius: 2, sd: 0.15), couplings: couplings,
        hidden: [width, width], objective: .maximumLikelihood, steps: max(1, steps / 5),
        batch: batch, seed: UInt64(window)))
    let start = seconds()
    try training.run()
    best = max(best, Double(training.step) / (seconds() - start))
  }
  return best
}
