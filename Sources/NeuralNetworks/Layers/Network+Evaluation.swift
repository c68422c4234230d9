extension Network {
  /// The outputs for a batch of any size, one row for each row of `x`.
  ///
  /// - Precondition: `x` has one column for each input of the first layer.
  public func callAsFunction(_ x: Matrix) -> Matrix {
    precondition(
      x.columns == layers[0].weight.rows,
      "a network with \(layers[0].weight.rows) inputs got \(x.columns) columns")
    let (store, graph) = (ParameterStore(), Graph())
    let input = graph.input(columns: x.columns)
    let output = PlacedNetwork(self, in: store)(input)
    // Always in pieces of one size, so that a row's result does not depend on how many there are.
    let size = 1024
    let program = Program(graph, batch: size, store: store, outputs: [output])
    var values: [Float] = []
    values.reserveCapacity(x.rows * output.columns)
    for start in stride(from: 0, to: x.rows, by: size) {
      let count = min(size, x.rows - start)
      var piece = Matrix(rows: size, columns: x.columns)
      let range = (start * x.columns)..<((start + count) * x.columns)
      piece.values.replaceSubrange(0..<range.count, with: x.values[range])
      program.write(piece, to: input)
      program.run()
      values += program.value(of: output).values.prefix(count * output.columns)
    }
    return Matrix(rows: x.rows, columns: output.columns, values: values)
  }
}
