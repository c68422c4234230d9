import Distributions
import NeuralNetworks

/// What fills the inputs of programs in each step: latents, uniform numbers, samples of a target.
///
/// Each shard of a batch has a stream of its own, so that results do not depend on threads. Memory is taken once.
final class TrainingInputs: @unchecked Sendable {
  // A shard's stream and the buffers are touched by the one thread that runs the shard.
  private let streams: UnsafeMutablePointer<NormalStream>
  private static let shards = 8

  /// Streams by the name, for each shard.
  init(seed: UInt64, stream: String) {
    streams = .allocate(capacity: Self.shards)
    for shard in 0..<Self.shards {
      (streams + shard).initialize(
        to: NormalStream(seed: seed, stream: "\(stream), shard \(shard)"))
    }
  }

  deinit { streams.deallocate() }

  /// Fills an input with standard normal numbers.
  var normal: Program.Source { { [self] rows, shard in streams[shard].fill(rows) } }

  /// Fills an input with uniform numbers in (0, 1].
  var uniform: Program.Source { { [self] rows, shard in streams[shard].fillUniformly(rows) } }

  /// Fills an input of two columns with samples of a mixture.
  func samples(of mixture: PlanarMixture) -> Program.Source {
    let sampler = MixtureSampler(mixture)
    return { [self] rows, shard in sampler.fill(rows, from: &streams[shard]) }
  }
}
