import Testing

@testable import NeuralNetworks

@Suite("Matrix products")
struct ProductTests {
  /// The product by the definition, in double precision, and a bound of its rounding error in single precision.
  static func exact(
    _ a: Matrix, _ transposedLeft: Bool, _ b: Matrix, _ transposedRight: Bool
  ) -> (value: [Double], scale: [Double]) {
    let rows = transposedLeft ? a.columns : a.rows
    let inner = transposedLeft ? a.rows : a.columns
    let columns = transposedRight ? b.rows : b.columns
    var value = [Double](repeating: 0, count: rows * columns)
    var scale = value
    for i in 0..<rows {
      for j in 0..<columns {
        for k in 0..<inner {
          let x = Double(transposedLeft ? a[k, i] : a[i, k])
          let y = Double(transposedRight ? b[j, k] : b[k, j])
          value[i * columns + j] += x * y
          scale[i * columns + j] += abs(x * y)
        }
      }
    }
    return (value, scale)
  }

  @Test(
    "equal the definition in every form, small dimensions and odd sizes included",
    arguments: [false, true], [false, true])
  func forms(_ transposedLeft: Bool, _ transposedRight: Bool) {
    var generator = TestGenerator(state: 1)
    let sizes = [1, 2, 3, 4, 5, 7, 8, 9, 33, 40, 64]
    for rows in sizes {
      for columns in sizes {
        for inner in sizes {
          let a = randomMatrix(
            transposedLeft ? inner : rows, transposedLeft ? rows : inner, &generator)
          let b = randomMatrix(
            transposedRight ? columns : inner, transposedRight ? inner : columns, &generator)
          let start = randomMatrix(rows, columns, &generator)
          let (value, scale) = Self.exact(a, transposedLeft, b, transposedRight)
          for accumulates in [false, true] {
            var (left, right, c) = (a.values, b.values, start.values)
            var scratch = [Float](repeating: 0, count: 4 * (rows + columns + inner))
            product(
              &left, transposedLeft, &right, transposedRight, into: &c, rows: rows,
              columns: columns, inner: inner, accumulates: accumulates, scratch: &scratch)
            for i in c.indices {
              let truth = value[i] + (accumulates ? Double(start.values[i]) : 0)
              let bound = Double(Float.ulpOfOne) * Double(inner + 2) * (scale[i] + 1)
              guard abs(Double(c[i]) - truth) <= bound else {
                Issue.record(
                  "entry \(i) of \(rows) x \(inner) x \(columns), accumulates: \(accumulates): \(c[i]), not \(truth)"
                )
                return
              }
            }
          }
        }
      }
    }
  }

  @Test("come from OpenBLAS with its kernels for AVX2")
  func library() {
    #expect(OpenBLAS.kernels == "Haswell")
  }
}
