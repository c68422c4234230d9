import BigInt
public import Distributions

/// The precision–recall curve of two laws P and Q on one finite space, exact in rationals.
///
/// With weights p and q: `alpha_lambda = sum min(lambda p, q)` is the precision and
/// `beta_lambda = sum min(p, q / lambda)` the recall, for lambda in `[0, infinity]` (2025 deck, Definition 1.4).
/// Between two neighbouring ratios `q / p` both are affine, `alpha = a + b lambda` and `beta = a / lambda + b`, so
/// that n atoms have at most n + 2 vertices; sorting the ratios gives them all in O(n log n).
public struct FinitePrecisionRecallCurve: Sendable, Hashable {
  /// A point where the curve passes from one arc to the next, or an end of the curve.
  public struct Vertex: Sendable, Hashable {
    /// A ratio `q / p` of some atom, or 0 or infinity at the ends.
    public let lambda: ExtendedRational
    /// The precision `alpha_lambda`.
    public let alpha: Rational
    /// The recall `beta_lambda`.
    public let beta: Rational
  }

  /// The different ratios `q / p` of the atoms that both laws charge, increasing.
  let ratios: [Rational]
  /// Entry j is Q's mass where the ratio is one of the first j, times `modelScale`.
  private let modelBelow: [BigInt]
  /// Entry j is P's mass where the ratio is not among the first j, times `targetScale`.
  private let targetAbove: [BigInt]
  private let modelScale: BigInt
  private let targetScale: BigInt

  /// The curve of `model` (Q) against `target` (P); atoms are matched by label, in any order.
  ///
  /// - Throws: `ParameterError` that names an atom which one of the spaces lacks.
  public init(
    target: FiniteDistribution, model: FiniteDistribution
  ) throws(ParameterError) {
    let (p, targetScale) = Rational.overCommonDenominator(target.weights)
    let (q, modelScale) = Rational.overCommonDenominator(
      try model.weights(onSpaceOf: target))
    let atoms = zip(p, q).filter { $0 > 0 && $1 > 0 }.map(Atom.init).sorted()
    var ratios: [Rational] = []
    var modelBelow: [BigInt] = [0]
    var targetAbove: [BigInt] = [atoms.reduce(0) { $0 + $1.target }]
    for (index, atom) in atoms.enumerated() {
      let last = ratios.count
      if index > 0, !(atoms[index - 1] < atom) {
        modelBelow[last] += atom.model
        targetAbove[last] -= atom.target
      } else {
        ratios.append(Rational(atom.model * targetScale) / Rational(atom.target * modelScale))
        modelBelow.append(modelBelow[last] + atom.model)
        targetAbove.append(targetAbove[last] - atom.target)
      }
    }
    self.ratios = ratios
    self.modelBelow = modelBelow
    self.targetAbove = targetAbove
    self.modelScale = modelScale
    self.targetScale = targetScale
  }

  /// An atom that both laws charge, ordered by its ratio `model / target`.
  private struct Atom: Comparable {
    let target: BigInt
    let model: BigInt
    /// Rounding to nearest keeps the order, so that doubles decide all comparisons but those of near ties.
    let approximateRatio: Double

    init(target: BigInt, model: BigInt) {
      self.target = target
      self.model = model
      approximateRatio = Double(Rational(model) / Rational(target))
    }

    static func < (a: Atom, b: Atom) -> Bool {
      guard a.approximateRatio == b.approximateRatio else {
        return a.approximateRatio < b.approximateRatio
      }
      return a.model * b.target < b.model * a.target
    }
  }

  /// The support-based precision `alpha_infinity = Q(p > 0)` (2025 deck, Theorem 1.5).
  public var supportPrecision: Rational { mass(of: .model, segment: ratios.count) }

  /// The support-based recall `beta_0 = P(q > 0)` (2025 deck, Theorem 1.5).
  public var supportRecall: Rational { mass(of: .target, segment: 0) }

  /// The precision `alpha_lambda = sum min(lambda p, q)`; `alpha_0 = 0`, `alpha_infinity = Q(p > 0)`.
  ///
  /// - Throws: `ParameterError` when lambda is negative.
  public func alpha(_ lambda: ExtendedRational) throws(ParameterError) -> Rational {
    guard case .finite(let lambda) = lambda else { return supportPrecision }
    guard lambda >= 0 else { throw invalidLambda(lambda) }
    let segment = self.segment(of: lambda)
    return mass(of: .model, segment: segment) + lambda * mass(of: .target, segment: segment)
  }

  /// The recall `beta_lambda = sum min(p, q / lambda)`; `beta_0 = P(q > 0)`, `beta_infinity = 0`.
  ///
  /// - Throws: `ParameterError` when lambda is negative.
  public func beta(_ lambda: ExtendedRational) throws(ParameterError) -> Rational {
    guard case .finite(let value) = lambda else { return 0 }
    guard value != 0 else { return supportRecall }
    return try alpha(lambda) / value
  }

  /// The precision at a finite lambda.
  ///
  /// - Throws: `ParameterError` when lambda is negative.
  public func alpha(_ lambda: Rational) throws(ParameterError) -> Rational {
    try alpha(.finite(lambda))
  }

  /// The recall at a finite lambda.
  ///
  /// - Throws: `ParameterError` when lambda is negative.
  public func beta(_ lambda: Rational) throws(ParameterError) -> Rational {
    try beta(.finite(lambda))
  }

  /// The smallest lambda whose precision is `precision`: the inverse of `alpha` by one binary search over the vertices
  /// and a line. Nil where no lambda reaches it, above the support-based precision or below 0.
  public func lambda(ofPrecision precision: Rational) -> Rational? {
    guard precision > 0 else { return precision == 0 ? 0 : nil }
    guard precision <= supportPrecision else { return nil }
    var (low, high) = (0, ratios.count)
    while low < high {
      let middle = (low + high) / 2
      let reached =
        mass(of: .model, segment: middle + 1)
        + ratios[middle] * mass(of: .target, segment: middle + 1)
      if reached < precision { low = middle + 1 } else { high = middle }
    }
    return (precision - mass(of: .model, segment: low)) / mass(of: .target, segment: low)
  }

  /// All vertices by increasing lambda, from `(0, 0, beta_0)` to `(infinity, alpha_infinity, 0)`.
  public var vertices: [Vertex] {
    var vertices = [Vertex(lambda: .finite(0), alpha: 0, beta: supportRecall)]
    for (index, ratio) in ratios.enumerated() {
      let (a, b) = (
        mass(of: .model, segment: index + 1), mass(of: .target, segment: index + 1)
      )
      vertices.append(Vertex(lambda: .finite(ratio), alpha: a + b * ratio, beta: a / ratio + b))
    }
    return vertices + [Vertex(lambda: .infinity, alpha: supportPrecision, beta: 0)]
  }

  /// The number of ratios up to `lambda`.
  private func segment(of lambda: Rational) -> Int {
    var (low, high) = (0, ratios.count)
    while low < high {
      let middle = (low + high) / 2
      if ratios[middle] <= lambda { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private enum Law { case target, model }

  private func mass(of law: Law, segment: Int) -> Rational {
    switch law {
    case .target: Rational(targetAbove[segment]) / Rational(targetScale)
    case .model: Rational(modelBelow[segment]) / Rational(modelScale)
    }
  }

  /// The arc on `[ratios[segment - 1], ratios[segment]]`: `alpha = a + b lambda`, rounded to nearest.
  func arc(_ segment: Int) -> (modelBelow: Double, targetAbove: Double) {
    (Double(mass(of: .model, segment: segment)), Double(mass(of: .target, segment: segment)))
  }
}
