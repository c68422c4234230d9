public import Distributions

/// Two Gaussian laws of the plane with rational moments whose optimal transport is rational too.
///
/// With a symmetric positive definite T, the linear map `x -> T x` carries `N(0, S)` to `N(0, T S T)`, optimally: it is
/// the gradient of a convex function. All of the Fréchet distance is then rational.
public struct PlaneGaussians: Sendable {
  /// The entries of a square root G of the first covariance, `S = G G^T`, singular when they are.
  public var root: [Int]
  /// The entries of a regular matrix H with `T = H H^T`.
  public var stretch: [Int]
  /// The difference of the means.
  public var shift: [Int]

  /// The covariance of the first law.
  public var target: Matrix2 { Self.square(root) }
  /// The matrix T of the optimal map.
  public var map: Matrix2 { Self.square(stretch) }
  /// The covariance of the second law, `T S T`.
  public var model: Matrix2 { map * target * map }
  /// The squared distance of the means.
  public var squaredShift: Rational { Rational(shift[0] * shift[0] + shift[1] * shift[1]) }

  private static func square(_ entries: [Int]) -> Matrix2 {
    let e = entries.map { Rational($0) }
    let root = Matrix2(e[0], e[1], e[2], e[3])
    return root * root.transpose
  }

  /// Both covariances and the means as formulas.
  public var tex: String {
    "$\\Sigma = \(target.tex)$, $\\hat\\Sigma = \(model.tex)$, "
      + "$\\mu - \\hat\\mu = (\(shift[0]), \(shift[1]))$"
  }

  /// Entries from -3 to 3; one covariance in about ten is singular.
  public static let arbitrary = Arbitrary<PlaneGaussians> { generator, size in
    func entries(_ count: Int) -> [Int] {
      (0..<count).map { _ in Int(generator.next() % 7) - 3 }
    }
    var stretch = entries(4)
    while stretch[0] * stretch[3] == stretch[1] * stretch[2] { stretch = entries(4) }
    return PlaneGaussians(root: entries(4), stretch: stretch, shift: entries(2))
  } shrink: { pair in
    var smaller: [PlaneGaussians] = []
    for entries in simplerEntries(pair.shift) {
      smaller.append(PlaneGaussians(root: pair.root, stretch: pair.stretch, shift: entries))
    }
    for entries in simplerEntries(pair.root) {
      smaller.append(PlaneGaussians(root: entries, stretch: pair.stretch, shift: pair.shift))
    }
    for entries in simplerEntries(pair.stretch)
    where entries[0] * entries[3] != entries[1] * entries[2] {
      smaller.append(PlaneGaussians(root: pair.root, stretch: entries, shift: pair.shift))
    }
    return smaller
  }

  /// One entry moved towards 0.
  private static func simplerEntries(_ entries: [Int]) -> [[Int]] {
    entries.indices.flatMap { index in
      simplerCounts([abs(entries[index])]).map { magnitude in
        var simpler = entries
        simpler[index] = entries[index].signum() * magnitude[0]
        return simpler
      }
    }
  }
}
