import Divergences
import NeuralNetworks
import RealModule

/// What a critic's output V stands for, as computations on a batch: closed forms for the usual divergences, a table for others.
enum CriticMeaning: Sendable {
  /// `g(V) = scale (offset - log(1 + e^-V))`: the original GAN (1, 0) and Jensen-Shannon (1/2, log 2).
  case logistic(scale: Float, offset: Float)
  /// `g(V) = V`, `f*(t) = e^(t - 1)`.
  case kullbackLeibler
  /// `g(V) = V`, `f*(t) = t + t^2 / 4` from -2 on.
  case pearsonChiSquared
  case table(CriticTable)
  /// No divergence: V is a potential.
  case potential

  /// How far the logarithm of a ratio is trusted.
  private static let clip: Float = 20

  init(
    of loss: CriticLoss, divergence: (any GeneratorFunction)?
  ) throws(TrainingError) {
    if case .wasserstein = loss {
      self = .potential
      return
    }
    if let divergence {
      self = .table(try CriticTable(of: divergence))
      return
    }
    guard case .divergence(let name) = loss else { preconditionFailure("all losses are named") }
    switch name {
    case .originalGAN: self = .logistic(scale: 1, offset: 0)
    case .jensenShannon: self = .logistic(scale: 0.5, offset: .log(2))
    case .kullbackLeibler: self = .kullbackLeibler
    case .pearsonChiSquared: self = .pearsonChiSquared
    default:
      guard let f = try name.generatorFunction() else {
        throw .refused(
          "GANConfiguration", "criticLoss", "\(name)", "needs the divergence: pass it to train")
      }
      self = .table(try CriticTable(of: f))
    }
  }

  /// `g(V)`.
  func activation(_ v: Tensor) -> Tensor {
    switch self {
    case .logistic(let scale, let offset):
      (-v).map(.softplus).affine(scale: -scale, offset: scale * offset)
    case .kullbackLeibler, .pearsonChiSquared, .potential: v
    case .table(let table): v.map(table.activation)
    }
  }

  /// `f*(g(V))`.
  func conjugate(_ v: Tensor) -> Tensor {
    switch self {
    case .logistic(let scale, let offset):
      return v.map(.softplus).affine(scale: scale, offset: -scale * offset)
    case .kullbackLeibler:
      // A straight line from V = 20 on, as the tables': the square of a larger gradient would overflow in the optimizer.
      let t = v.affine(scale: 1, offset: -1)
      let excess = v.affine(scale: 1, offset: -Self.clip).map(.atLeast(0))
      return t.map(.atMost(Self.clip - 1)).map(.exp) + Float.exp(Self.clip - 1) * excess
    case .pearsonChiSquared:
      let t = v.map(.atLeast(-2))
      return t + 0.25 * t.times(t)
    case .table(let table): return v.map(table.conjugate)
    case .potential: return v
    }
  }

  /// The density ratio `f*'(g(V))`, clipped to `e^-20 ... e^20` where it is an exponential.
  func ratio(_ v: Tensor) -> Tensor {
    switch self {
    case .logistic, .kullbackLeibler: logRatio(v).map(.exp)
    case .pearsonChiSquared: v.affine(scale: 0.5, offset: 1).map(.atLeast(0))
    case .table(let table): v.map(table.ratio)
    case .potential: preconditionFailure("a potential stands for no ratio")
    }
  }

  /// The ratio's logarithm, clipped to `-20 ... 20`.
  func logRatio(_ v: Tensor) -> Tensor {
    let log =
      switch self {
      case .logistic: v
      case .kullbackLeibler: v.affine(scale: 1, offset: -1)
      case .pearsonChiSquared, .table, .potential:
        ratio(v).map(.atLeast(.exp(-Self.clip))).map(.log)
      }
    return log.map(.atMost(Self.clip)).map(.atLeast(-Self.clip))
  }
}

extension Tensor {
  /// The mean of all entries of a column with one entry for each example.
  func mean(of batch: Int) -> Tensor { (1 / Float(batch)) * sum() }
}
