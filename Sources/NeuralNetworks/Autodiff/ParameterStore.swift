/// The parameters that programs compute with and optimizers move, each at a fixed place in memory.
///
/// Values go in and come out as `Matrix`; between those, training neither copies nor allocates.
public final class ParameterStore {
  /// A parameter's place in its store.
  public struct Parameter: Hashable, Sendable {
    let index: Int
    /// The number of rows.
    public let rows: Int
    /// The number of columns.
    public let columns: Int

    var count: Int { rows * columns }
  }

  private(set) var places: [ParameterPlace] = []
  /// How many numbers each parameter has.
  private(set) var sizes: [Int] = []

  /// An empty store.
  public init() {}

  deinit {
    for place in places { place.value.deallocate() }
  }

  /// Adds a parameter with its first values.
  public func add(_ matrix: Matrix) -> Parameter {
    let parameter = Parameter(index: places.count, rows: matrix.rows, columns: matrix.columns)
    let size = paddedCount(parameter.count)
    let room = alignedFloats(4 * size)
    room.update(from: matrix.values, count: parameter.count)
    // Until a program moves it, there is nothing else to go back to.
    (room + 3 * size).update(from: matrix.values, count: parameter.count)
    sizes.append(parameter.count)
    places.append(
      ParameterPlace(
        value: room, firstMoment: room + size, secondMoment: room + 2 * size,
        previous: room + 3 * size))
    return parameter
  }

  /// The values of a parameter now.
  public subscript(parameter: Parameter) -> Matrix {
    get {
      let values = UnsafeBufferPointer(start: places[parameter.index].value, count: parameter.count)
      return Matrix(rows: parameter.rows, columns: parameter.columns, values: Array(values))
    }
    set {
      precondition(
        newValue.rows == parameter.rows && newValue.columns == parameter.columns,
        "a parameter keeps its shape")
      places[parameter.index].value.update(from: newValue.values, count: parameter.count)
    }
  }
}

/// The least multiple of sixteen, a cache line of floats, that is not less.
func paddedCount(_ count: Int) -> Int { (count + 15) & ~15 }

/// Room for `count` zeros at a multiple of 64 bytes, to be deallocated by the caller.
func alignedFloats(_ count: Int) -> UnsafeMutablePointer<Float> {
  let raw = UnsafeMutableRawPointer.allocate(
    byteCount: max(1, count) * MemoryLayout<Float>.stride, alignment: 64)
  let floats = raw.bindMemory(to: Float.self, capacity: max(1, count))
  floats.initialize(repeating: 0, count: max(1, count))
  return floats
}
