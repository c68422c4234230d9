// Prints steps per second of training a GAN on a ring of Gaussians: one critic step and one generator step.
import Glibc
import NeuralNetworks

struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}

func seconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
}

func stepsPerSecond(width: Int, batch: Int, steps: Int) -> Double {
  var generator = SplitMix(state: 1)
  let store = ParameterStore()
  let leaky = Function.leakyReLU(slope: 0.2)
  let g = PlacedNetwork(
    Network(sizes: [2, width, width, 2], hidden: leaky, using: &generator), in: store)
  let d = PlacedNetwork(
    Network(sizes: [2, width, width, 1], hidden: leaky, using: &generator), in: store)
  let states = UnsafeMutablePointer<SplitMix>.allocate(capacity: 64)
  (states[0], states[32]) = (SplitMix(state: 2), SplitMix(state: 3))
  let noise: Program.Source = { rows, shard in
    for i in rows.indices {
      rows[i] = Float(Int64(bitPattern: states[32 * shard].next()) >> 40) * 0x1p-23
    }
  }
  let adam = Adam(learningRate: 1e-4, beta1: 0.5, beta2: 0.9)

  let critic = Graph()
  let (z, x) = (critic.input(columns: 2), critic.input(columns: 2))
  let fake = g(z).detached()
  let loss =
    (1 / Float(batch)) * ((-d(x)).map(.softplus).sum() + d(fake).map(.softplus).sum())
  let criticGradients = critic.gradients(
    of: loss, withRespectTo: d.parameters.map { critic.parameter($0) })
  let criticStep = Program(
    critic, batch: batch, store: store,
    updates: zip(d.parameters, criticGradients).map { .init($0, gradient: $1, by: adam) },
    sources: [(z, noise), (x, noise)])

  let generation = Graph()
  let latent = generation.input(columns: 2)
  let generatorLoss = (-1 / Float(batch)) * d(g(latent)).map(.exp).map(.atMost(1)).sum()
  let generatorGradients = generation.gradients(
    of: generatorLoss, withRespectTo: g.parameters.map { generation.parameter($0) })
  let generatorStep = Program(
    generation, batch: batch, store: store,
    updates: zip(g.parameters, generatorGradients).map { .init($0, gradient: $1, by: adam) },
    sources: [(latent, noise)])

  for _ in 0..<50 {
    criticStep.run()
    generatorStep.run()
  }
  // The best of several windows: on a busy machine the others say little.
  var best = 0.0
  for _ in 0..<10 {
    let start = seconds()
    for _ in 0..<(steps / 10) {
      criticStep.run()
      generatorStep.run()
    }
    best = max(best, Double(steps / 10) / (seconds() - start))
  }
  return best
}

let numbers = CommandLine.arguments.compactMap { Int($0) }
switch (CommandLine.arguments.dropFirst().first, numbers.count) {
case ("flow", 4):
  print(
    try flowStepsPerSecond(
      couplings: numbers[0], width: numbers[1], batch: numbers[2], steps: numbers[3]))
case (_, 3):
  print(stepsPerSecond(width: numbers[0], batch: numbers[1], steps: numbers[2]))
default:
  print("usage: training-benchmarks width batch steps")
  print("       training-benchmarks flow couplings width batch steps")
  exit(2)
}
