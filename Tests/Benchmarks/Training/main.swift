// Prints steps per second of training a PR-GAN or a flow, or trains once and exits, for training.py.
import Distributions
import GenerativeModels
import Glibc

func seconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
}

func gan(width: Int, batch: Int, steps: Int) throws -> GANTraining {
  try GANTraining(
    GANConfiguration(
      target: .ring(count: 8, radius: 2, sd: 0.15), generator: .init(hidden: [width, width]),
      critic: .init(hidden: [width, width]), generatorLoss: .precisionRecall(lambda: 1),
      batch: batch, steps: steps, generatorRate: 1e-4, criticRate: 1e-4))
}

func flow(couplings: Int, width: Int, batch: Int, steps: Int) throws -> FlowTraining {
  try FlowTraining(
    FlowConfiguration(
      target: .ring(count: 8, radius: 2, sd: 0.15), couplings: couplings, hidden: [width, width],
      objective: .maximumLikelihood, steps: steps, batch: batch))
}

/// The median over a few trainings; what compiles the programs is not counted.
func stepsPerSecond(_ steps: Int, _ training: () throws -> () throws -> Void) rethrows -> Double {
  let speeds = try (0..<5).map { _ in
    let run = try training()
    let start = seconds()
    try run()
    return Double(steps) / (seconds() - start)
  }
  return speeds.sorted()[2]
}

let numbers = CommandLine.arguments.compactMap { Int($0) }
switch (CommandLine.arguments.dropFirst().first, numbers.count) {
case ("gan", 3):
  print(
    try stepsPerSecond(numbers[2]) {
      let training = try gan(width: numbers[0], batch: numbers[1], steps: numbers[2])
      return { try training.run() }
    })
case ("flow", 4):
  print(
    try stepsPerSecond(numbers[3]) {
      let training = try flow(
        couplings: numbers[0], width: numbers[1], batch: numbers[2], steps: numbers[3])
      return { try training.run() }
    })
case ("cold", 3): try gan(width: numbers[0], batch: numbers[1], steps: numbers[2]).run()
default:
  print(
    """
    usage: training-benchmarks gan width batch steps
           training-benchmarks flow couplings width batch steps
           training-benchmarks cold width batch steps
    """)
  exit(2)
}
