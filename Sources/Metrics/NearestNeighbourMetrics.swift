public import Distributions

/// Whether a ball contains the points on its boundary: the tie rule of the nearest-neighbour metrics.
public enum BallBoundary: String, Sendable, Hashable, Codable, CaseIterable {
  /// `d < r`: the rule of Naeem et al.'s prdc. A data set of equal points has no point in any of its balls.
  case open
  /// `d <= r`: the rule of Kynkäänniemi et al. and of torch-fidelity.
  case closed

  @inline(__always)
  func contains(_ squaredDistance: Double, radius squaredRadius: Double) -> Bool {
    self == .open ? squaredDistance < squaredRadius : squaredDistance <= squaredRadius
  }
}

/// Precision and recall of Kynkäänniemi et al. (2019), density and coverage of Naeem et al. (2020): fractions of points in
/// balls around the points of the other sample, each reaching to the centre's k-th nearest other point of its own
/// sample.
///
/// - precision: the generated points in at least one real ball;
/// - recall: the real points in at least one generated ball;
/// - density: `1 / k` times the mean number of real balls that a generated point is in, may exceed 1;
/// - coverage: the real balls with at least one generated point.
///
/// A point is no neighbour of itself, a second copy of it is one. Distances are compared as squares, with no rounding of
/// roots; the results are those of comparing all pairs. These are numbers of two samples: they depend on k and both
/// sizes, and even equal laws do not reach 1.
public struct NearestNeighbourMetrics: Sendable, Hashable, Codable, CustomStringConvertible {
  /// k.
  public let neighbours: Int
  /// The tie rule.
  public let boundary: BallBoundary
  /// The number of real points.
  public let realCount: Int
  /// The number of generated points.
  public let generatedCount: Int
  /// The precision. All four standard errors are those over new points in the balls as they are: of the centres' own
  /// randomness they know nothing.
  public let precision: SampleEstimate
  /// The recall.
  public let recall: SampleEstimate
  /// The density.
  public let density: SampleEstimate
  /// The coverage.
  public let coverage: SampleEstimate

  /// Compares a generated sample with a real one.
  ///
  /// Takes O(N log N) time by a k-d tree.
  ///
  /// - Parameters:
  ///   - neighbours: k, at least 1 and less than the number of points of either sample; usual are 3 and 5.
  ///   - boundary: whether points on a ball's boundary are in it.
  /// - Throws: `ParameterError` when a sample is empty, a point is not finite, or k is not in its range.
  public init(
    real: [SIMD2<Double>], generated: [SIMD2<Double>], neighbours: Int = 5,
    boundary: BallBoundary = .open
  ) throws(ParameterError) {
    try requireSamples(real, "real", of: "NearestNeighbourMetrics")
    try requireSamples(generated, "generated", of: "NearestNeighbourMetrics")
    for (name, count) in [("real", real.count), ("generated", generated.count)]
    where !(1..<count).contains(neighbours) {
      throw ParameterError(
        "NearestNeighbourMetrics", "neighbours", value: "\(neighbours)",
        rule: "must be at least 1 and less than the number of \(name) points, \(count)")
    }
    var (realTree, generatedTree) = (PointTree(real), PointTree(generated))
    realTree.setBalls(nearest: neighbours)
    generatedTree.setBalls(nearest: neighbours)
    self.neighbours = neighbours
    self.boundary = boundary
    (realCount, generatedCount) = (real.count, generated.count)
    // In the tree's order neighbouring queries visit the same nodes.
    let counts = realTree.ballCounts(at: generatedTree.points, boundary)
    precision = SampleEstimate(successes: counts.count { $0 > 0 }, of: generated.count)
    recall = SampleEstimate(
      successes: generatedTree.coveredCount(of: realTree.points, boundary), of: real.count)
    coverage = SampleEstimate(
      successes: realTree.occupiedCount(by: generatedTree, boundary), of: real.count)
    let n = Double(generated.count)
    let sum = Double(counts.reduce(0, +))
    let square = counts.reduce(0.0) { $0 + Double($1) * Double($1) }
    let k = Double(neighbours)
    density = SampleEstimate(
      sum / n / k, standardError: (max(0, square / n - sum / n * sum / n) / n).squareRoot() / k)
  }

  /// The mean coverage of two samples of one continuous law, `1 - prod_i (N - i) / (N + M - i)` over i from 1 to k with N real and
  /// M generated points (Naeem et al., Lemma 2): what a perfect model reaches, in any dimension.
  public var coverageOfEqualLaws: Double {
    let (n, m) = (Double(realCount), Double(generatedCount))
    return 1
      - (1...neighbours).reduce(1.0) { $0 * (n - Double($1)) / (n + m - Double($1)) }
  }

  /// All four numbers with k, the sizes and the tie rule.
  public var description: String {
    "precision \(precision), recall \(recall), density \(density), coverage \(coverage) "
      + "(k = \(neighbours), \(realCount) real, \(generatedCount) generated, \(boundary) balls)"
  }
}
