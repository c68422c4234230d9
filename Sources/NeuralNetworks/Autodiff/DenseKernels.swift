// A dense layer in as few passes over its output as there can be.

/// `C = f(A op(B) + bias)` for A of `rows x inner`, with the bias added to each row; `scratch` has room for four rows of B.
func dense(
  _ a: Floats, _ b: Floats, _ transposedRight: Bool, bias: Floats, into c: Floats, rows: Int,
  columns: Int, inner: Int, scratch: Floats, _ function: Function?
) {
  if columns <= skinny {
    product(
      a, false, b, transposedRight, into: c, rows: rows, columns: columns, inner: inner,
      accumulates: false, scratch: scratch)
    addRow(c, bias, into: c, rows: rows, columns: columns, function)
  } else if inner <= skinny {
    if transposedRight { transpose(b, into: scratch, rows: columns, columns: inner) }
    combineRows(
      a, transposedRight ? scratch : b, bias: bias, into: c, rows: rows, columns: columns,
      inner: inner, function)
  } else {
    // The product is added to the bias: the library would clear C row by row, which takes longer than to fill it here.
    fillRows(c, with: bias, rows: rows, columns: columns)
    product(
      a, false, b, transposedRight, into: c, rows: rows, columns: columns, inner: inner,
      accumulates: true, scratch: scratch)
    function?.apply(to: c, into: c, count: rows * columns)
  }
}

/// Every row a copy of one.
private func fillRows(_ c: Floats, with row: Floats, rows: Int, columns: Int) {
  for r in 0..<rows {
    let c = c + r * columns
    var j = 0
    while j + 8 <= columns {
      store(load(row + j), c + j)
      j += 8
    }
    while j < columns {
      c[j] = row[j]
      j += 1
    }
  }
}

/// `C = f(A B + bias)` for a small inner dimension.
private func combineRows(
  _ a: Floats, _ b: Floats, bias: Floats, into c: Floats, rows: Int, columns: Int, inner: Int,
  _ function: Function?
) {
  let isPlanar = inner == 2 && columns.isMultiple(of: 16)
  switch function {
  case .leakyReLU(let slope) where isPlanar:
    combinePairs(a, b, bias, into: c, rows, columns) { leaky($0, slope) }
  case .leakyReLU(let slope):
    combineRows(a, b, bias, into: c, rows, columns, inner) { leaky($0, slope) }
  case _ where isPlanar: combinePairs(a, b, bias, into: c, rows, columns) { $0 }
  default: combineRows(a, b, bias, into: c, rows, columns, inner) { $0 }
  }
  if case .leakyReLU = function { return }
  function?.apply(to: c, into: c, count: rows * columns)
}

/// The same for points of the plane, with the columns in groups whose weights stay in registers.
@inline(__always)
private func combinePairs(
  _ a: Floats, _ b: Floats, _ bias: Floats, into c: Floats, _ rows: Int, _ columns: Int,
  finish: (Eight) -> Eight
) {
  for j in stride(from: 0, to: columns, by: 16) {
    let first = (load(b + j), load(b + j + 8))
    let second = (load(b + columns + j), load(b + columns + j + 8))
    let bias = (load(bias + j), load(bias + j + 8))
    for row in 0..<rows {
      let (x, y) = (Eight(repeating: a[2 * row]), Eight(repeating: a[2 * row + 1]))
      var sums = (x * first.0, x * first.1)
      sums.0.addProduct(y, second.0)
      sums.1.addProduct(y, second.1)
      let c = c + row * columns + j
      store(finish(sums.0 + bias.0), c)
      store(finish(sums.1 + bias.1), c + 8)
    }
  }
}

@inline(__always)
private func combineRows(
  _ a: Floats, _ b: Floats, _ bias: Floats, into c: Floats, _ rows: Int, _ columns: Int,
  _ inner: Int, finish: (Eight) -> Eight
) {
  for row in 0..<rows {
    let (a, c) = (a + row * inner, c + row * columns)
    var j = 0
    while j + 8 <= columns {
      var sum = Eight.zero
      for k in 0..<inner { sum.addProduct(Eight(repeating: a[k]), load(b + k * columns + j)) }
      store(finish(sum + load(bias + j)), c + j)
      j += 8
    }
    guard j < columns else { continue }
    var last = Eight.zero
    for lane in 0..<(columns - j) {
      for k in 0..<inner { last[lane].addProduct(a[k], b[k * columns + j + lane]) }
      last[lane] += bias[j + lane]
    }
    last = finish(last)
    for lane in 0..<(columns - j) { c[j + lane] = last[lane] }
  }
}
