import Distributions
public import GenerativeModels
import Glibc
import LessonWire
import Synchronization

/// A GAN trained as configured, or the same one from the cache. While it trains, the reader sees losses, speed and time left;
/// Ctrl-C stops it after the step that it is in, and nothing half-trained is kept.
///
/// - Throws: `TrainingError`, which names the step, the loss and the layer where a number was not finite.
public func trained(_ configuration: GANConfiguration) throws -> GANTraining.Result {
  try cached("GAN, seed \(configuration.seed)", inputs: configuration) {
    try interruptibly { try configuration.train(progress: report("GAN")) }
  }
}

/// A normalizing flow trained as configured, or the same one from the cache; see `trained` for a GAN.
///
/// - Throws: `TrainingError`.
public func trained(_ configuration: FlowConfiguration) throws -> FlowTraining.Result {
  try cached("flow, seed \(configuration.seed)", inputs: configuration) {
    try interruptibly { try configuration.train(progress: report("flow")) }
  }
}

/// Tells the reader how a training goes: pass it as `progress:` where a training is not run by `trained`.
public func report(_ name: String) -> (TrainingProgress) -> Void {
  { LessonProcess.send(.progress(text(name, $0))) }
}

/// For example "GAN, step 1200 of 4000: critic 1.204, generator -0.310; 3900 steps/s, 0.7 s left".
func text(_ name: String, _ progress: TrainingProgress) -> String {
  let losses = progress.losses.map { "\($0.name) \($0.value.digits(4))" }
  let speed = progress.stepsPerSecond
  let rest = progress.secondsLeft
  return "\(name), step \(progress.step) of \(progress.total): \(losses.joined(separator: ", "))"
    + "; \(speed.isFinite ? speed.fixed(0) : "?") steps/s, \(rest.isFinite ? rest.fixed(1) : "?") s left"
}

/// Lets Ctrl-C stop trainings, and puts the signal's handler back after the last one of those that run at once.
private func interruptibly<Value>(_ work: () throws -> Value) rethrows -> Value {
  running.withLock { running in
    if running.count == 0 {
      TrainingInterrupt.shared.reset()
      var handler = sigaction()
      handler.__sigaction_handler.sa_handler = { _ in TrainingInterrupt.shared.request() }
      sigaction(SIGINT, &handler, &running.before)
    }
    running.count += 1
  }
  defer {
    running.withLock { running in
      running.count -= 1
      if running.count == 0 { sigaction(SIGINT, &running.before, nil) }
    }
  }
  return try work()
}

/// How many trainings run, and the handler from before the first.
private struct Running: @unchecked Sendable {
  var count = 0
  var before = sigaction()
}

private let running = Mutex(Running())
