/// Room for the values of all parameters of a store: to keep them, and to put them back.
///
/// Memory is taken once, so that a training loop can keep the parameters of each step without allocating.
public final class ParameterSnapshot {
  private let store: ParameterStore
  private let places: [(value: UnsafeMutablePointer<Float>, count: Int)]
  private let values: UnsafeMutablePointer<Float>

  /// Room for the parameters that the store has now, with their values of now.
  public init(of store: ParameterStore) {
    self.store = store
    places = store.sizes.enumerated().map { (store.places[$0].value, $1) }
    values = alignedFloats(store.sizes.reduce(0, +))
    take()
  }

  deinit { values.deallocate() }

  /// Copies the parameters; false where one of them is infinite or NaN.
  @discardableResult
  public func take() -> Bool {
    var (target, areFinite) = (values, true)
    for (source, count) in places {
      areFinite = copy(source, to: target, count: count) && areFinite
      target += count
    }
    return areFinite
  }

  /// Copies what another snapshot of the same store holds.
  ///
  /// - Precondition: both are of one store.
  public func take(from other: ParameterSnapshot) {
    precondition(store === other.store, "snapshots of different stores do not mix")
    values.update(from: other.values, count: places.reduce(0) { $0 + $1.count })
  }

  /// Puts all values back; the moments that an optimizer keeps stay.
  public func restore() { restore { _ in true } }

  /// Puts the values of some parameters back.
  public func restore(_ parameters: [ParameterStore.Parameter]) {
    let chosen = Set(parameters.map(\.index))
    restore(where: chosen.contains)
  }

  private func restore(where isChosen: (Int) -> Bool) {
    var source = values
    for (index, (target, count)) in places.enumerated() {
      if isChosen(index) { target.update(from: source, count: count) }
      source += count
    }
  }
}

/// Copies numbers and tells whether all are finite, in one pass.
private func copy(
  _ x: UnsafeMutablePointer<Float>, to y: UnsafeMutablePointer<Float>, count: Int
) -> Bool {
  // 0 times a number is 0 for a finite one, and NaN for others: so is the sum.
  var sums = SIMD8<Float>.zero
  var i = 0
  while i + 8 <= count {
    let part = UnsafeRawPointer(x + i).loadUnaligned(as: SIMD8<Float>.self)
    UnsafeMutableRawPointer(y + i).storeBytes(of: part, as: SIMD8<Float>.self)
    sums += part * 0
    i += 8
  }
  var sum = sums.sum()
  while i < count {
    y[i] = x[i]
    sum += x[i] * 0
    i += 1
  }
  return sum == 0
}
