// Products with a dimension of at most four: points of the plane going into a network, and coming out of it. OpenBLAS packs its
// operands first, which costs more than these loops. An entry's sum runs in one order, whatever the processor.

/// The largest small dimension.
let skinny = 4

/// `C = A B` or `C += A B` for A of `rows x inner` with a small inner dimension.
func combineRows(
  _ a: Floats, _ b: Floats, into c: Floats, rows: Int, columns: Int, inner: Int, accumulates: Bool
) {
  switch (inner, accumulates) {
  case (1, false): combineRows(a, b, into: c, rows, columns, 1, false)
  case (1, true): combineRows(a, b, into: c, rows, columns, 1, true)
  case (2, false): combineRows(a, b, into: c, rows, columns, 2, false)
  default: combineRows(a, b, into: c, rows, columns, inner, accumulates)
  }
}

@inline(__always)
private func combineRows(
  _ a: Floats, _ b: Floats, into c: Floats, _ rows: Int, _ columns: Int, _ inner: Int,
  _ accumulates: Bool
) {
  for row in 0..<rows {
    let (a, c) = (a + row * inner, c + row * columns)
    var j = 0
    while j + 8 <= columns {
      var sum = accumulates ? load(c + j) : .zero
      for k in 0..<inner { sum.addProduct(Eight(repeating: a[k]), load(b + k * columns + j)) }
      store(sum, c + j)
      j += 8
    }
    while j < columns {
      var sum = accumulates ? c[j] : 0
      for k in 0..<inner { sum.addProduct(a[k], b[k * columns + j]) }
      c[j] = sum
      j += 1
    }
  }
}

/// `C = A B^T` or `C += A B^T` for B of `columns x inner` with few rows: a dot product for each entry.
func dotRows(
  _ a: Floats, _ b: Floats, into c: Floats, rows: Int, columns: Int, inner: Int, accumulates: Bool
) {
  var row = 0
  while row + 4 <= rows {
    for column in 0..<columns {
      let values = fourDots(a + row * inner, b + column * inner, inner)
      for r in 0..<4 {
        let c = c + (row + r) * columns + column
        c.pointee = accumulates ? c.pointee + values[r] : values[r]
      }
    }
    row += 4
  }
  while row < rows {
    for column in 0..<columns {
      let value = dot(a + row * inner, b + column * inner, inner)
      c[row * columns + column] = accumulates ? c[row * columns + column] + value : value
    }
    row += 1
  }
}

/// `dot` of y with each of four rows that lie one after the other, in the same order of sums.
@inline(__always)
private func fourDots(_ x: Floats, _ y: Floats, _ count: Int) -> SIMD4<Float> {
  var sums = (Eight.zero, Eight.zero, Eight.zero, Eight.zero)
  var i = 0
  while i + 8 <= count {
    let factor = load(y + i)
    sums.0.addProduct(load(x + i), factor)
    sums.1.addProduct(load(x + count + i), factor)
    sums.2.addProduct(load(x + 2 * count + i), factor)
    sums.3.addProduct(load(x + 3 * count + i), factor)
    i += 8
  }
  var result = SIMD4(total(sums.0), total(sums.1), total(sums.2), total(sums.3))
  while i < count {
    for r in 0..<4 { result[r].addProduct(x[r * count + i], y[i]) }
    i += 1
  }
  return result
}

/// `C = A^T B` or `C += A^T B` for A of `inner x rows` with few columns: the sum over a batch.
func sumOuterProducts(
  _ a: Floats, _ b: Floats, into c: Floats, rows: Int, columns: Int, inner: Int, accumulates: Bool
) {
  var row = 0
  while row + 2 <= rows {
    var j = 0
    while j + 32 <= columns {
      // Two rows of C at a time: B is read once for both.
      var upper = (Eight.zero, Eight.zero, Eight.zero, Eight.zero)
      var lower = upper
      for k in 0..<inner {
        let (x, y) = (
          Eight(repeating: a[k * rows + row]), Eight(repeating: a[k * rows + row + 1])
        )
        let b = b + k * columns + j
        addProducts(x, b, to: &upper)
        addProducts(y, b, to: &lower)
      }
      store(upper, c + row * columns + j, accumulates)
      store(lower, c + (row + 1) * columns + j, accumulates)
      j += 32
    }
    sumRest(a, b, into: c, rows, columns, inner, accumulates, row: row, from: j)
    sumRest(a, b, into: c, rows, columns, inner, accumulates, row: row + 1, from: j)
    row += 2
  }
  if row < rows {
    var j = 0
    while j + 32 <= columns {
      var sums = (Eight.zero, Eight.zero, Eight.zero, Eight.zero)
      for k in 0..<inner {
        addProducts(Eight(repeating: a[k * rows + row]), b + k * columns + j, to: &sums)
      }
      store(sums, c + row * columns + j, accumulates)
      j += 32
    }
    sumRest(a, b, into: c, rows, columns, inner, accumulates, row: row, from: j)
  }
}

private typealias ThirtyTwo = (Eight, Eight, Eight, Eight)

@inline(__always)
private func addProducts(_ factor: Eight, _ b: Floats, to sums: inout ThirtyTwo) {
  sums.0.addProduct(factor, load(b))
  sums.1.addProduct(factor, load(b + 8))
  sums.2.addProduct(factor, load(b + 16))
  sums.3.addProduct(factor, load(b + 24))
}

@inline(__always)
private func store(_ sums: ThirtyTwo, _ c: Floats, _ accumulates: Bool) {
  store(accumulates ? load(c) + sums.0 : sums.0, c)
  store(accumulates ? load(c + 8) + sums.1 : sums.1, c + 8)
  store(accumulates ? load(c + 16) + sums.2 : sums.2, c + 16)
  store(accumulates ? load(c + 24) + sums.3 : sums.3, c + 24)
}

/// The last columns of a row of `sumOuterProducts`.
@inline(__always)
private func sumRest(
  _ a: Floats, _ b: Floats, into c: Floats, _ rows: Int, _ columns: Int, _ inner: Int,
  _ accumulates: Bool, row: Int, from start: Int
) {
  for j in start..<columns {
    var sum: Float = 0
    for k in 0..<inner { sum.addProduct(a[k * rows + row], b[k * columns + j]) }
    let c = c + row * columns + j
    c.pointee = accumulates ? c.pointee + sum : sum
  }
}

/// A dot product in eight partial sums.
@inline(__always)
func dot(_ x: Floats, _ y: Floats, _ count: Int) -> Float {
  var sums = Eight.zero
  var i = 0
  while i + 8 <= count {
    sums.addProduct(load(x + i), load(y + i))
    i += 8
  }
  var result = total(sums)
  while i < count {
    result.addProduct(x[i], y[i])
    i += 1
  }
  return result
}

/// `B = A^T`, or `B += A^T`, for A of `rows x columns`.
func transpose(
  _ a: Floats, into b: Floats, rows: Int, columns: Int, accumulates: Bool = false
) {
  for i in 0..<rows {
    for j in 0..<columns {
      b[j * rows + i] = accumulates ? b[j * rows + i] + a[i * columns + j] : a[i * columns + j]
    }
  }
}
