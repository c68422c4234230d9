public import Distributions
import NeuralNetworks
import RealModule

/// A normalizing flow of the plane: a latent point is sent through invertible couplings and scaled, so that the
/// density of the result is known, `log q(x) = log q_0(z) - log |det dx / dz|`.
///
/// Parameters are in single precision, as trained; densities, points and inverses are computed in double precision.
/// A point's results do not depend on which others are computed with it.
public struct NormalizingFlow: PlanarDensity {
  /// The layers, from the latent point on.
  public let couplings: [Coupling]
  /// The factor of both coordinates after the last layer.
  public let scale: Double
  /// The law of latent points.
  public let latent: FlowLatent
  private let stages: [CouplingStage]

  /// A flow of given layers.
  ///
  /// - Throws: `ParameterError` when there are no layers, one does not fit, or the scale is not finite and positive.
  public init(
    couplings: [Coupling], scale: Double = 1, latent: FlowLatent = .normal
  ) throws(ParameterError) {
    guard !couplings.isEmpty else {
      throw ParameterError("NormalizingFlow", "couplings", value: "[]", rule: "must not be empty")
    }
    for (index, coupling) in couplings.enumerated() {
      try coupling.check("NormalizingFlow, coupling \(index + 1)")
    }
    guard scale > 0, scale.isFinite else {
      throw ParameterError(
        "NormalizingFlow", "scale", value: "\(scale)", rule: "must be finite and positive")
    }
    try latent.check()
    self.couplings = couplings
    self.scale = scale
    self.latent = latent
    stages = couplings.map(CouplingStage.init)
  }

  /// The same flow of other latent points: truncated, for example.
  ///
  /// - Throws: `ParameterError` when the latent law's number is out of range.
  public func with(latent: FlowLatent) throws(ParameterError) -> NormalizingFlow {
    try NormalizingFlow(couplings: couplings, scale: scale, latent: latent)
  }

  // MARK: Maps

  /// A point and the logarithm of the area's growth there.
  public struct Image: Sendable, Hashable {
    /// The point.
    public var point: SIMD2<Double>
    /// The logarithm of the absolute determinant of the map's derivative.
    public var logDeterminant: Double
  }

  /// Where the flow sends latent points.
  public func images(ofLatents latents: [SIMD2<Double>]) -> [Image] {
    let shift = 2 * Double.log(scale)
    return mapped(latents, factor: 1) { stages, work in
      for stage in stages { stage.apply(to: work) }
    }.map { Image(point: scale * $0.point, logDeterminant: $0.logDeterminant + shift) }
  }

  /// Which latent points the flow sends to given points: its inverse, exact to rounding.
  public func latents(ofImages points: [SIMD2<Double>]) -> [Image] {
    let shift = 2 * Double.log(scale)
    return mapped(points, factor: 1 / scale) { stages, work in
      for stage in stages.reversed() { stage.applyInverse(to: work) }
    }.map { Image(point: $0.point, logDeterminant: $0.logDeterminant - shift) }
  }

  /// Eight points at a time, in two halves.
  private func mapped(
    _ points: [SIMD2<Double>], factor: Double,
    _ map: ([CouplingStage], CouplingStage.Work) -> Void
  ) -> [Image] {
    [Image](unsafeUninitializedCapacity: points.count) { images, count in
      let target = images
      let blocks = (points.count + 7) / 8
      func compute(_ range: Range<Int>) {
        let work = CouplingStage.Work(stages)
        for block in range {
          let places = (8 * block)..<min(8 * block + 8, points.count)
          // Lanes without a point repeat the last one.
          for lane in 0..<8 {
            let point = factor * points[min(8 * block + lane, points.count - 1)]
            (work.first[lane], work.second[lane]) = (point.x, point.y)
          }
          work.logDeterminant = .zero
          map(stages, work)
          for place in places {
            let lane = place - 8 * block
            target.initializeElement(
              at: place,
              to: Image(
                point: SIMD2(work.first[lane], work.second[lane]),
                logDeterminant: work.logDeterminant[lane]))
          }
        }
      }
      if blocks < 16 {
        compute(0..<blocks)
      } else {
        Workers.runBoth { compute($0 == 0 ? 0..<(blocks / 2) : (blocks / 2)..<blocks) }
      }
      count = points.count
    }
  }

  // MARK: Density

  /// The log-density at a point: negative infinity beyond what is finite, and outside of a truncated latent's disc.
  public func logDensity(_ x: SIMD2<Double>) -> Double { logDensities([x])[0] }

  /// The log-densities at many points: 160,000 take some tenths of a second.
  public func logDensities(_ points: [SIMD2<Double>]) -> [Double] {
    zip(points, latents(ofImages: points)).map { point, image in
      guard point.x.isFinite, point.y.isFinite else {
        return point.x.isNaN || point.y.isNaN ? .nan : -.infinity
      }
      let value = latent.logDensity(image.point) + image.logDeterminant
      // So far out that the map overflows.
      return value.isNaN ? -.infinity : value
    }
  }

  // MARK: Sampling

  /// One draw.
  public func sample(using generator: inout some RandomNumberGenerator) -> SIMD2<Double> {
    images(ofLatents: [latent.sample(using: &generator)])[0].point
  }

  /// Many draws, the same as one after the other.
  public func samples(
    count: Int, using generator: inout some RandomNumberGenerator
  ) -> [SIMD2<Double>] {
    images(ofLatents: (0..<count).map { _ in latent.sample(using: &generator) }).map(\.point)
  }
}

extension NormalizingFlow: Hashable {
  /// Whether all parameters are equal.
  public static func == (left: NormalizingFlow, right: NormalizingFlow) -> Bool {
    left.couplings == right.couplings && left.scale == right.scale && left.latent == right.latent
  }

  /// Feeds all parameters.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(couplings)
    hasher.combine(scale)
    hasher.combine(latent)
  }
}

extension NormalizingFlow: Codable {
  private enum CodingKeys: String, CodingKey {
    case couplings, scale, latent
  }

  /// Reads layers, scale and latent law; throws what the initialiser refuses.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      couplings: values.decode([Coupling].self, forKey: .couplings),
      scale: values.decode(Double.self, forKey: .scale),
      latent: values.decode(FlowLatent.self, forKey: .latent))
  }

  /// Writes layers, scale and latent law.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(couplings, forKey: .couplings)
    try values.encode(scale, forKey: .scale)
    try values.encode(latent, forKey: .latent)
  }
}
