import Distributions
import NeuralNetworks
import RealModule

/// A flow whose parameters lie in a store, as tensors.
struct PlacedFlow {
  private let transform: CouplingTransform
  /// The networks, from the latent point on.
  let conditioners: [PlacedNetwork]
  private let scale: Double

  init(_ flow: NormalizingFlow, in store: ParameterStore) {
    transform = flow.couplings[0].transform
    conditioners = flow.couplings.map { PlacedNetwork($0.conditioner, in: store) }
    scale = flow.scale
  }

  /// The couplings with the parameters of now.
  var couplings: [Coupling] {
    conditioners.map { Coupling(transform, conditioner: $0.network) }
  }

  /// Points for latents, and the logarithm of the area's growth.
  func images(of latents: Tensor) -> (points: Tensor, logDeterminant: Tensor) {
    var (a, b) = (latents.columns(0..<1), latents.columns(1..<2))
    var growth: Tensor?
    for conditioner in conditioners {
      let (moved, logSlope) = transformed(b, by: conditioner(a), isInverse: false)
      (a, b) = (moved, a)
      growth = growth.map { $0 + logSlope } ?? logSlope
    }
    return (
      Float(scale) * a.beside(b), growth!.affine(scale: 1, offset: 2 * Float(Double.log(scale)))
    )
  }

  /// Latents of points, and the logarithm of the area's growth from the points to them.
  func latents(of points: Tensor) -> (latents: Tensor, logDeterminant: Tensor) {
    let scaled = Float(1 / scale) * points
    var (a, b) = (scaled.columns(0..<1), scaled.columns(1..<2))
    var growth: Tensor?
    for conditioner in conditioners.reversed() {
      let (moved, logSlope) = transformed(a, by: conditioner(b), isInverse: true)
      (a, b) = (b, moved)
      growth = growth.map { $0 + logSlope } ?? logSlope
    }
    return (a.beside(b), growth!.affine(scale: 1, offset: -2 * Float(Double.log(scale))))
  }

  /// The log-density of the flow at points.
  func logDensity(at points: Tensor) -> Tensor {
    let (latents, logDeterminant) = latents(of: points)
    return Self.logNormal(latents) + logDeterminant
  }

  /// The standard normal log-density.
  static func logNormal(_ z: Tensor) -> Tensor {
    z.times(z).sumOfColumns().affine(scale: -0.5, offset: -Float(Double.log(2 * .pi)))
  }

  private func transformed(
    _ x: Tensor, by parameters: Tensor, isInverse: Bool
  ) -> (value: Tensor, logSlope: Tensor) {
    if let spline = transform.family {
      let both = x.mapped(by: spline, parameters: parameters, isInverse: isInverse)
      return (both.columns(0..<1), both.columns(1..<2))
    }
    let s = 2 * (0.5 * parameters.columns(0..<1)).map(.tanh)
    let t = parameters.columns(1..<2)
    guard isInverse else { return (x.times(s.map(.exp)) + t, s) }
    let shrinkage = -s
    return ((x - t).times(shrinkage.map(.exp)), shrinkage)
  }
}

/// A mixture's log-density as a tensor: `log sum_k exp(c_k - (u_k^2 + v_k^2) / 2)` with u and v linear in the point.
struct PlacedMixture {
  private let u, v: (weight: ParameterStore.Parameter, bias: ParameterStore.Parameter)
  private let constants: ParameterStore.Parameter

  init(_ mixture: PlanarMixture, in store: ParameterStore) {
    func place(_ rows: [[Double]]) -> ParameterStore.Parameter {
      let values = rows.flatMap { $0.map { Float($0) } }
      return store.add(Matrix(rows: rows.count, columns: rows[0].count, values: values))
    }
    let laws = mixture.components.map { (mean: $0.mean, factor: $0.covariance.factor) }
    u = (
      place([laws.map { 1 / $0.factor.a }, laws.map { _ in 0 }]),
      place([laws.map { -$0.mean.x / $0.factor.a }])
    )
    v = (
      place([
        laws.map { -$0.factor.b / ($0.factor.a * $0.factor.c) }, laws.map { 1 / $0.factor.c },
      ]),
      place([
        laws.map { ($0.factor.b * $0.mean.x / $0.factor.a - $0.mean.y) / $0.factor.c }
      ])
    )
    constants = place([
      zip(mixture.weights, laws).map { weight, law in
        Double.log(weight / (2 * .pi)) - .log(law.factor.a) - .log(law.factor.c)
      }
    ])
  }

  /// The log-density at points.
  func logDensity(at x: Tensor) -> Tensor {
    func squares(_ part: (weight: ParameterStore.Parameter, bias: ParameterStore.Parameter))
      -> Tensor
    {
      let y = x * x.graph.parameter(part.weight) + x.graph.parameter(part.bias)
      return y.times(y)
    }
    let exponents = -0.5 * (squares(u) + squares(v)) + x.graph.parameter(constants)
    return exponents.logSumOfExponentials()
  }
}
