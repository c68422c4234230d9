public import Divergences
public import NeuralNetworks

/// A generator and a critic in the plane: values that can be copied, compared, kept.
public struct GAN: Sendable, Hashable, Codable {
  /// The network in `G(z) = skip z + MLP(z)`.
  public var generator: Network
  /// How much of the latent is added to the output.
  public var skip: Float
  /// The critic V.
  public var critic: Network
  /// What the critic was trained to maximise: it decides which ratio its output stands for.
  public var criticLoss: CriticLoss

  /// `G(z)` for each latent z.
  public func generated(from latents: [SIMD2<Double>]) -> [SIMD2<Double>] {
    let output = generator(Matrix(latents)).points
    return zip(latents, output).map { Double(skip) * SIMD2(Float($0.x), Float($0.y)).double + $1 }
  }

  /// Samples of the model.
  public func samples(
    count: Int, using generator: inout some RandomNumberGenerator
  ) -> [SIMD2<Double>] {
    generated(from: Self.latents(count: count, using: &generator))
  }

  /// Latents from N(0, I).
  public static func latents(
    count: Int, using generator: inout some RandomNumberGenerator
  ) -> [SIMD2<Double>] {
    var stream = NormalStream(seed: generator.next(), stream: "latents")
    var matrix = Matrix(rows: count, columns: 2)
    matrix.values.withUnsafeMutableBufferPointer { stream.fill($0) }
    return matrix.points
  }

  /// The critic's output V at each point.
  public func criticValues(at points: [SIMD2<Double>]) -> [Double] {
    critic(Matrix(points)).values.map(Double.init)
  }

  /// The density ratio `r = p / q` that the critic's output stands for at each point, `f*'(g(V))`.
  ///
  /// `divergence` is the one that was handed to the training; leave it out where the configuration named it.
  ///
  /// - Throws: `TrainingError.invalidSetting` where the critic stands for no ratio (WGAN-GP), or for that of a custom divergence
  ///   that is missing.
  public func ratios(
    at points: [SIMD2<Double>], divergence: (any GeneratorFunction)? = nil
  ) throws(TrainingError) -> [Double] {
    var f = divergence
    if f == nil, case .divergence(let name) = criticLoss { f = try name.generatorFunction() }
    guard let f else {
      throw .refused("GAN", "criticLoss", "\(criticLoss)", "must be a known divergence for a ratio")
    }
    return criticValues(at: points).map { f.conjugateDerivative(f.activation($0)) }
  }
}

extension SIMD2<Float> {
  var double: SIMD2<Double> { SIMD2<Double>(Double(x), Double(y)) }
}

extension Matrix {
  /// Points of the plane as rows.
  init(_ points: [SIMD2<Double>]) {
    self.init(
      rows: points.count, columns: 2, values: points.flatMap { [Float($0.x), Float($0.y)] })
  }

  /// The rows of a matrix of two columns as points.
  var points: [SIMD2<Double>] {
    (0..<rows).map { SIMD2(Double(self[$0, 0]), Double(self[$0, 1])) }
  }
}
