public import Distributions
public import GSL

/// The precision–recall curve of two laws on one finite space in doubles: all vertices of many atoms at once.
///
/// The same curve as `FinitePrecisionRecallCurve`. Ratios are sorted by radix and both masses are compensated sums,
/// so the time is linear in the number of atoms and the error does not grow with it.
public struct ApproximatePrecisionRecallCurve: Sendable {
  /// The vertices' lambdas, increasing: 0, the different ratios `q / p` of the atoms that both laws charge, infinity.
  public let lambdas: [Double]
  /// `alpha_lambda` at each vertex.
  public let alphas: [Double]
  /// `beta_lambda` at each vertex.
  public let betas: [Double]
  /// A bound on the relative error of every alpha and beta, for the weights as they are given.
  ///
  /// With `u = 2^-53`: a compensated sum of n weights is off by `u + (n u)^2`, the rounded ratio that decides the
  /// side of an atom by `2 u` of that atom, product, sum and quotient by `u` each. Below the smallest
  /// normal number the error is that of gradual underflow instead, `2^-1073`.
  public let relativeError: Double
  private let modelBelow: [Double]
  private let targetAbove: [Double]

  /// The curve of `model` (Q) against `target` (P), atom by atom in the order of their weights.
  ///
  /// - Throws: `ParameterError` when the numbers of atoms differ.
  public init(target: FiniteWeights, model: FiniteWeights) throws(ParameterError) {
    let (p, q) = (target.values, model.values)
    guard p.count == q.count else {
      throw ParameterError(
        "ApproximatePrecisionRecallCurve", "model", value: "\(q.count) atoms",
        rule: "must have as many atoms as the target, \(p.count)")
    }
    let roundoff = Double(p.count) * 0x1p-53
    relativeError = 8 * 0x1p-53 + 2 * roundoff * roundoff

    var lambdas = [0.0]
    var (modelBelow, targetAbove): ([Double], [Double]) = ([0], [])
    Self.withSortedRatios(p, q) { order in
      lambdas.reserveCapacity(order.count + 2)
      modelBelow.reserveCapacity(order.count + 1)
      var sum = CompensatedSum()
      var last = 0.0
      for pair in order {
        sum.add(q[Int(pair.index)])
        if pair.ratio == last {
          modelBelow[modelBelow.count - 1] = sum.value
        } else {
          last = pair.ratio
          lambdas.append(last)
          modelBelow.append(sum.value)
        }
      }
      // From the top, so that a small mass above is not the difference of two large ones.
      let count = modelBelow.count
      targetAbove = [Double](unsafeUninitializedCapacity: count) { targetAbove, initialized in
        sum = CompensatedSum()
        var segment = count - 1
        targetAbove[segment] = 0
        for pair in order.reversed() {
          if pair.ratio != lambdas[segment] { segment -= 1 }
          sum.add(p[Int(pair.index)])
          targetAbove[segment - 1] = sum.value
        }
        initialized = count
      }
    }
    lambdas.append(.infinity)
    let last = modelBelow.count
    alphas = [Double](unsafeUninitializedCapacity: last + 1) { alphas, initialized in
      for j in 0..<last { alphas[j] = modelBelow[j] + lambdas[j] * targetAbove[j] }
      alphas[last] = modelBelow[last - 1]
      initialized = last + 1
    }
    betas = [Double](unsafeUninitializedCapacity: last + 1) { betas, initialized in
      betas[0] = targetAbove[0]
      for j in 1..<max(1, last) { betas[j] = modelBelow[j] / lambdas[j] + targetAbove[j] }
      betas[last] = 0
      initialized = last + 1
    }
    self.lambdas = lambdas
    self.modelBelow = modelBelow
    self.targetAbove = targetAbove
  }

  /// The support-based precision `alpha_infinity = Q(p > 0)`.
  public var supportPrecision: Estimate { estimate(alphas[alphas.count - 1]) }

  /// The support-based recall `beta_0 = P(q > 0)`.
  public var supportRecall: Estimate { estimate(betas[0]) }

  /// The precision `alpha_lambda = sum min(lambda p, q)`.
  ///
  /// - Throws: `ParameterError` when lambda is negative or NaN.
  public func alpha(_ lambda: Double) throws(ParameterError) -> Estimate {
    guard lambda >= 0 else { throw invalidLambda(lambda) }
    guard lambda < .infinity else { return supportPrecision }
    let arc = self.arc(at: lambda)
    return estimate(arc.modelBelow + lambda * arc.targetAbove)
  }

  /// The recall `beta_lambda = sum min(p, q / lambda)`.
  ///
  /// - Throws: `ParameterError` when lambda is negative or NaN.
  public func beta(_ lambda: Double) throws(ParameterError) -> Estimate {
    guard lambda >= 0 else { throw invalidLambda(lambda) }
    guard lambda > 0 else { return supportRecall }
    guard lambda < .infinity else { return Estimate(0, error: 0) }
    let arc = self.arc(at: lambda)
    return estimate(arc.modelBelow / lambda + arc.targetAbove)
  }

  private func estimate(_ value: Double) -> Estimate {
    Estimate(value, error: value == 0 ? 0 : relativeError * value + 0x1p-1073)
  }

  /// The arc through lambda: `alpha = modelBelow + lambda targetAbove` from its vertex to the next.
  func arc(at lambda: Double) -> (modelBelow: Double, targetAbove: Double) {
    var (low, high) = (0, modelBelow.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if lambdas[middle] <= lambda { low = middle } else { high = middle }
    }
    return (modelBelow[low], targetAbove[low])
  }

  /// Passes on the ratios `q / p` of the atoms that both laws charge, increasing, each with its atom.
  private static func withSortedRatios(
    _ p: [Double], _ q: [Double], _ body: (UnsafeMutableBufferPointer<RadixPair>) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: RadixPair.self, capacity: 2 * p.count) { memory in
      var count = 0
      for index in p.indices where p[index] > 0 && q[index] > 0 {
        memory.initializeElement(
          at: count, to: RadixPair(ratio: q[index] / p[index], index: UInt32(index)))
        count += 1
      }
      let pairs = UnsafeMutableBufferPointer(rebasing: memory[..<count])
      radixSort(
        pairs, room: UnsafeMutableBufferPointer(rebasing: memory[p.count..<(p.count + count)]))
      body(pairs)
    }
  }
}

extension RadixPair {
  /// The positive double whose bits are the key; those of larger doubles are larger integers.
  fileprivate var ratio: Double { Double(bitPattern: key) }
}
