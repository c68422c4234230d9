public import Distributions

/// A 2 × 2 matrix of exact fractions.
public struct Matrix2: Sendable, Hashable {
  /// The rows are (a, b) and (c, d).
  public var a, b, c, d: Rational

  /// The matrix with rows (a, b) and (c, d).
  public init(_ a: Rational, _ b: Rational, _ c: Rational, _ d: Rational) {
    (self.a, self.b, self.c, self.d) = (a, b, c, d)
  }

  /// The identity.
  public static let identity = Matrix2(1, 0, 0, 1)

  /// The sum of the diagonal.
  public var trace: Rational { a + d }

  /// The determinant.
  public var determinant: Rational { a * d - b * c }

  /// The transpose.
  public var transpose: Matrix2 { Matrix2(a, c, b, d) }

  /// The inverse, nil of a singular matrix.
  public var inverse: Matrix2? {
    let determinant = determinant
    guard determinant != 0 else { return nil }
    return Matrix2(d / determinant, -b / determinant, -c / determinant, a / determinant)
  }

  /// The matrix product.
  public static func * (x: Matrix2, y: Matrix2) -> Matrix2 {
    Matrix2(
      x.a * y.a + x.b * y.c, x.a * y.b + x.b * y.d, x.c * y.a + x.d * y.c, x.c * y.b + x.d * y.d)
  }

  /// The matrix as a formula.
  public var tex: String {
    "\\begin{pmatrix} \(a.tex) & \(b.tex) \\\\ \(c.tex) & \(d.tex) \\end{pmatrix}"
  }
}
