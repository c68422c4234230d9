import Distributions

extension Arbitrary<Int> {
  /// Indices of `values`, which are in the order of their simplicity.
  static func index(of values: [some Any]) -> Arbitrary {
    let count = values.count
    return Arbitrary { generator, _ in
      Int(generator.next() % UInt64(count))
    } shrink: { index in
      Array(0..<index)
    }
  }
}
