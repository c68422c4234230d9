import Distributions

extension FinitePair {
  /// A pair and a positive number for each atom: an estimated ratio, or a critic.
  struct WithValues: Sendable {
    var pair: FinitePair
    var values: [Rational]

    /// The values as a vector for a formula.
    var valuesTeX: String { "(" + values.map(\.tex).joined(separator: ", ") + ")" }
  }

  /// Random pairs with random positive values; removing an atom removes its value.
  static let withValues = Arbitrary<WithValues> { generator, size in
    let pair = FinitePair.arbitrary.draw(&generator, size)
    let values = pair.target.map { _ in Arbitrary.positive.draw(&generator, size) }
    return WithValues(pair: pair, values: values)
  } shrink: { instance in
    var simpler: [WithValues] = []
    for index in instance.values.indices where instance.values.count > 1 {
      var other = instance
      other.pair.target.remove(at: index)
      other.pair.model.remove(at: index)
      other.values.remove(at: index)
      if other.pair.target.contains(where: { $0 > 0 }), other.pair.model.contains(where: { $0 > 0 })
      {
        simpler.append(other)
      }
    }
    for pair in FinitePair.arbitrary.shrink(instance.pair)
    where pair.target.count == instance.values.count {
      simpler.append(WithValues(pair: pair, values: instance.values))
    }
    for index in instance.values.indices {
      for value in Arbitrary.positive.shrink(instance.values[index]) {
        var other = instance
        other.values[index] = value
        simpler.append(other)
      }
    }
    return simpler
  }

  /// The model as a vector of fractions, without dollars.
  var modelTeX: String {
    get throws {
      "(" + (try laws.model.weights.map(\.tex).joined(separator: ", ")) + ")"
    }
  }
}
