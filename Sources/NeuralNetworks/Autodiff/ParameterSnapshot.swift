/// Room for the values of all parameters of a store: to keep them, and to put them back.
///
/// Memory is taken once, so that a training loop can keep parameters without allocating.
public final class ParameterSnapshot {
  private let places: [(value: UnsafeMutablePointer<Float>, count: Int)]
  private let values: UnsafeMutablePointer<Float>

  /// Room for the parameters that the store has now, with their values of now.
  public init(of store: ParameterStore) {
    places = store.sizes.enumerated().map { (store.places[$0].value, $1) }
    values = alignedFloats(store.sizes.reduce(0, +))
    take()
  }

  deinit { values.deallocate() }

  /// Copies the parameters of now.
  public func take() {
    var target = values
    for (source, count) in places {
      target.update(from: source, count: count)
      target += count
    }
  }

  /// Puts all values back; the moments that an optimizer keeps stay.
  public func restore() {
    var source = values
    for (target, count) in places {
      target.update(from: source, count: count)
      source += count
    }
  }
}
